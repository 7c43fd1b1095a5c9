use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tracking_core::ErrorKind;
use tracking_core::webhook::WebhookProof;
use tracking_http::FixedClock;

use super::{WebhookMessage, WebhookReceiver};

const TIME: u64 = 1_488_249_109;
const SIGNATURE: &str = "f965e505f866444b796167ba4e576a5d7d0e0979e72d3ef557e5a2ed8dfda3ea";

/// A receiver whose clock shows the time of the known proof and some seconds more.
fn receiver(later: u64) -> WebhookReceiver {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(TIME + later);
    WebhookReceiver::new("shop@example.com")
        .unwrap()
        .with_clock(Arc::new(FixedClock::new(now)))
}

fn body() -> Value {
    json!({
        "meta": {"code": 200, "type": "Success", "message": "Success"},
        "data": {"tracking_number": "AB1", "carrier_code": "dhl", "status": "transit"},
        "verifyInfo": {"timeStr": TIME, "signature": SIGNATURE},
    })
}

fn refusal(receiver: &WebhookReceiver, body: &Value) -> String {
    let error = receiver.receive(body.to_string().as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Webhook);
    error.to_string()
}

#[test]
fn time_is_read_from_number_or_string() {
    for time in [json!(TIME), json!(TIME.to_string())] {
        let mut body = body();
        body["verifyInfo"]["timeStr"] = time;

        let message = receiver(9).receive(body.to_string().as_bytes()).unwrap();

        assert_eq!(message.proof, WebhookProof::TimestampMac);
        assert_eq!(message.tracking.tracking_number.as_deref(), Some("AB1"));
        let sent_at = message.sent_at.unwrap();
        assert_eq!(sent_at.as_unix_seconds(), 1_488_249_109);
    }
}

#[test]
fn junk_around_the_json_is_cut_off() {
    let text = format!("\u{feff}--\r\ndata={}\r\n--\n", body());

    assert!(receiver(9).receive(text.as_bytes()).is_ok());
}

#[test]
fn proof_may_stand_inside_of_tracking() {
    let mut body = body();
    body["data"]["verifyInfo"] = body["verifyInfo"].take();
    body.as_object_mut().unwrap().remove("verifyInfo");

    assert!(receiver(9).verify(body.to_string().as_bytes()).is_ok());
    for nothing in [json!(null), json!([]), json!({}), json!("")] {
        body["verifyInfo"] = nothing;

        assert!(receiver(9).verify(body.to_string().as_bytes()).is_ok());
    }
}

#[test]
fn proof_that_is_missing_or_wrong_is_refused() {
    let cases = [
        (json!(null), "missing"),
        (json!({}), "missing"),
        (json!({"timeStr": "", "signature": SIGNATURE}), "missing"),
        (json!({"timeStr": TIME, "signature": ""}), "missing"),
        (
            json!({"timeStr": TIME + 1, "signature": SIGNATURE}),
            "was not made",
        ),
        (json!({"timeStr": TIME, "signature": "00"}), "was not made"),
        (
            json!({"timeStr": [TIME], "signature": SIGNATURE}),
            "verifyInfo",
        ),
    ];

    for (proof, reason) in cases {
        let mut body = body();
        body["verifyInfo"] = proof;

        let refusal = refusal(&receiver(9), &body);

        assert!(refusal.contains(reason), "{refusal}");
    }
    let mut body = body();
    body.as_object_mut().unwrap().remove("verifyInfo");
    assert!(refusal(&receiver(9), &body).contains("`verifyInfo` is missing"));
}

#[test]
fn age_is_bounded_both_ways() {
    let minute = Duration::from_secs(60);

    assert!(refusal(&receiver(3601), &body()).contains("older than 3600 s"));
    assert!(refusal(&receiver(61).with_max_age(minute), &body()).contains("older than 60 s"));
    assert!(
        receiver(60)
            .with_max_age(minute)
            .receive(body().to_string().as_bytes())
            .is_ok()
    );
    assert!(
        receiver(99_999_999)
            .without_max_age()
            .receive(body().to_string().as_bytes())
            .is_ok()
    );

    let early = SystemTime::UNIX_EPOCH + Duration::from_secs(TIME - 301);
    let early = receiver(0).with_clock(Arc::new(FixedClock::new(early)));
    assert!(refusal(&early, &body()).contains("from the future"));
}

#[test]
fn messages_of_later_versions_are_named() {
    let third = json!({
        "code": 200,
        "data": {"tracking_number": "AB1", "courier_code": "dhl", "delivery_status": "transit"},
        "verify": {"timestamp": TIME, "signature": SIGNATURE},
    });
    let fourth = json!({
        "event": "TRACKING_UPDATE",
        "data": {"tracking_number": "AB1", "courier_code": "dhl", "delivery_status": "transit"},
    });
    let several = json!({ "data": [third["data"], fourth["data"]] });
    let mut mixed = body();
    mixed["data"]["delivery_status"] = json!("transit");

    assert!(refusal(&receiver(9), &third).contains("version 3 of the API"));
    for body in [fourth, several, mixed] {
        let text = refusal(&receiver(9), &body);
        assert!(
            text.contains("version 3 or 4") && text.contains("dashboard"),
            "{text}"
        );
        let error = WebhookMessage::parse_unverified(body.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Webhook, "{error}");
    }
}

#[test]
fn bodies_that_are_no_message_are_unreadable() {
    for body in ["", "<html>", "[", "null", "\u{0}", "}{", "{", "{x}"] {
        let error = receiver(9).receive(body.as_bytes()).unwrap_err();
        let unverified = WebhookMessage::parse_unverified(body.as_bytes()).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(unverified.kind(), ErrorKind::Decode, "{body}");
    }
}

#[test]
fn proven_message_without_tracking_is_unreadable_and_kept() {
    for data in [json!([]), json!({}), json!(null), json!("x")] {
        let mut body = body();
        body["data"] = data;

        let error = receiver(9)
            .receive(body.to_string().as_bytes())
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.path(), Some("data"));
        assert_eq!(error.body_text().unwrap(), body.to_string());
        assert_eq!(error.provider(), Some("trackingmore"));
    }
}

#[test]
fn broken_field_costs_that_field() {
    let mut body = body();
    body["data"]["origin_info"] =
        json!({"trackinfo": [{"Date": {}}, {"Date": "2026-09-12 08:41"}]});

    let message = receiver(9).receive(body.to_string().as_bytes()).unwrap();

    let events = message.tracking.origin_info.unwrap().trackinfo;
    // Of the first event nothing else was sent.
    assert_eq!(events.len(), 2);
    assert_eq!(
        message.problems[0].path,
        "data.origin_info.trackinfo[0].Date"
    );
}

#[test]
fn signed_message_is_accepted() {
    let receiver = receiver(0);

    let body = receiver.sign(&json!({"tracking_number": "AB1"})).unwrap();

    assert!(receiver.receive(body.as_bytes()).is_ok());
    assert!(body.contains(SIGNATURE), "{body}");
    let other = WebhookReceiver::new("other@example.com")
        .unwrap()
        .without_max_age();
    assert!(other.verify(body.as_bytes()).is_err());
}

#[test]
fn address_of_account_is_shown_nowhere() {
    let receiver = receiver(9);
    let error = receiver.receive(b"{}").unwrap_err();

    let shown = format!("{receiver:?} {error} {error:?}");

    assert!(!shown.contains("shop@"), "{shown}");
}

#[test]
fn unprovable_address_is_refused_without_being_shown() {
    for address in [
        "",
        " ",
        "shop@example.com\n",
        " shop@example.com",
        "a\u{0}@b",
        "whs_shop",
    ] {
        let error = WebhookReceiver::new(address).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{address:?}");
        assert!(!format!("{error} {error:?}").contains("shop@"), "{error}");
    }
}
