//! Input that cannot be right is refused before any request, with an error that names it.

use trackingmore_sdk::{
    AirCargoRequest, BatchCreateTracking, Client, CostTimeRoute, CreateTracking, DetectCarrier,
    Error, ErrorKind, GetStatusNumberQuery, ListTrackingsQuery, ManualStatus, RealtimeTracking,
    RemotePlace, TrackingKey, UpdateCarrier, UpdateMoreTracking, UpdateTracking, check_air_waybill,
    check_tracking_number,
};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server};

#[track_caller]
fn assert_refused(result: Result<(), Error>, names: &[&str]) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!((error.attempts(), error.status()), (0, None), "{error}");
    assert_eq!(error.provider(), Some("trackingmore"), "{error}");
    assert!(!error.is_retryable());
    let text = error.to_string();
    for name in names {
        assert!(text.contains(name), "{text:?} does not name {name}");
    }
    assert_eq!(text.lines().count(), 1, "{text:?}");
}

/// Strings that are neither a number nor a carrier, and what the error says about each.
fn bad_texts() -> [(String, &'static str); 10] {
    [
        (String::new(), "empty"),
        (" ".to_owned(), "empty"),
        ("\u{a0}\t".to_owned(), "empty"),
        ("AB\n12".to_owned(), r"'\n'"),
        ("AB\0".to_owned(), r"'\0'"),
        (".".to_owned(), "path"),
        ("..".to_owned(), "path"),
        ("../../carriers".to_owned(), "path"),
        ("A/./B".to_owned(), "path"),
        ("7".repeat(201), "201"),
    ]
}

/// Every call that takes the natural key of a tracking.
async fn with_key(client: &Client, carrier: &str, number: &str) -> Vec<Result<(), Error>> {
    let update = UpdateTracking::new().title("x");
    let key = TrackingKey::new(number, carrier);
    let keys = std::slice::from_ref(&key);
    vec![
        client
            .create_tracking(&CreateTracking::new(number, carrier))
            .await
            .map(drop),
        client.get_tracking(carrier, number).await.map(drop),
        client
            .get_tracking_in_language(carrier, number, "en")
            .await
            .map(drop),
        client
            .update_tracking(carrier, number, &update)
            .await
            .map(drop),
        client.delete_tracking(carrier, number).await.map(drop),
        client
            .batch_create_trackings(&[BatchCreateTracking::new(number, carrier)])
            .await
            .map(drop),
        client
            .update_more_trackings(&[UpdateMoreTracking::new(number, carrier)])
            .await
            .map(drop),
        client.delete_trackings(keys).await.map(drop),
        client.not_update_trackings(keys).await.map(drop),
        client.stop_updating(carrier, number).await.map(drop),
        client
            .realtime_tracking(&RealtimeTracking::new(number, carrier))
            .await
            .map(drop),
        client
            .update_carrier(&UpdateCarrier::new(number, carrier, "other-post"))
            .await
            .map(drop),
    ]
}

#[tokio::test]
async fn bad_numbers_are_refused_by_every_call_that_takes_one() {
    let server = Server::silent().await;
    let client = server.client();

    for (number, fault) in bad_texts() {
        for result in with_key(&client, CARRIER, &number).await {
            assert_refused(result, &["tracking_number", fault]);
        }
        let request = DetectCarrier::new(number.as_str());
        let result = client.detect_carrier(&request).await.map(drop);
        assert_refused(result, &["tracking_number", fault]);
        assert_refused(check_tracking_number(&number), &["tracking_number", fault]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn empty_carrier_is_refused_by_every_call_that_takes_one() {
    let server = Server::silent().await;
    let client = server.client();

    for (carrier, fault) in bad_texts() {
        for result in with_key(&client, &carrier, NUMBER).await {
            assert_refused(result, &["carrier_code", fault]);
        }
        let update = UpdateCarrier::new(NUMBER, CARRIER, carrier.as_str());
        let result = client.update_carrier(&update).await.map(drop);
        assert_refused(result, &["update_carrier_code", fault]);
        let route = CostTimeRoute::new("PT", "NO", carrier.as_str());
        let result = client.cost_time(&[route]).await.map(drop);
        assert_refused(result, &["carrier_code", fault]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn bad_language_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for lang in ["", " ", "..", "e\nn"] {
        let result = client.get_tracking_in_language(CARRIER, NUMBER, lang).await;
        assert_refused(result.map(drop), &["lang"]);
    }
    let detect = DetectCarrier::new(NUMBER).lang("");
    assert_refused(client.detect_carrier(&detect).await.map(drop), &["lang"]);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn forty_first_item_of_batch_is_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let items = |count: usize| -> Vec<_> {
        (0..count)
            .map(|number| BatchCreateTracking::new(format!("ZA{number}"), CARRIER))
            .collect()
    };

    for (count, reported) in [(0, "0 items"), (41, "41 items"), (400, "400 items")] {
        let result = client.batch_create_trackings(&items(count)).await;
        assert_refused(result.map(drop), &["trackings", reported, "1 to 40"]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn bad_item_of_array_is_named_by_its_position() {
    let server = Server::silent().await;
    let client = server.client();
    let good = || BatchCreateTracking::new(NUMBER, CARRIER);

    let batch = [good(), good().destination_code("Norway")];
    let result = client.batch_create_trackings(&batch).await.map(drop);
    assert_refused(result, &["trackings[1].destination_code"]);
    let keys = [TrackingKey::new(NUMBER, CARRIER), TrackingKey::new("", "")];
    let result = client.delete_trackings(&keys).await.map(drop);
    assert_refused(result, &["trackings[1].carrier_code"]);
    let places = [RemotePlace::new("PT", "1"), RemotePlace::new("PT", " ")];
    let result = client.remote_areas(&places).await.map(drop);
    assert_refused(result, &["places[1].postcode"]);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn arrays_that_are_empty_or_above_two_hundred_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for count in [0, 201] {
        let keys = vec![TrackingKey::new(NUMBER, CARRIER); count];
        let updates = vec![UpdateMoreTracking::new(NUMBER, CARRIER); count];
        let places = vec![RemotePlace::new("PT", "9980024"); count];
        let routes = vec![CostTimeRoute::new("PT", "NO", "sample-express"); count];
        let numbers = vec!["999-00010002"; count];
        let results = [
            client.update_more_trackings(&updates).await.map(drop),
            client.delete_trackings(&keys).await.map(drop),
            client.not_update_trackings(&keys).await.map(drop),
            client.remote_areas(&places).await.map(drop),
            client.cost_time(&routes).await.map(drop),
            client
                .air_cargo(&AirCargoRequest::new(numbers))
                .await
                .map(drop),
        ];

        for result in results {
            assert_refused(result, &[&format!("{count} items"), "1 to 200"]);
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn forty_first_value_of_filter_is_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let values: Vec<String> = (0..41).map(|number| format!("ZA{number}")).collect();

    let numbers = ListTrackingsQuery::new().tracking_numbers(&values);
    assert_refused(numbers.map(drop), &["numbers", "41 items", "1 to 40"]);
    let orders = ListTrackingsQuery::new().order_numbers(&values);
    assert_refused(orders.map(drop), &["orders", "41 items", "1 to 40"]);
    // Joined by hand, they are counted all the same.
    for (query, field) in [
        (
            ListTrackingsQuery::new().numbers(values.join(",")),
            "numbers",
        ),
        (ListTrackingsQuery::new().orders(values.join(",")), "orders"),
    ] {
        let result = client.list_trackings(&query).await.map(drop);
        assert_refused(result, &[field, "41 items"]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn filter_refuses_missing_empty_and_comma_values() {
    let nothing: [&str; 0] = [];

    assert_refused(
        ListTrackingsQuery::new()
            .tracking_numbers(nothing)
            .map(drop),
        &["numbers", "0 items"],
    );
    for values in [["ZA1", ""], ["ZA1", " "], ["ZA1", "A,B"], ["ZA1", "A\n"]] {
        let numbers = ListTrackingsQuery::new().tracking_numbers(values);
        assert_refused(numbers.map(drop), &["numbers"]);
        let orders = ListTrackingsQuery::new().order_numbers(values);
        assert_refused(orders.map(drop), &["orders"]);
    }
}

#[tokio::test]
async fn pages_limits_and_times_that_do_not_exist_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let query = ListTrackingsQuery::new;
    let cases = [
        (query().page(0), "page"),
        (query().page(-1), "page"),
        (query().limit(0), "limit"),
        (query().limit(2001), "limit"),
        (query().created_at_min(-1), "created_at_min"),
        (query().created_at_max(-1), "created_at_max"),
        (query().update_time_min(-1), "update_time_min"),
        (query().update_time_max(i64::MIN), "update_time_max"),
        (query().order_created_time_min(-1), "order_created_time_min"),
        (query().order_created_time_max(-1), "order_created_time_max"),
        (query().lang(""), "lang"),
        (query().numbers(""), "numbers"),
    ];

    for (query, field) in cases {
        assert_refused(client.list_trackings(&query).await.map(drop), &[field]);
        let mut pages = client.list_trackings_pages(&query);
        assert_refused(pages.next().await.unwrap().map(drop), &[field]);
    }
    let counts = GetStatusNumberQuery::new;
    for (query, field) in [
        (counts().created_at_min(-1), "created_at_min"),
        (counts().created_at_max(-1), "created_at_max"),
        (
            counts().order_created_time_min(-1),
            "order_created_time_min",
        ),
        (
            counts().order_created_time_max(-1),
            "order_created_time_max",
        ),
    ] {
        assert_refused(client.get_status_number(&query).await.map(drop), &[field]);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn status_is_written_as_four_seven_or_eight_and_nothing_else() {
    for number in [4, 7, 8] {
        let status = ManualStatus::try_from(number).unwrap();
        assert_eq!(i64::from(status), number);
        assert_eq!(status.to_string(), number.to_string());
    }
    for number in [0, 1, 2, 3, 5, 6, 9, -4, 47, i64::MAX] {
        let error = ManualStatus::try_from(number).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(
            (error.provider(), error.parameter()),
            (Some("trackingmore"), Some("status"))
        );
        let text = error.to_string();
        assert!(text.contains("4, 7 or 8"), "{text}");
        assert!(text.contains(&number.to_string()), "{text}");
        let read =
            serde_json::from_value::<UpdateTracking>(serde_json::json!({ "status": number }));
        assert!(read.is_err(), "{number}");
    }
    // Samples of the provider write the number as a string.
    let read: UpdateTracking =
        serde_json::from_value(serde_json::json!({ "status": "7", "archived": "true" })).unwrap();
    assert_eq!(read.status, Some(ManualStatus::Exception));
}

#[tokio::test]
async fn malformed_air_waybills_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for number in [
        "",
        "999",
        "99-00010002",
        "9999-00010002",
        "999-000100",
        "999-000100023",
        "999_00010002",
        "999--00010002",
        "999-0001000X",
        "999-00010002 ",
        "٩٩٩-00010002",
    ] {
        assert_refused(check_air_waybill(number), &["track_number", "999-00010002"]);
        let request = AirCargoRequest::new(["999-00010002", number]);
        let result = client.air_cargo(&request).await.map(drop);
        assert_refused(result, &["track_number"]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn fields_outside_of_their_limits_are_named() {
    let server = Server::silent().await;
    let client = server.client();
    let create = || CreateTracking::new(NUMBER, CARRIER);
    let realtime = || RealtimeTracking::new(NUMBER, CARRIER);

    for (request, field) in [
        (create().destination_code("N"), "destination_code"),
        (create().destination_code("NOR"), "destination_code"),
        (create().destination_code("N1"), "destination_code"),
        (
            create().tracking_ship_date("2026-09-08"),
            "tracking_ship_date",
        ),
        (create().tracking_ship_date("2026"), "tracking_ship_date"),
        (create().lang(""), "lang"),
        (create().auto_correct(2), "auto_correct"),
        (create().auto_correct(-1), "auto_correct"),
    ] {
        assert_refused(client.create_tracking(&request).await.map(drop), &[field]);
    }
    for (request, field) in [
        (realtime().destination_code("NOR"), "destination_code"),
        (realtime().tracking_ship_date("soon"), "tracking_ship_date"),
        (realtime().auto_correct(7), "auto_correct"),
    ] {
        assert_refused(client.realtime_tracking(&request).await.map(drop), &[field]);
    }
    let update = UpdateTracking::new().destination_code("norway");
    let result = client.update_tracking(CARRIER, NUMBER, &update).await;
    assert_refused(result.map(drop), &["destination_code"]);
    let more = UpdateMoreTracking::new(NUMBER, CARRIER).destination_code("norway");
    let result = client.update_more_trackings(&[more]).await;
    assert_refused(result.map(drop), &["trackings[0].destination_code"]);
    for (route, field) in [
        (CostTimeRoute::new("", "NO", "c"), "original"),
        (CostTimeRoute::new("PT", "Norway", "c"), "destination"),
    ] {
        assert_refused(client.cost_time(&[route]).await.map(drop), &[field]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn values_at_the_limits_are_sent() {
    let dates = ["20260908", "1521314361"];
    let responses = dates.map(|_| Reply::fixture("create-tracking/200_created.json"));
    let server = Server::start(responses).await;
    let client = server.client();

    for date in dates {
        let request = CreateTracking::new("7".repeat(200), CARRIER)
            .tracking_ship_date(date)
            .auto_correct(0);
        client.create_tracking(&request).await.unwrap();
    }

    for (request, date) in server.requests().iter().zip(dates) {
        assert_eq!(request.json()["tracking_ship_date"], date);
    }
    assert!(check_air_waybill("999 00010002").is_ok());
    assert!(check_air_waybill("999-0001000").is_ok());
}
