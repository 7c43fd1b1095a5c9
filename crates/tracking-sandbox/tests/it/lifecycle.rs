//! Starting, stopping, recording, starting over.

use std::time::Duration;

use serde_json::json;
use tracking_sandbox::{Fault, Leg, Parcel, ParcelError, Sandbox, Scan, StartError, Step};

use crate::account::Account;

#[tokio::test]
async fn port_is_free_again_after_drop() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.port();

    drop(sandbox);

    let again = Sandbox::builder().port(port).start().await.unwrap();
    assert_eq!(again.port(), port);
}

#[tokio::test]
async fn taken_port_is_named_in_the_error() {
    let sandbox = Sandbox::start().await.unwrap();

    let error = Sandbox::builder()
        .port(sandbox.port())
        .start()
        .await
        .unwrap_err();

    assert!(matches!(error, StartError::Listen { .. }));
    assert!(
        error.to_string().contains(&sandbox.port().to_string()),
        "{error}"
    );
}

#[tokio::test]
async fn sandboxes_share_no_state() {
    let first = Account::open().await;
    let second = Account::open().await;

    first.tracker(&json!({ "trackingNumber": "AB12345" })).await;

    assert_eq!(
        second.get("/trackers").await.at("/data/trackers"),
        json!([])
    );
}

#[test]
fn handles_go_to_other_threads() {
    fn check<T: Send + Sync>() {}

    check::<Sandbox>();
    check::<tracking_sandbox::Clock>();
    check::<tracking_sandbox::ship24::Ship24>();
}

#[tokio::test]
async fn every_provider_has_a_base_url() {
    let sandbox = Sandbox::start().await.unwrap();

    let providers = sandbox.providers();

    let ship24 = providers
        .iter()
        .find(|provider| provider.name == "ship24")
        .unwrap();
    assert_eq!(
        ship24.base_url,
        format!("http://127.0.0.1:{}/ship24/public/v1", sandbox.port())
    );
    assert_eq!(sandbox.base_url("ship24"), ship24.base_url);
}

#[tokio::test]
async fn requests_are_recorded_with_secrets_hidden_in_debug() {
    let account = Account::open().await;

    account
        .post("/trackers?a=b", &json!({ "trackingNumber": "AB12345" }))
        .await;

    let requests = account.sandbox.requests();
    let request = &requests[0];
    assert_eq!(request.operation, Some("create-tracker"));
    assert_eq!(request.method, "POST");
    assert_eq!(request.path, "/ship24/public/v1/trackers");
    assert_eq!(request.query, "a=b");
    assert_eq!(request.json().unwrap()["trackingNumber"], "AB12345");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.status, Some(201));
    assert!(!format!("{request:?}").contains(account.ship24().api_key()));
}

#[tokio::test]
async fn traffic_counts_each_operation_until_reset() {
    let account = Account::open().await;
    account.get("/trackers").await;
    account
        .sandbox
        .faults()
        .next(Fault::SlowDown("1".to_owned()));
    account.get("/trackers").await;
    account.get("/nothing").await;
    account.sandbox.clear_requests();

    let traffic = account.sandbox.traffic();

    let shown: Vec<_> = traffic
        .iter()
        .map(|it| (it.provider, it.operation, it.requests, it.slowed_down))
        .collect();
    let expected = [
        ("ship24", None, 3, 1),
        ("ship24", Some("list-trackers"), 2, 1),
    ];
    assert_eq!(shown, expected);
    assert!((1..=3).contains(&traffic[0].busiest_second), "{traffic:?}");
    account.sandbox.reset();
    assert_eq!(account.sandbox.traffic(), []);
}

#[tokio::test]
async fn reset_forgets_what_callers_did() {
    let account = Account::open().await;
    account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;
    account
        .sandbox
        .add_parcel(Parcel::new("ups", "EXTRA-1"))
        .unwrap();

    account.sandbox.reset();

    assert!(account.sandbox.requests().is_empty());
    assert_eq!(
        account.get("/trackers").await.at("/data/trackers"),
        json!([])
    );
    let scan = Scan::ago(Duration::ZERO, Step::Delivered);
    assert!(account.sandbox.add_scan("EXTRA-1", scan.clone()).is_err());
    assert!(account.sandbox.add_scan(Sandbox::DEMO_NUMBER, scan).is_ok());
}

#[tokio::test]
async fn parcels_that_make_no_sense_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();

    let empty = sandbox.add_parcel(Parcel::new("ups", "AB12345").leg(Leg::new("dhl", "  ")));

    assert_eq!(empty, Err(ParcelError::EmptyNumber { leg: 1 }));
}
