//! Calls on several trackings at once: `updatemore`, `delete` and `notupdate`.

use serde_json::{Value, json};
use trackingmore_sdk::tracking_http::TransportErrorKind;
use trackingmore_sdk::{ArchiveState, ErrorKind, ManualStatus, TrackingKey, UpdateMoreTracking};

use crate::operations::{CARRIER, NUMBER};
use crate::script::{Script, Step};
use crate::server::{Enveloped as _, Reply, Server, fixture_json};

fn keys() -> [TrackingKey; 2] {
    [
        TrackingKey::new(NUMBER, CARRIER),
        TrackingKey::new("7700900123", "sample-express"),
    ]
}

#[tokio::test]
async fn update_of_many_sends_bare_array() {
    let server = Server::replying(Reply::fixture("update-more-trackings/200_object.json")).await;
    let updates = [
        UpdateMoreTracking::new(NUMBER, CARRIER)
            .title("Two lamps, blue")
            .status(ManualStatus::Original),
        UpdateMoreTracking::new("7700900123", "sample-express").archived(ArchiveState::NotArchived),
    ];

    server
        .client()
        .update_more_trackings(&updates)
        .await
        .unwrap();

    let body = fixture_json("update-more-trackings/request.json");
    server
        .request()
        .assert_json("POST", "/v2/trackings/updatemore", &body);
}

#[tokio::test]
async fn every_field_of_an_update_of_many_has_its_wire_name() {
    let server = Server::replying(Reply::fixture("update-more-trackings/200_empty.json")).await;
    let update = UpdateMoreTracking::new("A1", "c")
        .title("t")
        .logistics_channel("l")
        .customer_name("n")
        .customer_email("e")
        .order_id("o")
        .destination_code("NO")
        .status(ManualStatus::Exception)
        .archived(ArchiveState::Archived);

    server
        .client()
        .update_more_trackings(&[update])
        .await
        .unwrap();

    let body = json!([{
        "tracking_number": "A1", "carrier_code": "c", "title": "t", "logistics_channel": "l",
        "customer_name": "n", "customer_email": "e", "order_id": "o", "destination_code": "NO",
        "status": 7, "archived": "true",
    }]);
    server
        .request()
        .assert_json("POST", "/v2/trackings/updatemore", &body);
}

#[tokio::test]
async fn undocumented_response_of_update_many_is_returned_raw() {
    for name in ["200_object.json", "200_list.json", "200_empty.json"] {
        let path = format!("update-more-trackings/{name}");
        let server = Server::replying(Reply::fixture(&path)).await;
        let update = UpdateMoreTracking::new(NUMBER, CARRIER).title("x");

        let response = server.client().update_more_trackings(&[update]).await;

        assert_eq!(response.unwrap().into_inner(), fixture_json(&path)["data"]);
    }
}

#[tokio::test]
async fn scalars_in_the_unpublished_response_are_kept_too() {
    for data in [json!("ok"), json!(3), json!(true), json!(null)] {
        let server = Server::replying(Reply::data(&data)).await;
        let update = UpdateMoreTracking::new(NUMBER, CARRIER).title("x");

        let response: Value = server
            .client()
            .update_more_trackings(&[update])
            .await
            .unwrap()
            .into_inner();

        assert_eq!(response, data);
    }
}

#[tokio::test]
async fn deletion_of_many_wraps_each_entry_in_meta() {
    let server = Server::replying(Reply::fixture("delete-trackings/200_deleted.json")).await;

    let deleted = server.client().delete_trackings(&keys()).await.unwrap();

    assert_eq!((deleted.submitted, deleted.delete), (Some(2), Some(2)));
    let numbers: Vec<_> = deleted
        .trackings
        .iter()
        .map(|entry| entry.meta.as_ref().unwrap().tracking_number.as_deref())
        .collect();
    assert_eq!(numbers, [Some(NUMBER), Some("7700900123")]);
    let body = fixture_json("delete-trackings/request.json");
    server
        .request()
        .assert_json("POST", "/v2/trackings/delete", &body);
}

#[tokio::test]
async fn unknown_keys_of_an_entry_are_kept() {
    let server = Server::replying(Reply::fixture("delete-trackings/200_partial.json")).await;

    let deleted = server.client().delete_trackings(&keys()).await.unwrap();

    let entry = deleted.trackings[1].meta.as_ref().unwrap();
    assert_eq!(entry.extra["code"], 4017);
    assert_eq!(entry.extra["hint"], "none");
}

#[tokio::test]
async fn odd_entries_of_a_deletion_are_read() {
    let server = Server::replying(Reply::fixture("delete-trackings/200_odd_entries.json")).await;

    let deleted = server.client().delete_trackings(&keys()).await.unwrap();

    assert_eq!((deleted.submitted, deleted.delete), (Some(2), Some(0)));
    assert_eq!(deleted.trackings.len(), 2);
    assert!(deleted.trackings.iter().all(|entry| entry.meta.is_none()));
}

#[tokio::test]
async fn stopping_updates_of_many_wraps_nothing() {
    let server = Server::replying(Reply::fixture("not-update-trackings/200_stopped.json")).await;

    let stopped = server.client().not_update_trackings(&keys()).await.unwrap();

    assert_eq!((stopped.submitted, stopped.change), (Some(2), Some(2)));
    assert_eq!(
        stopped.trackings[0].tracking_number.as_deref(),
        Some(NUMBER)
    );
    let body = fixture_json("not-update-trackings/request.json");
    server
        .request()
        .assert_json("POST", "/v2/trackings/notupdate", &body);
}

#[tokio::test]
async fn entries_of_a_stop_may_hold_the_number_alone_or_a_code() {
    let only = Reply::fixture("not-update-trackings/200_only_numbers.json");
    let partial = Reply::fixture("not-update-trackings/200_partial.json");
    let server = Server::start([only, partial]).await;
    let client = server.client();

    let only = client.not_update_trackings(&keys()).await.unwrap();
    let partial = client.not_update_trackings(&keys()).await.unwrap();

    assert_eq!(only.trackings[1].carrier_code, None);
    assert_eq!(partial.change, Some(1));
    assert_eq!(partial.trackings[1].extra["code"], 4017);
}

#[tokio::test]
async fn single_tracking_is_stopped_by_same_call() {
    let server = Server::replying(Reply::fixture("not-update-trackings/200_stopped.json")).await;

    server
        .client()
        .stop_updating(CARRIER, NUMBER)
        .await
        .unwrap();

    let body = json!([{ "tracking_number": NUMBER, "carrier_code": CARRIER }]);
    server
        .request()
        .assert_json("POST", "/v2/trackings/notupdate", &body);
}

#[tokio::test]
async fn stop_without_effect_is_not_found() {
    let nothing = json!({ "submitted": 1, "change": 0, "trackings": [] });
    let untold = json!({ "submitted": 1, "trackings": [] });
    let server = Server::start([&nothing, &nothing, &untold].map(Reply::data)).await;
    let client = server.client();

    let one = client.stop_updating(CARRIER, NUMBER).await;
    let several = client.not_update_trackings(&keys()).await;
    let untold = client.stop_updating(CARRIER, NUMBER).await;

    let error = one.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.provider(), Some("trackingmore"));
    assert_eq!(error.operation(), Some("not-update-trackings"));
    // Of several each may be refused, and the response counts them.
    assert_eq!(several.unwrap().change, Some(0));
    assert!(untold.is_ok());
}

#[tokio::test(start_paused = true)]
async fn stop_that_had_to_be_repeated_may_have_happened_before() {
    let nothing = Reply::data(&json!({ "submitted": 1, "change": 0, "trackings": [] }));
    let script = Script::new([
        Step::Fail(TransportErrorKind::Timeout),
        Step::Reply(nothing),
    ]);

    let stopped = script.client().stop_updating(CARRIER, NUMBER).await;

    assert_eq!(stopped.unwrap().change, Some(0));
}
