//! `GET /trackings/get`: filters, and pages that end by a total in a string.

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tracking_core::{ListRequest, ProviderExt as _, Status, UtcTime};
use trackingmore_sdk::{
    ArchiveState, ErrorKind, ListTrackingsQuery, Response, TrackingListData, TrackingStatus,
};

use crate::server::{Enveloped as _, Reply, Server};

fn page(number: i64, total: &Value, ids: &[&str]) -> Reply {
    let items: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "id": id, "tracking_number": id }))
        .collect();
    Reply::data(&json!({ "page": number, "limit": 2, "total": total, "items": items }))
}

async fn read(name: &str) -> Response<TrackingListData> {
    let server = Server::replying(Reply::fixture(&format!("list-trackings/{name}"))).await;
    let query = ListTrackingsQuery::new();
    server.client().list_trackings(&query).await.unwrap()
}

#[tokio::test]
async fn query_is_empty_without_filters() {
    let server = Server::replying(Reply::fixture("list-trackings/200_page.json")).await;

    let page = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap();

    assert_eq!(page.items.len(), 2);
    server
        .request()
        .assert_without_body("GET", "/v2/trackings/get");
}

#[tokio::test]
async fn every_filter_goes_into_the_query_under_its_name() {
    let server = Server::replying(Reply::fixture("list-trackings/200_page.json")).await;
    let time = |seconds| UtcTime::from_unix_seconds(seconds).unwrap();
    let query = ListTrackingsQuery::new()
        .page(3)
        .limit(2000)
        .status(TrackingStatus::Transit)
        .created_since(time(1_789_000_000))
        .created_until(time(1_789_000_001))
        .updated_since(time(1_789_000_002))
        .updated_until(time(1_789_000_003))
        .ordered_since(time(1_789_000_004))
        .ordered_until(time(1_789_000_005))
        .lang("en")
        .archived(ArchiveState::NotArchived)
        .tracking_numbers(["ZA1", "ZA 2/3"])
        .unwrap()
        .order_numbers(["shop-7", "a&b=c"])
        .unwrap();

    server.client().list_trackings(&query).await.unwrap();

    let request = server.request();
    assert_eq!(request.method, "GET");
    let (path, sent) = request.target.split_once('?').unwrap();
    assert_eq!(path, "/v2/trackings/get");
    let mut sent: Vec<&str> = sent.split('&').collect();
    sent.sort_unstable();
    assert_eq!(
        sent,
        [
            "archived=false",
            "created_at_max=1789000001",
            "created_at_min=1789000000",
            "lang=en",
            "limit=2000",
            "numbers=ZA1%2CZA%202%2F3",
            "order_created_time_max=1789000005",
            "order_created_time_min=1789000004",
            "orders=shop-7%2Ca%26b%3Dc",
            "page=3",
            "status=transit",
            "update_time_max=1789000003",
            "update_time_min=1789000002",
        ]
    );
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn fractions_of_a_second_are_cut_off() {
    let server = Server::replying(Reply::fixture("list-trackings/200_page.json")).await;
    let time: UtcTime = "2026-09-10T00:26:40.987Z".parse().unwrap();
    let query = ListTrackingsQuery::new().updated_since(time);

    server.client().list_trackings(&query).await.unwrap();

    let target = format!(
        "/v2/trackings/get?update_time_min={}",
        time.as_unix_seconds()
    );
    server.request().assert_without_body("GET", &target);
}

#[tokio::test]
async fn forty_numbers_are_one_list_with_commas() {
    let server = Server::replying(Reply::fixture("list-trackings/200_page.json")).await;
    let numbers: Vec<String> = (0..40).map(|number| format!("ZA{number}")).collect();
    let query = ListTrackingsQuery::new()
        .tracking_numbers(&numbers)
        .unwrap();

    server.client().list_trackings(&query).await.unwrap();

    let expected = format!("/v2/trackings/get?numbers={}", numbers.join("%2C"));
    assert_eq!(server.request().target, expected);
}

#[tokio::test]
async fn unknown_status_can_be_requested() {
    let server = Server::replying(Reply::fixture("list-trackings/4033_status_invalid.json")).await;
    let query = ListTrackingsQuery::new().status("teleported");

    let error = server.client().list_trackings(&query).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(
        server.request().target,
        "/v2/trackings/get?status=teleported"
    );
}

#[tokio::test]
async fn total_is_string_or_number() {
    let text = read("200_page.json").await;
    let number = read("200_total_number.json").await;

    assert_eq!(
        (text.page, text.limit, text.total),
        (Some(1), Some(2), Some(5))
    );
    assert_eq!(number.total, Some(1));
    assert_eq!(text.items[1].archived, None);
}

#[tokio::test]
async fn keys_of_2019_are_read() {
    let page = read("200_count_2019.json").await;

    assert_eq!(page.count, Some(1));
    assert_eq!(page.items[0].track_update, Some(true));
    assert_eq!(page.items[0].status_info, None);
    assert!(page.unmodelled().is_empty());
}

#[tokio::test]
async fn empty_values_in_three_spellings_are_empty_list() {
    for name in [
        "200_empty_items.json",
        "200_items_null.json",
        "4031_nothing_found.json",
    ] {
        assert!(read(name).await.items.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn null_items_are_dropped_and_the_others_stay() {
    let page = read("200_one_bad_item.json").await;

    let [item] = page.items.as_slice() else {
        panic!("{:?}", page.items)
    };
    assert_eq!(item.tracking_number.as_deref(), Some("ZA100200301XX"));
}

#[tokio::test]
async fn pages_end_at_the_total() {
    let total = json!("5");
    let server = Server::start([
        page(1, &total, &["a", "b"]),
        page(2, &total, &["c", "d"]),
        page(3, &total, &["e"]),
    ])
    .await;
    let client = server.client();

    let mut trackings = client
        .list_trackings_pages(&ListTrackingsQuery::new().limit(2))
        .items();
    let mut ids = Vec::new();
    while let Some(tracking) = trackings.next().await {
        ids.push(tracking.unwrap().id.unwrap().to_string());
    }

    assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    let targets: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        [
            "/v2/trackings/get?page=1&limit=2",
            "/v2/trackings/get?page=2&limit=2",
            "/v2/trackings/get?page=3&limit=2",
        ]
    );
}

#[tokio::test]
async fn full_last_page_is_not_followed_by_another_request() {
    let total = json!(4);
    let server = Server::start([page(1, &total, &["a", "b"]), page(2, &total, &["c", "d"])]).await;
    let client = server.client();

    let mut pages = client.list_trackings_pages(&ListTrackingsQuery::new().limit(2));
    let first = pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();

    assert_eq!((first.cursor, first.next), (1, Some(2)));
    assert_eq!((second.cursor, second.next), (2, None));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn page_past_end_ends_list_without_failure() {
    let server = Server::start([
        page(1, &json!(null), &["a", "b"]),
        Reply::fixture("list-trackings/4031_nothing_found.json"),
    ])
    .await;
    let client = server.client();

    let mut trackings = client
        .list_trackings_pages(&ListTrackingsQuery::new().limit(2))
        .items();
    let mut count = 0;
    while let Some(tracking) = trackings.next().await {
        tracking.unwrap();
        count += 1;
    }

    assert_eq!(count, 2);
}

#[tokio::test]
async fn server_that_repeats_page_is_detected() {
    for last in [
        json!({ "id": "b" }),
        // Nothing identifies it.
        json!({ "tracking_number": "B2" }),
        // It cannot be read.
        json!(7),
    ] {
        let page = |number: i64| {
            let items = json!([{ "id": "a" }, last]);
            // A server may ignore the page and repeat its number all the same.
            Reply::data(&json!({ "page": number, "limit": 2, "total": "9", "items": items }))
        };
        let server = Server::start([page(1), page(2)]).await;
        let client = server.client();

        let mut pages = client.list_trackings_pages(&ListTrackingsQuery::new().limit(2));
        let first = pages.next().await.unwrap().unwrap();
        let error = pages.next().await.unwrap().unwrap_err();

        assert_eq!(first.items[0].id, Some("a".into()), "{last}");
        assert_eq!(error.kind(), ErrorKind::Decode, "{last}");
        assert!(error.to_string().contains("same page twice"), "{error}");
        assert!(pages.next().await.is_none(), "{last}");
    }
}

#[tokio::test]
async fn interrupted_list_is_resumed_at_its_page() {
    let total = json!("3");
    let broken = Reply::fixture("errors/502_bad_gateway.html");
    let server = Server::start([
        page(1, &total, &["a", "b"]),
        broken,
        page(2, &total, &["c"]),
    ])
    .await;
    let client = server.client();
    let query = ListTrackingsQuery::new()
        .limit(2)
        .archived(ArchiveState::Archived);

    let mut pages = client.list_trackings_pages(&query);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    let resume_at = *pages.resume_at();
    let mut rest = client.list_trackings_pages(&query.page(resume_at));
    let page = rest.next().await.unwrap().unwrap();

    assert_eq!(error.kind(), ErrorKind::Server);
    assert_eq!(resume_at, 2);
    assert_eq!(page.items[0].id.as_ref().unwrap(), &"c");
    assert_eq!(
        server.requests()[2].target,
        "/v2/trackings/get?page=2&limit=2&archived=true"
    );
}

#[tokio::test]
async fn response_without_its_list_does_not_end_list_early() {
    let partial = Reply::data(&json!({ "message": "partial outage" }));
    let server = Server::start([page(1, &json!("9"), &["a", "b"]), partial]).await;
    let client = server.client();

    let mut trackings = client
        .list_trackings_pages(&ListTrackingsQuery::new().limit(2))
        .items();
    let mut outcomes = Vec::new();
    while let Some(tracking) = trackings.next().await {
        outcomes.push(tracking.map(drop).map_err(|error| error.kind()));
    }

    assert_eq!(outcomes, [Ok(()), Ok(()), Err(ErrorKind::Decode)]);
}

#[tokio::test]
async fn pages_that_are_cut_without_saying_so_are_read_to_empty_one() {
    let ids: Vec<String> = (0..56).map(|id| format!("ZA{id}")).collect();
    let pages = [&ids[..25], &ids[25..50], &ids[50..]];
    let pages = pages.map(|ids| {
        let items: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        Reply::data(&json!({ "limit": 100, "total": "56", "items": items }))
    });
    let end = Reply::fixture("list-trackings/4031_nothing_found.json");
    let server = Server::start(pages.into_iter().chain([end])).await;
    let client = server.client();

    let mut trackings = client
        .list_trackings_pages(&ListTrackingsQuery::new().limit(100))
        .items();
    let mut found = Vec::new();
    while let Some(tracking) = trackings.next().await {
        found.push(tracking.unwrap().id.unwrap().to_string());
    }

    assert_eq!(found, ids);
}

#[tokio::test]
async fn list_all_ends_when_server_ignores_page() {
    for last in [
        json!({ "id": "b", "tracking_number": "B2", "carrier_code": "ups" }),
        // Nothing identifies it.
        json!({ "status": "transit" }),
    ] {
        let items = json!([{ "id": "a", "tracking_number": "A1", "carrier_code": "ups" }, last]);
        let page = Reply::data(&json!({ "limit": 2, "total": "99", "items": items }));
        let all = ListRequest::new().with_limit(2);
        // The adapter leaves all of them out, and still compares the pages.
        let none = all.clone().with_status(Status::Returned);
        for request in [all, none] {
            let server = Server::start([page.clone(), page.clone()]).await;

            let listed: Vec<_> = server.client().list_all(request).collect().await;

            let error = listed.last().unwrap().as_ref().unwrap_err();
            assert!(error.to_string().contains("same page"), "{error}");
        }
    }
}
