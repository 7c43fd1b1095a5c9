//! `POST /trackings/batch`: up to 40 numbers, each with its own result.

use serde_json::json;
use trackingmore_sdk::{BatchCreateTracking, BatchItem, Code, ErrorKind};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/v2/trackings/batch";

fn three() -> [BatchCreateTracking; 3] {
    [
        BatchCreateTracking::new("7700900123", "sample-express"),
        BatchCreateTracking::new(NUMBER, CARRIER),
        BatchCreateTracking::new("??", CARRIER),
    ]
}

async fn response(name: &str) -> trackingmore_sdk::BatchCreateData {
    let path = format!("batch-create-trackings/{name}");
    let server = Server::replying(Reply::fixture(&path)).await;
    server
        .client()
        .batch_create_trackings(&three())
        .await
        .unwrap()
        .into_inner()
}

#[tokio::test]
async fn body_is_bare_array_with_names_of_this_endpoint() {
    let server = Server::replying(Reply::fixture("batch-create-trackings/200_added.json")).await;
    let trackings = [
        BatchCreateTracking::new(NUMBER, CARRIER)
            .title("Two lamps")
            .tracking_ship_date("20260908"),
        BatchCreateTracking::new("7700900123", "sample-express")
            .destination_code("NO")
            .order_id("shop-7-2211")
            .special_number_destination("Norway"),
    ];

    server
        .client()
        .batch_create_trackings(&trackings)
        .await
        .unwrap();

    let body = fixture_json("batch-create-trackings/request.json");
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn every_field_of_an_item_has_its_wire_name() {
    let server = Server::replying(Reply::fixture("batch-create-trackings/200_added.json")).await;
    let item = BatchCreateTracking::new("A1", "c")
        .destination_code("NO")
        .title("t")
        .logistics_channel("l")
        .customer_name("n")
        .customer_email("e")
        .customer_phone("p")
        .order_id("o")
        .order_create_time("2026/9/8 16:51")
        .tracking_ship_date("20260908")
        .tracking_postal_code("0150")
        .tracking_account_number("a")
        .special_number_destination("Norway")
        .lang("en")
        .comment("c")
        .auto_correct(0);

    server
        .client()
        .batch_create_trackings(&[item])
        .await
        .unwrap();

    let body = json!([{
        "tracking_number": "A1", "carrier_code": "c", "destination_code": "NO", "title": "t",
        "logistics_channel": "l", "customer_name": "n", "customer_email": "e",
        "customer_phone": "p", "order_id": "o", "order_create_time": "2026/9/8 16:51",
        "tracking_ship_date": "20260908", "tracking_postal_code": "0150",
        "tracking_account_number": "a", "specialNumberDestination": "Norway", "lang": "en",
        "comment": "c", "auto_correct": 0,
    }]);
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn partial_failure_is_success_with_results_in_order() {
    let data = response("201_partial.json").await;

    assert_eq!((data.submitted, data.added), (Some(3), Some(1)));
    let request = three();
    let items: Vec<_> = data.items(&request).collect();
    let [(_, existing), (_, created), (_, failed)] = items.as_slice() else {
        panic!("{items:?}")
    };
    let BatchItem::Existing(error) = existing else {
        panic!("{existing:?}")
    };
    assert_eq!(error.reason(), Some(Code::TRACKING_EXISTS));
    let BatchItem::Created(tracking) = created else {
        panic!("{created:?}")
    };
    assert_eq!(tracking.tracking_number.as_deref(), Some(NUMBER));
    let BatchItem::Failed(error) = failed else {
        panic!("{failed:?}")
    };
    assert_eq!(error.reason(), Some(Code::NUMBER_INVALID));
    assert_eq!(
        error.message.as_deref(),
        Some("The value of tracking_number is not valid.")
    );
    assert_eq!((data.existing().count(), data.failed().count()), (1, 1));
}

#[tokio::test]
async fn errors_may_be_absent_empty_or_null() {
    for (name, created) in [
        ("201_no_errors_key.json", 1),
        ("201_empty_errors.json", 2),
        ("200_added.json", 1),
    ] {
        let data = response(name).await;

        assert_eq!(
            (data.trackings.len(), data.errors.len()),
            (created, 0),
            "{name}"
        );
        // No item of the request is lost, whatever the response lacks.
        assert_eq!(data.items(&three()).count(), 3, "{name}");
    }
}

#[tokio::test]
async fn repeated_request_finds_everything_there() {
    let data = response("201_nothing_added.json").await;

    assert_eq!(data.added, Some(0));
    assert_eq!((data.existing().count(), data.failed().count()), (2, 0));
}

#[tokio::test]
async fn wrong_scalars_lose_no_item() {
    let data = response("201_wrong_scalars.json").await;

    assert_eq!((data.submitted, data.added), (Some(2), Some(1)));
    let [error] = data.errors.as_slice() else {
        panic!("{:?}", data.errors)
    };
    assert_eq!(error.tracking_number.as_deref(), Some("7700900123"));
    assert!(error.is_existing());
}

#[tokio::test]
async fn success_without_entries_is_decode_error() {
    let nulls = Reply::fixture("batch-create-trackings/201_null_lists.json");
    let mut replies = vec![nulls];
    for data in [
        "{}",
        r#"{"trackings":[],"errors":[]}"#,
        r#"{"id":"abc","tracking_number":"A1","carrier_code":"dhl"}"#,
    ] {
        let body = format!(r#"{{"meta":{{"code":201}},"data":{data}}}"#);
        replies.push(Reply::new(200, body));
    }
    for reply in replies {
        let server = Server::replying(reply).await;

        let created = server.client().batch_create_trackings(&three()).await;

        let error = created.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn unreadable_entry_does_not_lose_others() {
    for list in ["trackings", "errors"] {
        for odd in [json!(7), json!("text"), json!({ "tracking_number": {} })] {
            let mut body = fixture_json("batch-create-trackings/201_partial.json");
            let entries = body["data"][list].as_array_mut().unwrap();
            entries.insert(0, odd.clone());
            let server = Server::replying(Reply::json(200, &body)).await;

            let data = server.client().batch_create_trackings(&three()).await;

            let data = data.unwrap_or_else(|error| panic!("{list} {odd}: {error}"));
            let request = three();
            let mut items = data.items(&request).map(|(_, item)| item);
            assert!(items.all(|item| item != BatchItem::Missing), "{list} {odd}");
        }
    }
}

#[tokio::test]
async fn unknown_code_of_item_stays_readable() {
    let data = response("201_unknown_code.json").await;

    assert_eq!(data.errors[0].reason(), Some(Code::new(4999)));
    assert_eq!(data.errors[0].reason().unwrap().kind(), None);
    assert_eq!(data.failed().count(), 1);
}

#[tokio::test]
async fn request_that_is_refused_as_whole_is_error() {
    let server =
        Server::replying(Reply::fixture("batch-create-trackings/4020_too_many.json")).await;

    let error = server
        .client()
        .batch_create_trackings(&three())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(Code::of(&error), Some(Code::TOO_MANY_ITEMS));
}

#[tokio::test]
async fn forty_items_are_sent_in_one_request() {
    let server = Server::replying(Reply::fixture("batch-create-trackings/200_added.json")).await;
    let items: Vec<_> = (0..40)
        .map(|number| BatchCreateTracking::new(format!("ZA{number}"), CARRIER))
        .collect();

    server
        .client()
        .batch_create_trackings(&items)
        .await
        .unwrap();

    assert_eq!(server.request().json().as_array().unwrap().len(), 40);
}
