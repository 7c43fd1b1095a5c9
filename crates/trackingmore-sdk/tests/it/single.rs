//! One registered tracking: `GET`, `PUT` and `DELETE` on its path, and `POST /trackings/update`.

use serde_json::json;
use trackingmore_sdk::{
    ArchiveState, Code, ErrorKind, ManualStatus, TrackingStatus, TrackingSubstatus, UpdateCarrier,
    UpdateTracking, UpdatedTracking,
};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/v2/trackings/sample-post/ZA100200301XX";

/// Carriers and numbers with what they look like in a path.
const SEGMENTS: [(&str, &str); 9] = [
    ("ZA100200301XX", "ZA100200301XX"),
    ("AB 12/3", "AB%2012%2F3"),
    ("a?b&c=d", "a%3Fb%26c%3Dd"),
    ("50%", "50%25"),
    ("a%2Fb", "a%252Fb"),
    ("..%2f", "..%252f"),
    ("a+b#c", "a%2Bb%23c"),
    ("номер-1", "%D0%BD%D0%BE%D0%BC%D0%B5%D1%80-1"),
    ("x;y:z@1,2", "x%3By%3Az%401%2C2"),
];

#[tokio::test]
async fn both_legs_have_their_own_carrier_milestones_and_events() {
    let server = Server::replying(Reply::fixture("get-tracking/200_two_legs.json")).await;

    let tracking = server.client().get_tracking(CARRIER, NUMBER).await.unwrap();

    assert_eq!(tracking.status, Some(TrackingStatus::Delivered));
    assert_eq!(tracking.substatus, Some(TrackingSubstatus::Delivered003));
    assert_eq!(tracking.item_time_length, Some(5));
    assert_eq!(tracking.track_update, Some(false));
    let origin = tracking.origin_info.as_ref().unwrap();
    let destination = tracking.destination_info.as_ref().unwrap();
    assert_eq!(origin.carrier_code.as_deref(), Some("sample-post"));
    assert_eq!(destination.carrier_code.as_deref(), Some("other-post"));
    assert_eq!(
        (origin.trackinfo.len(), destination.trackinfo.len()),
        (3, 4)
    );
    assert_eq!(
        origin.departfrom_airport.as_ref().unwrap(),
        &"2026-09-13 07:05"
    );
    assert_eq!(origin.arrivalfrom_abroad, None);
    assert_eq!(
        destination.arrivalfrom_abroad.as_ref().unwrap(),
        &"2026-09-14 03:11"
    );
    assert_eq!(
        origin.trackinfo[2].item_node.as_deref(),
        Some("ItemReceived")
    );
    // The same scan is reported by both carriers, and both reports are kept.
    assert_eq!(origin.trackinfo[0], destination.trackinfo[3]);
    server.request().assert_without_body("GET", TARGET);
}

#[tokio::test]
async fn last_event_is_one_string_with_commas() {
    let cases = [
        (
            "200_two_legs.json",
            "Delivered,OSLO, Sample Street,2026-09-16 14:02:59",
        ),
        // An empty part leaves no double comma.
        ("200_escaped.json", "已收件,2026-09-11 09:20"),
    ];

    for (name, last) in cases {
        let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;

        let tracking = server.client().get_tracking(CARRIER, NUMBER).await.unwrap();

        assert_eq!(tracking.last_event.as_deref(), Some(last), "{name}");
    }
}

#[tokio::test]
async fn carrier_and_number_are_one_encoded_segment_each() {
    let read = || Reply::fixture("get-tracking/200_number_with_slash.json");
    let responses = SEGMENTS.iter().flat_map(|_| {
        [
            read(),
            read(),
            Reply::fixture("update-tracking/200_updated.json"),
            Reply::fixture("delete-tracking/200_deleted.json"),
        ]
    });
    let server = Server::start(responses).await;
    let client = server.client();
    let update = UpdateTracking::new().title("x");

    for (text, _) in SEGMENTS {
        client.get_tracking(CARRIER, text).await.unwrap();
        client.get_tracking(text, NUMBER).await.unwrap();
        client.update_tracking(text, text, &update).await.unwrap();
        client.delete_tracking(text, text).await.unwrap();
    }

    let mut requests = server.requests().into_iter();
    for (_, encoded) in SEGMENTS {
        let mut target = || requests.next().unwrap().target;
        assert_eq!(target(), format!("/v2/trackings/sample-post/{encoded}"));
        assert_eq!(target(), format!("/v2/trackings/{encoded}/ZA100200301XX"));
        assert_eq!(target(), format!("/v2/trackings/{encoded}/{encoded}"));
        assert_eq!(target(), format!("/v2/trackings/{encoded}/{encoded}"));
    }
}

#[tokio::test]
async fn language_is_last_segment_in_lower_case() {
    let response = || Reply::fixture("get-tracking-in-language/200_chinese.json");
    let server = Server::start([response(), response(), response()]).await;
    let client = server.client();

    for lang in ["cn", "CN", "e/n"] {
        let tracking = client.get_tracking_in_language(CARRIER, NUMBER, lang).await;

        let origin = tracking.unwrap().into_inner().origin_info.unwrap();
        assert_eq!(
            origin.trackinfo[0].status_description.as_deref(),
            Some("快件已签收")
        );
    }

    let requests = server.requests();
    requests[0].assert_without_body("GET", &format!("{TARGET}/cn"));
    requests[1].assert_without_body("GET", &format!("{TARGET}/cn"));
    requests[2].assert_without_body("GET", &format!("{TARGET}/e%2Fn"));
}

#[tokio::test]
async fn unregistered_tracking_is_not_found() {
    for name in ["4017_not_registered.json", "4031_nothing.json"] {
        let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;

        let error = server
            .client()
            .get_tracking(CARRIER, NUMBER)
            .await
            .unwrap_err();

        assert!(error.is_not_found(), "{name}");
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test]
async fn update_sends_names_for_archived_and_numbers_for_status() {
    let server = Server::replying(Reply::fixture("update-tracking/200_updated.json")).await;
    let update = UpdateTracking::new()
        .title("Two lamps, blue")
        .logistics_channel("Spring catalogue")
        .customer_name("Sample Recipient")
        .customer_email("recipient@shop.example")
        .customer_phone("+000000000")
        .order_id("shop-7-2210")
        .destination_code("PT")
        .archived(ArchiveState::Archived)
        .status(ManualStatus::Exception);

    let updated = server
        .client()
        .update_tracking(CARRIER, NUMBER, &update)
        .await
        .unwrap();

    assert_eq!(updated.archived, Some(true));
    assert_eq!(updated.customer_email, ["recipient@shop.example"]);
    let body = fixture_json("update-tracking/request_full.json");
    server.request().assert_json("PUT", TARGET, &body);
}

#[tokio::test]
async fn update_of_one_field_sends_one_field() {
    let cases = [
        (ManualStatus::Delivered, 4),
        (ManualStatus::Exception, 7),
        (ManualStatus::Original, 8),
    ];
    let responses = cases.map(|_| Reply::fixture("update-tracking/200_five_keys.json"));
    let server = Server::start(responses).await;
    let client = server.client();

    for (status, _) in cases {
        let update = UpdateTracking::new().status(status);
        client
            .update_tracking(CARRIER, NUMBER, &update)
            .await
            .unwrap();
    }

    assert_eq!(
        fixture_json("update-tracking/request_status.json"),
        json!({ "status": 4 })
    );
    for (request, (_, number)) in server.requests().iter().zip(cases) {
        request.assert_json("PUT", TARGET, &json!({ "status": number }));
    }
}

#[tokio::test]
async fn update_may_return_few_keys_and_archived_as_string() {
    let cases = [
        ("200_five_keys.json", None),
        ("200_archived_text.json", Some(true)),
        ("200_all_null.json", None),
    ];

    for (name, archived) in cases {
        let server = Server::replying(Reply::fixture(&format!("update-tracking/{name}"))).await;

        let updated = server
            .client()
            .update_tracking(CARRIER, NUMBER, &UpdateTracking::new().title("x"))
            .await
            .unwrap();

        assert_eq!(updated.archived, archived, "{name}");
        let is_empty = *updated == UpdatedTracking::default();
        assert_eq!(is_empty, name == "200_all_null.json");
    }
}

#[tokio::test]
async fn deletion_says_nothing_but_success() {
    for name in ["200_deleted.json", "200_data_null.json"] {
        let server = Server::replying(Reply::fixture(&format!("delete-tracking/{name}"))).await;

        let deleted = server.client().delete_tracking(CARRIER, NUMBER).await;

        assert_eq!(deleted.unwrap().http_status(), 200, "{name}");
        server.request().assert_without_body("DELETE", TARGET);
    }
}

#[tokio::test]
async fn deleted_tracking_is_not_found() {
    let server = Server::replying(Reply::fixture("delete-tracking/4017_gone.json")).await;

    let error = server
        .client()
        .delete_tracking(CARRIER, NUMBER)
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(Code::of(&error), Some(Code::NO_SUCH_TRACKING));
}

#[tokio::test]
async fn change_of_carrier_names_both_and_says_nothing_but_success() {
    let cases = [
        ("200_changed.json", Some("")),
        ("200_empty_list.json", None),
    ];

    for (name, tag) in cases {
        let server = Server::replying(Reply::fixture(&format!("update-carrier/{name}"))).await;
        let update = UpdateCarrier::new(NUMBER, CARRIER, "sample-express");

        let changed = server.client().update_carrier(&update).await.unwrap();

        assert_eq!(changed.usertag.as_deref(), tag, "{name}");
        let body = fixture_json("update-carrier/request.json");
        server
            .request()
            .assert_json("POST", "/v2/trackings/update", &body);
    }
}
