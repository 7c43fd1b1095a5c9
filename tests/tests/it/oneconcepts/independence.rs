//! The SDK and the sandbox read the same documentation without knowing each other.

use oneconcepts_sdk::{Client, ConfigureClient as _, ErrorKind, ListTrackingsQuery};
use tracking_sandbox::Sandbox;

use super::operations::Account;
use super::sandboxed::client;
use crate::caller::{assert_everything_is_modelled, assert_paths_agree};

#[tokio::test]
async fn types_model_every_field_of_every_response() {
    assert_everything_is_modelled(&Account::open().await).await;
}

#[tokio::test]
async fn sandbox_knows_each_operation_by_id_method_and_path() {
    assert_paths_agree(&Account::open().await).await;
}

#[tokio::test]
async fn types_model_every_page() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.oneconcepts().add_orders(20);
    let client = client(&sandbox);
    let query = ListTrackingsQuery::new().items_per_page(5);

    let first = client.list_trackings(&query).await.unwrap();

    assert_eq!(first.unmodelled(), [""; 0]);
    assert_eq!(first.members.len(), 5);
    assert!(first.view.is_some());
}

#[tokio::test]
async fn errors_of_both_layers_keep_what_they_say() {
    let account = Account::open().await;

    let unknown = account.client.get_tracking("999999").await.unwrap_err();
    let refused = Client::builder("nobody@shop.example", "wrong")
        .with_base_url(account.sandbox.base_url("oneconcepts"))
        .build()
        .unwrap()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap_err();

    assert_eq!(unknown.kind(), ErrorKind::NotFound);
    assert!(unknown.provider_message().is_some());
    assert_eq!(refused.kind(), ErrorKind::Authentication);
    assert!(refused.provider_message().is_some());
}
