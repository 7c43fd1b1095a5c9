//! Nothing that is printed holds a key, a secret, a tracking number or personal data.

use http::{HeaderMap, HeaderValue, header};
use ship24_sdk::webhook::WebhookReceiver;
use ship24_sdk::{CreateTracker, CreateTrackerRecipient};
use tracking_testkit::printed::{messages, printed};

use crate::server::{KEY, Reply, Server, fixture};

const WEBHOOK_SECRET: &str = "whs_hushHushHush";
const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [KEY, WEBHOOK_SECRET, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn refused_input_is_named_and_not_repeated() {
    let server = Server::silent().await;
    let client = server.client();
    let number = format!("{NUMBER}?");

    let errors = [
        client
            .create_tracker(&CreateTracker::new(number.as_str()))
            .await
            .unwrap_err(),
        client
            .create_tracker(&CreateTracker::new("PTS-0009917").shipping_date(NUMBER))
            .await
            .unwrap_err(),
        client
            .bulk_create_trackers(&[CreateTracker::new(number)])
            .await
            .unwrap_err(),
        client
            .get_tracker_by_tracker_id(&format!("{NUMBER}\n"))
            .await
            .unwrap_err(),
    ];

    for error in errors {
        assert_silent(&messages(&error));
    }
}

#[test]
fn refused_webhook_shows_neither_secret_nor_what_was_sent() {
    let receiver = WebhookReceiver::new(WEBHOOK_SECRET).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(
        header::AUTHORIZATION,
        HeaderValue::from_static("Bearer hushHush"),
    );
    let body = format!(r#"{{"trackings":"{NUMBER}"}}"#);

    let wrong_secret = receiver.receive(&headers, b"{}").unwrap_err();
    let wrong_body = receiver
        .receive(&receiver.sign(), body.as_bytes())
        .unwrap_err();

    assert_silent(&messages(&wrong_secret));
    assert_silent(&messages(&wrong_body));
}

#[tokio::test]
async fn recipients_are_not_printed() {
    let fixture = "get-tracking-results-of-tracker-by-trackerId/200_personal_data.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let client = server.client();

    let trackings = client
        .get_tracking_results_of_tracker_by_tracker_id("t-1")
        .await
        .unwrap();

    let text = printed(&trackings);
    for personal in [
        "Sample Recipient",
        "1 Example Street",
        "5003",
        "Bergen",
        "S. AMPLE",
    ] {
        assert!(!text.contains(personal), "{text}");
    }
    let shipment = trackings[0].shipment.as_ref().unwrap();
    assert_eq!(
        shipment.recipient.as_ref().unwrap().name.as_deref(),
        Some("Sample Recipient")
    );
}

#[test]
fn recipients_and_signatories_are_not_printed() {
    let recipient = CreateTrackerRecipient::new()
        .name("Ann Example")
        .email("ann@shop.example");
    let request = CreateTracker::new("PTS-0009917").recipient(recipient);
    let receiver = WebhookReceiver::new(WEBHOOK_SECRET).unwrap();
    let body = fixture("receive-webhooks-proof-of-delivery/found_text.json");
    let message = receiver.receive(&receiver.sign(), body.as_bytes()).unwrap();

    let text = format!("{} {}", printed(&request), printed(&message));

    for personal in ["Ann Example", "ann@shop.example", "S. AMPLE"] {
        assert!(!text.contains(personal), "{text}");
    }
}
