//! Lists that are longer than a page.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use ship24_sdk::tracking_core::{ListRequest, ProviderExt as _};
use ship24_sdk::{Client, ListTrackersQuery};
use tracking_sandbox::Sandbox;

use super::sandboxed::{client, sandbox};

async fn account(trackers: u32) -> (Sandbox, Client) {
    let sandbox = sandbox().await;
    sandbox.ship24().add_trackers(trackers);
    let client = client(&sandbox);
    (sandbox, client)
}

#[tokio::test]
async fn every_tracker_is_listed_once() {
    // The last page is short, full, empty.
    for (trackers, pages) in [(1250, 3), (1000, 3), (0, 1), (499, 1)] {
        let (sandbox, client) = account(trackers).await;
        let query = ListTrackersQuery::new().limit(500);

        let mut listed = client.list_trackers_pages(&query).items();
        let mut ids = HashSet::new();
        let mut count = 0;
        while let Some(tracker) = listed.next().await {
            ids.insert(tracker.unwrap().tracker_id.unwrap().to_string());
            count += 1;
        }

        assert_eq!((count, ids.len()), (trackers as usize, trackers as usize));
        assert_eq!(sandbox.requests().len(), pages, "{trackers} trackers");
    }
}

#[tokio::test]
async fn list_goes_on_from_page_that_was_kept() {
    let (_sandbox, client) = account(250).await;
    let query = ListTrackersQuery::new().limit(100);
    let mut pages = client.list_trackers_pages(&query);
    let first = pages.next().await.unwrap().unwrap();
    drop(pages);

    let resumed = ListTrackersQuery::new()
        .limit(100)
        .page(first.next.unwrap());
    let mut rest = client.list_trackers_pages(&resumed).items();
    let mut numbers: Vec<_> = first
        .items
        .into_iter()
        .map(|tracker| tracker.tracking_number)
        .collect();
    while let Some(tracker) = rest.next().await {
        numbers.push(tracker.unwrap().tracking_number);
    }

    let distinct: HashSet<_> = numbers.iter().collect();
    assert_eq!((numbers.len(), distinct.len()), (250, 250));
}

#[tokio::test]
async fn provider_lists_shipments_of_all_trackers() {
    let (_sandbox, client) = account(120).await;

    let shipments: Vec<_> = client
        .list_all(ListRequest::new())
        .try_collect()
        .await
        .unwrap();

    let ids: HashSet<_> = shipments.iter().map(|shipment| &shipment.id).collect();
    assert_eq!((shipments.len(), ids.len()), (120, 120));
    assert!(
        shipments
            .iter()
            .all(|shipment| shipment.problems.is_empty())
    );
}
