//! What is refused before anything is sent: a clear error, exit code 1.

use std::path::PathBuf;

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
    assert!(run.stderr.contains("\"dhl\""), "{}", run.stderr);
    assert!(run.stderr.contains("ship24"), "{}", run.stderr);
}

#[test]
fn wrong_arguments_print_json_document() {
    let run = run(&["track", "--origin-country", "Germany", "ABC12345", "--json"]);

    assert_eq!(run.code, Some(1), "{run:?}");
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "usage");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .starts_with("invalid value 'Germany'")
    );
}

#[test]
fn missing_or_empty_key_is_refused() {
    let cases: [(&[(&str, &str)], &str); 3] = [
        (&[NOWHERE], "SHIP24_API_KEY is not set"),
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

/// A list as a spreadsheet leaves it: a header, seven mangled lines, a good one.
fn spreadsheet() -> (tempfile::TempDir, PathBuf, [&'static str; 9]) {
    let lines = [
        "Tracking number",
        "9.40011E+21",
        "=\"94001118990\"",
        "'94001118990",
        "94001118990.0",
        "94001118990\u{200b}",
        "AB123456789DE,us-post",
        "AB123456788DE\tdhl",
        "AB123456787DE",
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spreadsheet.txt");
    std::fs::write(&path, format!("\u{feff}{}\r\n", lines.join("\r\n"))).unwrap();
    (folder, path, lines)
}

const MANGLED: [&str; 7] = [
    "may lack digits",
    "cell of a spreadsheet",
    "",
    "may lack digits",
    "invisible character U+200B",
    "holds ','",
    r"holds '\t'",
];

#[test]
fn mangled_list_is_refused_with_its_lines_if_strict() {
    let (_folder, path, lines) = spreadsheet();
    for provider in ["ship24", "trackingmore", "exporto", "gcl"] {
        let arguments = [
            "track",
            "--sandbox",
            "--strict",
            "--json",
            "-p",
            provider,
            "-f",
        ];

        let run: Run = tracking()
            .args(arguments)
            .arg(&path)
            .output()
            .unwrap()
            .into();

        assert_eq!(run.code, Some(1), "{run:?}");
        let errors = run.json()["errors"].take();
        let errors = errors.as_array().unwrap();
        assert_eq!(errors.len(), MANGLED.len(), "{provider}: {errors:?}");
        for (place, (error, reason)) in (1..).zip(errors.iter().zip(MANGLED)) {
            assert_eq!(error["number"], lines[place]);
            assert_eq!(error["line"], place + 1);
            let message = error["message"].as_str().unwrap();
            let line = format!("spreadsheet.txt, line {}", place + 1);
            assert!(message.contains(&line), "{provider}: {message}");
            assert!(message.contains(reason), "{provider}: {message}");
        }
        assert!(run.stderr.contains("line 1: taken for the header"));
    }
}

#[test]
fn mangled_lines_are_reported_and_the_rest_goes_on() {
    let (_folder, path, _) = spreadsheet();
    for form in ["ndjson", "json"] {
        let run: Run = tracking()
            .args(["track", "--sandbox", "-p", "gcl", "--output", form, "-f"])
            .arg(&path)
            .output()
            .unwrap()
            .into();

        assert_eq!(run.code, Some(2), "{run:?}");
        let records: Vec<Value> = if form == "json" {
            serde_json::from_value(run.json()["outcomes"].take()).unwrap()
        } else {
            let lines = run.stdout.lines();
            lines.map(|it| serde_json::from_str(it).unwrap()).collect()
        };
        let found: Vec<(u64, &str)> = records
            .iter()
            .map(|it| {
                (
                    it["line"].as_u64().unwrap(),
                    it["outcome"].as_str().unwrap(),
                )
            })
            .collect();
        let mangled = (2..9).map(|line| (line, "invalid"));
        let expected: Vec<_> = mangled.chain([(9, "not_found")]).collect();
        assert_eq!(found, expected, "{form}");
    }
}

#[test]
fn list_without_any_number_sends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    std::fs::write(&path, "9.40011E+21\nAB 12\n").unwrap();

    let run: Run = tracking()
        .args(["track", "--sandbox", "--output", "ndjson", "--file"])
        .arg(&path)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn unreadable_files_are_refused_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let cases = [
        (folder.path().to_owned(), "is a directory"),
        (folder.path().join("none"), "cannot read"),
        (write("empty", b""), "holds no tracking numbers"),
        (
            write("notes", b"# nothing\n\n"),
            "holds no tracking numbers",
        ),
        (write("list.xlsx", b"PK\x03\x04"), "workbook"),
        (
            write("two.csv", b"number,courier\nAB123,dhl\n"),
            "has 2 columns",
        ),
        (PathBuf::from("/dev/zero"), "larger than 64 MiB"),
    ];
    for (path, expected) in cases {
        let run: Run = tracking()
            .args(["track", "--sandbox", "--file"])
            .arg(&path)
            .output()
            .unwrap()
            .into();

        assert_eq!(run.code, Some(1), "{path:?}: {run:?}");
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
}

#[test]
fn column_of_table_is_read_in_utf_16() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let text = format!("\u{feff}Order;Tracking number\r\n7;\"{DEMO_NUMBER}\"\r\n8;\r\n");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, bytes).unwrap();

    let run: Run = tracking()
        .args(["track", "--sandbox", "-p", "gcl", "--output", "csv"])
        .args(["--column", "tracking_number", "--file"])
        .arg(&path)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.code, Some(2), "{run:?}");
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].starts_with("line,number,provider,account,outcome,"));
    assert!(rows[1].starts_with("3,,,,invalid,"), "{}", rows[1]);
    let start = format!("2,{DEMO_NUMBER},gcl,gcl,found,out_for_delivery,");
    assert!(rows[2].starts_with(&start), "{}", rows[2]);
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
