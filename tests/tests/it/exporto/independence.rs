//! The SDK and the sandbox read the same documentation without knowing each other.

use exporto_sdk::{ErrorKind, ErrorResponse};
use tracking_http::unmodelled_fields;
use tracking_sandbox::Sandbox;

use super::operations::Account;
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
    let account = Account::open().await;
    account.sandbox.clock().advance(minutes(24 * 60));

    for number in Sandbox::DEMO_NUMBERS {
        let id = account.sandbox.exporto().ids(number).unwrap().shipment_id;
        let shipment = account.client.get_shipment(&id).await.unwrap();

        let unmodelled = shipment.unmodelled();
        assert!(unmodelled.is_empty(), "{number}: {unmodelled:?}");
        assert_eq!(shipment.shipment_id.as_ref().unwrap().as_str(), id);
    }
}

#[tokio::test]
async fn types_model_errors() {
    let account = Account::open().await;

    let error = account.client.get_shipment("nobody").await.unwrap_err();

    let unmodelled = unmodelled_fields::<ErrorResponse>(error.body().unwrap()).unwrap();
    assert!(unmodelled.is_empty(), "{unmodelled:?}");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}
