//! The way of a new user: the sandbox, and a listener with what the sandbox prints.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::SENDERS;
use super::listener::{Listener, Raw};
use crate::program::{DEMO_NUMBER, run_with, tracking};

/// Ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn control(origin: &str, method: &str, path: &str, body: &str) {
    let request = Raw {
        method: method.to_owned(),
        path: format!("/_sandbox/{path}"),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.as_bytes().to_vec(),
    };
    let (status, response) = request.send(origin);
    assert!((200..300).contains(&status), "{status}: {response}");
}

#[test]
fn listener_verifies_webhooks_of_sandbox_with_what_it_prints() {
    let mut command = tracking();
    command
        .arg("sandbox")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut sandbox = Running(command.spawn().unwrap());
    let lines = BufReader::new(sandbox.0.stderr.take().unwrap()).lines();
    let lines: Vec<String> = lines
        .map(Result::unwrap)
        .take_while(|line| !line.starts_with("tracking track"))
        .collect();
    let exports = lines.iter().filter_map(|line| line.strip_prefix("export "));
    let variables: Vec<(&str, &str)> = exports.map(|it| it.split_once('=').unwrap()).collect();
    let base = variables
        .iter()
        .find(|(name, _)| *name == "SHIP24_BASE_URL");
    let (origin, _) = base.unwrap().1.split_once("/ship24").unwrap();
    let mut listener = Listener::start_with(&variables, &["--json"]);

    for provider in SENDERS {
        let url = format!("{}/webhooks/{provider}", listener.url);
        let settings = format!(r#"{{"webhooks": {{"url": "{url}"}}}}"#);
        control(origin, "PATCH", &format!("{provider}/settings"), &settings);
    }
    let run = run_with(
        &variables,
        &["track", DEMO_NUMBER, "--register", "--output", "brief"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let scan = format!(
        r#"{{"number": "{DEMO_NUMBER}", "scan": {{"step": "delivered", "leg": 1, "time": {{"minutes_ago": 0}}}}}}"#
    );
    control(origin, "POST", "scans", &scan);

    let mut delivered = HashSet::new();
    while delivered.len() < SENDERS.len() {
        let line = listener.json();
        assert_eq!(line["outcome"], "accepted", "{line}");
        for update in line["updates"].as_array().unwrap() {
            if update["status"] == "delivered" && update["number"] == DEMO_NUMBER {
                delivered.insert(line["account"].as_str().unwrap().to_owned());
            }
        }
    }
}
