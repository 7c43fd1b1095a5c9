//! One bad part never loses the rest: events, trackings, whole pages.

use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::{
    Cursor, ErrorKind, ListRequest, Outcome, Provider as _, Shipment, TrackRequest, UtcTime,
};
use trackingmore_sdk::shipments_from_body;

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture_json};

async fn track(body: &Value) -> Result<Outcome, tracking_core::Error> {
    let server = Server::replying(Reply::json(200, body)).await;
    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);
    server.client().track(request).await
}

#[track_caller]
fn one(outcome: &Outcome) -> &Shipment {
    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    shipment
}

#[tokio::test]
async fn broken_event_costs_no_more_than_itself() {
    let whole = fixture_json("get-tracking/200_two_legs.json");
    let description = json!({ "StatusDescription": ["OSLO"] });
    let dated = json!({ "Date": "2026-09-01 10:00", "StatusDescription": ["OSLO"] });
    for (broken, place, events) in [
        (
            json!({ "Date": { "year": 2026 }, "Details": "Oslo" }),
            ".Date",
            4,
        ),
        (dated, ".StatusDescription", 4),
        // Nothing else is in it, so it is no event.
        (json!({ "Date": { "year": 2026 } }), ".Date", 3),
        (json!(7), "", 3),
        (json!(["x"]), "", 3),
        (json!({ "colour": "red" }), "", 3),
        (description, ".StatusDescription", 3),
    ] {
        let mut body = whole.clone();
        body["data"]["destination_info"]["trackinfo"][1] = broken.clone();

        let outcome = track(&body).await.unwrap();

        let shipment = one(&outcome);
        assert_eq!(shipment.legs[0].events.len(), 3, "{broken}");
        assert_eq!(shipment.legs[1].events.len(), events, "{broken}");
        let [problem] = shipment.problems.as_slice() else {
            panic!("{:?}", shipment.problems)
        };
        let path = format!("data.destination_info.trackinfo[1]{place}");
        assert_eq!(problem.path, path);
        assert!(!problem.message.contains("OSLO"), "{problem:?}");
        // Each event still has its own JSON, not that of its neighbour.
        for event in shipment.events() {
            let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
            assert_eq!(
                raw["StatusDescription"].as_str(),
                event.description.as_deref()
            );
        }
    }
}

#[tokio::test]
async fn raw_json_stays_with_its_event_beside_broken_and_missing_ones() {
    let mut body = fixture_json("get-tracking/200_two_legs.json");
    let events = body["data"]["destination_info"]["trackinfo"]
        .as_array_mut()
        .unwrap();
    events.insert(0, Value::Null);
    events.insert(2, json!(7));
    let server = Server::replying(Reply::json(200, &body)).await;
    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

    let outcome = server.client().track(request).await.unwrap();

    let shipment = one(&outcome);
    assert_eq!(shipment.problems.len(), 1);
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        let text = raw["StatusDescription"].as_str();
        assert_eq!(text, event.description.as_deref());
    }
}

#[tokio::test]
async fn broken_parts_are_problems_and_the_rest_is_kept() {
    let whole = fixture_json("get-tracking/200_two_legs.json");
    for (part, events) in [
        ("origin_info", 4),
        ("destination_info", 3),
        ("order_id", 7),
        ("status", 7),
        ("created_at", 7),
        ("itemTimeLength", 7),
        ("customer_email", 7),
    ] {
        let mut body = whole.clone();
        body["data"][part] = json!({ "trackinfo": 3, "x": [{}] });

        let outcome = track(&body).await.unwrap();

        let shipment = one(&outcome);
        assert_eq!(shipment.events().len(), events, "{part}");
        assert_eq!(shipment.number, NUMBER, "{part}");
        let [problem] = shipment.problems.as_slice() else {
            panic!("{part}: {:?}", shipment.problems)
        };
        let prefix = format!("data.{part}");
        assert!(problem.path.starts_with(&prefix), "{problem:?}");
        assert!(problem.raw.is_some());
    }
}

#[tokio::test]
async fn broken_tracking_does_not_lose_page_or_next_page() {
    let mut body = fixture_json("list-trackings/200_page.json");
    body["data"]["items"][0]["carrier_code"] = json!({ "secret": 1 });
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server
        .client()
        .list(ListRequest::new().with_limit(2))
        .await
        .unwrap();

    assert_eq!(page.shipments.len(), 2);
    let [problem] = page.shipments[0].problems.as_slice() else {
        panic!("{:?}", page.shipments[0].problems)
    };
    assert_eq!(problem.path, "data.items[0].carrier_code");
    assert_eq!(page.shipments[0].events().len(), 7);
    assert!(page.shipments[1].problems.is_empty());
    assert_eq!(page.next, Some(Cursor::new("2")));
}

#[tokio::test]
async fn item_that_is_no_tracking_keeps_its_place_among_problems() {
    for odd in [json!(7), json!("text"), json!(["x"])] {
        let mut body = fixture_json("list-trackings/200_page.json");
        body["data"]["items"][0] = odd.clone();
        let server = Server::replying(Reply::json(200, &body)).await;

        let page = server.client().list(ListRequest::new()).await.unwrap();

        let numbers: Vec<&str> = page.shipments.iter().map(|it| it.number.as_str()).collect();
        assert!(numbers.contains(&"ZA100200302XX"), "{odd}: {numbers:?}");
    }
}

#[tokio::test]
async fn paid_realtime_result_is_kept_as_far_as_readable() {
    let mut body = fixture_json("realtime-tracking/200_item.json");
    body["data"]["items"][0]["origin_info"]["trackinfo"][0] = json!("broken");
    let server = Server::replying(Reply::json(200, &body)).await;
    let request = TrackRequest::number(NUMBER)
        .with_courier(CARRIER)
        .with_realtime(true);

    let outcome = server.client().track(request).await.unwrap();

    let shipment = one(&outcome);
    assert_eq!(shipment.events().len(), 2);
    assert_eq!(
        shipment.problems[0].path,
        "data.items[0].origin_info.trackinfo[0]"
    );
}

#[tokio::test]
async fn typed_call_names_place_and_keeps_body() {
    let mut body = fixture_json("get-tracking/200_two_legs.json");
    body["data"]["origin_info"]["trackinfo"][1]["Date"] = json!({ "year": 2026 });
    let server = Server::replying(Reply::json(200, &body)).await;

    let error = server
        .client()
        .get_tracking(CARRIER, NUMBER)
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.path(), Some("data.origin_info.trackinfo[1].Date"));
    assert_eq!(error.body_text().unwrap(), body.to_string());
}

#[tokio::test]
async fn unreadable_response_is_error() {
    for data in [
        json!("junk"),
        json!(7),
        json!({ "items": 7 }),
        json!({ "submitted": 1 }),
    ] {
        let body = json!({ "meta": { "code": 200 }, "data": data });
        let server = Server::replying(Reply::json(200, &body)).await;

        let error = server.client().list(ListRequest::new()).await;

        let kind = error.map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::Decode), "{data}");
    }
}

#[tokio::test]
async fn substatus_counts_where_status_is_missing() {
    let body = json!({ "meta": { "code": 200 }, "data": {
        "tracking_number": NUMBER, "carrier_code": CARRIER, "status": null,
        "substatus": "delivered001",
    } });

    let outcome = track(&body).await.unwrap();

    let status = &one(&outcome).status;
    assert_eq!(status.status, tracking_core::Status::Delivered);
    assert_eq!(status.raw.fine.as_deref(), Some("delivered001"));
}

#[tokio::test]
async fn object_without_keys_of_tracking_is_problem_and_no_shipment() {
    let mut body = fixture_json("list-trackings/200_page.json");
    let items = body["data"]["items"].as_array_mut().unwrap();
    items.insert(0, json!({ "colour": "red" }));
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    assert_eq!(page.shipments.len(), 2);
    let [problem] = page.problems.as_slice() else {
        panic!("{:?}", page.problems)
    };
    assert_eq!(problem.path, "data.items[0]");
    assert_eq!(problem.raw.as_ref().unwrap().get(), r#"{"colour":"red"}"#);
}

#[tokio::test]
async fn number_that_may_be_the_unreadable_one_is_not_registered() {
    let body = json!({ "meta": { "code": 200 }, "data": { "items": [{ "colour": "red" }] } });
    let server = Server::replying(Reply::json(200, &body)).await;

    let error = server.client().track(TrackRequest::number(NUMBER)).await;

    assert_eq!(error.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn byte_order_mark_before_a_response_is_skipped() {
    let mark = |body: &Value| format!("\u{feff}{body}");
    let whole = fixture_json("get-tracking/200_two_legs.json");
    let mut broken = whole.clone();
    broken["data"]["order_id"] = json!({ "a": 1 });
    for (body, problems) in [(whole, 0), (broken, 1)] {
        let server = Server::replying(Reply::new(200, mark(&body))).await;
        let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

        let outcome = server.client().track(request).await.unwrap();

        let shipment = one(&outcome);
        assert_eq!(shipment.problems.len(), problems);
        assert!(shipment.raw.get().starts_with('{'));
        assert!(shipment.events().iter().all(|event| !event.raw.is_null()));
    }
    let refused = mark(&json!({ "meta": { "code": 4021 }, "data": [] }));
    let server = Server::replying(Reply::new(200, refused)).await;

    let error = server.client().get_tracking(CARRIER, NUMBER).await;

    assert_eq!(error.unwrap_err().kind(), ErrorKind::QuotaExhausted);
}

#[tokio::test]
async fn batch_of_odd_addresses_keeps_every_entry() {
    let entry = json!({ "tracking_number": "A1", "customer_email": [{}] });
    let body = json!({ "meta": { "code": 201 }, "data": { "trackings": vec![entry; 8_000] } });
    let server = Server::replying(Reply::json(200, &body)).await;
    let request = [trackingmore_sdk::BatchCreateTracking::new("A1", CARRIER)];

    let data = server.client().batch_create_trackings(&request).await;

    assert_eq!(data.unwrap().trackings.len(), 8_000);
}

#[tokio::test]
async fn string_that_is_not_utf_8_costs_that_string() {
    let body = b"{\"meta\":{\"code\":200},\"data\":{\"tracking_number\":\"RR050349575PH\",
        \"carrier_code\":\"phlpost\",\"status\":\"transit\",\"title\":\"L\xe4mpchen\",
        \"origin_info\":{\"trackinfo\":[{\"Date\":\"2026-09-08 10:00\",\"Details\":\"K\xf6ln\"}]}}}";
    let body = bytes::Bytes::from_static(body);

    let shipments = shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap();

    let [shipment] = shipments.as_slice() else {
        panic!("{shipments:?}")
    };
    assert_eq!(shipment.number, "RR050349575PH");
    assert_eq!(shipment.events().len(), 1);
    assert!(shipment.raw.get().contains("L\u{fffd}mpchen"));
    let paths: Vec<&str> = shipment
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["data.title", "data.origin_info.trackinfo[0].Details"]
    );
}

#[test]
fn nothing_without_a_code_is_no_empty_list() {
    for data in ["[]", "{}", "null", r#"{"items":[]}"#] {
        let read = |body: String| {
            shipments_from_body(&body.into(), UtcTime::now(), &UnmappedCounter::new())
        };

        let error = read(format!(r#"{{"data":{data}}}"#)).unwrap_err();
        let empty = read(format!(r#"{{"meta":{{"code":200}},"data":{data}}}"#)).unwrap();

        assert_eq!(error.kind(), trackingmore_sdk::ErrorKind::Decode, "{data}");
        assert_eq!(error.path(), Some("meta.code"), "{data}");
        assert!(empty.is_empty(), "{data}");
    }
}

#[tokio::test]
async fn code_203_is_a_matter_of_the_plan() {
    let body = json!({ "meta": { "code": 203, "type": "PaymentRequired", "message": "Payment Required" },
                       "data": [] });

    let error = track(&body).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::QuotaExhausted);
    assert!(error.message().contains("code 203"), "{error}");
}
