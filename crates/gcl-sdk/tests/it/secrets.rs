//! Nothing that is printed holds a key, a secret, a tracking number or personal data.

use std::net::TcpListener;

use gcl_sdk::webhook::WebhookReceiver;
use gcl_sdk::{Client, ConfigureClient as _, RetryPolicy};
use http::{HeaderMap, HeaderValue};
use serde_json::json;
use tracking_testkit::printed::{printed, told};

use crate::requests::{order, quote};
use crate::server::{Answer, KEY, Server};

const SECRET: &str = "hushHushSecret";
const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [KEY, SECRET, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn builder_client_and_receiver_show_no_secret() {
    let builder = Client::builder(KEY).with_webhook_header("X-Shop-Token", SECRET);
    let client = builder.clone().build().unwrap();
    let receiver = WebhookReceiver::new("X-Shop-Token", SECRET).unwrap();

    for text in [
        printed(&builder),
        printed(&client),
        printed(client.webhooks().unwrap()),
        printed(&receiver),
        printed(&receiver.sign()),
        printed(&client.request(http::Method::GET, &format!("/tracking/{NUMBER}"))),
    ] {
        assert_silent(&text);
    }
}

#[tokio::test]
async fn an_error_response_that_repeats_key_and_number_is_masked() {
    for status in [200, 400, 401, 403, 404, 409, 422, 429, 500] {
        let body = json!({
            "trackingNumber": NUMBER,
            "code": "SAMPLE",
            "message": format!("{NUMBER} is unknown to the key {KEY} of ann@shop.example"),
        });
        let response = Answer::json(status, &body).header("x-key", KEY);
        let server = Server::answering(response).await;

        let error = server.client().get_tracking(NUMBER).await.unwrap_err();

        let text = told(&error);
        assert_silent(&text);
        assert!(!text.contains("ann@shop.example"), "{text}");
        // Whoever asks for the response itself gets it.
        assert!(error.body_text().unwrap().contains(NUMBER));
    }
}

#[tokio::test]
async fn decode_errors_show_nothing_of_the_body() {
    let bodies = [
        format!(r#"{{"checkpoints":[{{"location":["{NUMBER} {KEY}"]}}]}}"#),
        format!(r#"{{"checkpoints":"{KEY}"}}"#),
        format!("{NUMBER} {KEY}"),
        format!(r#"{{"shortUid":"S","{NUMBER}":"#),
        format!(r#"{{"other":"{NUMBER} {KEY}"}}"#),
    ];

    for body in bodies {
        let server = Server::answering(Answer::new(200, body)).await;

        let error = server.client().get_tracking(NUMBER).await.unwrap_err();

        assert!(error.is_decode());
        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn a_refused_connection_does_not_show_the_address_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = Client::builder(KEY).with_base_url(base_url);
    let client = builder.with_retry(RetryPolicy::none()).build().unwrap();

    let error = client.get_tracking(NUMBER).await.unwrap_err();

    assert!(error.is_connect());
    assert_silent(&told(&error));
}

#[tokio::test]
async fn refused_input_is_named_and_not_repeated() {
    let server = Server::silent().await;
    let client = server.client();
    let mut bad = quote();
    bad.currency = NUMBER.to_owned();

    let errors = [
        client
            .get_tracking(&format!("{NUMBER}\n"))
            .await
            .unwrap_err(),
        client.quote_shipping_methods(&bad).await.unwrap_err(),
    ];

    for error in errors {
        assert_silent(&told(&error));
    }
}

#[test]
fn a_refused_notification_shows_neither_secret_nor_what_was_sent() {
    let receiver = WebhookReceiver::new("X-Shop-Token", SECRET).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-shop-token", HeaderValue::from_static("hushHush"));

    let error = receiver.receive(&headers, b"{}").unwrap_err();

    assert_silent(&told(&error));
}

#[test]
fn the_error_of_the_unified_model_is_as_silent() {
    let error = Client::new(KEY).unwrap().webhooks().unwrap_err();

    let unified = tracking_core::Error::from(error);

    assert_silent(&format!("{unified} {}", printed(&unified)));
}

#[test]
fn people_and_addresses_of_requests_are_not_printed() {
    let text = format!("{} {}", printed(&quote()), printed(&order()));

    for personal in [
        "Ana",
        "Muster",
        "ana@example.org",
        "0043 1",
        "Wien",
        "1010",
        "Voorbeeldkade",
        "NL000000000",
    ] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
}

#[tokio::test]
async fn keys_of_an_order_beyond_the_known_are_not_printed() {
    let body = json!({
        "orderId": "4b0d7e52",
        "receiver": { "name": "Ana Muster" },
        "shippingMethod": { "carrier": "UPS", "account": SECRET },
        "packages": [{ "packageReferenceId": "P", "label": "https://papers.example/?sig=hushHush" }],
    });
    let server = Server::answering(Answer::json(201, &body)).await;

    let order = server
        .client()
        .create_shipping_order(&order())
        .await
        .unwrap();

    let text = printed(&order);
    assert_silent(&text);
    assert!(text.contains("4b0d7e52") && !text.contains("Ana"), "{text}");
}

#[test]
fn the_body_of_a_notification_is_not_printed() {
    let receiver = WebhookReceiver::new("X-Shop-Token", SECRET).unwrap();
    let body = br#"{"receiver":"Ana Muster"}"#;

    let message = receiver.receive(&receiver.sign(), body).unwrap();

    assert!(!printed(&message).contains("Ana"), "{message:?}");
    assert_eq!(message.body, &body[..]);
}
