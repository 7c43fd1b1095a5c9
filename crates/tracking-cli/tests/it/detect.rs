//! `tracking detect`, against the sandbox.

use crate::program::{DEMO_NUMBER, run, run_with};

#[test]
fn couriers_of_number_are_listed() {
    let run = run(&["detect", "--sandbox", DEMO_NUMBER]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.stderr, "");
    let expected = format!("{DEMO_NUMBER} at TrackingMore\n  singapore-post");
    assert!(run.stdout.starts_with(&expected), "{}", run.stdout);
}

#[test]
fn json_is_one_document() {
    let run = run(&["detect", "--sandbox", "--json", DEMO_NUMBER, "NOCOURIER99"]);

    assert_eq!(run.code, Some(2), "{run:?}");
    let document = run.json();
    let first = &document["couriers"][0];
    assert_eq!(first["provider"], "trackingmore");
    assert_eq!(first["number"], DEMO_NUMBER);
    assert_eq!(first["courier"]["code"], "singapore-post");
    assert_eq!(first["evidence"], "provider");
    assert_eq!(document["errors"][0]["kind"], "no_courier");
    assert_eq!(document["errors"][0]["number"], "NOCOURIER99");
}

#[test]
fn number_without_couriers_exits_with_3() {
    let run = run(&["detect", "--sandbox", "NOCOURIER99"]);

    assert_eq!(run.code, Some(3), "{run:?}");
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr.starts_with("no courier: NOCOURIER99: "),
        "{run:?}"
    );
}

#[test]
fn invalid_input_is_refused_before_any_call() {
    let cases: [(&[&str], &str); 5] = [
        (&["detect", "--sandbox"], "NUMBER"),
        (&["detect", "--sandbox", ""], "it is empty"),
        (&["detect", "--sandbox", "../x"], "path step"),
        (
            &["detect", "--sandbox", "-p", "ship24", "A1B2C3"],
            "Ship24 cannot detect couriers",
        ),
        (&["detect", "A1B2C3"], "set TRACKINGMORE_API_KEY"),
    ];

    for (arguments, reason) in cases {
        let run = run(arguments);

        assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn refusal_prints_json_document() {
    for arguments in [
        &["detect", "--json"][..],
        &["detect", "--json", "--sandbox", ""],
    ] {
        let run = run(arguments);

        assert_eq!(run.code, Some(1), "{run:?}");
        let document = run.json();
        assert_eq!(document["couriers"].as_array().map(Vec::len), Some(0));
        assert_eq!(document["errors"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn offline_detection_needs_no_configuration() {
    let run = run(&[
        "detect",
        "--offline",
        "--json",
        "RA112233447CH",
        "123456789012",
        "?",
    ]);

    assert_eq!((run.code, run.stderr.as_str()), (Some(2), ""), "{run:?}");
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let numbers: Vec<&str> = lines
        .iter()
        .map(|it| it["number"].as_str().unwrap())
        .collect();
    assert_eq!(numbers, ["RA112233447CH", "123456789012", "?"]);
    assert_eq!(
        lines[0]["candidates"],
        serde_json::json!([{
            "courier": "Swiss Post",
            "country": "CH",
            "evidence": "checksum",
            "codes": {
                "ship24": "ch-post", "trackingmore": "swiss-post", "aftership": "swiss-post",
            },
        }])
    );
    assert!(lines[1]["candidates"].as_array().unwrap().len() > 3);
    assert_eq!(lines[2]["candidates"], serde_json::json!([]));
}

#[test]
fn offline_detection_takes_hints_and_says_what_is_weak() {
    let plain = run(&["detect", "--offline", "123456789012"]);
    let hinted = run(&[
        "detect",
        "--offline",
        "--destination-country",
        "cn",
        "123456789012",
    ]);

    assert_eq!(plain.code, Some(0), "{plain:?}");
    assert!(
        plain.stdout.starts_with("123456789012: not sure"),
        "{plain:?}"
    );
    let formats = |run: &str| {
        let mut lines = run.lines().filter(|line| line.contains("format only"));
        lines.next().unwrap().trim().to_owned()
    };
    assert!(
        formats(&hinted.stdout).starts_with("SF Express"),
        "{hinted:?}"
    );
    assert!(
        !formats(&plain.stdout).starts_with("SF Express"),
        "{plain:?}"
    );
}

#[test]
fn offline_detection_of_unknown_numbers_exits_with_3() {
    let run = run(&["detect", "--offline", "", "no parcel at all"]);

    assert_eq!((run.code, run.stderr.as_str()), (Some(3), ""), "{run:?}");
    assert!(
        run.stdout.contains("no parcel at all: no courier is known"),
        "{run:?}"
    );
}

#[test]
fn offline_and_provider_exclude_each_other() {
    for arguments in [
        &["detect", "--offline", "--sandbox", "A1"][..],
        &["detect", "--offline", "-p", "trackingmore", "A1"],
        &["detect", "--origin-country", "CN", "A1"],
        &["detect", "--offline", "--origin-country", "CHN", "A1"],
    ] {
        let run = run(arguments);

        assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
    }
}

#[test]
fn unreachable_provider_exits_with_2() {
    let variables = [
        ("TRACKINGMORE_API_KEY", "k"),
        ("TRACKINGMORE_BASE_URL", "http://127.0.0.1:1/v2"),
    ];

    let run = run_with(&variables, &["detect", DEMO_NUMBER]);

    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr.contains("TRACKINGMORE_BASE_URL"),
        "{}",
        run.stderr
    );
}

#[test]
fn offline_detection_warns_of_what_a_spreadsheet_made() {
    let run = run(&["detect", "--offline", "--json", "9.40011E+21"]);

    assert_eq!(run.code, Some(3), "{run:?}");
    let warning = run.stderr.replace("\n         ", " ");
    assert!(
        warning.starts_with("warning: 9.40011E+21")
            && warning.contains("what a spreadsheet made of it"),
        "{run:?}"
    );
}
