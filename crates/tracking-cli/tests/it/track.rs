//! `tracking track`, against the sandbox.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use tracking_core::time::TimeKind;
use tracking_core::{Shipment, Status};

use crate::program::{DEMO_NUMBER, Run, run, run_with, tracking};

#[test]
fn demo_parcel_needs_no_key_and_no_number() {
    let run = run(&["track", "--sandbox"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.stderr, "");
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
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "no_courier");
    assert!(error["hint"].as_str().unwrap().contains("--courier"));
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
    let error = &run.json()["errors"][0];
    assert_eq!(error["provider"], "ship24");
    assert_eq!(error["number"], "ZZ99887766");
    assert_eq!(error["kind"], "not_found");
    assert!(error["message"].is_string());
}

#[test]
fn unregistered_number_exits_with_3() {
    for provider in ["ship24", "trackingmore"] {
        let run = run(&[
            "track",
            "-p",
            provider,
            "--sandbox",
            "--json",
            "--no-register",
            DEMO_NUMBER,
        ]);

        assert_eq!(run.code, Some(3), "{run:?}");
        assert_eq!(run.json()["shipments"], Value::Array(Vec::new()));
        assert_eq!(run.json()["errors"][0]["kind"], "not_registered");
    }
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
        run.stderr.starts_with("not found: ZZ99887766: "),
        "{}",
        run.stderr
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
    let mut child = tracking()
        .args([
            "track",
            "-p",
            "ship24",
            "--sandbox",
            "--brief",
            "--from-file",
            "-",
        ])
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
    assert_eq!(lines.len(), 4, "{}", run.stdout);
    assert!(lines[0].starts_with(DEMO_NUMBER));
    assert!(lines[1].starts_with("SHIP24_SAMPLE_DELIVERED_000"));
    assert_eq!(lines[3], "1 out for delivery, 1 delivered");
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
    assert_eq!(run.stderr, "");
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
