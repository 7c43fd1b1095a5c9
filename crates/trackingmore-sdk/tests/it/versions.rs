//! Responses of versions 3 and 4 where version 2 is expected: named as such, never half read.

use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::{ListRequest, Provider as _, TrackRequest, UtcTime};
use trackingmore_sdk::{
    BatchCreateTracking, CreateTracking, Error, ErrorKind, ListTrackingsQuery, ManualStatus,
    RealtimeTracking, UpdateCarrier, UpdateTracking, shipments_from_body,
};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server};

fn later() -> Value {
    json!({ "id": "9d0a", "tracking_number": NUMBER, "courier_code": CARRIER,
            "delivery_status": "delivered" })
}

/// Bodies of version 4 and 3: an object, a list, a list in `items`, and the envelope of version 3.
fn bodies() -> [Value; 4] {
    [
        json!({ "meta": { "code": 200 }, "data": later() }),
        json!({ "meta": { "code": 200 }, "data": [later()] }),
        json!({ "meta": { "code": 200 }, "data": { "items": [later()] } }),
        json!({ "code": 200, "message": "Success", "data": [later()] }),
    ]
}

#[track_caller]
fn assert_named(error: &Error, body: &Value) {
    assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    let message = error.message().unwrap_or_default();
    assert!(message.contains("of version 3"), "{body}: {message}");
    assert!(message.contains("base URL"), "{body}: {message}");
    // Whoever wants to see it finds the response in the error.
    assert!(error.body_text().unwrap().contains("\"data\""), "{body}");
}

#[tokio::test]
async fn later_version_is_named_by_each_reader_of_trackings() {
    for body in bodies() {
        let server = Server::start([(); 7].map(|()| Reply::json(200, &body))).await;
        let client = server.client();

        let single = client.get_tracking(CARRIER, NUMBER).await;
        let list = client.list_trackings(&ListTrackingsQuery::new()).await;
        let question = RealtimeTracking::new(NUMBER, CARRIER);
        let realtime = client.realtime_tracking(&question).await;
        let created = client
            .create_tracking(&CreateTracking::new(NUMBER, CARRIER))
            .await;
        let batch = client
            .batch_create_trackings(&[BatchCreateTracking::new(NUMBER, CARRIER)])
            .await;
        let update = UpdateTracking::new().status(ManualStatus::Delivered);
        let updated = client.update_tracking(CARRIER, NUMBER, &update).await;
        let moved = client
            .update_carrier(&UpdateCarrier::new(NUMBER, CARRIER, "sample-express"))
            .await;

        for error in [
            single.map(drop).unwrap_err(),
            list.map(drop).unwrap_err(),
            realtime.map(drop).unwrap_err(),
            created.map(drop).unwrap_err(),
            batch.map(drop).unwrap_err(),
            updated.map(drop).unwrap_err(),
            moved.map(drop).unwrap_err(),
        ] {
            assert_named(&error, &body);
        }
    }
}

#[tokio::test]
async fn batch_of_a_later_version_is_named() {
    for data in [
        json!({ "success": [later()], "error": [] }),
        json!({ "success": [], "error": [{ "tracking_number": NUMBER, "courier_code": CARRIER }] }),
        json!({ "trackings": [later(), { "tracking_number": {} }] }),
    ] {
        let body = json!({ "meta": { "code": 200 }, "data": data });
        let server = Server::replying(Reply::json(200, &body)).await;

        let batch = [BatchCreateTracking::new(NUMBER, CARRIER)];
        let error = server.client().batch_create_trackings(&batch).await;

        assert_named(&error.map(drop).unwrap_err(), &body);
    }
}

#[tokio::test]
async fn later_version_makes_no_shipment() {
    for body in bodies() {
        let server = Server::start([(); 2].map(|()| Reply::json(200, &body))).await;
        let client = server.client();
        let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

        let tracked = client.track(request).await.unwrap_err();
        let listed = client.list(ListRequest::new()).await.unwrap_err();
        let bytes = body.to_string().into();
        let counter = UnmappedCounter::new();
        let archived = shipments_from_body(&bytes, UtcTime::now(), &counter).unwrap_err();

        for message in [
            tracked.to_string(),
            listed.to_string(),
            archived.to_string(),
        ] {
            assert!(message.contains("of version 3"), "{body}: {message}");
        }
    }
}
