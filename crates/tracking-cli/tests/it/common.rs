//! The options of every command, and what is reported about connections and unknown values.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use tokio::task::spawn_blocking;
use tracking_sandbox::{Fault, Sandbox};

use crate::program::{DEMO_NUMBER, run, run_with, tracking};

const ESCAPE: char = '\u{1b}';

#[test]
fn verbose_run_prints_each_call_without_values() {
    let run = run(&["-v", "track", "--sandbox", "-p", "ship24", "--json"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.json()["registered"], 1);
    let calls: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("ship24 "))
        .collect();
    assert_eq!(calls.len(), 2, "{}", run.stderr);
    assert!(
        calls[0].starts_with("ship24 GET /trackers/search/{"),
        "{}",
        calls[0]
    );
    assert!(calls[0].contains(": 404 not_found, "), "{}", calls[0]);
    assert!(
        calls[1].contains("POST /trackers/track: 201, "),
        "{}",
        calls[1]
    );
    assert!(!run.stderr.contains(DEMO_NUMBER) && !run.stderr.contains("apik"));
}

#[test]
fn quiet_run_prints_result_and_errors_only() {
    let found = run(&["track", "--sandbox", "-q"]);
    assert_eq!((found.code, found.stderr.as_str()), (Some(0), ""));

    let refused = run(&["-q", "track", "A1"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.starts_with("error: "), "{refused:?}");
    assert!(!refused.stderr.contains("hint: "), "{refused:?}");

    let both = run(&["-q", "-v", "providers"]);
    assert_eq!(both.code, Some(1), "{both:?}");
}

#[test]
fn colours_are_as_the_option_says() {
    let colours = |variables: &[(&str, &str)], arguments: &[&str]| {
        let line = [&["providers"], arguments].concat();
        run_with(variables, &line).stdout.contains(ESCAPE)
    };
    let (forced, none) = (("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1"));

    assert!(!colours(&[], &[]), "a pipe is no terminal");
    assert!(colours(&[], &["--color", "always"]));
    assert!(colours(&[forced], &["--color", "auto"]));
    assert!(!colours(&[forced], &["--color", "never"]));
    assert!(!colours(&[none], &[]));
    assert!(colours(&[none], &["--color=always"]));
}

#[test]
fn timeout_ends_request_without_response() {
    // It accepts connections, and never responds.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let variables = [
        ("SHIP24_API_KEY", "k"),
        ("SHIP24_BASE_URL", address.as_str()),
    ];

    // A registration is not repeated once it may have arrived.
    let arguments = ["register", "AB123456", "--json", "--timeout", "0.05"];
    let run = run_with(&variables, &arguments);

    assert_eq!(run.code, Some(2), "{run:?}");
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "timeout");
    assert!(error["message"].as_str().unwrap().contains("0.05 s"));
}

#[test]
fn wrong_timeout_is_refused() {
    for value in ["0", "-1", "soon", "100000"] {
        let run = run(&["providers", &format!("--timeout={value}")]);

        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("give seconds"), "{run:?}");
    }
}

#[test]
fn refused_connection_shows_its_cause() {
    let variables = [
        ("SHIP24_API_KEY", "k"),
        ("SHIP24_BASE_URL", "http://127.0.0.1:1"),
    ];

    let run = run_with(&variables, &["couriers"]);

    assert_eq!(run.code, Some(2), "{run:?}");
    let message = run.stderr.to_lowercase();
    assert!(message.contains("refused"), "{message}");
    assert!(message.contains("nothing listens"), "{message}");
}

#[test]
fn advice_for_programmers_is_not_printed() {
    let variables = [
        ("SHIP24_API_KEY", "k"),
        ("SHIP24_BASE_URL", "http://api.example.com"),
    ];

    let run = run_with(&variables, &["track", "AB123456"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("use `https`"), "{}", run.stderr);
    for word in ["builder", "insecure_http", "()"] {
        assert!(!run.stderr.contains(word), "{word}: {}", run.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_values_are_reported_once_ready_to_send() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.faults().always(Fault::UnknownEnum);
    let key = sandbox.ship24().api_key().to_owned();
    let address = sandbox.base_url("ship24");

    let track = move |options: &[&str]| {
        let variables = [
            ("SHIP24_API_KEY", key.as_str()),
            ("SHIP24_BASE_URL", address.as_str()),
        ];
        let arguments = [&["track", DEMO_NUMBER, "--register"], options].concat();
        run_with(&variables, &arguments)
    };
    let runs = spawn_blocking(move || [track(&[]), track(&["--json"]), track(&["-q"])]);
    let [text, json, quiet] = runs.await.unwrap();

    for run in [&text, &json] {
        let blocks = run.stderr.matches("provider: ship24\n").count();
        let fields = run.stderr.matches("    field: ").count();
        assert!(blocks > 0 && blocks == fields, "{}", run.stderr);
        assert_eq!(run.stderr.matches("Please report it").count(), 1);
        assert!(!run.stderr.contains(DEMO_NUMBER), "{}", run.stderr);
    }
    assert!(json.json()["shipments"].is_array());
    assert!(!quiet.stderr.contains("Please report"), "{}", quiet.stderr);
}

#[test]
fn still_sandbox_has_no_running_clock() {
    for (option, running) in [(None, true), (Some("--still"), false)] {
        let mut command = tracking();
        command.arg("sandbox").args(option);
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap();

        let mut stream = TcpStream::connect(address).unwrap();
        let request = "GET /_sandbox/clock HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        // The test has what it needs.
        let _ = child.kill();
        let _ = child.wait();

        let body = reply.rsplit("\r\n\r\n").next().unwrap();
        let clock: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(clock["running"], running, "{clock}");
    }
}
