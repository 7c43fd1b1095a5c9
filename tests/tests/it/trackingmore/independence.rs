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
use crate::caller::{assert_everything_is_modelled, assert_paths_agree};
use crate::receiver::Receiver;
use crate::ship24::sandboxed::minutes;

#[tokio::test]
async fn types_model_every_field_of_every_response() {
    // Those of the documentation, and reading in another language, which has a path of its own.
    assert_eq!(operations::ALL.len(), 18 + 1);
    assert_everything_is_modelled(&Account::open().await).await;
}

#[tokio::test]
async fn sandbox_knows_each_operation_by_id_method_and_path() {
    assert_paths_agree(&Account::open().await).await;
}

#[tokio::test]
async fn types_model_every_demo_parcel() {
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
async fn types_model_webhook() {
    let sandbox = sandbox().await;
    let receiver = Receiver::start().await;
    let account = sandbox.trackingmore();
    account.configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
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
async fn types_model_errors_inside_of_success() {
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
async fn wrong_key_is_authentication_error_and_is_not_shown() {
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
