//! Nothing that is printed holds a password, a token, a tracking number or personal data.

use std::net::TcpListener;

use exporto_sdk::{
    Client, ConfigureClient as _, CreateLabel, LabelAddress, LabelFormat, LabelOrder, LabelPackage,
    LabelProduct, RetryPolicy, SearchShipmentsQuery,
};
use serde_json::json;
use tracking_core::{Provider as _, TrackRequest};
use tracking_testkit::printed::{printed, told};

use crate::server::{Answer, BASIC, PASSWORD, Server, TOKEN, USERNAME};

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
fn the_user_name_is_not_printed() {
    let builder = Client::builder("ann@shop.example", PASSWORD);
    let client = builder.clone().build().unwrap();

    for text in [printed(&builder), printed(&client)] {
        assert!(!text.contains("ann@shop"), "{text}");
    }
}

#[tokio::test]
async fn a_password_in_the_response_to_a_call_is_masked() {
    let body = json!({ "message": format!("session of {PASSWORD} ended") });
    let server = Server::answering(Answer::json(500, &body)).await;

    let error = server.client().get_shipment("parcel-11").await.unwrap_err();

    assert_silent(&told(&error));
}

#[tokio::test]
async fn a_token_that_was_asked_for_is_not_printed() {
    let server = Server::silent().await;

    let token = server.client().create_token().await.unwrap();

    assert_eq!(token.access_token.as_deref(), Some(TOKEN));
    assert_silent(&printed(&token));
    assert!(printed(&token).contains("bearer"));
}

#[tokio::test]
async fn an_error_response_that_repeats_secrets_and_numbers_is_masked() {
    for status in [400, 403, 404, 409, 422, 429, 500] {
        let body = json!({
            "message": format!("{NUMBER} is unknown to {TOKEN} of ann@shop.example"),
            "access_token": TOKEN,
        });
        let response = Answer::json(status, &body).header("x-key", TOKEN);
        let server = Server::answering(response).await;

        let error = server.client().get_shipment(NUMBER).await.unwrap_err();

        let text = told(&error);
        assert_silent(&text);
        assert!(!text.contains("ann@shop.example"), "{text}");
        // Whoever asks for the response itself gets it.
        assert!(error.body_text().unwrap().contains(NUMBER));
        assert_silent(&tracking_core::Error::from(error).to_string());
    }
}

#[tokio::test]
async fn a_refused_login_that_repeats_the_password_is_masked() {
    for (status, message) in [
        (401, format!("{PASSWORD} is not the password of {USERNAME}")),
        (400, format!("bad header {BASIC}")),
    ] {
        let body = json!({ "message": message });
        let server = Server::with_logins(
            [Answer::json(status, &body), Answer::json(status, &body)],
            [],
        )
        .await;
        let client = server.client();

        let on_call = client.get_shipment("parcel-11").await.unwrap_err();
        let asked_for = client.create_token().await.unwrap_err();

        for error in [on_call, asked_for] {
            assert_silent(&told(&error));
            assert!(error.to_string().contains("[…]"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_unusable_token_response_is_not_shown() {
    for name in ["200_expired.json", "200_past.json", "200_other_scheme.json"] {
        let response = Answer::fixture(&format!("create-token/{name}"));
        let server = Server::with_logins([response], []).await;

        let error = server.client().get_shipment("parcel-11").await.unwrap_err();

        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn decode_errors_show_nothing_of_the_body() {
    for body in [
        format!(r#"{{"shipmentId":"p","orderId":["{NUMBER} {TOKEN}"]}}"#),
        format!("{NUMBER} {TOKEN}"),
        format!(r#"{{"{NUMBER}":"#),
    ] {
        let server = Server::answering(Answer::new(200, body)).await;

        let error = server.client().get_shipment(NUMBER).await.unwrap_err();

        assert!(error.is_decode());
        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn a_refused_connection_does_not_show_the_address_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder(USERNAME, PASSWORD)
        .with_base_url(base_url)
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.get_shipment(NUMBER).await.unwrap_err();

    assert!(error.is_connect());
    assert_silent(&told(&error));
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
        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn problems_of_a_shipment_show_no_value() {
    let body = json!({ "shipmentId": "p", "carrierDeliveredAt": NUMBER, "orderId": [NUMBER] });
    let server = Server::answering(Answer::json(200, &body)).await;

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
