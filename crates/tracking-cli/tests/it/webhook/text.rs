//! What people read.

use std::collections::HashSet;
use std::fs;

use serde_json::Value;

use super::SENDERS;
use super::listener::{Listener, Raw, genuine};

#[test]
fn each_message_is_explained_in_sentences() {
    let mut listener = Listener::start(&[]);
    let addresses = listener.errors(3);
    for (address, provider) in addresses.iter().zip(SENDERS) {
        assert_eq!(
            *address,
            format!("{provider} {}/webhooks/{provider}", listener.url)
        );
    }
    for (provider, title, proof) in [
        ("ship24", "Ship24", "it carries the secret"),
        (
            "trackingmore",
            "TrackingMore",
            "its time is signed with the secret",
        ),
        ("gcl", "GCL", "it carries the secret"),
    ] {
        let run = listener.send(provider);

        assert_eq!(run.code, Some(0), "{run:?}");
        let lines = [(); 4].map(|()| listener.line());
        let start = format!("POST /webhooks/{provider} · 20");
        assert!(lines[0].starts_with(&start), "{lines:?}");
        assert_eq!(
            lines[1],
            format!(
                "  Verified for {title}: {proof}. That proves nothing of the body, so it is a hint to ask \
                 {title} again."
            )
        );
        assert!(
            lines[2].starts_with("  ● TESTMESSAGE01: Delivered · 20"),
            "{lines:?}"
        );
        assert!(lines[3].starts_with("  → HTTP 200"), "{lines:?}");
        assert!(
            lines[3].ends_with(&format!(", so {title} counts it as received")),
            "{lines:?}"
        );
    }
}

#[test]
fn event_and_number_of_test_message_can_be_chosen() {
    let mut listener = Listener::start(&["--json"]);
    for provider in SENDERS {
        let url = format!("{}/webhooks/{provider}", listener.url);
        let arguments = [
            "webhook",
            "send",
            provider,
            &url,
            "--event",
            "out_for_delivery",
        ];
        let run = crate::program::run_with(
            &super::ACCOUNTS,
            &[&arguments[..], &["--number", "1Z12345E0205271688"]].concat(),
        );

        assert_eq!(run.code, Some(0), "{run:?}");
        let update = &listener.json()["updates"][0];
        assert_eq!(update["number"], "1Z12345E0205271688", "{provider}");
        assert_eq!(update["status"], "out_for_delivery", "{provider}");
    }
}

#[test]
fn proof_of_delivery_is_sent_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut listener = Listener::start(&["--json", "--record", folder.path().to_str().unwrap()]);
    let url = format!("{}/webhooks/ship24", listener.url);
    let event = "proof_of_delivery";
    let arguments = ["webhook", "send", "ship24", &url, "--event", event];

    let run = crate::program::run_with(&super::ACCOUNTS, &arguments);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("TESTMESSAGE01: proof_of_delivery"));
    let line = listener.json();
    assert_eq!(line["outcome"], "accepted", "{line}");
    assert_eq!(line["problems"], serde_json::json!([]), "{line}");
    let kept = fs::read_to_string(line["file"].as_str().unwrap()).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let body: Value = serde_json::from_str(kept["body"].as_str().unwrap()).unwrap();
    let items = body["trackings"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{body}");
    assert_eq!(items[0]["metadata"]["topic"], "tracking/pod");
    assert_eq!(items[0]["tracker"]["trackingNumber"], "TESTMESSAGE01");
    assert_eq!(items[0]["data"]["status"], "found");

    let mut listener = Listener::start(&[]);
    let url = format!("{}/webhooks/ship24", listener.url);
    let arguments = ["webhook", "send", "ship24", &url, "--event", event];
    crate::program::run_with(&super::ACCOUNTS, &arguments);
    let lines = [(); 3].map(|()| listener.line());
    let expected = "  ● TESTMESSAGE01: Proof of delivery · application/pdf";
    assert_eq!(lines[2], expected, "{lines:?}");
}

#[test]
fn each_test_message_is_news() {
    let mut listener = Listener::start(&["--json"]);
    for provider in ["ship24", "trackingmore"] {
        for event in ["accepted", "out_for_delivery", "delivered"] {
            let url = format!("{}/webhooks/{provider}", listener.url);
            let arguments = ["webhook", "send", provider, &url, "--event", event];
            let run = crate::program::run_with(&super::ACCOUNTS, &arguments);

            assert_eq!(run.code, Some(0), "{run:?}");
            let line = listener.json();
            assert_eq!(
                line["updates"].as_array().unwrap().len(),
                1,
                "{provider}, {event}: {line}"
            );
        }
    }
}

#[test]
fn whatever_arrives_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let messages = genuine(&folder.path().join("messages"));
    let kept = folder.path().join("kept");
    let mut listener = Listener::start(&["--record", kept.to_str().unwrap()]);
    let message = |alter: fn(&mut Raw)| {
        let mut message = messages[0].clone();
        alter(&mut message);
        message
    };
    for (request, expected) in [
        (
            message(|_| {}),
            &[
                "  Verified for Ship24: ",
                "  ● TESTMESSAGE01: Delivered · ",
                "  Kept as ",
            ][..],
        ),
        (
            message(|_| {}),
            &[
                "  Verified for Ship24: ",
                "  A repeat: it was received before.",
                "  Kept as ",
            ],
        ),
        (
            message(|it| it.headers.clear()),
            &[
                "  Not from Ship24: the `Authorization` header is missing",
                "  Kept as ",
            ],
        ),
        (
            message(|it| it.body = b"Ann\x1b[2J".to_vec()),
            &[
                "  Verified for Ship24, and it cannot be read: ",
                "  Kept as ",
            ],
        ),
        (
            message(|it| it.body = b"{\"trackings\":[{\"metadata\":3}]}".to_vec()),
            &[
                "  Verified for Ship24: ",
                "  It reports nothing of where a parcel is.",
                "  ! Not understood: trackings[0]",
                "  Kept as ",
            ],
        ),
        (
            message(|it| it.method = "GET".to_owned()),
            &["  Somebody checks that this address receives webhooks."],
        ),
        (
            message(|it| it.method = "DELETE".to_owned()),
            &["  Webhooks come by POST."],
        ),
        (
            message(|it| it.path = "/hook\u{9b}?key=hidden".to_owned()),
            &["  No account has this address; the accounts are: ship24, trackingmore, gcl"],
        ),
        (
            message(|it| it.body.resize(4 * 1024 * 1024 + 1, b' ')),
            &["  Its body is larger than any message."],
        ),
    ] {
        let (status, _) = request.send(&listener.url);

        let case = format!(
            "{} {}, {} bytes",
            request.method,
            request.path,
            request.body.len()
        );
        let head = listener.line();
        assert!(
            head.starts_with(&format!("{} /", request.method)),
            "{case}: {head}"
        );
        assert!(
            !head.contains("hidden") && !head.contains('\u{9b}'),
            "{case}: {head}"
        );
        for expected in expected {
            let line = listener.line();
            assert!(line.starts_with(expected), "{case}: {line}");
            assert!(!line.contains("Ann"), "{case}: {line}");
        }
        let end = listener.line();
        assert!(
            end.starts_with(&format!("  → HTTP {status}")),
            "{case}: {end}"
        );
    }
}

#[test]
fn requests_at_the_same_time_have_a_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let messages = genuine(&folder.path().join("messages"));
    let kept = folder.path().join("kept");
    let mut listener = Listener::start(&["--json", "--record", kept.to_str().unwrap()]);
    let url = listener.url.clone();

    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..60)
            .map(|index| {
                let (message, url) = (&messages[index % 3], &url);
                scope.spawn(move || message.send(url).0)
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });

    assert_eq!(statuses, [200; 60]);
    let lines: Vec<_> = statuses.iter().map(|_| listener.json()).collect();
    let news = lines.iter().filter(|line| line["repeats"] == 0);
    assert_eq!(news.count(), 3, "each message is news once");
    let files: HashSet<_> = lines.iter().map(|line| line["file"].to_string()).collect();
    assert_eq!(files.len(), 60);
    assert_eq!(std::fs::read_dir(kept).unwrap().count(), 60);
}
