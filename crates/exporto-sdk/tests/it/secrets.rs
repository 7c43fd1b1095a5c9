//! Nothing that is printed holds a password, a token, a tracking number or personal data.

use exporto_sdk::{
    Client, CreateLabel, LabelAddress, LabelFormat, LabelOrder, LabelPackage, LabelProduct,
    SearchShipmentsQuery,
};
use serde_json::json;
use tracking_core::{Provider as _, TrackRequest};
use tracking_testkit::printed::{messages, printed};

use crate::server::{BASIC, PASSWORD, Reply, Server, TOKEN, USERNAME};

const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    let basic = BASIC.strip_prefix("Basic ").unwrap();
    for secret in [PASSWORD, TOKEN, basic, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn builder_and_client_show_no_secret() {
    let builder = Client::builder(USERNAME, PASSWORD).with_scope("shipment:read");
    let client = builder.clone().build().unwrap();

    for text in [
        printed(&builder),
        printed(&client),
        printed(&client.processed_shipments(None)),
        printed(&client.request(http::Method::GET, &format!("/shipment/{NUMBER}"))),
    ] {
        assert_silent(&text);
    }
}

#[test]
fn user_name_is_not_printed() {
    let builder = Client::builder("ann@shop.example", PASSWORD);
    let client = builder.clone().build().unwrap();

    for text in [printed(&builder), printed(&client)] {
        assert!(!text.contains("ann@shop"), "{text}");
    }
}

#[tokio::test]
async fn requested_token_is_not_printed() {
    let server = Server::silent().await;

    let token = server.client().create_token().await.unwrap();

    assert_eq!(token.access_token.as_deref(), Some(TOKEN));
    assert_silent(&printed(&token));
    assert!(printed(&token).contains("bearer"));
}

#[tokio::test]
async fn refused_login_that_repeats_password_is_masked() {
    for (status, message) in [
        (401, format!("{PASSWORD} is not the password of {USERNAME}")),
        (400, format!("bad header {BASIC}")),
    ] {
        let body = json!({ "message": message });
        let server =
            Server::with_logins([Reply::json(status, &body), Reply::json(status, &body)], []).await;
        let client = server.client();

        let on_call = client.get_shipment("parcel-11").await.unwrap_err();
        let asked_for = client.create_token().await.unwrap_err();

        for error in [on_call, asked_for] {
            assert_silent(&messages(&error));
            assert!(error.to_string().contains("[…]"), "{error}");
        }
    }
}

#[tokio::test]
async fn unusable_token_response_is_not_shown() {
    for name in ["200_expired.json", "200_past.json", "200_other_scheme.json"] {
        let response = Reply::fixture(&format!("create-token/{name}"));
        let server = Server::with_logins([response], []).await;

        let error = server.client().get_shipment("parcel-11").await.unwrap_err();

        assert_silent(&messages(&error));
    }
}

#[tokio::test]
async fn refused_input_is_named_and_not_repeated() {
    let server = Server::silent().await;
    let client = server.client();
    let query = SearchShipmentsQuery::new().processed_at(NUMBER);

    let errors = [
        client
            .get_shipment(&format!("{NUMBER}\n"))
            .await
            .unwrap_err(),
        client.search_shipments(&query).await.unwrap_err(),
        exporto_sdk::check_tracking_number(&format!("{NUMBER}\n")).unwrap_err(),
        Client::new(USERNAME, format!("{PASSWORD}\n")).unwrap_err(),
        Client::new(format!("{PASSWORD}:"), PASSWORD).unwrap_err(),
    ];

    for error in errors {
        assert_silent(&messages(&error));
    }
}

#[tokio::test]
async fn problems_of_a_shipment_show_no_value() {
    let body = json!({ "shipmentId": "p", "carrierDeliveredAt": NUMBER, "orderId": [NUMBER] });
    let server = Server::replying(Reply::json(200, &body)).await;

    let outcome = server.client().track(TrackRequest::id("p")).await.unwrap();

    let problems = &outcome.shipments()[0].problems;
    assert_eq!(problems.len(), 2);
    for problem in problems {
        assert_silent(&printed(problem));
    }
}

#[test]
fn addresses_and_documents_are_not_printed() {
    let label = CreateLabel::new(
        LabelOrder::new("SHOP-4471"),
        LabelProduct::new(41, LabelFormat::Pdf),
        LabelPackage::new(850, "R1"),
        LabelAddress::new("Ann Example", "Sample Street 5", "Bergen", "5003", "NO")
            .email("ann@shop.example")
            .phone("+4700000001"),
    );

    let text = printed(&label);

    for personal in ["Ann", "Sample Street", "Bergen", "5003", "ann@shop", "+47"] {
        assert!(!text.contains(personal), "{text}");
    }
}
