//! `GET /trackers`: pages without totals.

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use ship24_sdk::{ErrorKind, ListTrackersQuery, SortOrder};
use tracking_core::{ListRequest, ProviderExt as _, Status};

use crate::server::{Reply, Server};

fn page(ids: &[&str]) -> Reply {
    let trackers: Vec<Value> = ids.iter().map(|id| json!({ "trackerId": id })).collect();
    Reply::json(200, &json!({ "data": { "trackers": trackers } }))
}

#[tokio::test]
async fn query_is_empty_without_options() {
    let server = Server::replying(Reply::fixture("list-trackers/200_page.json")).await;

    let trackers = server
        .client()
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap();

    assert_eq!(trackers.len(), 3);
    assert_eq!(trackers[1].client_tracker_id, None);
    assert_eq!(trackers[2].is_subscribed, Some(false));
    server
        .request()
        .assert_without_body("GET", "/public/v1/trackers");
}

#[tokio::test]
async fn options_go_into_the_query() {
    let server = Server::replying(Reply::fixture("list-trackers/200_last_page.json")).await;
    let query = ListTrackersQuery::new()
        .page(3)
        .limit(250)
        .sort(SortOrder::NewestFirst);

    let trackers = server.client().list_trackers(&query).await.unwrap();

    assert_eq!(trackers[0].courier_code, ["sample-post-no"]);
    server
        .request()
        .assert_without_body("GET", "/public/v1/trackers?page=3&limit=250&sort=-1");
}

#[tokio::test]
async fn empty_and_null_list_are_no_trackers() {
    for fixture in [
        "list-trackers/200_empty.json",
        "list-trackers/200_null_list.json",
    ] {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let trackers = server
            .client()
            .list_trackers(&ListTrackersQuery::new())
            .await
            .unwrap();

        assert!(trackers.is_empty(), "{fixture}");
    }
}

#[tokio::test]
async fn page_shorter_than_limit_is_last_one() {
    let server = Server::start([page(&["a", "b"]), page(&["c", "d"]), page(&["e"])]).await;
    let client = server.client();

    let mut trackers = client
        .list_trackers_pages(&ListTrackersQuery::new().limit(2))
        .items();
    let mut ids = Vec::new();
    while let Some(tracker) = trackers.next().await {
        ids.push(tracker.unwrap().tracker_id.unwrap().to_string());
    }

    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    let targets: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect();
    assert_eq!(
        targets,
        [
            "/public/v1/trackers?page=1&limit=2",
            "/public/v1/trackers?page=2&limit=2",
            "/public/v1/trackers?page=3&limit=2",
        ]
    );
}

#[tokio::test]
async fn empty_page_ends_list_that_fills_its_pages() {
    let server = Server::start([page(&["a", "b"]), page(&[])]).await;
    let client = server.client();

    let mut pages = client.list_trackers_pages(&ListTrackersQuery::new().limit(2));
    let first = pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();

    assert_eq!(
        (first.items.len(), first.cursor, first.next),
        (2, 1, Some(2))
    );
    assert_eq!(
        (second.items.len(), second.cursor, second.next),
        (0, 2, None)
    );
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn full_page_has_documented_hundred_without_limit() {
    let ids: Vec<String> = (0..100).map(|number| format!("t-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let server = Server::start([page(&ids), page(&ids[..99])]).await;
    let client = server.client();

    let mut trackers = client
        .list_trackers_pages(&ListTrackersQuery::new())
        .items();
    let mut count = 0;
    while let Some(tracker) = trackers.next().await {
        tracker.unwrap();
        count += 1;
    }

    assert_eq!(count, 199);
    assert_eq!(server.requests()[1].target, "/public/v1/trackers?page=2");
}

#[tokio::test]
async fn unreadable_trackers_have_their_place_in_full_page() {
    let mut trackers = vec![json!(7); 150];
    trackers.extend((0..50).map(|number| json!({ "trackerId": format!("t-{number}") })));
    let full = Reply::json(200, &json!({ "data": { "trackers": trackers } }));
    let server = Server::start([full, page(&["last"])]).await;
    let client = server.client();

    let mut pages = client.list_trackers_pages(&ListTrackersQuery::new().limit(200));
    let first = pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();

    assert_eq!((first.items.len(), first.next), (50, Some(2)));
    assert_eq!(first.problems[0].path, "data.trackers[0]");
    assert_eq!((second.items.len(), second.next), (1, None));
}

#[tokio::test]
async fn server_that_repeats_page_is_detected() {
    for last in [
        json!({ "trackerId": "b" }),
        // Nothing identifies it.
        json!({ "trackingNumber": "B2" }),
        // It cannot be read.
        json!(7),
    ] {
        let trackers = json!([{ "trackerId": "a" }, last]);
        let page = Reply::json(200, &json!({ "data": { "trackers": trackers } }));
        let server = Server::start([page.clone(), page]).await;
        let client = server.client();

        let mut pages = client.list_trackers_pages(&ListTrackersQuery::new().limit(2));
        let first = pages.next().await.unwrap().unwrap();
        let error = pages.next().await.unwrap().unwrap_err();

        assert_eq!(first.items[0].tracker_id, Some("a".into()), "{last}");
        assert_eq!(error.kind(), ErrorKind::Decode, "{last}");
        assert!(error.to_string().contains("same page twice"), "{error}");
        assert!(pages.next().await.is_none(), "{last}");
    }
}

#[tokio::test]
async fn interrupted_list_is_resumed_at_its_page() {
    let broken = Reply::fixture("errors/502_bad_gateway.html");
    let server = Server::start([page(&["a", "b"]), broken, page(&["c"])]).await;
    let client = server.client();
    let query = ListTrackersQuery::new()
        .limit(2)
        .sort(SortOrder::OldestFirst);

    let mut pages = client.list_trackers_pages(&query);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    let resume_at = *pages.resume_at();
    let mut rest = client.list_trackers_pages(&query.page(resume_at));
    let page = rest.next().await.unwrap().unwrap();

    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(resume_at, 2);
    assert_eq!(page.items[0].tracker_id, Some("c".into()));
    assert_eq!(
        server.requests()[2].target,
        "/public/v1/trackers?page=2&limit=2&sort=1"
    );
}

#[tokio::test]
async fn response_without_data_is_error_that_names_key() {
    let server = Server::replying(Reply::json(200, &json!({ "data": null }))).await;

    let error = server
        .client()
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.path(), Some("data"));
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test]
async fn response_without_its_list_does_not_end_list_early() {
    let partial = Reply::json(200, &json!({ "data": { "message": "partial outage" } }));
    let server = Server::start([page(&["a", "b"]), partial]).await;
    let client = server.client();

    let mut trackers = client
        .list_trackers_pages(&ListTrackersQuery::new().limit(2))
        .items();
    let mut outcomes = Vec::new();
    while let Some(tracker) = trackers.next().await {
        outcomes.push(tracker.map_err(|error| (error.kind(), error.path().map(str::to_owned))));
    }

    assert_eq!(outcomes.len(), 3);
    let expected = (ErrorKind::Decode, Some("data.trackers".to_owned()));
    assert_eq!(outcomes.pop().unwrap().unwrap_err(), expected);
}

#[tokio::test]
async fn stream_of_pages_outlives_its_client() {
    let server = Server::replying(page(&["a"])).await;
    let pages = {
        let client = server.client();
        client.list_trackers_pages(&ListTrackersQuery::new())
    };

    let mut trackers = tokio::spawn(async move {
        let mut items = pages.items();
        let mut found = Vec::new();
        while let Some(tracker) = items.next().await {
            found.push(tracker.unwrap());
        }
        found
    })
    .await
    .unwrap();

    assert_eq!(trackers.pop().unwrap().tracker_id.unwrap().as_str(), "a");
}

#[tokio::test]
async fn list_all_ends_when_server_ignores_page() {
    let results = Reply::json(200, &json!({ "data": { "trackings": [] } }));
    for (last, requests_of_results) in [
        (json!({ "trackerId": "b", "trackingNumber": "B2" }), 2),
        // Nothing identifies it.
        (json!({ "isTracked": true }), 1),
    ] {
        let trackers = json!([{ "trackerId": "a", "trackingNumber": "A1" }, last]);
        let mut page = vec![Reply::json(
            200,
            &json!({ "data": { "trackers": trackers } }),
        )];
        page.extend(vec![results.clone(); requests_of_results]);
        let all = ListRequest::new().with_limit(2);
        // The adapter leaves all of them out, and still compares the pages.
        let none = all.clone().with_status(Status::Returned);
        for request in [all, none] {
            let server = Server::start([page.clone(), page.clone()].concat()).await;

            let listed: Vec<_> = server.client().list_all(request).collect().await;

            let error = listed.last().unwrap().as_ref().unwrap_err();
            assert!(error.to_string().contains("same page"), "{error}");
        }
    }
}
