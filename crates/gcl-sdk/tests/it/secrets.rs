//! Nothing that is printed holds a key, a secret, a tracking number or personal data.

use gcl_sdk::Person;
use gcl_sdk::webhook::WebhookReceiver;
use http::{HeaderMap, HeaderValue};
use serde_json::json;
use tracking_testkit::printed::{messages, printed};

use crate::requests::{order, quote};
use crate::server::{KEY, Reply, Server};

const SECRET: &str = "hushHushSecret";
const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [KEY, SECRET, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
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
        assert_silent(&messages(&error));
    }
}

#[test]
fn refused_notification_shows_neither_secret_nor_what_was_sent() {
    let receiver = WebhookReceiver::new("X-Shop-Token", SECRET).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-shop-token", HeaderValue::from_static("hushHush"));

    let error = receiver.receive(&headers, b"{}").unwrap_err();

    assert_silent(&messages(&error));
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

#[test]
fn person_alone_is_not_printed() {
    let person = Person::new()
        .first_name("Ana")
        .last_name("Muster")
        .company("Beispiel GmbH")
        .email("ana@example.org")
        .phone("0043 1 5550100");

    let text = printed(&person);

    for personal in ["Ana", "Muster", "Beispiel", "ana@example.org", "0043"] {
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
    let server = Server::replying(Reply::json(201, &body)).await;

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
fn body_of_notification_is_not_printed() {
    let receiver = WebhookReceiver::new("X-Shop-Token", SECRET).unwrap();
    let body = br#"{"receiver":"Ana Muster"}"#;

    let message = receiver.receive(&receiver.sign(), body).unwrap();

    assert!(!printed(&message).contains("Ana"), "{message:?}");
    assert_eq!(message.body, &body[..]);
}
