//! `GET /shipment/{shipmentId}`.

use exporto_sdk::{CarrierState, ErrorKind, ShipmentStatus, ShipmentType};
use tracking_core::time::TimeKind;

use crate::server::{Reply, Server};

async fn read(name: &str) -> exporto_sdk::Response<exporto_sdk::Shipment> {
    let server = Server::replying(Reply::fixture(&format!("get-shipment/{name}"))).await;
    server.client().get_shipment("x").await.unwrap()
}

#[tokio::test]
async fn shipment_has_its_numbers_facts_and_articles() {
    let shipment = read("200_inbound.json").await;

    assert_eq!(shipment.shipment_id, Some("return-7201".into()));
    assert_eq!(shipment.order_id, Some("exp-order-88".into()));
    assert_eq!(shipment.type_, Some(ShipmentType::Inbound));
    assert_eq!(shipment.status, Some(ShipmentStatus::Processed));
    assert_eq!(shipment.carrier_state, Some(CarrierState::Delivered));
    let numbers = [
        &shipment.foreign_outbound_tracking_id,
        &shipment.foreign_inbound_tracking_id,
        &shipment.domestic_inbound_tracking_id,
    ];
    assert_eq!(
        numbers.map(|number| number.as_deref().unwrap()),
        ["OUT-5530", "INB-5531", "DOM-5532"]
    );
    let times = [
        &shipment.processed_at,
        &shipment.declared_at,
        &shipment.carrier_received_at,
        &shipment.carrier_delivered_at,
    ];
    let kinds = times.map(|time| time.as_ref().unwrap().timestamp().kind());
    assert_eq!(
        kinds,
        [
            TimeKind::ClaimedUtc,
            TimeKind::ClaimedUtc,
            TimeKind::Exact,
            TimeKind::ClaimedUtc
        ]
    );
    let articles: Vec<_> = shipment
        .line_items
        .iter()
        .map(|it| it.article_id.as_deref())
        .collect();
    assert_eq!(articles, [Some("shirt-blue-m"), Some("shirt-red-s")]);
}

#[tokio::test]
async fn id_is_one_segment_of_path_below_version() {
    for (id, target) in [
        ("return-7201", "/v1/shipment/return-7201"),
        ("a/b?c#d", "/v1/shipment/a%2Fb%3Fc%23d"),
        ("größe 1+2", "/v1/shipment/gr%C3%B6%C3%9Fe%201%2B2"),
        ("../order", "/v1/shipment/..%2Forder"),
        ("searches", "/v1/shipment/searches"),
        ("Search", "/v1/shipment/Search"),
    ] {
        let server = Server::replying(Reply::fixture("get-shipment/200_id_only.json")).await;

        server.client().get_shipment(id).await.unwrap();

        server.request().assert_without_body("GET", target);
    }
}

#[tokio::test]
async fn base_url_with_or_without_final_slash_keeps_version() {
    use exporto_sdk::ConfigureClient as _;

    for end in ["", "/"] {
        let server = Server::replying(Reply::fixture("get-shipment/200_id_only.json")).await;
        let base_url = format!("{}{end}", server.base_url());
        let client = server.builder().with_base_url(base_url).build().unwrap();

        client.get_shipment("parcel-13").await.unwrap();

        assert_eq!(server.request().target, "/v1/shipment/parcel-13");
        assert_eq!(server.logins()[0].target, "/v1/auth/token");
    }
}

#[tokio::test]
async fn id_that_is_search_is_refused_before_call() {
    let server = Server::silent().await;

    let error = server.client().get_shipment("search").await.unwrap_err();

    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    assert_eq!(error.parameter(), Some("shipmentId"));
    assert!(
        error.to_string().contains("takes for the search"),
        "{error}"
    );
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn processed_without_any_date_is_read() {
    let shipment = read("200_processed_without_dates.json").await;

    assert_eq!(shipment.status, Some(ShipmentStatus::Processed));
    assert_eq!(
        (&shipment.processed_at, &shipment.declared_at),
        (&None, &None)
    );
    assert_eq!(
        (
            &shipment.carrier_received_at,
            &shipment.carrier_delivered_at
        ),
        (&None, &None)
    );
    assert!(shipment.line_items.is_empty());
}

#[tokio::test]
async fn unknown_shipment_is_not_found() {
    let server = Server::replying(Reply::fixture("get-shipment/404_not_found.json")).await;

    let error = server.client().get_shipment("nobody").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.provider_message(), Some("Shipment not found"));
    assert_eq!(
        error.to_string(),
        "exporto get-shipment failed: not_found (HTTP 404): Shipment not found"
    );
}

#[tokio::test]
async fn response_other_than_shipment_is_error() {
    for body in [
        "{}",
        "[]",
        r#"["parcel-11"]"#,
        "null",
        "7",
        "",
        r#"{"message":"ok"}"#,
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server.client().get_shipment("parcel-11").await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[tokio::test]
async fn json_is_read_whatever_it_is_announced_as() {
    for media_type in ["text/plain", "text/html", "application/octet-stream", ""] {
        let mut response = Reply::fixture("get-shipment/200_id_only.json");
        response.headers.clear();
        if !media_type.is_empty() {
            response = response.header("content-type", media_type);
        }
        let server = Server::replying(response).await;

        let shipment = server.client().get_shipment("parcel-13").await.unwrap();

        assert_eq!(
            shipment.shipment_id,
            Some("parcel-13".into()),
            "{media_type}"
        );
    }
}
