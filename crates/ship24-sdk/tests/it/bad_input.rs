//! Input that cannot be right is refused before any request, with an error that names it.

use ship24_sdk::{
    CreateTracker, Error, ErrorKind, ListTrackersQuery, SearchTracking, TrackerRef, UpdateTracker,
};

use crate::server::{Reply, Server};

/// Numbers that Ship24 cannot take, and what the error says about each.
fn bad_numbers() -> Vec<(String, &'static str)> {
    vec![
        (String::new(), "0 characters"),
        (" ".repeat(8), "' '"),
        ("\t\n".to_owned(), "2 characters"),
        ("AB12".to_owned(), "4 characters"),
        ("7A".repeat(25) + "7", "51 characters"),
        ("пакет-2026".to_owned(), "'п'"),
        ("ＡＢＣ１２３".to_owned(), "'Ａ'"),
        ("../x".to_owned(), "4 characters"),
        ("../../couriers".to_owned(), "between slashes"),
        ("PTS-1/./2".to_owned(), "between slashes"),
        ("a/b".to_owned(), "3 characters"),
        ("a?b#c".to_owned(), "'?'"),
        ("AB 123".to_owned(), "' '"),
        (" PTS-0009917".to_owned(), "' '"),
        ("PTS-0009917\n".to_owned(), r"'\n'"),
        ("PTS-0009917\0".to_owned(), r"'\0'"),
        ("PTS%2F0009917".to_owned(), "'%'"),
    ]
}

#[track_caller]
fn assert_refused(result: Result<(), Error>, names: &[&str]) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!((error.attempts(), error.status()), (0, None), "{error}");
    assert!(!error.is_retryable());
    let text = error.to_string();
    for name in names {
        assert!(text.contains(name), "{text:?} does not name {name}");
    }
    assert_eq!(text.lines().count(), 1, "{text:?}");
}

#[tokio::test]
async fn bad_numbers_are_refused_by_every_operation_that_takes_one() {
    let server = Server::silent().await;
    let client = server.client();

    for (number, fault) in bad_numbers() {
        let create = CreateTracker::new(number.as_str());
        let search = SearchTracking::new(number.as_str());
        let results = [
            client.create_tracker(&create).await.map(drop),
            client
                .create_tracker_and_get_tracking_results(&create)
                .await
                .map(drop),
            client.bulk_create_trackers(&[create]).await.map(drop),
            client
                .get_tracking_results_of_trackers_by_tracking_number(&number)
                .await
                .map(drop),
            client.get_tracking(&search).await.map(drop),
        ];

        for result in results {
            assert_refused(result, &["trackingNumber", fault]);
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn numbers_at_the_limits_are_sent() {
    for number in [
        "ABC12".to_owned(),
        "7A".repeat(25),
        "a/b-c_d.E".to_owned(),
        "..a/b..".to_owned(),
    ] {
        let server = Server::replying(Reply::fixture("create-tracker/201_created.json")).await;

        server
            .client()
            .create_tracker(&CreateTracker::new(number.as_str()))
            .await
            .unwrap();

        assert_eq!(server.request().json()["trackingNumber"], number);
    }
}

#[tokio::test]
async fn bad_ids_are_refused_by_every_operation_on_a_tracker() {
    let server = Server::silent().await;
    let client = server.client();
    let long = "x".repeat(101);
    let update = UpdateTracker::new().is_subscribed(false);

    for id in ["", " ", ".", "..", "a\nb", "a\0b", long.as_str()] {
        for tracker in [
            TrackerRef::tracker_id(id),
            TrackerRef::client_tracker_id(id),
        ] {
            let results = [
                client.get_tracker_by_tracker_id(tracker).await.map(drop),
                client
                    .update_tracker_by_tracker_id(tracker, &update)
                    .await
                    .map(drop),
                client
                    .get_tracking_results_of_tracker_by_tracker_id(tracker)
                    .await
                    .map(drop),
                client.resend_webhooks(tracker).await.map(drop),
                client.download_webhook_history(tracker).await.map(drop),
            ];

            for result in results {
                assert_refused(result, &["trackerId"]);
            }
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn fields_outside_of_their_documented_limits_are_named() {
    let server = Server::silent().await;
    let client = server.client();
    let create = || CreateTracker::new("PTS-0009917");
    let long = |length: usize| "x".repeat(length);
    let cases = [
        (create().shipment_reference(long(101)), "shipmentReference"),
        (create().client_tracker_id(long(101)), "clientTrackerId"),
        (create().origin_country_code("N"), "originCountryCode"),
        (create().origin_country_code("no"), "originCountryCode"),
        (
            create().destination_country_code("NORW"),
            "destinationCountryCode",
        ),
        (
            create().destination_country_code("N0"),
            "destinationCountryCode",
        ),
        (create().destination_post_code(""), "destinationPostCode"),
        (
            create().destination_post_code("5003#"),
            "destinationPostCode",
        ),
        (create().shipping_date("01.03.2026"), "shippingDate"),
        (create().shipping_date("2026-02-30"), "shippingDate"),
        (create().courier_code(["a", "b", "c", "d"]), "courierCode"),
        (create().courier_name(long(201)), "courierName"),
        (create().tracking_url(long(1001)), "trackingUrl"),
        (create().order_number(long(51)), "orderNumber"),
        (create().title(long(256)), "title"),
    ];

    for (request, field) in cases {
        assert_refused(client.create_tracker(&request).await.map(drop), &[field]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn updates_and_searches_have_the_same_limits() {
    let server = Server::silent().await;
    let client = server.client();
    let update = UpdateTracker::new;
    let search = || SearchTracking::new("PTS-0009917");

    for (request, field) in [
        (update().origin_country_code("norway"), "originCountryCode"),
        (update().courier_code(["a", "b", "c", "d"]), "courierCode"),
        (update().shipping_date("soon"), "shippingDate"),
    ] {
        let result = client.update_tracker_by_tracker_id("t-1", &request).await;
        assert_refused(result.map(drop), &[field]);
    }
    for (request, field) in [
        (
            search().destination_country_code("norway"),
            "destinationCountryCode",
        ),
        (search().courier_code(["a", "b", "c", "d"]), "courierCode"),
        (search().shipping_date(""), "shippingDate"),
    ] {
        assert_refused(client.get_tracking(&request).await.map(drop), &[field]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn lengths_count_characters_and_not_bytes() {
    let server = Server::replying(Reply::fixture("create-tracker/201_created.json")).await;
    let request = CreateTracker::new("PTS-0009917").title("ü".repeat(255));

    server.client().create_tracker(&request).await.unwrap();

    assert_eq!(server.request().json()["title"], "ü".repeat(255));
}

#[tokio::test]
async fn pages_that_do_not_exist_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for (query, field) in [
        (ListTrackersQuery::new().page(0), "page"),
        (ListTrackersQuery::new().page(-1), "page"),
        (ListTrackersQuery::new().limit(0), "limit"),
        (ListTrackersQuery::new().limit(501), "limit"),
    ] {
        assert_refused(client.list_trackers(&query).await.map(drop), &[field]);
        let mut pages = client.list_trackers_pages(&query);
        assert_refused(pages.next().await.unwrap().map(drop), &[field]);
    }
    assert!(server.requests().is_empty());
}
