//! `tracking track`, against the sandbox.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tracking_core::time::TimeKind;
use tracking_core::{Shipment, Status};
use tracking_sandbox::{Fault, Sandbox};

use crate::program::{DEMO_NUMBER, Run, run, run_with, tracking};

#[test]
fn demo_parcel_needs_no_key_and_no_number() {
    let run = run(&["track", "--sandbox"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    let registered = "note: registered 2 numbers: 1 at Ship24, 1 at TrackingMore\n";
    assert_eq!(run.stderr, registered);
    assert!(
        run.stdout
            .starts_with(&format!("{DEMO_NUMBER} at Ship24\n● Out for delivery\n"))
    );
    assert!(run.stdout.contains("SG → DE"), "{}", run.stdout);
    let newest: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with("  ●"))
        .collect();
    // exporto knows of the last courier only that it has the parcel, 1concepts of no event at all.
    assert_eq!(newest.len(), 4);
    let loaded = newest
        .iter()
        .filter(|line| line.contains("Out for delivery"));
    assert_eq!(loaded.count(), 3);
}

#[test]
fn demo_parcel_is_shown_at_every_provider() {
    let run = run(&["track", "--sandbox", "--json"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    let shipments = document["shipments"].as_array().unwrap();
    let providers: Vec<&str> = shipments
        .iter()
        .map(|shipment| shipment["provider"].as_str().unwrap())
        .collect();
    assert_eq!(
        providers,
        ["ship24", "trackingmore", "exporto", "gcl", "oneconcepts"]
    );
    let reported: Vec<_> = shipments
        .iter()
        .map(|shipment| {
            let text = |key: &str| shipment[key].as_str().unwrap();
            let legs = shipment["legs"].as_array().unwrap();
            let status = shipment["status"]["status"].as_str().unwrap();
            (text("number"), status, legs.len())
        })
        .collect();
    assert_eq!(
        reported,
        [
            (DEMO_NUMBER, "out_for_delivery", 2),
            (DEMO_NUMBER, "out_for_delivery", 2),
            // The number of the last courier.
            ("JJD014200007361948250", "in_transit", 1),
            (DEMO_NUMBER, "out_for_delivery", 1),
            // An order that was shipped, and no scan behind it.
            (DEMO_NUMBER, "picked_up", 1),
        ]
    );
    let trackingmore: Shipment = serde_json::from_value(shipments[1].clone()).unwrap();
    for event in &trackingmore.legs[1].events {
        // The zone is unknown, so none is shown.
        let time = event.time.as_ref().unwrap();
        assert_eq!(time.kind(), TimeKind::LocalNaive);
    }
}

#[test]
fn provider_and_courier_can_be_named() {
    for courier in [&[][..], &["--courier", "singapore-post"]] {
        let arguments = [
            "track",
            DEMO_NUMBER,
            "--provider",
            "trackingmore",
            "--sandbox",
            "--json",
        ];
        let arguments: Vec<&str> = arguments.iter().chain(courier).copied().collect();

        let run = run(&arguments);

        assert_eq!(run.code, Some(0), "{run:?}");
        let document = run.json();
        let [shipment] = document["shipments"].as_array().unwrap().as_slice() else {
            panic!("{document}")
        };
        assert_eq!(shipment["provider"], "trackingmore");
        assert_eq!(shipment["legs"][0]["courier"]["code"], "singapore-post");
    }
}

#[test]
fn number_without_courier_hints_at_option() {
    let run = run(&[
        "track",
        "-p",
        "trackingmore",
        "--sandbox",
        "--json",
        "NOCOURIER99",
    ]);

    assert_eq!(run.code, Some(3), "{run:?}");
    let outcome = &run.json()["outcomes"][0];
    assert_eq!(outcome["outcome"], "no_courier");
    let hint = outcome["hint"].as_str().unwrap();
    assert!(hint.contains("--courier trackingmore:CODE"), "{hint}");
}

#[test]
fn piped_output_has_no_colours() {
    let run = run(&["track", "-p", "ship24", "--sandbox"]);

    assert!(!run.stdout.contains('\u{1b}'));
}

#[test]
fn colours_follow_environment() {
    let forced = run_with(
        &[("CLICOLOR_FORCE", "1")],
        &["track", "-p", "ship24", "--sandbox"],
    );
    assert!(forced.stdout.contains("\u{1b}["));

    let forbidden = run_with(
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
        &["track", "-p", "ship24", "--sandbox"],
    );
    assert!(!forbidden.stdout.contains('\u{1b}'));
}

#[test]
fn json_shipments_read_back_as_the_library_stores_them() {
    let run = run(&["track", "--sandbox", "--json"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    assert_eq!(document["errors"], Value::Array(Vec::new()));
    let shipments: Vec<Shipment> = serde_json::from_value(document["shipments"].clone()).unwrap();
    let [shipment, ..] = shipments.as_slice() else {
        panic!("{document}")
    };
    assert_eq!(shipment.provider.as_str(), "ship24");
    assert_eq!(shipment.number, DEMO_NUMBER);
    assert_eq!(shipment.status.status, Status::OutForDelivery);
    assert_eq!(shipment.legs.len(), 2);
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    assert!(events.clone().count() > 0);
    for event in events {
        assert!(event.time.is_some(), "{event:?}");
        assert!(event.description.is_some(), "{event:?}");
    }
    let sent = |value: &Value| value.to_string().contains("shipmentId");
    assert!(!sent(&document), "{document}");
}

#[test]
fn unknown_parcel_exits_with_3() {
    let run = run(&["track", "-p", "ship24", "--sandbox", "--json", "ZZ99887766"]);

    assert_eq!(run.code, Some(3), "{run:?}");
    let document = run.json();
    assert_eq!(document["errors"], Value::Array(Vec::new()));
    let outcome = &document["outcomes"][0];
    assert_eq!(outcome["provider"], "ship24");
    assert_eq!(outcome["number"], "ZZ99887766");
    assert_eq!(outcome["outcome"], "no_news");
    assert!(outcome["message"].is_string());
}

/// A sandbox in this process, and what a program needs to use it.
struct Account {
    runtime: tokio::runtime::Runtime,
    sandbox: Sandbox,
}

impl Account {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let sandbox = runtime.block_on(Sandbox::start()).unwrap();
        Self { runtime, sandbox }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let _entered = self.runtime.enter();
        let sandbox = &self.sandbox;
        let mut command = tracking();
        command
            .env("SHIP24_API_KEY", sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", sandbox.base_url("ship24"))
            .env("TRACKINGMORE_API_KEY", sandbox.trackingmore().api_key())
            .env("TRACKINGMORE_BASE_URL", sandbox.base_url("trackingmore"))
            .arg("track")
            .args(arguments);
        command
    }

    fn track(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
    }

    /// How many requests had this method since the last time.
    fn sent(&self, method: &str) -> usize {
        let requests = self.sandbox.requests();
        self.sandbox.clear_requests();
        requests.iter().filter(|it| it.method == method).count()
    }
}

#[test]
fn number_is_registered_only_on_request() {
    let account = Account::new();
    for provider in ["ship24", "trackingmore"] {
        let unasked = account.track(&["-p", provider, "--json", DEMO_NUMBER]);

        assert_eq!(unasked.code, Some(3), "{unasked:?}");
        let document = unasked.json();
        assert_eq!(document["shipments"], Value::Array(Vec::new()));
        assert_eq!(document["registered"], 0);
        assert_eq!(document["outcomes"][0]["outcome"], "not_registered");
        let hint = document["outcomes"][0]["hint"].as_str().unwrap();
        assert!(hint.contains("--register"), "{hint}");
        assert_eq!(account.sent("POST"), 0, "{provider}");

        let asked = account.track(&["-p", provider, "--json", "--register", DEMO_NUMBER]);

        assert_eq!(asked.json()["registered"], 1, "{asked:?}");
        assert!(asked.stderr.contains("note: registered 1 number"));
        assert!(account.sent("POST") > 0, "{provider}");
    }
}

#[test]
fn existing_tracker_is_used_whatever_options_differ() {
    let account = Account::new();
    account.track(&["-p", "ship24", "--register", DEMO_NUMBER]);
    account.sent("POST");

    let run = account.track(&[
        "-p",
        "ship24",
        "--register",
        "--courier",
        "ship24:sg-post",
        "--destination-country",
        "DE",
        DEMO_NUMBER,
    ]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(account.sent("POST"), 0);
    assert!(!run.stderr.contains("registered"), "{}", run.stderr);
}

#[test]
fn file_may_let_numbers_be_registered() {
    let account = Account::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "register = true\n").unwrap();
    let mut command = account.command(&["-p", "ship24", "--json", DEMO_NUMBER]);

    let run: Run = command
        .env("TRACKING_CONFIG", &path)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.json()["registered"], 1, "{run:?}");
}

#[test]
fn account_of_file_is_asked_by_its_name() {
    let account = Account::new();
    let sandbox = &account.sandbox;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let text = format!(
        "[ship24-de]\nprovider = \"ship24\"\napi_key = \"{}\"\nbase_url = \"{}\"\n",
        sandbox.ship24().api_key(),
        sandbox.base_url("ship24"),
    );
    std::fs::write(&path, text).unwrap();
    let arguments = ["-p", "ship24-de", "--json", "--register", DEMO_NUMBER];
    let mut command = account.command(&arguments);

    let run: Run = command
        .env("TRACKING_CONFIG", &path)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    assert_eq!(document["outcomes"][0]["account"], "ship24-de");
    assert_eq!(document["outcomes"][0]["provider"], "ship24");
    assert_eq!(document["shipments"][0]["account"], "ship24-de");
}

#[test]
fn courier_of_no_provider_is_refused_beside_several() {
    let account = Account::new();

    let run = account.track(&["--courier", "sg-post", DEMO_NUMBER]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("several are asked"), "{}", run.stderr);
    assert!(run.stderr.contains("--courier ship24:sg-post"));
    assert!(account.sandbox.requests().is_empty());
}

#[test]
fn repeated_numbers_are_asked_once_and_each_line_has_an_outcome() {
    let account = Account::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    let lower = DEMO_NUMBER.to_lowercase();
    std::fs::write(&path, format!("{DEMO_NUMBER}\n\n{lower}\n{DEMO_NUMBER}")).unwrap();

    let run: Run = account
        .command(&["-p", "ship24", "--output", "ndjson", "--file"])
        .arg(&path)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.code, Some(3), "{run:?}");
    let records: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let lines: Vec<&Value> = records.iter().map(|record| &record["line"]).collect();
    assert_eq!(lines, [1, 3, 4]);
    assert_eq!(records[1]["number"], lower);
    assert_eq!(account.sent("GET"), 1);
}

#[cfg(unix)]
#[test]
fn interruption_prints_what_is_there() {
    let account = Account::new();
    let faults = account.sandbox.faults();
    faults.always(Fault::Delay(Duration::from_secs(60)));
    let child = account
        .command(&["-p", "ship24", "--json", DEMO_NUMBER])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program listens before it sends anything.
    while account.sandbox.requests().is_empty() {
        std::thread::yield_now();
    }

    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let run = Run::from(child.wait_with_output().unwrap());

    assert_eq!(run.code, Some(130), "{run:?}");
    assert_eq!(run.json()["outcomes"], Value::Array(Vec::new()));
    assert!(
        run.stderr.contains("interrupted: 1 of 1 lookups"),
        "{run:?}"
    );
}

#[test]
fn partly_found_list_exits_with_2() {
    let run = run(&[
        "track",
        "-p",
        "ship24",
        "--sandbox",
        DEMO_NUMBER,
        "ZZ99887766",
    ]);

    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stdout.contains("1 pending, 1 out for delivery\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("! Ship24 has heard nothing"),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr.contains("hint: check the number"),
        "{}",
        run.stderr
    );
}

#[test]
fn failed_lookup_exits_with_2_and_hint() {
    let address = ("SHIP24_BASE_URL", "http://127.0.0.1:1");
    let run = run_with(
        &[("SHIP24_API_KEY", "k"), address],
        &["track", "ABC12345", "--json"],
    );

    assert_eq!(run.code, Some(2), "{run:?}");
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "connect");
    assert!(error["hint"].as_str().unwrap().contains("SHIP24_BASE_URL"));
}

#[test]
fn numbers_are_read_from_standard_input() {
    // The last one is without any number beside a pipe.
    for arguments in [&["--from-file", "-"][..], &["-"], &[]] {
        numbers_are_piped(arguments);
    }
}

fn numbers_are_piped(arguments: &[&str]) {
    let mut child = tracking()
        .args(["track", "-p", "ship24", "--sandbox", "--brief"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let list =
        format!("# my parcels\n{DEMO_NUMBER}\n\nSHIP24_SAMPLE_DELIVERED_000\n{DEMO_NUMBER}\n");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(list.as_bytes())
        .unwrap();

    let run = Run::from(child.wait_with_output().unwrap());

    assert_eq!(run.code, Some(0), "{run:?}");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 5, "{}", run.stdout);
    assert!(lines[0].starts_with(DEMO_NUMBER));
    assert!(lines[1].starts_with("SHIP24_SAMPLE_DELIVERED_000"));
    assert!(lines[2].starts_with(DEMO_NUMBER));
    assert_eq!(lines[4], "2 out for delivery, 1 delivered");
}

#[test]
fn closed_pipe_is_no_failure() {
    let mut child = tracking()
        .args(["track", "-p", "ship24", "--sandbox", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());

    let run = Run::from(child.wait_with_output().unwrap());

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
}

#[test]
fn sandbox_statuses_are_all_shown() {
    let cases = [
        ("INFO_RECEIVED", "info_received"),
        ("IN_TRANSIT", "in_transit"),
        ("OUT_FOR_DELIVERY", "out_for_delivery"),
        ("FAILED_ATTEMPT", "attempt_failed"),
        ("AVAILABLE_FOR_PICKUP", "available_for_pickup"),
        ("DELIVERED", "delivered"),
    ];
    let numbers: Vec<String> = cases
        .iter()
        .map(|(name, _)| format!("SHIP24_SAMPLE_{name}_000"))
        .collect();
    let arguments: Vec<&str> = ["track", "-p", "ship24", "--sandbox", "--json"]
        .into_iter()
        .chain(numbers.iter().map(String::as_str))
        .collect();

    let run = run(&arguments);

    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    for (index, (_, status)) in cases.iter().enumerate() {
        assert_eq!(document["shipments"][index]["status"]["status"], *status);
    }
}
