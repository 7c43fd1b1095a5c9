//! Notifications: the custom header first, then whatever the template makes.

use gcl_sdk::webhook::{WebhookMessage, WebhookReceiver};
use gcl_sdk::{Error, ErrorKind, StatusUid};
use http::{HeaderMap, HeaderName, HeaderValue};
use tracking_core::webhook::WebhookProof;

use crate::server::fixture;

const SECRET: &str = "hushHush and hush";

fn receiver() -> WebhookReceiver {
    WebhookReceiver::new("X-Shop-Token", SECRET).unwrap()
}

fn headers(values: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        let name = HeaderName::from_static("x-shop-token");
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

fn receive(name: &str) -> WebhookMessage {
    let body = fixture(&format!("receive-notification/{name}"));
    receiver()
        .receive(&receiver().sign(), body.as_bytes())
        .unwrap()
}

#[track_caller]
fn assert_refused(result: Result<WebhookProof, Error>, reason: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Webhook);
    assert_eq!(error.provider(), Some("gcl"));
    let text = error.to_string();
    assert!(
        text.contains(reason) && text.contains("x-shop-token"),
        "{text}"
    );
    assert!(!text.contains("hush"), "{text}");
}

#[test]
fn proof_is_shared_secret_and_says_so() {
    assert_eq!(receive("tracking.json").proof, WebhookProof::SharedSecret);
    assert_eq!(
        receiver().verify(&headers(&[SECRET])).unwrap(),
        WebhookProof::SharedSecret
    );
}

#[test]
fn wrong_secrets_are_refused() {
    let wrong = "does not hold the secret";
    for (values, reason) in [
        (vec![], "is missing"),
        (vec![""], wrong),
        (vec!["hushHush"], wrong),
        (vec!["hushHush and hush2"], wrong),
        (vec!["HUSHHUSH AND HUSH"], wrong),
        (vec!["Bearer hushHush and hush"], wrong),
        (vec![SECRET, SECRET], "more than once"),
        (vec!["wrong", SECRET], "more than once"),
    ] {
        assert_refused(receiver().verify(&headers(&values)), reason);
    }
}

#[test]
fn header_value_other_than_text_is_refused() {
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_bytes(b"\xff\xfe").unwrap();
    headers.insert("x-shop-token", value);

    assert_refused(receiver().verify(&headers), "does not hold the secret");
}

#[test]
fn authorization_header_can_be_proof() {
    let receiver = WebhookReceiver::new("Authorization", "Bearer hush").unwrap();

    assert!(receiver.verify(&receiver.sign()).is_ok());
    assert!(receiver.sign()["authorization"].is_sensitive());
}

#[test]
fn body_is_not_read_without_proof() {
    let error = receiver()
        .receive(&HeaderMap::new(), b"not json")
        .unwrap_err();

    assert!(error.to_string().contains("is missing"), "{error}");
    assert_eq!(error.body(), None);
}

#[test]
fn body_like_tracking_response_is_read_as_one() {
    let message = receive("tracking.json");

    let tracking = message.tracking.unwrap();
    assert_eq!(tracking.tracking_number.as_deref(), Some("QX4471902385"));
    assert_eq!(tracking.checkpoints.len(), 4);
    assert!(message.problems.is_empty());
}

#[test]
fn body_like_one_checkpoint_is_read_as_tracking_with_it() {
    let message = receive("one_step.json");

    let tracking = message.tracking.unwrap();
    let [checkpoint] = tracking.checkpoints.as_slice() else {
        panic!("{tracking:?}")
    };
    assert_eq!(checkpoint.status_uid, Some(StatusUid::OutForDelivery));
    assert_eq!(checkpoint.message.as_deref(), Some("On the van"));
}

#[test]
fn state_beside_empty_list_is_checkpoint_too() {
    for nothing in ["[]", "null"] {
        let body = format!(
            r#"{{"trackingNumber":"QX1","statusUid":"delivered","checkpoints":{nothing}}}"#
        );

        let message = WebhookMessage::parse_unverified(body.as_bytes());

        let checkpoints = message.tracking.unwrap().checkpoints;
        assert_eq!(checkpoints.len(), 1, "{nothing}");
        assert_eq!(checkpoints[0].status_uid, Some(StatusUid::Delivered));
    }
}

#[test]
fn body_with_number_alone_says_which_parcel_to_read() {
    let message = receive("number_only.json");

    let tracking = message.tracking.unwrap();
    assert_eq!(tracking.tracking_number.as_deref(), Some("QX4471902385"));
    assert!(tracking.checkpoints.is_empty());
}

#[test]
fn body_of_unknown_form_is_kept_as_it_came() {
    for name in ["tracking.xml", "no_number.json"] {
        let message = receive(name);

        assert_eq!(message.tracking, None, "{name}");
        assert_eq!(message.proof, WebhookProof::SharedSecret);
        let text = fixture(&format!("receive-notification/{name}"));
        assert_eq!(message.body, text.as_bytes(), "{name}");
    }
}

#[test]
fn broken_checkpoint_does_not_lose_others() {
    let body = br#"{"trackingNumber":"QX1","checkpoints":[7,{"statusUid":"delivered"}]}"#;

    let message = receiver().receive(&receiver().sign(), body).unwrap();

    assert_eq!(message.tracking.unwrap().checkpoints.len(), 1);
    assert_eq!(message.problems[0].path, "checkpoints[0]");
}

#[test]
fn message_that_was_checked_elsewhere_has_no_proof() {
    let body = fixture("receive-notification/tracking.json");

    let message = WebhookMessage::parse_unverified(body.as_bytes());

    assert_eq!(message.proof, WebhookProof::None);
    assert!(message.tracking.is_some());
}

#[test]
fn message_with_unreadable_checkpoint_delivers_the_others() {
    let body = br#"{"trackingNumber":"QX1","checkpoints":[
        {"statusUid":"in_transit","location":{"city":"WIEN"}},{},7,{"statusUid":"delivered"}]}"#;

    let message = WebhookMessage::parse_unverified(body);

    let checkpoints = message.tracking.unwrap().checkpoints;
    let states: Vec<_> = checkpoints.iter().map(|it| it.status_uid.clone()).collect();
    let expected = ["in_transit", "delivered"].map(|uid| Some(StatusUid::from(uid)));
    assert_eq!(states, expected);
    let mut paths: Vec<_> = message.problems.iter().map(|it| it.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "checkpoints[0].location",
            "checkpoints[1]",
            "checkpoints[2]"
        ]
    );
}

#[test]
fn byte_order_mark_before_message_is_skipped() {
    let body = "\u{feff}{\"trackingNumber\":\"QX1\",\"statusUid\":\"delivered\"}";

    let message = WebhookMessage::parse_unverified(body.as_bytes());

    assert_eq!(message.tracking.unwrap().checkpoints.len(), 1);
    assert!(message.problems.is_empty());
}
