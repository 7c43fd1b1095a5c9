//! What people read.

use super::SENDERS;
use super::listener::Listener;

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
