//! Whole journeys over loopback, against a reading of the documentation that shares no types.

use std::collections::BTreeSet;
use std::sync::Arc;

use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, Client, ConfigureClient as _, ListCategoryTreeQuery,
    ListOrdersQuery, ListTrackingsQuery, OrderStatus, RecordId,
};
use tracking_core::{Provider as _, TrackRequest};
use tracking_sandbox::Sandbox;

struct Shop {
    sandbox: Sandbox,
    client: Client,
}

async fn shop() -> Shop {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.oneconcepts();
    let client = Client::builder(account.email(), account.password())
        .with_base_url(sandbox.base_url("oneconcepts"))
        .build()
        .unwrap();
    Shop { sandbox, client }
}

async fn tracking_ids(client: &Client, page_size: i64) -> Vec<RecordId> {
    let query = ListTrackingsQuery::new().items_per_page(page_size);
    let mut items = client.list_trackings_pages(&query).items();
    let mut ids = Vec::new();
    while let Some(tracking) = items.next().await {
        ids.push(tracking.unwrap().id.unwrap());
    }
    ids
}

#[tokio::test]
async fn small_pages_and_large_ones_hold_the_same_trackings() {
    let shop = shop().await;
    shop.sandbox.oneconcepts().add_orders(30);

    let small = tracking_ids(&shop.client, 3).await;
    let large = tracking_ids(&shop.client, 200).await;

    assert!(small.len() > 6, "{small:?}");
    assert_eq!(small, large);
}

#[tokio::test]
async fn shipped_orders_are_completed_once_accepted() {
    let shop = shop().await;
    shop.sandbox.oneconcepts().add_orders(30);
    let shipped = ListOrdersQuery::new()
        .status(OrderStatus::Shipped)
        .items_per_page(200);
    let before = shop
        .client
        .list_orders(&shipped)
        .await
        .unwrap()
        .members
        .len();
    let mut orders = shop.client.shipped_orders();
    let mut accepted = BTreeSet::new();

    while let Some(order) = orders.next().await {
        let order = order.unwrap();
        assert!(order.problems.is_empty(), "{:?}", order.problems);
        order.complete().await.unwrap();
        assert!(accepted.insert(order.order.external_order_number.clone()));
    }

    assert!(before > 2, "{before}");
    assert_eq!(accepted.len(), before);
    assert!(
        shop.client
            .list_orders(&shipped)
            .await
            .unwrap()
            .members
            .is_empty()
    );
}

#[tokio::test]
async fn expired_tokens_are_renewed_without_notice() {
    let shop = shop().await;
    let query = ListCategoryTreeQuery::new();
    shop.client.list_category_tree(&query).await.unwrap();

    shop.sandbox.oneconcepts().expire_tokens();
    let again = shop.client.list_category_tree(&query).await.unwrap();

    assert!(!again.members.is_empty());
}

#[tokio::test]
async fn link_to_another_origin_is_not_followed() {
    let elsewhere = Sandbox::start().await.unwrap();
    let origin = elsewhere
        .base_url("oneconcepts")
        .replace("/oneconcepts/v2", "");
    let shop = shop().await;
    shop.sandbox
        .oneconcepts()
        .configure(|settings| settings.next_link_origin = Some(origin.clone()));
    let query = ListTrackingsQuery::new().items_per_page(1);
    let mut pages = shop.client.list_trackings_pages(&query);

    let first = pages.next().await.unwrap();
    let second = pages.next().await.unwrap();

    assert_eq!(first.unwrap().items.len(), 1);
    assert!(second.unwrap_err().to_string().contains("another host"));
}

#[tokio::test]
async fn several_orders_are_found_by_their_numbers() {
    let shop = shop().await;
    let numbers = ["SHOP::1001", "SHOP::1002", "SHOP::UNKNOWN"];

    let query = ListOrdersQuery::new();
    let mut pages = shop
        .client
        .list_orders_by_external_order_numbers(numbers, &query);
    let page = pages.next().await.unwrap().unwrap();

    let found: BTreeSet<_> = page
        .items
        .iter()
        .map(|order| order.external_order_number.as_deref().unwrap())
        .collect();
    assert_eq!(found, BTreeSet::from(["SHOP::1001", "SHOP::1002"]));
}

#[tokio::test]
async fn wrong_credentials_are_an_authentication_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder("nobody@shop.example", "wrong")
        .with_base_url(sandbox.base_url("oneconcepts"))
        .build()
        .unwrap();

    let provider: Arc<dyn tracking_core::Provider> = Arc::new(client);
    let error = provider
        .track(TrackRequest::reference("SHOP::1001"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), tracking_core::ErrorKind::Authentication);
}

#[tokio::test]
async fn removed_article_is_reported() {
    let shop = shop().await;
    let all = oneconcepts_sdk::ProductSelection::all();
    let query = oneconcepts_sdk::ListProductsQuery::new();
    let products = shop.client.list_products(&all, &query).await.unwrap();
    let sku: i64 = products.members[0].sku.as_ref().unwrap().parse().unwrap();
    shop.sandbox
        .oneconcepts()
        .remove_product(u64::try_from(sku).unwrap());

    let articles = CheckAvailability::new([sku]);
    let query = CheckAvailabilityQuery::new().check_all(true);
    let response = shop
        .client
        .check_availability(&articles, &query)
        .await
        .unwrap();

    assert_eq!(response.unavailable_skus().unwrap(), [sku.to_string()]);
    assert!(!response.new.is_empty());
    assert_eq!(shop.client.id().as_str(), "oneconcepts");
}
