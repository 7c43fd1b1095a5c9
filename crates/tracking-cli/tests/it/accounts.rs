//! `list`, `register`, `unregister`, `couriers` and `statuses`, against the sandbox.

use serde_json::Value;
use tokio::task::spawn_blocking;
use tracking_sandbox::Sandbox;

use crate::program::{DEMO_NUMBER, Run, run, run_with};

/// A program that asks the Ship24 and the TrackingMore of a sandbox.
struct Shop {
    sandbox: Sandbox,
    variables: Vec<(&'static str, String)>,
}

impl Shop {
    async fn open() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let variables = vec![
            ("SHIP24_API_KEY", sandbox.ship24().api_key().to_owned()),
            ("SHIP24_BASE_URL", sandbox.base_url("ship24")),
            (
                "TRACKINGMORE_API_KEY",
                sandbox.trackingmore().api_key().to_owned(),
            ),
            ("TRACKINGMORE_BASE_URL", sandbox.base_url("trackingmore")),
        ];
        Self { sandbox, variables }
    }

    async fn run(&self, arguments: &[&str]) -> Run {
        let variables = self.variables.clone();
        let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
        let run = move || {
            let variables: Vec<(&str, &str)> = variables
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            run_with(&variables, &arguments)
        };
        spawn_blocking(run).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn number_is_registered_listed_and_unregistered() {
    let shop = Shop::open().await;
    for account in ["ship24", "trackingmore"] {
        let with_account = |rest: &[&'static str]| -> &'static [&'static str] {
            let line = [&rest[..1], &["-p", account], &rest[1..]].concat();
            Box::leak(line.into_boxed_slice())
        };

        let empty = shop.run(with_account(&["list"])).await;
        assert_eq!(
            (empty.code, empty.stdout.as_str()),
            (Some(0), ""),
            "{empty:?}"
        );

        let arguments = with_account(&["register", DEMO_NUMBER, "rb473128508sg", "--json"]);
        let registered = shop.run(arguments).await;
        assert_eq!(registered.code, Some(0), "{registered:?}");
        let document = registered.json();
        let rows = document["registered"].as_array().unwrap();
        assert_eq!(rows.len(), 1, "a number in two spellings is one");
        assert_eq!(rows[0]["number"], DEMO_NUMBER);
        assert_eq!(rows[0]["account"], account);
        assert!(rows[0]["id"].is_string());
        assert!(registered.stderr.contains("uses quota"), "{registered:?}");

        let listed = shop.run(with_account(&["list", "--json"])).await;
        assert_eq!(listed.code, Some(0), "{listed:?}");
        assert_eq!(listed.json()["shipments"][0]["number"], DEMO_NUMBER);

        let gone = shop.run(with_account(&["unregister", DEMO_NUMBER])).await;
        assert_eq!(gone.code, Some(0), "{gone:?}");
        assert!(gone.stdout.contains("unregistered"), "{gone:?}");
        assert!(gone.stderr.contains("unregistered 1 number"), "{gone:?}");

        let arguments = with_account(&["unregister", "NOSUCH12345", "--json"]);
        let unknown = shop.run(arguments).await;
        assert_eq!(unknown.code, Some(2), "{unknown:?}");
        let error = &unknown.json()["errors"][0];
        assert_eq!(error["kind"], "not_found", "{error}");
        assert_eq!(error["hint"], serde_json::Value::Null, "{error}");
    }
    let left = shop.run(&["list", "-p", "trackingmore"]).await;
    assert_eq!((left.code, left.stdout.as_str()), (Some(0), ""), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn second_registration_is_reported_as_known() {
    let shop = Shop::open().await;
    let arguments = &["register", "-p", "trackingmore", DEMO_NUMBER];

    let first = shop.run(arguments).await;
    let second = shop.run(arguments).await;

    assert!(first.stderr.contains("1 number registered\n"), "{first:?}");
    assert!(first.stderr.contains("0.2 of quota"), "{first:?}");
    assert_eq!(second.code, Some(0), "{second:?}");
    assert!(
        second.stdout.contains("was registered before"),
        "{second:?}"
    );
    assert!(second.stderr.contains("1 number registered before"));
}

#[tokio::test(flavor = "multi_thread")]
async fn list_is_filtered_and_limited() {
    let shop = Shop::open().await;
    shop.run(&["register", "-p", "ship24", DEMO_NUMBER, "LX905174620NL"])
        .await;
    let numbers = async |arguments| {
        let run = shop.run(arguments).await;
        assert_eq!(run.code, Some(0), "{run:?}");
        let shipments = run.json()["shipments"].as_array().unwrap().clone();
        let number = |it: &Value| it["number"].as_str().unwrap().to_owned();
        shipments.iter().map(number).collect::<Vec<_>>()
    };

    let all = numbers(&["list", "-p", "ship24", "--json"]).await;
    let open = numbers(&["list", "-p", "ship24", "--open", "--json"]).await;
    let closed = numbers(&["list", "-p", "ship24", "--closed", "--json"]).await;
    let by_status = numbers(&[
        "list",
        "-p",
        "ship24",
        "--status",
        "out_for_delivery",
        "--json",
    ])
    .await;
    let limited = shop.run(&["list", "-p", "ship24", "--limit", "1"]).await;

    assert_eq!(all.len(), 2);
    assert!(open.contains(&DEMO_NUMBER.to_owned()) && !closed.contains(&DEMO_NUMBER.to_owned()));
    assert_eq!(open.len() + closed.len(), 2);
    assert_eq!(by_status, [DEMO_NUMBER]);
    assert_eq!(limited.stdout.lines().count(), 1, "{limited:?}");
    assert!(limited.stderr.contains("which is the limit"), "{limited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn file_is_registered_in_few_calls() {
    let shop = Shop::open().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let rows = (0..250).map(|place| format!("{place},SHOP{place:04}4711\n"));
    let mut table = format!("order,number\n{}", rows.collect::<String>());
    // A spreadsheet spoiled one, and one is there twice.
    table.push_str("250,9.40011E+21\n251,shop-0000-4711\n");
    std::fs::write(&path, table).unwrap();
    let file = path.to_str().unwrap();
    let arguments = [
        "register", "-p", "ship24", "--file", file, "--column", "number", "--json",
    ];

    let first = shop.run(&arguments).await;
    let calls = shop.sandbox.requests().len();
    let again = shop.run(&arguments).await;

    assert_eq!((first.code, calls), (Some(2), 3), "{}", first.stderr);
    let document = first.json();
    let rows = document["registered"].as_array().unwrap();
    assert_eq!(rows.len(), 250);
    assert_eq!(rows[0]["line"], 2);
    assert_eq!(rows[249]["line"], 251);
    assert!(rows.iter().all(|row| row["created"] == true));
    let errors = document["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["line"], 252);
    assert!(
        first.stderr.contains("250 numbers registered\n"),
        "{}",
        first.stderr
    );
    let again = again.json();
    let rows = again["registered"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["created"] == false));
}

#[tokio::test(flavor = "multi_thread")]
async fn file_without_anything_to_register_sends_nothing() {
    let shop = Shop::open().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("numbers.txt");
    for (content, message) in [
        ("", "holds no tracking numbers"),
        ("9.40011E+21\n", "numbers.txt, line 1"),
    ] {
        std::fs::write(&path, content).unwrap();
        let file = path.to_str().unwrap();

        let run = shop
            .run(&["register", "-p", "ship24", "--file", file])
            .await;

        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains(message), "{run:?}");
    }
    assert!(shop.sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_key_ends_registering() {
    let mut shop = Shop::open().await;
    shop.variables[0].1 = "apik_wrong".to_owned();

    let run = shop
        .run(&["register", "-p", "ship24", "AB123456", "CD123456", "--json"])
        .await;

    assert_eq!(run.code, Some(2), "{run:?}");
    let errors = run.json()["errors"].as_array().unwrap().clone();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[1]["kind"], "authentication");
    assert_eq!(errors[1]["number"], "CD123456");
    assert_eq!(shop.sandbox.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_needs_one_account_that_can() {
    let shop = Shop::open().await;
    let cases: [(&[&str], &str); 5] = [
        (&["register", DEMO_NUMBER], "-p: ship24, trackingmore"),
        (&["unregister", DEMO_NUMBER], "-p: ship24, trackingmore"),
        (
            &["register", "-p", "1concepts", "--sandbox", DEMO_NUMBER],
            "1concepts cannot register numbers",
        ),
        (
            &["register", "-p", "ship24", "A1", "B2", "--reference", "r"],
            "--reference is that of one number",
        ),
        (&["register", "-p", "ship24", "9.40011E+21"], "9.40011E+21"),
    ];

    for (arguments, reason) in cases {
        let run = shop.run(arguments).await;

        assert_eq!(run.code, Some(1), "{arguments:?}: {run:?}");
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    }
    let listed = shop.run(&["list", "--json"]).await;
    assert_eq!(listed.json()["shipments"], serde_json::json!([]));
}

#[test]
fn couriers_are_listed_with_codes_that_courier_option_takes() {
    let text = run(&["couriers", "--sandbox", "-p", "trackingmore"]);
    let json = run(&["couriers", "--sandbox", "--json"]);

    assert_eq!(text.code, Some(0), "{text:?}");
    assert!(
        text.stdout.contains("trackingmore:singapore-post"),
        "{text:?}"
    );
    let couriers = json.json()["couriers"].as_array().unwrap().clone();
    let of = |provider: &str| couriers.iter().any(|it| it["provider"] == provider);
    assert!(of("ship24") && of("trackingmore"));
    assert!(couriers.iter().all(|it| it["code"].is_string()));

    let unable = run(&["couriers", "--sandbox", "-p", "gcl"]);
    assert_eq!(unable.code, Some(1), "{unable:?}");
    assert!(unable.stderr.contains("GCL cannot list couriers"));
}

#[test]
fn statuses_are_those_of_the_tables() {
    let all = run(&["statuses", "--json"]);
    let one = run(&["statuses", "-p", "1concepts", "--output", "csv"]);

    assert_eq!(all.code, Some(0), "{all:?}");
    let rows = all.json()["statuses"].as_array().unwrap().clone();
    let delivered = rows.iter().find(|row| {
        row["provider"] == "ship24"
            && row["value"] == "delivered"
            && row["field"] == "statusMilestone"
    });
    assert_eq!(delivered.unwrap()["status"], "delivered");
    for provider in ["ship24", "trackingmore", "exporto", "gcl", "oneconcepts"] {
        assert!(
            rows.iter().any(|row| row["provider"] == provider),
            "{provider}"
        );
    }
    assert!(one.stdout.starts_with("provider,field,value,status,"));
    assert!(
        one.stdout
            .lines()
            .skip(1)
            .all(|line| line.starts_with("oneconcepts,"))
    );

    let text = run(&["statuses", "-p", "trackingmore"]);
    assert!(text.stdout.starts_with("PROVIDER"), "{}", text.stdout);
    let wrong = run(&["statuses", "-p", "2concepts"]);
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
}

#[test]
fn wrong_arguments_give_document_with_key_of_command() {
    for (command, key) in [
        ("list", "shipments"),
        ("register", "registered"),
        ("unregister", "unregistered"),
        ("couriers", "couriers"),
        ("statuses", "statuses"),
    ] {
        let run = run(&[command, "--wrong", "--json"]);

        assert_eq!(run.code, Some(1), "{run:?}");
        let document = run.json();
        assert_eq!(document[key], serde_json::json!([]), "{command}");
        assert_eq!(document["errors"][0]["kind"], "usage");
    }
}

#[test]
fn each_command_has_examples_and_completions() {
    let script = run(&["completions", "bash"]).stdout;
    for command in [
        "list",
        "register",
        "unregister",
        "couriers",
        "statuses",
        "config",
    ] {
        let help = run(&[command, "--help"]);

        assert_eq!(help.code, Some(0), "{help:?}");
        assert!(help.stdout.contains("Examples:"), "{command}");
        assert!(script.contains(&format!("__{command}")), "{command}");
    }
}
