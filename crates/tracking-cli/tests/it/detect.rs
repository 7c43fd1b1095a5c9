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
        (&["detect", "A1B2C3"], "TRACKINGMORE_API_KEY is not set"),
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
