//! `GET /trackers` and `GET /trackers/{trackerId}`.

use std::time::Duration;

use serde_json::{Value, json};

use crate::account::Account;

fn numbers(trackers: &Value) -> Vec<&str> {
    let items = trackers.as_array().unwrap().iter();
    items
        .map(|tracker| tracker["trackingNumber"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn pages_end_with_a_short_one_and_carry_no_total() {
    let account = Account::open().await;
    account.ship24().add_trackers(250);

    let pages = [
        account.get("/trackers").await,
        account.get("/trackers?page=3").await,
        account.get("/trackers?page=4").await,
        account.get("/trackers?page=1&limit=500").await,
    ];

    let sizes: Vec<_> = pages
        .iter()
        .map(|page| page.at("/data/trackers").as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [100, 50, 0, 250]);
    let keys: Vec<_> = pages[0].json()["data"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(keys, ["trackers"]);
}

#[tokio::test]
async fn oldest_comes_first_unless_sorted_otherwise() {
    let account = Account::open().await;
    for number in ["AB10001", "AB10002", "AB10003"] {
        account.tracker(&json!({ "trackingNumber": number })).await;
        account.sandbox.clock().advance(Duration::from_secs(1));
    }

    let oldest_first = account.get("/trackers?sort=1").await.at("/data/trackers");
    let newest_first = account
        .get("/trackers?sort=-1&limit=2")
        .await
        .at("/data/trackers");

    assert_eq!(numbers(&oldest_first), ["AB10001", "AB10002", "AB10003"]);
    assert_eq!(numbers(&newest_first), ["AB10003", "AB10002"]);
}

#[tokio::test]
async fn wrong_parameters_are_refused() {
    let account = Account::open().await;

    for query in [
        "page=0",
        "page=x",
        "limit=0",
        "limit=501",
        "limit=-1",
        "sort=0",
        "sort=desc",
    ] {
        let response = account.get(&format!("/trackers?{query}")).await;

        assert_eq!(
            response.error(),
            (400, "validation_error".to_owned()),
            "{query}"
        );
    }
}

#[tokio::test]
async fn large_limit_can_be_cut_instead() {
    let account = Account::open().await;
    account.ship24().add_trackers(501);
    account.ship24().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.refuse_large_limit = false;
    });

    let response = account.get("/trackers?limit=1000").await;

    assert_eq!(response.at("/data/trackers").as_array().unwrap().len(), 500);
}

#[tokio::test]
async fn some_list_items_lack_client_id() {
    let account = Account::open().await;
    account.ship24().add_trackers(4);

    let trackers = account.get("/trackers").await.at("/data/trackers");

    let present: Vec<_> = trackers
        .as_array()
        .unwrap()
        .iter()
        .map(|tracker| tracker.get("clientTrackerId").is_some())
        .collect();
    assert_eq!(present, [true, true, false, true]);
}

#[tokio::test]
async fn tracker_may_come_without_results() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    let found = account.get(&format!("/trackers/{id}")).await;
    let missing = account.get("/trackers/26148317-0000").await;

    assert_eq!(found.at("/data/tracker/trackerId"), id);
    assert!(found.at("/data/trackings").is_null());
    assert_eq!(missing.error(), (404, "tracker_not_found".to_owned()));
    assert!(missing.json()["data"].is_null());
}
