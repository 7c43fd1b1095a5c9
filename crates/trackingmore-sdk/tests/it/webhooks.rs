//! Webhook messages: the weak proof, its age, and what is read around it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tracking_core::webhook::WebhookProof;
use trackingmore_sdk::tracking_http::FixedClock;
use trackingmore_sdk::webhook::{DEFAULT_MAX_AGE, RESPONSE_BODY, WebhookMessage, WebhookReceiver};
use trackingmore_sdk::{Error, ErrorKind, TrackingStatus};

use crate::server::{fixture, fixture_json};

const OWNER: &str = "owner@shop.example";
/// When the fixtures were signed.
const TIME: u64 = 1_789_000_000;
const SIGNATURE: &str = "bf57118adc07dd56bd05a1d0720e092689881d5d4ff0c89bb072e14921a6a47d";

/// A receiver whose clock shows the time of the fixtures and some seconds more.
fn receiver(later: i64) -> WebhookReceiver {
    let now = TIME.checked_add_signed(later).unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
    WebhookReceiver::new(OWNER)
        .unwrap()
        .with_clock(Arc::new(FixedClock::new(now)))
}

fn body(name: &str) -> String {
    fixture(&format!("receive-webhook/{name}"))
}

fn receive(name: &str) -> Result<WebhookMessage, Error> {
    receiver(9).receive(body(name).as_bytes())
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, reason: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Webhook, "{error}");
    assert_eq!(error.provider(), Some("trackingmore"));
    let text = error.to_string();
    assert!(text.contains(reason), "{text}");
    assert!(!text.contains(OWNER), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn signature_is_hash_of_time_under_address_of_account() {
    let cases = [
        (OWNER, "1789000000", SIGNATURE),
        (
            "depot@shop.example",
            "1790000001",
            "a674f9303c16e52b29d878af2aff60a11b37674b5940416981d1b257c21a5ead",
        ),
    ];

    for (email, time, signature) in cases {
        let receiver = WebhookReceiver::new(email).unwrap();

        assert_eq!(receiver.signature(time), signature, "{email}");
    }
}

#[test]
fn message_with_documented_keys_is_read() {
    let message = receive("documented_keys.json").unwrap();

    assert_eq!(message.proof, WebhookProof::TimestampMac);
    assert_eq!(
        message.sent_at.unwrap().as_unix_seconds(),
        i64::try_from(TIME).unwrap()
    );
    let tracking = &message.tracking;
    assert_eq!(tracking.tracking_number.as_deref(), Some("ZA100200301XX"));
    assert_eq!(tracking.status, Some(TrackingStatus::Delivered));
    assert_eq!(tracking.title.as_deref(), Some("Two lamps"));
    assert_eq!(
        tracking.destination_info.as_ref().unwrap().trackinfo.len(),
        4
    );
    assert!(message.problems.is_empty());
    let raw: Value = serde_json::from_str(message.raw.get()).unwrap();
    assert_eq!(
        raw,
        fixture_json("receive-webhook/documented_keys.json")["data"]
    );
}

#[test]
fn documented_list_of_keys_may_be_short() {
    let message = receive("whole_tracking.json").unwrap();

    let tracking = &message.tracking;
    assert_eq!(tracking.stay_time_length, Some(0));
    assert_eq!(
        tracking.last_update_time.as_ref().unwrap(),
        &"2026-09-16 14:02:59"
    );
    assert_eq!(tracking.archived, Some(false));
    assert!(message.problems.is_empty());
}

#[test]
fn time_may_be_string_and_signature_in_capitals() {
    for name in ["time_as_text.json", "proof_in_capitals.json"] {
        assert!(receive(name).is_ok(), "{name}");
    }
}

#[test]
fn junk_around_the_json_is_cut_off() {
    let message = receive("junk_around.txt").unwrap();

    assert_eq!(message.tracking.status, Some(TrackingStatus::Delivered));
    for (before, after) in [
        ("\u{feff}", ""),
        ("data=", "\n"),
        ("\r\n--x\r\n", "\r\n--x--"),
        ("\0\0", "\0"),
    ] {
        let wrapped = format!("{before}{}{after}", body("documented_keys.json"));

        assert!(
            receiver(9).receive(wrapped.as_bytes()).is_ok(),
            "{before:?}"
        );
    }
}

#[test]
fn proof_may_stand_inside_of_tracking() {
    let message = receive("proof_inside_data.json").unwrap();

    assert_eq!(message.proof, WebhookProof::TimestampMac);
}

#[test]
fn proof_does_not_cover_body() {
    // What makes it weak: another parcel under the same proof verifies as well.
    let message = receive("changed_body_same_proof.json").unwrap();

    assert_eq!(
        message.tracking.tracking_number.as_deref(),
        Some("ZA999999999XX")
    );
    assert_eq!(message.proof, WebhookProof::TimestampMac);
}

#[test]
fn proof_that_is_missing_empty_or_of_another_account_is_refused() {
    for (name, reason) in [
        ("proof_missing.json", "`verifyInfo` is missing"),
        ("proof_null.json", "`verifyInfo` is missing"),
        ("proof_empty.json", "is missing"),
        ("all_null.json", "is missing"),
        ("proof_of_another_account.json", "was not made with"),
    ] {
        assert_refused(receive(name), reason);
        assert_refused(receiver(9).verify(body(name).as_bytes()), reason);
    }
}

#[test]
fn every_part_of_the_proof_counts() {
    let valid = fixture_json("receive-webhook/documented_keys.json");
    let flipped = format!("0{}", &SIGNATURE[1..]);
    for (key, value) in [
        ("timeStr", json!(TIME + 1)),
        ("timeStr", json!("1789000000 ")),
        ("timeStr", json!("01789000000")),
        ("timeStr", json!("")),
        ("timeStr", json!(null)),
        ("timeStr", json!([TIME])),
        ("timeStr", json!(1789000000.5)),
        ("signature", json!(flipped)),
        ("signature", json!(SIGNATURE[..63])),
        ("signature", json!(format!("{SIGNATURE}00"))),
        ("signature", json!("")),
        ("signature", json!(null)),
        ("signature", json!({})),
        ("signature", json!("zz")),
    ] {
        let mut body = valid.clone();
        body["verifyInfo"][key] = value.clone();

        let result = receiver(9).receive(body.to_string().as_bytes());

        assert_refused(result, "");
    }
}

#[test]
fn invalid_signed_time_is_refused() {
    let receiver = receiver(9).without_max_age();
    for time in ["soon", "", "-", "99999999999999999999", "1.5"] {
        let mut body = fixture_json("receive-webhook/documented_keys.json");
        let signature = receiver.signature(time);
        body["verifyInfo"] = json!({ "timeStr": time, "signature": signature });

        assert_refused(receiver.receive(body.to_string().as_bytes()), "timeStr");
    }
}

#[test]
fn age_of_proof_is_bounded_both_ways() {
    let body = body("documented_keys.json");
    let hour = i64::try_from(DEFAULT_MAX_AGE.as_secs()).unwrap();
    assert_eq!(hour, 3600);

    assert!(receiver(hour).receive(body.as_bytes()).is_ok());
    assert_refused(receiver(hour + 1).receive(body.as_bytes()), "older than");
    assert!(receiver(-300).receive(body.as_bytes()).is_ok());
    assert_refused(receiver(-301).receive(body.as_bytes()), "future");
    let minute = receiver(61).with_max_age(Duration::from_secs(60));
    assert_refused(minute.verify(body.as_bytes()), "older than 60 s");
    let archive = receiver(hour * 24 * 365).without_max_age();
    assert!(archive.receive(body.as_bytes()).is_ok());
}

#[test]
fn messages_of_versions_three_and_four_are_named_and_refused() {
    for name in ["version_3.json", "version_4.json"] {
        assert_refused(receive(name), "version 3");
        assert_refused(receiver(9).verify(body(name).as_bytes()), "dashboard");
        assert_refused(
            WebhookMessage::parse_unverified(body(name).as_bytes()),
            "not of version 2",
        );
    }
}

#[test]
fn body_other_than_json_object_is_decode_error_with_body() {
    for body in ["", "{", "[]", "7", "}{", "{x}", "<html></html>", "\u{feff}"] {
        for error in [
            receiver(9).receive(body.as_bytes()).unwrap_err(),
            WebhookMessage::parse_unverified(body.as_bytes()).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}");
            assert_eq!(error.provider(), Some("trackingmore"));
            assert_eq!(error.body_text().unwrap(), body);
        }
    }
}

#[test]
fn proven_message_without_tracking_is_decode_error() {
    let valid = fixture_json("receive-webhook/data_empty.json");
    for data in [json!([]), json!({}), json!(null), json!("x"), json!(7)] {
        let mut body = valid.clone();
        body["data"] = data;
        let body = body.to_string();

        // The proof itself is right.
        assert!(receiver(9).verify(body.as_bytes()).is_ok());
        let error = receiver(9).receive(body.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
    let error = receive("data_empty.json").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn proof_is_checked_before_tracking() {
    let mut body = fixture_json("receive-webhook/proof_of_another_account.json");
    body["data"] = json!([]);

    let result = receiver(9).receive(body.to_string().as_bytes());

    assert_refused(result, "was not made with");
}

#[test]
fn broken_field_costs_that_field() {
    let mut body = fixture_json("receive-webhook/documented_keys.json");
    body["data"]["destination_info"]["trackinfo"][1]["Date"] = json!({ "year": 2026 });
    body["data"]["order_id"] = json!({ "a": 1 });

    let message = receiver(9).receive(body.to_string().as_bytes()).unwrap();

    let paths: Vec<&str> = message.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths.len(), 2, "{paths:?}");
    assert!(paths.contains(&"data.destination_info.trackinfo[1].Date"));
    assert!(paths.contains(&"data.order_id"));
    let destination = message.tracking.destination_info.unwrap();
    assert_eq!(destination.trackinfo.len(), 4);
    assert_eq!(destination.trackinfo[1].date, None);
    assert_eq!(message.tracking.title.as_deref(), Some("Two lamps"));
}

#[test]
fn message_checked_elsewhere_counts_as_unproven() {
    for name in [
        "documented_keys.json",
        "proof_missing.json",
        "proof_null.json",
    ] {
        let message = WebhookMessage::parse_unverified(body(name).as_bytes()).unwrap();

        assert_eq!(message.proof, WebhookProof::None, "{name}");
        assert_eq!(message.sent_at, None);
        assert_eq!(message.tracking.title.as_deref(), Some("Two lamps"));
    }
}

#[test]
fn response_of_nulls_is_tracking_of_nothing() {
    let message = WebhookMessage::parse_unverified(body("all_null.json").as_bytes()).unwrap();

    assert_eq!(message.tracking, trackingmore_sdk::Tracking::default());
}

#[test]
fn signed_message_equals_that_of_provider() {
    let receiver = receiver(0);
    let tracking = &fixture_json("receive-webhook/documented_keys.json")["data"];

    let signed = receiver.sign(tracking).unwrap();

    let expected = fixture_json("receive-webhook/documented_keys.json");
    assert_eq!(serde_json::from_str::<Value>(&signed).unwrap(), expected);
    assert!(receiver.receive(signed.as_bytes()).is_ok());
    let other = WebhookReceiver::new("other@shop.example").unwrap();
    assert_refused(
        other.without_max_age().verify(signed.as_bytes()),
        "was not made with",
    );
}

#[test]
fn documented_response_is_text_200() {
    assert_eq!(RESPONSE_BODY, "200");
}

#[test]
fn empty_address_is_refused_before_any_message() {
    for email in ["", " ", "\t\n"] {
        let error = WebhookReceiver::new(email).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("empty"), "{error}");
    }
}
