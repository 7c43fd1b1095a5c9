//! What is refused before anything is sent or received.

use std::fs;

use super::ACCOUNTS;
use super::listener::Listener;
use crate::program::{Run, run, run_with};

fn refused(run: &Run, reason: &str) {
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.stdout, "", "{run:?}");
    assert!(run.stderr.contains(reason), "{reason}: {run:?}");
    for (_, secret) in ACCOUNTS
        .iter()
        .filter(|(name, _)| *name != "GCL_WEBHOOK_HEADER")
    {
        assert!(!run.stderr.contains(secret), "{run:?}");
    }
}

#[test]
fn message_without_secret_or_to_nowhere_is_refused() {
    let here = "http://127.0.0.1:9/hook";
    for (provider, url, reason) in [
        ("acme", here, "no provider or account \"acme\""),
        ("exporto", here, "exporto sends no webhooks"),
        ("1concepts", here, "1concepts sends no webhooks"),
        ("ship24", "http://shop.example/hook", "use https"),
        ("ship24", "shop.example", "the URL cannot be used"),
    ] {
        let run = run_with(&ACCOUNTS, &["webhook", "send", provider, url]);
        refused(&run, reason);
    }
    for (provider, variable) in [
        ("ship24", "set SHIP24_WEBHOOK_SECRET"),
        ("trackingmore", "set TRACKINGMORE_ACCOUNT_EMAIL"),
        ("gcl", "set GCL_WEBHOOK_HEADER and GCL_WEBHOOK_SECRET"),
    ] {
        refused(&run(&["webhook", "send", provider, here]), variable);
    }
    let unusable = [("TRACKINGMORE_ACCOUNT_EMAIL", "no address")];
    let run = run_with(&unusable, &["webhook", "send", "trackingmore", here]);
    refused(&run, "white space");
    let event = ["webhook", "send", "gcl", here, "--event", "vanished"];
    refused(&run_with(&ACCOUNTS, &event), "out_for_delivery");
    let number = ["webhook", "send", "gcl", here, "--number", "a/../b"];
    let reason = "GCL cannot take this number: it holds";
    refused(&run_with(&ACCOUNTS, &number), reason);
    for (provider, title) in [("gcl", "GCL"), ("trackingmore", "TrackingMore")] {
        let event = ["webhook", "send", provider, here];
        let event = [&event[..], &["--event", "proof_of_delivery"]].concat();
        let reason = format!("{title} sends no proofs of delivery");
        refused(&run_with(&ACCOUNTS, &event), &reason);
    }
}

#[test]
fn nobody_at_the_address_is_a_failure() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let url = format!("http://127.0.0.1:{port}/hook");

    let run = run_with(&ACCOUNTS, &["webhook", "send", "gcl", &url]);

    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("not received"), "{run:?}");
    assert!(!run.stderr.contains("token-of-the-test"), "{run:?}");
}

#[test]
fn listener_without_account_port_or_folder_is_refused() {
    refused(&run(&["webhook", "listen"]), "no provider is configured");
    refused(
        &run(&["webhook", "listen", "-p", "exporto"]),
        "exporto cannot send webhooks",
    );

    let listener = Listener::start(&[]);
    let (_, port) = listener.url.rsplit_once(':').unwrap();
    let run = run_with(&ACCOUNTS, &["webhook", "listen", "--port", port]);
    refused(&run, &format!("cannot listen on port {port}"));

    for arguments in [&["--port", port][..], &["--port", "x"], &["-p", "acme"]] {
        let arguments = [&["webhook", "listen", "--json"], arguments].concat();
        let run = run_with(&ACCOUNTS, &arguments);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.json()["error"]["message"].is_string(), "{run:?}");
    }

    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let run = run_with(&ACCOUNTS, &["webhook", "listen", "--record", path]);
    refused(&run, path);
}

#[test]
fn file_that_is_no_message_is_refused_without_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("message.json");
    let path = file.to_str().unwrap();
    let url = "http://127.0.0.1:9";
    refused(&run(&["webhook", "replay", path, url]), path);
    for content in ["", "{}", "{\"method\":\"Ann Example\"}", "\0"] {
        fs::write(&file, content).unwrap();

        let run = run(&["webhook", "replay", path, url]);

        refused(&run, "this is no recorded message");
        assert!(!run.stderr.contains("Ann Example"), "{run:?}");
    }
    refused(
        &run(&["webhook", "replay", folder.path().to_str().unwrap(), url]),
        "directory",
    );
}
