//! Webhook messages: proof first, then item by item.

use http::{HeaderMap, HeaderValue, header};
use serde_json::{Value, json};
use ship24_sdk::webhook::{WebhookItem, WebhookMessage, WebhookReceiver};
use ship24_sdk::{
    Error, ErrorKind, ProofOfDelivery, ProofOfDeliveryContentType, ProofOfDeliveryStatus,
    WebhookTopic,
};
use tracking_core::time::TimeKind;
use tracking_core::webhook::WebhookProof;

use crate::server::fixture;

const SECRET: &str = "whs_hushHushHush";
const EVENTS: &str = "receive-webhooks-tracking-results";
const PROOF: &str = "receive-webhooks-proof-of-delivery";

fn receiver() -> WebhookReceiver {
    WebhookReceiver::new(SECRET).unwrap()
}

fn headers(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
    }
    headers
}

fn receive(path: &str) -> WebhookMessage {
    receiver()
        .receive(&receiver().sign(), fixture(path).as_bytes())
        .unwrap()
}

fn events(message: &WebhookMessage) -> Vec<&ship24_sdk::Tracking> {
    let mut trackings = Vec::new();
    for item in &message.items {
        let WebhookItem::Events(tracking) = item else {
            panic!("{item:?}")
        };
        trackings.push(tracking.as_ref());
    }
    trackings
}

fn proof_of_delivery(name: &str) -> ProofOfDelivery {
    let message = receive(&format!("{PROOF}/{name}"));
    let [WebhookItem::ProofOfDelivery(item)] = message.items.as_slice() else {
        panic!("{message:?}")
    };
    item.data.clone().unwrap()
}

#[track_caller]
fn assert_refused(result: Result<WebhookProof, Error>, reason: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Webhook);
    let text = error.to_string();
    assert!(text.contains(reason), "{text}");
    assert!(!text.contains(SECRET), "{text}");
}

#[test]
fn proof_is_shared_secret_and_says_so() {
    let message = receive(&format!("{EVENTS}/one_event.json"));

    assert_eq!(message.proof, WebhookProof::SharedSecret);
}

#[test]
fn scheme_ignores_case_and_token_ignores_outer_spaces() {
    for value in [
        format!("Bearer {SECRET}"),
        format!("bearer {SECRET}"),
        format!("BEARER   {SECRET} "),
    ] {
        assert!(receiver().verify(&headers(&[&value])).is_ok(), "{value}");
    }
}

#[test]
fn wrong_secrets_are_refused() {
    let missing = "header is missing";
    let wrong_scheme = "not `Bearer <secret>`";
    let wrong_secret = "not the webhook secret";
    let cases = [
        (None, missing),
        (Some(""), wrong_scheme),
        (Some(SECRET), wrong_scheme),
        (Some("Bearer"), wrong_scheme),
        (Some("Basic d2hz"), wrong_scheme),
        (Some("Bearer\twhs_hushHushHush"), wrong_scheme),
        (Some("Bearer "), wrong_secret),
        (Some("Bearer wrong"), wrong_secret),
        (Some("Bearer whs_hushHushHus"), wrong_secret),
        (Some("Bearer whs_hushHushHush2"), wrong_secret),
        (Some("Bearer WHS_HUSHHUSHHUSH"), wrong_secret),
        (Some("Bearer whs_hush HushHush"), wrong_secret),
    ];

    for (value, reason) in cases {
        let values: Vec<&str> = value.into_iter().collect();

        assert_refused(receiver().verify(&headers(&values)), reason);
    }
}

#[test]
fn several_headers_are_refused_whatever_they_hold() {
    let right = format!("Bearer {SECRET}");

    for values in [
        ["Bearer wrong", right.as_str()],
        [right.as_str(), right.as_str()],
    ] {
        assert_refused(receiver().verify(&headers(&values)), "more than once");
    }
}

#[test]
fn unsendable_secret_is_refused() {
    for secret in ["whs_abc\n", " whs_abc", "whs abc", "whs_\u{e9}"] {
        let error = WebhookReceiver::new(secret).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{secret:?}");
        assert!(error.to_string().contains("white space"), "{error}");
    }
}

#[test]
fn header_value_other_than_text_is_refused() {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::AUTHORIZATION,
        HeaderValue::from_bytes(b"Bearer \xff\xfe").unwrap(),
    );

    assert_refused(receiver().verify(&headers), "not the webhook secret");
}

#[test]
fn signatures_that_ship24_does_not_have_prove_nothing() {
    let mut headers = HeaderMap::new();
    headers.insert("x-ship24-signature", HeaderValue::from_static("sha256=00"));

    assert_refused(receiver().verify(&headers), "header is missing");
}

#[test]
fn empty_secret_is_refused_before_any_message() {
    for secret in ["", " ", "\t\n"] {
        let error = WebhookReceiver::new(secret).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("empty"), "{error}");
    }
}

#[test]
fn body_is_not_read_without_proof() {
    let error = receiver()
        .receive(&HeaderMap::new(), b"not json")
        .unwrap_err();

    assert!(error.to_string().contains("header is missing"), "{error}");
    assert_eq!(error.body(), None);
}

#[test]
fn event_is_new_and_its_deprecated_time_is_kept_apart() {
    let message = receive(&format!("{EVENTS}/one_event.json"));

    assert_eq!(message.items[0].message_id(), Some("msg-111"));
    assert_eq!(
        message.items[0].topic(),
        Some(&WebhookTopic::TrackingEvents)
    );
    let [tracking] = events(&message)[..] else {
        panic!("{message:?}")
    };
    assert_eq!(tracking.tracker.as_ref().unwrap().is_tracked, None);
    let event = &tracking.events[0];
    let time = event.occurrence_datetime.as_ref().unwrap();
    assert_eq!(time.timestamp().kind(), TimeKind::LocalNaive);
    // It looks like UTC and is the local time with a `Z` stuck on.
    assert_eq!(event.datetime.as_deref(), Some("2026-09-07T08:30:00.000Z"));
    assert_eq!(
        (event.has_no_time, event.utc_offset.as_deref()),
        (Some(false), None)
    );
}

#[test]
fn date_without_time_stays_date() {
    let message = receive(&format!("{EVENTS}/date_only_event.json"));

    let event = &events(&message)[0].events[0];
    assert_eq!(
        event
            .occurrence_datetime
            .as_ref()
            .unwrap()
            .timestamp()
            .kind(),
        TimeKind::DateOnly
    );
    assert_eq!(event.has_no_time, Some(true));
}

#[test]
fn grouped_items_have_message_ids_of_their_own() {
    let message = receive(&format!("{EVENTS}/several_trackings.json"));

    let ids: Vec<&str> = message
        .items
        .iter()
        .filter_map(WebhookItem::message_id)
        .collect();
    let counts: Vec<usize> = events(&message).iter().map(|it| it.events.len()).collect();
    assert_eq!((ids, counts), (vec!["msg-113", "msg-114"], vec![1, 2]));
}

#[test]
fn message_of_2024_has_no_topic_and_holds_events() {
    let message = receive(&format!("{EVENTS}/older_2024.json"));

    assert_eq!(message.items[0].topic(), None);
    assert_eq!(events(&message)[0].events[0].order, None);
}

#[test]
fn unknown_topic_keeps_whole_item_and_its_message_id() {
    let message = receive(&format!("{EVENTS}/unknown_topic.json"));

    let item = &message.items[0];
    assert_eq!(item.topic().unwrap().as_str(), "tracking/forecast");
    assert_eq!(item.message_id(), Some("msg-116"));
    let WebhookItem::Other { raw, .. } = item else {
        panic!("{item:?}")
    };
    let raw: Value = serde_json::from_str(raw.get()).unwrap();
    assert_eq!(raw["forecast"]["day"], "2026-09-09");
}

#[test]
fn test_message_empty_one_and_one_of_nulls_are_read() {
    for (name, items) in [
        ("dashboard_test.json", 1),
        ("empty.json", 0),
        ("all_null.json", 1),
    ] {
        let message = receive(&format!("{EVENTS}/{name}"));

        assert_eq!(
            (message.items.len(), message.problems.len()),
            (items, 0),
            "{name}"
        );
    }
}

#[test]
fn broken_field_of_an_item_costs_that_field() {
    let item = |id: &str| json!({ "metadata": { "messageId": id }, "events": [] });
    let broken = json!({ "metadata": { "messageId": "m-2" }, "events": "none" });
    let body = json!({ "trackings": [item("m-1"), broken, item("m-3")] }).to_string();

    let message = receiver()
        .receive(&receiver().sign(), body.as_bytes())
        .unwrap();

    let ids: Vec<&str> = message
        .items
        .iter()
        .filter_map(WebhookItem::message_id)
        .collect();
    assert_eq!(ids, ["m-1", "m-2", "m-3"]);
    let [problem] = message.problems.as_slice() else {
        panic!("{message:?}")
    };
    assert_eq!(problem.path, "trackings[1].events");
    assert_eq!(problem.message, "expected a list, found a string");
    assert_eq!(problem.raw.as_ref().unwrap().get(), r#""none""#);
}

#[test]
fn items_that_are_no_objects_are_problems() {
    for odd in ["7", "null", "[]", r#""text""#] {
        let body = format!(r#"{{"trackings":[{odd}]}}"#);

        let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();

        assert_eq!(
            (message.items.len(), message.problems.len()),
            (0, 1),
            "{odd}"
        );
    }
}

#[test]
fn body_other_than_message_is_error_with_body() {
    for body in [
        "",
        "{",
        "[]",
        "7",
        "{}",
        r#"{"trackings":7}"#,
        "<html></html>",
        "\u{feff}{}",
    ] {
        let error = receiver()
            .receive(&receiver().sign(), body.as_bytes())
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[test]
fn message_checked_elsewhere_counts_as_unproven() {
    let body = fixture(&format!("{EVENTS}/one_event.json"));

    let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();

    assert_eq!(message.proof, WebhookProof::None);
}

#[test]
fn proof_of_delivery_is_string_or_url() {
    let document = proof_of_delivery("found_document.json");
    let text = proof_of_delivery("found_text.json");
    let html = proof_of_delivery("found_html.json");

    assert_eq!(document.status, Some(ProofOfDeliveryStatus::Found));
    let content = document.content.unwrap();
    assert_eq!(content.type_, Some(ProofOfDeliveryContentType::ImagePng));
    assert!(content.download_url.is_some() && content.text.is_none());
    let content = text.content.unwrap();
    assert_eq!(content.type_, Some(ProofOfDeliveryContentType::TextPlain));
    assert_eq!(content.text.as_deref(), Some("S. AMPLE, reception"));
    let content = html.content.unwrap();
    assert_eq!(content.type_, Some(ProofOfDeliveryContentType::TextHtml));
    assert_eq!(content.download_url, None);
}

#[test]
fn courier_without_proof_of_delivery_has_no_content() {
    for name in ["unavailable_null.json", "unavailable_absent.json"] {
        let proof = proof_of_delivery(name);

        assert_eq!(
            proof.status,
            Some(ProofOfDeliveryStatus::Unavailable),
            "{name}"
        );
        assert_eq!(proof.content, None, "{name}");
    }
}

#[test]
fn unknown_values_in_proof_of_delivery_keep_raw_value() {
    let proof = proof_of_delivery("unknown_values.json");

    assert_eq!(proof.status.unwrap().as_str(), "expired");
    assert_eq!(proof.content.unwrap().type_.unwrap().as_str(), "video/mp4");
}
