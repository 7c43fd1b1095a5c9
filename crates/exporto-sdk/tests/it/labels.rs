//! `GET /label/methods` and `POST /label`.

use exporto_sdk::{
    CreateLabel, ErrorKind, LabelAddress, LabelDirection, LabelFormat, LabelOrder, LabelPackage,
    LabelProduct,
};

use crate::server::{Reply, Server, fixture_json};

fn minimal() -> CreateLabel {
    CreateLabel::new(
        LabelOrder::new("SHOP-4472"),
        LabelProduct::new(42, LabelFormat::Pdf),
        LabelPackage::new(1, "SHOP-4472-R1"),
        LabelAddress::new(
            "Sample Person",
            "Sample Street 5",
            "Sampletown",
            "AB1 2CD",
            "GB",
        ),
    )
}

#[tokio::test]
async fn methods_have_direction_in_upper_case() {
    let server = Server::replying(Reply::fixture("list-label-methods/200_methods.json")).await;

    let methods = server.client().list_label_methods().await.unwrap();

    assert_eq!(methods[0].direction, Some(LabelDirection::Inbound));
    assert_eq!(methods[1].direction, Some(LabelDirection::Outbound));
    assert_eq!(
        (methods[0].method_id, methods[0].name.as_deref()),
        (Some(41), Some("Sample Post Return"))
    );
    server
        .request()
        .assert_without_body("GET", "/v1/label/methods");
}

#[tokio::test]
async fn account_without_methods_has_empty_list() {
    let server = Server::replying(Reply::fixture("list-label-methods/200_empty.json")).await;

    assert!(
        server
            .client()
            .list_label_methods()
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn odd_methods_are_read_as_far_as_possible() {
    let server = Server::replying(Reply::fixture("list-label-methods/200_odd.json")).await;

    let methods = server.client().list_label_methods().await.unwrap();

    assert_eq!(methods.len(), 2);
    assert_eq!(methods[0].method_id, Some(43));
    assert_eq!(methods[0].direction.as_ref().unwrap().as_str(), "SIDEWAYS");
    assert_eq!(methods.unmodelled(), ["[].surcharge"]);
}

#[tokio::test]
async fn label_is_sent_with_apis_own_names() {
    let server = Server::replying(Reply::fixture("create-label/201_label.json")).await;
    let mut label = CreateLabel::new(
        LabelOrder::new("SHOP-4471"),
        LabelProduct::new(41, LabelFormat::Pdf),
        LabelPackage::new(850, "SHOP-4471-R1"),
        LabelAddress::new(
            "Sample Person",
            "Sample Street 5",
            "Sampletown",
            "0101",
            "NO",
        ),
    );
    label.address = label
        .address
        .line2("Second floor")
        .email("person@shop.example")
        .phone("+4700000001");

    server.client().create_label(&label).await.unwrap();

    let body = fixture_json("create-label/request_full.json");
    server.request().assert_json("POST", "/v1/label", &body);
}

#[tokio::test]
async fn unset_parts_of_an_address_are_left_out() {
    let server = Server::replying(Reply::fixture("create-label/201_label.json")).await;

    server.client().create_label(&minimal()).await.unwrap();

    let body = fixture_json("create-label/request_minimal.json");
    server.request().assert_json("POST", "/v1/label", &body);
}

#[tokio::test]
async fn label_keeps_its_string_and_decodes_its_document() {
    let server = Server::replying(Reply::fixture("create-label/201_label.json")).await;

    let label = server.client().create_label(&minimal()).await.unwrap();

    assert_eq!(label.http_status(), 201);
    assert_eq!(label.label.as_deref(), Some("JVBERi0x\r\nLjQgc2Ft\r\ncGxl"));
    assert_eq!(label.pdf().unwrap(), b"%PDF-1.4 sample");
    assert_eq!(label.tracking_code.as_deref(), Some("INB-5531"));
}

#[tokio::test]
async fn sparse_label_is_not_lost() {
    let server = Server::replying(Reply::fixture("create-label/201_sparse.json")).await;

    let label = server.client().create_label(&minimal()).await.unwrap();

    assert_eq!(label.tracking_code.as_deref(), Some("5531"));
    assert_eq!(label.pdf().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(label.unmodelled(), ["labelId"]);
}

#[tokio::test]
async fn same_message_means_what_its_status_says() {
    for (name, kind) in [
        ("400_failed.json", ErrorKind::InvalidRequest),
        ("503_failed.json", ErrorKind::Server),
    ] {
        let server = Server::replying(Reply::fixture(&format!("create-label/{name}"))).await;

        let error = server.client().create_label(&minimal()).await.unwrap_err();

        assert_eq!(error.kind(), kind);
        assert_eq!(error.provider_message(), Some("Label creation failed"));
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test]
async fn response_without_label_keys_warns_that_label_may_exist() {
    for body in ["{}", "[]", r#"{"message":"queued"}"#, "null", ""] {
        let server = Server::replying(Reply::new(201, body)).await;

        let error = server.client().create_label(&minimal()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.body_text().unwrap(), body);
        assert!(!error.is_retryable());
    }
}
