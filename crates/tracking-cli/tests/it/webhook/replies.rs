//! What each sender gets for what it sends, and for what somebody else sends.

use std::fs;

use serde_json::Value;

use super::listener::{Listener, Raw, genuine};
use super::{ACCOUNTS, SENDERS};

/// Accounts of the same providers with other secrets.
const OTHERS: &str = "\
[other-ship24]
provider = \"ship24\"
api_key = \"other\"
webhook_secret = \"whs_other\"

[other-trackingmore]
provider = \"trackingmore\"
api_key = \"other\"
account_email = \"other@shop.example\"

[other-gcl]
provider = \"gcl\"
api_key = \"other\"
webhook_header = \"x-shop-token\"
webhook_secret = \"other\"
";

/// The largest body of the library.
const MAX_BODY: usize = 4 * 1024 * 1024;

type Alter = fn(&mut Raw);

/// What becomes of a genuine message, and the outcome at Ship24, TrackingMore and GCL. The proof of
/// TrackingMore is in the JSON, so what is not JSON is not genuine there.
const CASES: &[(&str, Alter, [&str; 3])] = &[
    ("good", |_| {}, ["accepted"; 3]),
    ("replayed", |_| {}, ["accepted"; 3]),
    ("by PUT", |it| it.method = "PUT".to_owned(), ["accepted"; 3]),
    (
        "without content type",
        |it| it.headers.retain(|(name, _)| name != "content-type"),
        ["accepted"; 3],
    ),
    (
        "with a query",
        |it| it.path.push_str("?key=hidden"),
        ["accepted"; 3],
    ),
    ("forged", forge, ["forged"; 3]),
    (
        "for another account",
        |it| it.path = it.path.replace("/webhooks/", "/webhooks/other-"),
        ["forged"; 3],
    ),
    (
        "truncated",
        |it| it.body.truncate(it.body.len() / 2),
        ["unreadable", "forged", "unreadable"],
    ),
    (
        "empty",
        |it| it.body.clear(),
        ["unreadable", "forged", "unreadable"],
    ),
    (
        "not JSON",
        |it| it.body = b"<tracking/>".to_vec(),
        ["unreadable", "forged", "unreadable"],
    ),
    (
        "not UTF-8",
        |it| it.body = vec![0xff; 9],
        ["unreadable", "forged", "unreadable"],
    ),
    (
        "of another version",
        other_version,
        ["unreadable", "forged", "unreadable"],
    ),
    (
        "huge",
        |it| it.body.resize(MAX_BODY + 1, b' '),
        ["too_large"; 3],
    ),
    (
        "as large as allowed",
        |it| it.body.resize(MAX_BODY, b' '),
        ["accepted"; 3],
    ),
    ("by HEAD", |it| it.method = "HEAD".to_owned(), ["probe"; 3]),
    ("by GET", |it| it.method = "GET".to_owned(), ["probe"; 3]),
    (
        "by DELETE",
        |it| it.method = "DELETE".to_owned(),
        ["method_not_allowed"; 3],
    ),
    (
        "at no account",
        |it| it.path = "/webhooks/nobody".to_owned(),
        ["unknown_path"; 3],
    ),
    (
        "at the root",
        |it| it.path = "/".to_owned(),
        ["unknown_path"; 3],
    ),
];

fn forge(message: &mut Raw) {
    for (name, value) in &mut message.headers {
        if name == "authorization" || name == "x-shop-token" {
            value.push('x');
        }
    }
    if let Ok(Value::Object(mut body)) = serde_json::from_slice(&message.body)
        && let Some(proof) = body.get_mut("verifyInfo")
    {
        proof["signature"] = "00".repeat(32).into();
        message.body = Value::Object(body).to_string().into_bytes();
    }
}

/// TrackingMore's version 4 as it is published; at the others a body of unknown keys.
fn other_version(message: &mut Raw) {
    let pairs = [("timestamp", "1488249109"), ("signature", "00")];
    let headers = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    message.headers.extend(headers);
    message.body = br#"{"meta":{"code":200},"data":{"id":"1","courier_code":"ups","delivery_status":"transit"}}"#.to_vec();
}

fn status(outcome: &str) -> u16 {
    match outcome {
        "accepted" | "unreadable" | "probe" => 200,
        "forged" => 401,
        "unknown_path" => 404,
        "method_not_allowed" => 405,
        "too_large" => 413,
        other => panic!("no case has the outcome {other}"),
    }
}

#[test]
fn each_sender_gets_its_reply_and_each_request_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let messages = genuine(&folder.path().join("messages"));
    let config = folder.path().join("config.toml");
    fs::write(&config, OTHERS).unwrap();
    let variables = [("TRACKING_CONFIG", config.to_str().unwrap())];
    let variables: Vec<_> = ACCOUNTS.into_iter().chain(variables).collect();
    let mut listener = Listener::start_with(&variables, &["--json"]);

    for (case, alter, outcomes) in CASES {
        for ((message, sender), outcome) in messages.iter().zip(SENDERS).zip(outcomes) {
            let mut message = message.clone();
            alter(&mut message);

            let (code, body) = message.send(&listener.url);
            let line = listener.json();

            let case = format!("{sender}, {case}: {line}");
            assert_eq!(code, status(outcome), "{case}");
            assert_eq!(line["outcome"], *outcome, "{case}");
            assert_eq!(line["reply"]["status"], code, "{case}");
            let is_genuine = matches!(*outcome, "accepted" | "unreadable");
            if is_genuine {
                assert_eq!(
                    body,
                    if sender == "trackingmore" { "200" } else { "" },
                    "{case}"
                );
                let proof = match sender {
                    "trackingmore" => "timestamp_mac",
                    _ => "shared_secret",
                };
                assert_eq!(
                    (&line["proof"], &line["is_hint"]),
                    (&proof.into(), &true.into()),
                    "{case}"
                );
            }
            let is_explained = matches!(*outcome, "forged" | "unreadable");
            assert_eq!(line["error"].is_object(), is_explained, "{case}");
            if *outcome == "accepted" {
                let updates = line["updates"].as_array().unwrap();
                let repeats = line["repeats"].as_u64().unwrap();
                assert_eq!(updates.len() as u64 + repeats, 1, "{case}");
                for update in updates {
                    assert_eq!(update["number"], "TESTMESSAGE01", "{case}");
                    assert_eq!(update["status"], "delivered", "{case}");
                    assert!(update["shipment"].get("raw").is_none(), "{case}");
                }
            }
            for secret in [
                "whs_of_the_test",
                "token-of-the-test",
                "owner@shop.example",
                "hidden",
            ] {
                assert!(!line.to_string().contains(secret), "{case}");
            }
        }
    }
}

#[test]
fn message_is_news_once() {
    let mut listener = Listener::start(&["--json"]);
    for provider in SENDERS {
        let folder = tempfile::tempdir().unwrap();
        let recording = folder.path().to_str().unwrap();
        let mut first = Listener::start(&["--json", "--record", recording]);
        assert_eq!(first.send(provider).code, Some(0));
        let message = Raw::kept_in(first.json()["file"].as_str().unwrap().as_ref());

        let counts = [(); 2].map(|()| {
            assert_eq!(message.send(&listener.url).0, 200);
            let line = listener.json();
            (
                line["updates"].as_array().unwrap().len(),
                line["repeats"].as_u64(),
            )
        });

        assert_eq!(counts, [(1, Some(0)), (0, Some(1))], "{provider}");
    }
}

#[test]
fn account_without_secret_makes_sender_try_again() {
    let mut listener = Listener::start_with(&[("SHIP24_API_KEY", "apik_of_the_test")], &["--json"]);
    let warnings = listener.errors(2).join("\n");
    assert!(warnings.contains("ship24 http://127.0.0.1:"), "{warnings}");
    assert!(warnings.contains("SHIP24_WEBHOOK_SECRET"), "{warnings}");

    let run = listener.send("ship24");

    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stdout.contains("not received: HTTP 503"), "{run:?}");
    let line = listener.json();
    assert_eq!(line["outcome"], "not_configured");
    let message = line["error"]["message"].as_str().unwrap();
    assert!(message.contains("set SHIP24_WEBHOOK_SECRET"), "{message}");
}

#[test]
fn message_that_cannot_be_kept_comes_again() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("messages");
    let mut listener = Listener::start(&["--json", "--record", folder.to_str().unwrap()]);
    fs::remove_dir(&folder).unwrap();

    let run = listener.send("gcl");

    assert_eq!(run.code, Some(2), "{run:?}");
    let line = listener.json();
    assert_eq!(
        (&line["outcome"], &line["reply"]["status"]),
        (&"failed".into(), &503.into())
    );
    let message = line["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("it could not be kept: "), "{message}");

    fs::create_dir(&folder).unwrap();
    assert_eq!(listener.send("gcl").code, Some(0));
    assert_eq!(listener.json()["outcome"], "accepted");
}
