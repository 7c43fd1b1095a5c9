//! The SDK and the sandbox read the same documentation without knowing each other.

use gcl_sdk::{ErrorKind, ErrorResponse, TrackingResponse};
use tracking_http::unmodelled_fields;
use tracking_sandbox::gcl::Assumptions;
use tracking_sandbox::{Sandbox, StatusCode};

use super::operations::Account;
use super::sandboxed::{client, sandbox, webhook};
use crate::caller::{assert_everything_is_modelled, assert_paths_agree};
use crate::ship24::sandboxed::minutes;

#[tokio::test]
async fn types_model_every_field_of_every_response() {
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
        let tracking = client.get_tracking(number).await.unwrap();

        let unmodelled = tracking.unmodelled();
        assert!(unmodelled.is_empty(), "{number}: {unmodelled:?}");
        assert!(!tracking.checkpoints.is_empty(), "{number}");
    }
}

#[tokio::test]
async fn types_model_notification() {
    let body = webhook(&sandbox().await).await;

    let unmodelled = unmodelled_fields::<TrackingResponse>(&body).unwrap();

    assert!(unmodelled.is_empty(), "{unmodelled:?}");
}

#[tokio::test]
async fn types_model_errors_under_either_status() {
    let account = Account::open().await;

    for status in [StatusCode::NOT_FOUND, StatusCode::OK] {
        let mut assumptions = Assumptions::default();
        assumptions.not_found_status = status;
        account
            .sandbox
            .gcl()
            .configure(|settings| settings.assumptions = assumptions);

        let error = account
            .client
            .get_tracking("NOBODY-0001")
            .await
            .unwrap_err();

        let unmodelled = unmodelled_fields::<ErrorResponse>(error.body().unwrap()).unwrap();
        assert!(unmodelled.is_empty(), "{unmodelled:?}");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
}
