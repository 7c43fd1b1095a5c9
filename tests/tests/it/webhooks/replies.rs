//! What each sender gets for what it sends, and for what somebody else sends.

use serde_json::Value;
use tracking_core::webhook::{WebhookEndpoint, WebhookOutcome, WebhookProof};

use super::sender::{Arriving, SENDERS, Senders};
use WebhookOutcome::{
    Accepted, Forged, MethodNotAllowed, NotConfigured, Probe, TooLarge, UnknownPath, Unreadable,
};

type Alter = fn(&mut Arriving);

/// What becomes of a genuine message, and the outcome at Ship24, TrackingMore and GCL. The proof of
/// TrackingMore is in the JSON, so what is not JSON is not genuine there.
const CASES: &[(&str, Alter, [WebhookOutcome; 3])] = &[
    ("good", |_| {}, [Accepted; 3]),
    ("replayed", |_| {}, [Accepted; 3]),
    ("by PUT", |it| it.method = "PUT".to_owned(), [Accepted; 3]),
    (
        "without a content type",
        |it| it.headers.retain(|(name, _)| name != "content-type"),
        [Accepted; 3],
    ),
    (
        "with other content type",
        |it| {
            it.headers
                .push(("content-type".to_owned(), b"text/xml".to_vec()));
        },
        [Accepted; 3],
    ),
    ("with a query", |it| it.path.push_str("?a=b"), [Accepted; 3]),
    ("forged", forge, [Forged; 3]),
    ("without proof", without_proof, [Forged; 3]),
    (
        "for another account",
        |it| it.path = it.path.replace("/webhooks/", "/webhooks/other-"),
        [Forged; 3],
    ),
    (
        "truncated",
        |it| it.body.truncate(it.body.len() / 2),
        [Unreadable, Forged, Unreadable],
    ),
    (
        "empty",
        |it| it.body.clear(),
        [Unreadable, Forged, Unreadable],
    ),
    (
        "not JSON",
        |it| it.body = b"<tracking/>".to_vec(),
        [Unreadable, Forged, Unreadable],
    ),
    (
        "not UTF-8",
        |it| it.body = vec![0xff; 9],
        [Unreadable, Forged, Unreadable],
    ),
    (
        "of another version",
        other_version,
        [Unreadable, Forged, Unreadable],
    ),
    (
        "huge",
        |it| it.body.resize(WebhookEndpoint::DEFAULT_MAX_BODY + 1, b' '),
        [TooLarge; 3],
    ),
    (
        "as large as allowed",
        |it| it.body.resize(WebhookEndpoint::DEFAULT_MAX_BODY, b' '),
        [Accepted; 3],
    ),
    ("by HEAD", |it| it.method = "HEAD".to_owned(), [Probe; 3]),
    ("by GET", |it| it.method = "GET".to_owned(), [Probe; 3]),
    (
        "by DELETE",
        |it| it.method = "DELETE".to_owned(),
        [MethodNotAllowed; 3],
    ),
    (
        "at no account",
        |it| it.path = "/webhooks/nobody".to_owned(),
        [UnknownPath; 3],
    ),
    (
        "at the path above",
        |it| it.path = "/webhooks".to_owned(),
        [UnknownPath; 3],
    ),
    (
        "at provider without webhooks",
        |it| it.path = "/webhooks/exporto".to_owned(),
        [UnknownPath; 3],
    ),
];

fn forge(message: &mut Arriving) {
    for (_, value) in &mut message.headers {
        value.extend_from_slice(b"x");
    }
    edit(message, |body| {
        if let Some(proof) = body.get_mut("verifyInfo") {
            proof["signature"] = "00".repeat(32).into();
        }
    });
}

fn without_proof(message: &mut Arriving) {
    message.headers.clear();
    edit(message, |body| {
        body.as_object_mut().unwrap().remove("verifyInfo");
    });
}

/// TrackingMore's version 4 as it is published; at the others a body of unknown keys.
fn other_version(message: &mut Arriving) {
    message
        .headers
        .push(("timestamp".to_owned(), b"1488249109".to_vec()));
    message
        .headers
        .push(("signature".to_owned(), b"00".to_vec()));
    message.body = br#"{"meta":{"code":200},"data":{"id":"1","courier_code":"ups","delivery_status":"transit"}}"#.to_vec();
}

fn edit(message: &mut Arriving, edit: impl FnOnce(&mut Value)) {
    let mut body: Value = serde_json::from_slice(&message.body).unwrap();
    edit(&mut body);
    message.body = body.to_string().into_bytes();
}

fn status(outcome: WebhookOutcome) -> u16 {
    match outcome {
        Accepted | Unreadable | Probe => 200,
        Forged => 401,
        UnknownPath => 404,
        MethodNotAllowed => 405,
        TooLarge => 413,
        other => panic!("no case has the outcome {other}"),
    }
}

#[tokio::test]
async fn each_sender_gets_its_reply() {
    let senders = Senders::prepare().await;
    for (case, alter, outcomes) in CASES {
        for (name, outcome) in SENDERS.into_iter().zip(*outcomes) {
            let mut message = senders.genuine(name);
            alter(&mut message);

            let received = message.arrive_at(&senders.endpoint).await;

            let case = format!("{name}, {case}");
            assert_eq!(received.outcome, outcome, "{case}: {received:?}");
            assert_eq!(received.reply.status(), status(outcome), "{case}");
            let is_genuine = matches!(outcome, Accepted | Unreadable);
            let expected = match name {
                "trackingmore" => WebhookProof::TimestampMac,
                _ => WebhookProof::SharedSecret,
            };
            assert_eq!(received.proof, is_genuine.then_some(expected), "{case}");
            if is_genuine {
                let body = if name == "trackingmore" { "200" } else { "" };
                assert_eq!(received.reply.body(), body, "{case}");
            }
            assert_eq!(
                received.error.is_some(),
                matches!(outcome, Forged | Unreadable) || case.ends_with("without webhooks"),
                "{case}"
            );
            let shown = format!("{received:?}");
            for (_, value) in &message.headers {
                let value = String::from_utf8_lossy(value);
                assert!(
                    value.len() < 8 || !shown.contains(&*value),
                    "{case}: {shown}"
                );
            }
        }
    }
}

#[tokio::test]
async fn replayed_message_is_handled_once() {
    let senders = Senders::prepare().await;
    for name in SENDERS {
        let message = senders.genuine(name);

        let first = message.arrive_at(&senders.endpoint).await;
        let again = message.arrive_at(&senders.endpoint).await;

        assert_eq!((first.handled, first.repeats), (1, 0), "{name}");
        assert_eq!((again.handled, again.repeats), (0, 1), "{name}");
        assert_eq!(again.reply, first.reply, "{name}");
    }
}

/// TrackingMore's repeats may be signed anew.
#[tokio::test]
async fn message_signed_again_is_repeat() {
    let senders = Senders::prepare().await;
    let message = senders.genuine("trackingmore");
    let mut signed = message.clone();
    let body: Value = serde_json::from_slice(&message.body).unwrap();
    let time = body["verifyInfo"]["timeStr"].as_u64().unwrap() - 60;
    let receiver =
        trackingmore_sdk::webhook::WebhookReceiver::new("owner@sandbox.example").unwrap();
    let text = String::from_utf8(message.body.clone()).unwrap();
    let signature = receiver.signature(&time.to_string());
    let old = body["verifyInfo"]["signature"].as_str().unwrap();
    let old_time = body["verifyInfo"]["timeStr"].to_string();
    signed.body = text
        .replace(old, &signature)
        .replace(&old_time, &time.to_string())
        .into_bytes();
    assert_ne!(signed.body, message.body);

    let first = message.arrive_at(&senders.endpoint).await;
    let again = signed.arrive_at(&senders.endpoint).await;

    assert_eq!((first.handled, again.handled, again.repeats), (1, 0, 1));
}

#[tokio::test]
async fn account_without_secret_makes_sender_try_again() {
    let mut accounts = tracking_core::ProviderSet::new();
    accounts
        .add(std::sync::Arc::new(ship24_sdk::Client::new("key").unwrap()))
        .unwrap();
    accounts
        .add(std::sync::Arc::new(
            trackingmore_sdk::Client::new("key").unwrap(),
        ))
        .unwrap();
    accounts
        .add(std::sync::Arc::new(gcl_sdk::Client::new("key").unwrap()))
        .unwrap();
    let endpoint = WebhookEndpoint::new(accounts);
    let senders = Senders::prepare().await;
    for name in SENDERS {
        for method in ["POST", "HEAD"] {
            let mut message = senders.genuine(name);
            message.method = method.to_owned();

            let received = message.arrive_at(&endpoint).await;

            assert_eq!(received.outcome, NotConfigured, "{name}");
            assert_eq!(received.reply.status(), 503, "{name}");
        }
    }
}
