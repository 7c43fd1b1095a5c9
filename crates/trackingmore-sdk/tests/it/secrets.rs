//! Nothing that is printed holds a key, an address of an account, a tracking number or personal data.

use std::net::TcpListener;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracking_testkit::printed::{printed, told};
use trackingmore_sdk::webhook::{WebhookMessage, WebhookReceiver};
use trackingmore_sdk::{
    BatchCreateTracking, Client, ConfigureClient as _, CreateTracking, DeleteTrackingResponse,
    ErrorResponse, ListTrackingsQuery, RemoteData, RetryPolicy, Tracking, UpdateMoreTracking,
    UpdateTracking,
};

use crate::operations::{CARRIER, OPERATIONS, call};
use crate::server::{Answer, KEY, Server, fixture};

const ACCOUNT: &str = "owner-hushHush@shop.example";
const NUMBER: &str = "RR123456785CN";

#[track_caller]
fn assert_silent(text: &str) {
    for secret in [KEY, ACCOUNT, NUMBER, "hushHush"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn builder_client_and_receiver_show_no_secret() {
    let builder = Client::builder(KEY)
        .with_account_email(ACCOUNT)
        .with_base_url("https://api.trackingmore.com/v2");
    let client = builder.clone().build().unwrap();
    let receiver = WebhookReceiver::new(ACCOUNT).unwrap();
    let path = format!("/trackings/{CARRIER}/{NUMBER}");

    for text in [
        printed(&builder),
        printed(&client),
        printed(client.webhooks().unwrap()),
        printed(&receiver),
        printed(&client.request(http::Method::GET, &path)),
    ] {
        assert_silent(&text);
    }
}

#[tokio::test]
async fn an_error_answer_that_repeats_key_and_number_is_masked() {
    for (status, code) in [(200, 4015), (200, 4017), (401, 401), (429, 429), (500, 500)] {
        let message = format!("{NUMBER} is unknown to the key {KEY} of ann@shop.example");
        let body = json!({ "meta": { "code": code, "message": message }, "data": [] });
        let answer = Answer::json(status, &body).header("x-key", KEY);
        let server = Server::answering(answer).await;

        let error = server
            .client()
            .get_tracking(CARRIER, NUMBER)
            .await
            .unwrap_err();

        let text = told(&error);
        assert_silent(&text);
        assert!(!text.contains("ann@shop.example"), "{text}");
        // Whoever asks for the answer itself gets it.
        assert!(error.body_text().unwrap().contains(NUMBER));
    }
}

#[tokio::test]
async fn decode_errors_show_nothing_of_the_body() {
    let bodies = [
        format!(r#"{{"meta":{{"code":200}},"data":{{"origin_info":"{NUMBER} {KEY}"}}}}"#),
        format!(r#"{{"meta":{{"code":200}},"data":"{KEY}"}}"#),
        format!(r#"{{"meta":{{"code":"{KEY}"}},"data":[]}}"#),
        format!("{NUMBER} {KEY}"),
        format!(r#"{{"meta":{{"code":200}},"data":{{"{NUMBER}":"#),
    ];

    for body in bodies {
        let server = Server::answering(Answer::new(200, body.as_str())).await;

        let error = server
            .client()
            .get_tracking(CARRIER, NUMBER)
            .await
            .unwrap_err();

        assert!(error.is_decode(), "{body}");
        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn errors_of_every_operation_are_silent_about_the_key() {
    for operation in OPERATIONS {
        let body = json!({ "meta": { "code": 4001, "message": format!("bad key {KEY}") } });
        let server = Server::answering(Answer::json(200, &body)).await;

        let error = call(&server.client(), operation.id).await.unwrap_err();

        assert_silent(&told(&error));
    }
}

#[tokio::test]
async fn a_refused_connection_does_not_show_the_address_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v2", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::builder(KEY)
        .with_base_url(base_url)
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.get_tracking(CARRIER, NUMBER).await.unwrap_err();

    assert!(error.is_connect());
    assert_silent(&told(&error));
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
        assert_silent(&told(&error));
    }
}

#[test]
fn a_refused_webhook_shows_neither_the_address_nor_what_was_sent() {
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
        assert_silent(&told(&error));
    }
}

#[test]
fn the_error_of_the_unified_model_is_as_silent() {
    let client = Client::new(KEY).unwrap();
    let error = client.webhooks().unwrap_err();

    let unified = tracking_core::Error::from(error);

    assert_silent(&format!("{unified} {}", printed(&unified)));
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
async fn recipients_and_signatories_of_answers_are_not_printed() {
    let server = Server::start([
        Answer::fixture("get-tracking/200_personal_data.json"),
        Answer::fixture("update-tracking/200_updated.json"),
        Answer::fixture("list-trackings/200_customer_emails.json"),
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
async fn the_owner_of_the_account_is_not_printed() {
    for name in [
        "200_account.json",
        "200_phone_number.json",
        "200_plan_2025.json",
    ] {
        let server = Server::answering(Answer::fixture(&format!("get-user-info/{name}"))).await;

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
fn the_recipient_of_a_webhook_is_not_printed() {
    let body = fixture("receive-webhook/documented_keys.json");

    let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();

    assert_eq!(message.tracking.customer_email, ["recipient@shop.example"]);
    assert_impersonal(&printed(&message));
}

#[test]
fn what_nobody_has_typed_is_not_printed() {
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
