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

#[tokio::test]
async fn the_types_model_every_field_of_every_answer() {
    let account = Account::open().await;

    assert_eq!(operations::ALL.len(), 12);
    for operation in operations::ALL {
        let answer = account.call(operation.id).await.unwrap();

        let none: &[&str] = &[];
        assert_eq!(answer.unmodelled, none, "{}", operation.id);
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
async fn the_sandbox_knows_each_operation_by_the_same_id_method_and_path() {
    let account = Account::open().await;

    for operation in operations::ALL {
        account.sandbox.clear_requests();
        account.call(operation.id).await.unwrap();

        let requests = account.sandbox.requests();
        let [request] = requests.as_slice() else {
            panic!("{}: {} requests", operation.id, requests.len());
        };
        assert_eq!(request.operation, Some(operation.id));
        assert_eq!(request.method, operation.method, "{}", operation.id);
        let pattern: Vec<&str> = operation.path.split('/').collect();
        let path = request.path.strip_prefix("/ship24/public/v1").unwrap();
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
async fn the_types_model_both_webhooks() {
    let sandbox = sandbox().await;
    let events = Receiver::of(&sandbox).await;
    let proofs = Receiver::with_secret(sandbox.ship24().webhook_secret()).await;
    sandbox
        .ship24()
        .set_proof_webhook_url(proofs.url())
        .unwrap();
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
async fn the_types_model_errors() {
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
