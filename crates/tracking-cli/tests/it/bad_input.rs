//! What is refused before anything is sent: a clear error, exit code 1.

use std::path::Path;

use serde_json::Value;

use crate::program::{DEMO_NUMBER, Run, run, run_with, tracking};

/// An address where nothing listens: a request would fail in another way.
const NOWHERE: (&str, &str) = ("SHIP24_BASE_URL", "http://127.0.0.1:1");
const KEY: (&str, &str) = ("SHIP24_API_KEY", "k");

#[test]
fn invalid_numbers_are_refused() {
    let long = "9".repeat(51);
    let cases = [
        ("", "\"\"", "it is empty"),
        (" ", "\" \"", "it is only white space"),
        ("\t\n", "\"\\t\\n\"", "it is only white space"),
        ("AB12", "AB12", "it has 4 characters; allowed: 5 to 50"),
        (
            long.as_str(),
            long.as_str(),
            "it has 51 characters; allowed: 5 to 50",
        ),
        ("пакет-12", "\"пакет-12\"", "it holds the character 'п'"),
        ("../x", "../x", "path step \"..\""),
        ("../../x", "../../x", "path step \"..\""),
        ("a/b", "a/b", "it has 3 characters"),
        ("a?b#c", "a?b#c", "it holds the character '?'"),
        (
            "AB 12345",
            "\"AB 12345\"",
            "it holds white space; remove it",
        ),
        (
            "AB12345 ",
            "\"AB12345 \"",
            "it holds white space; remove it",
        ),
    ];

    for (number, shown, reason) in cases {
        let run = run_with(&[KEY, NOWHERE], &["track", "--", number]);

        assert_eq!(run.code, Some(1), "{number:?}: {run:?}");
        assert_eq!(run.stdout, "", "{number:?}");
        let expected = format!("error: {shown}: Ship24 cannot take this number: ");
        assert!(
            run.stderr.starts_with(&expected),
            "{number:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains(reason), "{number:?}: {}", run.stderr);
    }
}

#[test]
fn bad_numbers_are_all_named_before_any_call() {
    let run = run(&[
        "track",
        "-p",
        "ship24",
        "--sandbox",
        "--json",
        "SHIP24_SAMPLE_DELIVERED_000",
        "x",
        "y z",
    ]);

    assert_eq!(run.code, Some(1), "{run:?}");
    let document = run.json();
    assert_eq!(document["shipments"], Value::Array(Vec::new()));
    let errors = document["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0]["number"], "x");
    assert_eq!(errors[0]["provider"], "ship24");
    assert_eq!(errors[0]["kind"], "invalid_request");
    assert_eq!(errors[1]["number"], "y z");
    assert!(run.stderr.contains("error: x: "), "{}", run.stderr);
}

#[test]
fn invalid_ids_and_references_are_refused() {
    for option in ["--id", "--reference"] {
        for text in ["", " ", "..", "a/../b"] {
            let run = run(&["track", "--sandbox", option, text]);

            assert_eq!(run.code, Some(1), "{option} {text:?}: {run:?}");
            assert!(run.stderr.starts_with("error: "), "{run:?}");
        }
    }
}

#[test]
fn unsupported_lookup_of_named_provider_is_refused() {
    let run = run(&["track", "--sandbox", "-p", "trackingmore", "--id", "t-1"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.stderr.contains("TrackingMore has no lookup by id"),
        "{}",
        run.stderr
    );
}

#[test]
fn unknown_provider_is_refused() {
    let run = run(&["track", "--provider", "dhl", "ABC12345"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("'dhl'"), "{}", run.stderr);
    assert!(run.stderr.contains("ship24"), "{}", run.stderr);
}

#[test]
fn wrong_arguments_print_json_document() {
    let run = run(&["track", "--provider", "dhl", "ABC12345", "--json"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "usage");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .starts_with("invalid value 'dhl'")
    );
}

#[test]
fn missing_or_empty_key_is_refused() {
    let cases: [(&[(&str, &str)], &str); 3] = [
        (&[], "SHIP24_API_KEY is not set"),
        (&[("SHIP24_API_KEY", "")], "SHIP24_API_KEY is empty"),
        (&[("SHIP24_API_KEY", " \n")], "SHIP24_API_KEY is empty"),
    ];

    for (variables, expected) in cases {
        for arguments in [
            &["track", "ABC12345", "--json"][..],
            &["track", "ABC12345", "--json", "-p", "ship24"],
        ] {
            let run = run_with(variables, arguments);

            assert_eq!(run.code, Some(1), "{run:?}");
            assert!(run.stderr.contains(expected), "{}", run.stderr);
            assert!(
                run.stderr.contains("hint: set SHIP24_API_KEY"),
                "{}",
                run.stderr
            );
            assert_eq!(run.json()["errors"][0]["kind"], "configuration");
        }
    }
}

#[test]
fn invalid_base_url_is_refused() {
    for (url, expected) in [
        ("api.ship24.com", "scheme"),
        ("ftp://api.ship24.com", "ftp"),
    ] {
        let run = run_with(&[KEY, ("SHIP24_BASE_URL", url)], &["track", "ABC12345"]);

        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains(url), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("correct SHIP24_API_KEY or SHIP24_BASE_URL")
        );
    }
}

#[test]
fn missing_target_is_refused() {
    let run = run_with(&[KEY], &["track"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.stderr.contains("there is nothing to track"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--sandbox"), "{}", run.stderr);
}

#[test]
fn conflicting_options_are_refused() {
    for arguments in [
        &["track", "--sandbox", "--destination-country", "Germany"][..],
        &["track", "--sandbox", "--destination-post-code", " "],
        &["track", "--sandbox", "--courier", ""],
        &["track", "--sandbox", "--from-file", "/no/such/file"],
        &["track", "--sandbox", "--brief", "--json"],
        &["sandbox", "--port", "65536"],
        &["trak"],
        &[],
    ] {
        let run = run(arguments);

        assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
        assert_ne!(run.stderr, "", "{arguments:?}");
    }
}

#[test]
fn list_out_of_a_spreadsheet_is_refused_with_its_lines() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spreadsheet.csv");
    let lines = [
        "Tracking number",
        "9.40011E+21",
        "=\"94001118990\"",
        "\"94001118990\"",
        "94001118990.0",
        "94001118990\u{200b}",
        "AB123456789DE,us-post",
        "AB123456788DE\tdhl",
        "AB123456787DE",
    ];
    std::fs::write(&path, format!("\u{feff}{}\r\n", lines.join("\r\n"))).unwrap();
    for provider in ["ship24", "trackingmore", "exporto", "gcl"] {
        let arguments = ["track", "--sandbox", "--json", "-p", provider, "-f"];

        let run: Run = tracking()
            .args(arguments)
            .arg(&path)
            .output()
            .unwrap()
            .into();

        assert_eq!(run.code, Some(1), "{run:?}");
        let errors = run.json()["errors"].take();
        let errors = errors.as_array().unwrap();
        assert_eq!(errors.len(), 8, "{provider}: {errors:?}");
        let reasons = [
            "header of a column",
            "may lack digits",
            "cell of a spreadsheet",
            "cell of a spreadsheet",
            "may lack digits",
            "invisible character U+200B",
            "holds ','",
            r"holds '\t'",
        ];
        for (place, (error, reason)) in errors.iter().zip(reasons).enumerate() {
            assert_eq!(error["number"], lines[place]);
            let message = error["message"].as_str().unwrap();
            let line = format!("spreadsheet.csv, line {}", place + 1);
            assert!(message.contains(&line), "{provider}: {message}");
            assert!(message.contains(reason), "{provider}: {message}");
        }
    }
}

#[test]
fn every_spelling_of_a_number_gets_its_result() {
    let compact = DEMO_NUMBER;
    let (head, tail) = compact.split_at(4);
    let hyphens = format!("{head}-{tail}").to_lowercase();
    let arguments = [
        "track",
        "--sandbox",
        "-p",
        "ship24",
        "--json",
        compact,
        &hyphens,
    ];

    let run = run(&arguments);

    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    let shipments = document["shipments"].as_array().unwrap();
    assert_eq!(shipments.len(), 2);
    assert_eq!(shipments[0], shipments[1]);
}
