//! The SDK and the sandbox read the same documentation without knowing each other. Where both
//! agree on every field, neither has left one out or made one up.

use tracking_http::unmodelled_fields;
use tracking_sandbox::Sandbox;
use trackingmore_sdk::webhook::WebhookMessage;
use trackingmore_sdk::{
    ConfigureClient as _, CreateTracking, ErrorKind, ErrorResponse, TrackingWebhook, operations,
};

use super::operations::Account;
use super::sandboxed::{builder, client, sandbox};
use crate::receiver::Receiver;
use crate::ship24::sandboxed::minutes;

#[tokio::test]
async fn the_types_model_every_field_of_every_answer() {
    let account = Account::open().await;

    assert_eq!(operations::ALL.len(), 19);
    for operation in operations::ALL {
        let answer = account.call(operation.id).await;

        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        assert_eq!(answer.unmodelled, [""; 0], "{}", operation.id);
        assert!(!answer.body.is_empty(), "{}", operation.id);
        assert!(
            operation.success.contains(&answer.status),
            "{}: {}",
            operation.id,
            answer.status
        );
    }
}

#[tokio::test]
async fn the_sandbox_knows_each_operation_by_method_and_path() {
    let account = Account::open().await;

    for operation in operations::ALL {
        account.call(operation.id).await.unwrap();

        let requests = account.sandbox.requests();
        let [request] = requests.as_slice() else {
            panic!("{}: {} requests", operation.id, requests.len());
        };
        assert!(request.operation.is_some(), "{}", operation.id);
        assert_eq!(request.method, operation.method, "{}", operation.id);
        let pattern: Vec<&str> = operation.path.split('/').collect();
        let path = request.path.strip_prefix("/trackingmore/v2").unwrap();
        let path: Vec<&str> = path.split('/').collect();
        assert_eq!(
            path.len(),
            pattern.len(),
            "{}: {}",
            operation.id,
            request.path
        );
        for (part, wanted) in path.iter().zip(pattern) {
            assert!(
                wanted.starts_with('{') || *part == wanted,
                "{}: {part}",
                operation.id
            );
        }
    }
}

#[tokio::test]
async fn the_types_model_every_demo_parcel() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox.clock().advance(minutes(24 * 60));

    for number in Sandbox::DEMO_NUMBERS {
        let found = client
            .detect_carrier(&trackingmore_sdk::DetectCarrier::new(*number))
            .await
            .unwrap();
        let carrier = found[0].code.clone().unwrap();
        let request = CreateTracking::new(*number, &carrier)
            .tracking_postal_code("T12 X8K0")
            .lang("en");
        client.create_tracking(&request).await.unwrap();
        let tracking = client.get_tracking(&carrier, number).await.unwrap();

        let unmodelled = tracking.unmodelled();
        assert!(unmodelled.is_empty(), "{number}: {unmodelled:?}");
        let info = tracking.origin_info.as_ref().unwrap();
        assert!(!info.trackinfo.is_empty(), "{number}");
    }
}

#[tokio::test]
async fn the_types_model_a_webhook() {
    let sandbox = sandbox().await;
    let receiver = Receiver::start().await;
    let account = sandbox.trackingmore();
    account.set_webhook_url(receiver.url()).unwrap();
    let client = client(&sandbox);

    client
        .create_tracking(&CreateTracking::new(
            Sandbox::DEMO_NUMBER,
            super::sandboxed::DEMO_CARRIER,
        ))
        .await
        .unwrap();
    account.webhooks_settled().await;

    let [received] = <[_; 1]>::try_from(receiver.take()).unwrap();
    let unmodelled = unmodelled_fields::<TrackingWebhook>(&received.body).unwrap();
    assert!(unmodelled.is_empty(), "{unmodelled:?}");
    let message: WebhookMessage = client.webhooks().unwrap().receive(&received.body).unwrap();
    let number = message.tracking.tracking_number.as_deref();
    assert_eq!(number, Some(Sandbox::DEMO_NUMBER));
}

#[tokio::test]
async fn the_types_model_errors_inside_of_a_success() {
    let account = Account::open().await;

    let error = account
        .client
        .get_tracking("ups", "NOBODY-0001")
        .await
        .unwrap_err();

    let unmodelled = unmodelled_fields::<ErrorResponse>(error.body().unwrap()).unwrap();
    assert!(unmodelled.is_empty(), "{unmodelled:?}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(matches!(error.provider_code(), Some("4017" | "4031")));
}

#[tokio::test]
async fn a_wrong_key_is_an_authentication_error_and_is_not_shown() {
    let sandbox = sandbox().await;
    let client = trackingmore_sdk::Client::builder("key-of-somebody-else")
        .with_base_url(sandbox.base_url("trackingmore"))
        .build()
        .unwrap();

    let error = client.get_user_info().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.attempts(), 1);
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("somebody-else"), "{shown}");
    assert!(builder(&sandbox).build().is_ok());
}
