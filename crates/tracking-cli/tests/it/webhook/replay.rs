//! Recorded messages sent again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::listener::{Listener, Raw};
use super::{ACCOUNTS, SENDERS};
use crate::program::run_with;

/// Has a test message recorded, and returns its file.
fn recorded(folder: &Path, provider: &str) -> PathBuf {
    let mut listener = Listener::start(&["--json", "--record", folder.to_str().unwrap()]);
    assert_eq!(listener.send(provider).code, Some(0));
    PathBuf::from(listener.json()["file"].as_str().unwrap())
}

#[test]
fn recorded_message_is_replayed_byte_for_byte() {
    let parent = tempfile::tempdir().unwrap();
    for provider in SENDERS {
        let file = recorded(&parent.path().join("first"), provider);
        let folder = parent.path().join("second");
        let mut second = Listener::start(&["--json", "--record", folder.to_str().unwrap()]);

        let run = run_with(
            &[],
            &["webhook", "replay", file.to_str().unwrap(), &second.url],
        );

        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.stderr, "");
        assert!(run.stdout.contains("received: HTTP 200"), "{run:?}");
        let line = second.json();
        assert_eq!(line["outcome"], "accepted");
        let [mut sent, mut again] = [
            Raw::kept_in(&file),
            Raw::kept_in(line["file"].as_str().unwrap().as_ref()),
        ];
        sent.headers.sort();
        again.headers.sort();
        assert_eq!(format!("{sent:?}"), format!("{again:?}"));
    }
}

#[cfg(unix)]
#[test]
fn recorded_message_is_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let parent = tempfile::tempdir().unwrap();
    let file = recorded(&parent.path().join("messages"), "ship24");

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
}

#[test]
fn signature_of_old_message_is_named_as_the_reason() {
    let parent = tempfile::tempdir().unwrap();
    let file = recorded(&parent.path().join("messages"), "trackingmore");
    let mut kept: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let mut body: Value = serde_json::from_str(kept["body"].as_str().unwrap()).unwrap();
    // A genuine signature of this time: the sandbox signs it that way.
    let receiver = trackingmore_sdk::webhook::WebhookReceiver::new("owner@shop.example").unwrap();
    body["verifyInfo"] = json!({
        "timeStr": 1_500_000_000,
        "signature": receiver.signature("1500000000"),
    });
    kept["body"] = body.to_string().into();
    fs::write(&file, kept.to_string()).unwrap();
    let mut listener = Listener::start(&["--json"]);

    let run = run_with(
        &ACCOUNTS,
        &["webhook", "replay", file.to_str().unwrap(), &listener.url],
    );

    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr.contains("was signed at 2017-07-14 02:40:00Z"),
        "{run:?}"
    );
    assert!(run.stdout.contains("not received: HTTP 401"), "{run:?}");
    let message = listener.json()["error"]["message"].to_string();
    assert!(message.contains("older than 3600 s"), "{message}");
}
