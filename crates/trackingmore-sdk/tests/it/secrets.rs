//! Nothing that is printed holds a key, an address of an account, a tracking number or personal data.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracking_testkit::printed::{messages, printed};
use trackingmore_sdk::webhook::{WebhookMessage, WebhookReceiver};
use trackingmore_sdk::{
    BatchCreateTracking, CreateTracking, DeleteTrackingResponse, ErrorResponse, ListTrackingsQuery,
    RemoteData, Tracking, UpdateMoreTracking, UpdateTracking,
};

use crate::operations::CARRIER;
use crate::server::{KEY, Reply, Server, fixture};

const ACCOUNT: &str = "owner-hushHush@shop.example";
const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [KEY, ACCOUNT, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn refused_input_is_named_and_not_repeated() {
    let server = Server::silent().await;
    let client = server.client();
    let number = format!("{NUMBER}\n");
    let good = || CreateTracking::new("ZA1", CARRIER);

    let errors = [
        client
            .create_tracking(&CreateTracking::new(number.as_str(), CARRIER))
            .await
            .unwrap_err(),
        client
            .create_tracking(&good().destination_code(NUMBER))
            .await
            .unwrap_err(),
        client
            .batch_create_trackings(&[BatchCreateTracking::new(number.as_str(), CARRIER)])
            .await
            .unwrap_err(),
        client.get_tracking(CARRIER, &number).await.unwrap_err(),
        ListTrackingsQuery::new()
            .tracking_numbers([NUMBER, &number])
            .unwrap_err(),
        ListTrackingsQuery::new()
            .order_numbers([format!("{NUMBER},{NUMBER}")])
            .unwrap_err(),
    ];

    for error in errors {
        assert_silent(&messages(&error));
    }
}

#[test]
fn refused_webhook_shows_neither_address_nor_what_was_sent() {
    let receiver = WebhookReceiver::new(ACCOUNT).unwrap();
    let valid = json!({ "tracking_number": NUMBER });
    let signed = receiver.sign(&valid).unwrap();
    let stranger = WebhookReceiver::new("stranger@shop.example").unwrap();

    for error in [
        stranger.receive(signed.as_bytes()).unwrap_err(),
        receiver
            .receive(format!("{NUMBER} {KEY}").as_bytes())
            .unwrap_err(),
        receiver
            .receive(signed.replace("data", "atad").as_bytes())
            .unwrap_err(),
    ] {
        assert_silent(&messages(&error));
    }
}

const PERSONAL: [&str; 6] = [
    "recipient@shop.example",
    "Sample Recipient",
    "S. Recipient",
    "+000000000",
    "owner@shop.example",
    "47000000",
];

#[track_caller]
fn assert_impersonal(text: &str) {
    for personal in PERSONAL {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
}

#[tokio::test]
async fn recipients_and_signatories_of_responses_are_not_printed() {
    let server = Server::start([
        Reply::fixture("get-tracking/200_personal_data.json"),
        Reply::fixture("update-tracking/200_updated.json"),
        Reply::fixture("list-trackings/200_customer_emails.json"),
    ])
    .await;
    let client = server.client();

    let tracking = client.get_tracking(CARRIER, "ZA1").await.unwrap();
    let update = UpdateTracking::new().title("x");
    let updated = client.update_tracking(CARRIER, "ZA1", &update).await;
    let page = client.list_trackings(&ListTrackingsQuery::new()).await;

    assert_eq!(tracking.customer_name.as_deref(), Some("Sample Recipient"));
    assert_eq!(tracking.singed_by.as_deref(), Some("S. Recipient"));
    assert_impersonal(&printed(&tracking));
    assert_impersonal(&printed(&updated.unwrap()));
    assert_impersonal(&printed(&page.unwrap()));
}

#[tokio::test]
async fn owner_of_account_is_not_printed() {
    for name in [
        "200_account.json",
        "200_phone_number.json",
        "200_plan_2025.json",
    ] {
        let server = Server::replying(Reply::fixture(&format!("get-user-info/{name}"))).await;

        let account = server.client().get_user_info().await.unwrap();

        assert!(account.email.is_some());
        assert_impersonal(&printed(&account));
    }
}

#[test]
fn recipients_of_requests_are_not_printed() {
    let create = CreateTracking::new("ZA1", CARRIER)
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example")
        .customer_phone("+000000000");
    let batch = BatchCreateTracking::new("ZA1", CARRIER)
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example")
        .customer_phone("+000000000");
    let update = UpdateTracking::new()
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example")
        .customer_phone("+000000000");
    let more = UpdateMoreTracking::new("ZA1", CARRIER)
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example");

    for text in [
        printed(&create),
        printed(&batch),
        printed(&update),
        printed(&more),
    ] {
        assert_impersonal(&text);
    }
}

#[test]
fn recipient_of_webhook_is_not_printed() {
    let body = fixture("receive-webhook/documented_keys.json");

    let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();

    assert_eq!(message.tracking.customer_email, ["recipient@shop.example"]);
    assert_impersonal(&printed(&message));
}

#[test]
fn untyped_values_are_not_printed() {
    let hidden = json!({ "name": "Sample Recipient" });
    let error: ErrorResponse = read(&json!({ "data": hidden }));
    let deleted: DeleteTrackingResponse = read(&json!({ "data": hidden }));
    let remote: RemoteData = read(&json!({ "other": [hidden] }));
    let tracking: Tracking =
        read(&json!({ "packageStatus": hidden, "last_mile_tracking_supported": hidden }));

    assert_eq!(error.data.as_ref(), Some(&hidden));
    assert_eq!(deleted.data.as_ref(), Some(&hidden));
    assert_eq!(remote.other.first(), Some(&hidden));
    assert_eq!(tracking.package_status, Some(hidden));
    for text in [
        printed(&error),
        printed(&deleted),
        printed(&remote),
        printed(&tracking),
    ] {
        assert_impersonal(&text);
    }
}

fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).unwrap()
}
