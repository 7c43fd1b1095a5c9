//! The SDK and the sandbox read the same documentation without knowing each other. Where both
//! agree on every field, neither has left one out or made one up.

use ship24_sdk::operations;
use ship24_sdk::tracking_http::unmodelled_fields;
use ship24_sdk::webhook::WebhookItem;
use ship24_sdk::{CreateTracker, ErrorResponse, ProofOfDeliveryWebhook, TrackingEventsWebhook};
use tracking_sandbox::Sandbox;

use super::operations::Account;
use super::receiver::Receiver;
use super::sandboxed::{client, minutes, sandbox};
use crate::caller::{assert_everything_is_modelled, assert_paths_agree};

#[tokio::test]
async fn types_model_every_field_of_every_response() {
    assert_eq!(operations::ALL.len(), 12);
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
        let request = CreateTracker::new(*number).destination_post_code("T12 X8K0");
        let found = client
            .create_tracker_and_get_tracking_results(&request)
            .await
            .unwrap();

        let unmodelled = found.unmodelled();
        assert!(unmodelled.is_empty(), "{number}: {unmodelled:?}");
        assert!(
            found.iter().all(|tracking| !tracking.events.is_empty()),
            "{number}"
        );
    }
}

#[tokio::test]
async fn types_model_both_webhooks() {
    let sandbox = sandbox().await;
    let events = Receiver::of(&sandbox).await;
    let proofs = Receiver::with_secret(sandbox.ship24().webhook_secret()).await;
    sandbox
        .ship24()
        .configure(|settings| settings.webhooks.proof_url = Some(proofs.url().parse().unwrap()));
    sandbox.clock().advance(minutes(24 * 60));

    client(&sandbox)
        .create_tracker(&CreateTracker::new(Sandbox::DEMO_NUMBER))
        .await
        .unwrap();
    sandbox.ship24().webhooks_settled().await;

    let (events, proofs) = (events.take(), proofs.take());
    assert!(events.len() > 5, "{}", events.len());
    assert_eq!(proofs.len(), 1);
    for received in &events {
        let unmodelled = unmodelled_fields::<TrackingEventsWebhook>(&received.body).unwrap();
        assert!(unmodelled.is_empty(), "{unmodelled:?}");
        assert!(matches!(
            received.message.items.as_slice(),
            [WebhookItem::Events(_)]
        ));
    }
    for received in &proofs {
        let unmodelled = unmodelled_fields::<ProofOfDeliveryWebhook>(&received.body).unwrap();
        assert!(unmodelled.is_empty(), "{unmodelled:?}");
        assert!(matches!(
            received.message.items.as_slice(),
            [WebhookItem::ProofOfDelivery(_)]
        ));
    }
}

#[tokio::test]
async fn types_model_errors() {
    let account = Account::open().await;

    let error = account
        .client
        .get_tracker_by_tracker_id("nobody")
        .await
        .unwrap_err();

    let unmodelled = unmodelled_fields::<ErrorResponse>(error.body().unwrap()).unwrap();
    assert!(unmodelled.is_empty(), "{unmodelled:?}");
    assert_eq!(error.provider_code(), Some("tracker_not_found"));
}
