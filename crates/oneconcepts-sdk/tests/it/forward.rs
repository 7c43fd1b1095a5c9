//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys, wrong scalars.

use oneconcepts_sdk::tracking_http::unmodelled_fields;
use oneconcepts_sdk::{
    CourierName, ListTrackingsQuery, Order, OrderStatus, Tracking, TrackingCollection,
    TrackingStatus,
};
use serde_json::json;

use crate::server::{Reply, Server, fixture};

async fn list(name: &str) -> oneconcepts_sdk::Response<TrackingCollection> {
    let response = Reply::fixture(&format!("list-trackings/{name}"));
    let server = Server::replying(response).await;
    server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let list = list("200_unknown_values.json").await;

    assert_eq!(list.unmodelled(), ["hydra:facets", "hydra:member[].weight"]);
    let body: serde_json::Value = serde_json::from_slice(list.body()).unwrap();
    assert_eq!(body["hydra:member"][0]["weight"]["g"], 412);
}

#[tokio::test]
async fn known_response_has_no_unmodelled_fields() {
    assert!(
        list("200_context_object.json")
            .await
            .unmodelled()
            .is_empty()
    );
    assert!(
        list("200_without_prefix.json")
            .await
            .unmodelled()
            .is_empty()
    );
    let again = fixture("list-trackings/200_unknown_values.json");
    let fields = unmodelled_fields::<TrackingCollection>(again.as_bytes()).unwrap();
    assert_eq!(fields.len(), 2);
}

#[tokio::test]
async fn unknown_values_keep_raw_value() {
    let list = list("200_unknown_values.json").await;

    let tracking = &list.members[0];
    let courier = tracking.courier.as_ref().unwrap();
    assert_eq!(
        (courier.as_str(), courier.is_unknown()),
        ("Rocket Mail", true)
    );
    let status = tracking.status.as_ref().unwrap();
    assert_eq!((status.as_str(), status.is_unknown()), ("in_orbit", true));
}

#[test]
fn every_open_value_can_be_invented() {
    assert!(CourierName::from("x").is_unknown());
    assert!(TrackingStatus::from("x").is_unknown());
    assert!(OrderStatus::from("x").is_unknown());
    let order: Order = serde_json::from_value(json!({ "status": "returned" })).unwrap();
    assert_eq!(serde_json::to_value(&order).unwrap()["status"], "returned");
}

#[tokio::test]
async fn nulls_and_missing_keys_are_the_same() {
    let list = list("200_all_null.json").await;

    assert_eq!(list.members, [Tracking::default()]);
    assert_eq!(
        serde_json::from_str::<Tracking>("{}").unwrap(),
        Tracking::default()
    );
}

#[tokio::test]
async fn wrong_scalars_become_right_ones() {
    let list = list("200_wrong_scalars.json").await;

    let tracking = &list.members[0];
    assert_eq!(tracking.id, Some("31".into()));
    assert_eq!(tracking.number(), Some("340"));
    assert_eq!(tracking.courier.as_ref().unwrap().as_str(), "7");
    assert_eq!(tracking.status.as_ref().unwrap().as_str(), "true");
    assert_eq!((list.total_items, &list.view), (Some(1), &None));
}

#[test]
fn ids_and_types_of_another_form_do_not_lose_the_list() {
    let body = json!({ "hydra:member": [
        { "@type": ["Tracking", "Parcel"], "id": "7e6f9b1c-0000-4000-8000-000000000001" },
        { "@type": "Tracking", "id": 31 },
        { "id": "" },
    ]});

    let list: TrackingCollection = serde_json::from_value(body).unwrap();

    let ids: Vec<_> = list
        .members
        .iter()
        .map(|it| it.id.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(ids, ["7e6f9b1c-0000-4000-8000-000000000001", "31", ""]);
}
