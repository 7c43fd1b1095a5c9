//! `tracking follow` from the outside.

use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;
use tracking_core::Target;
use tracking_follow::Store;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::program::{Run, tracking};

const NUMBER: &str = "1Z12345E0291980793";

/// A parcel on its way in a sandbox of this process, and a folder for the store.
struct Scene {
    runtime: tokio::runtime::Runtime,
    sandbox: Sandbox,
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let builder = Sandbox::builder().clock(SystemTime::now());
        let sandbox = runtime.block_on(builder.start()).unwrap();
        sandbox
            .ship24()
            .configure(|settings| settings.rate_limits = false);
        let accepted = Scan::ago(Duration::from_secs(7200), Step::Accepted);
        let parcel = Parcel::new("ups", NUMBER).scan(accepted);
        sandbox.add_parcel(parcel).unwrap();
        Self {
            runtime,
            sandbox,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn store(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("parcels.db").display())
    }

    fn follow(&self, arguments: &[&str]) -> Run {
        let _entered = self.runtime.enter();
        tracking()
            .env("SHIP24_API_KEY", self.sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", self.sandbox.base_url("ship24"))
            .env("TRACKING_FOLLOW_STORE", self.store())
            .arg("follow")
            .args(arguments)
            .output()
            .unwrap()
            .into()
    }

    /// Lets something happen, and makes the parcel due.
    fn happens(&self, step: Step) {
        let scan = Scan::ahead(Duration::from_secs(1), step);
        self.sandbox.add_scan(NUMBER, scan).unwrap();
        self.sandbox.clock().advance(Duration::from_secs(1));
        self.runtime.block_on(async {
            let store = Store::open(&self.store()).await.unwrap();
            let number = Target::Number(NUMBER.to_owned());
            for id in store.find(None, &number).await.unwrap() {
                assert!(store.look_now(id).await.unwrap());
            }
        });
    }
}

fn lines(run: &Run) -> Vec<Value> {
    let line = |line| serde_json::from_str(line).unwrap();
    run.stdout.lines().map(line).collect()
}

#[test]
fn parcel_is_followed_from_begin_to_end() {
    let scene = Scene::new();

    let added = scene.follow(&["add", NUMBER, "--register", "--tag", "gift"]);
    let again = scene.follow(&["add", "1z12345e0291980793", "--register", "--json"]);
    let first = scene.follow(&["run", "--once"]);
    scene.happens(Step::OutForDelivery);
    let second = scene.follow(&["run", "--once", "--json"]);
    let listed = scene.follow(&["list"]);
    let status = scene.follow(&["status", "--json"]);
    let removed = scene.follow(&["remove", NUMBER]);
    let gone = scene.follow(&["remove", NUMBER, "--json"]);

    assert_eq!(
        (added.code, added.stdout.as_str()),
        (Some(0), "1 parcels added\n"),
        "{added:?}"
    );
    assert_eq!(again.json(), serde_json::json!({"added": 0, "known": 1}));
    assert_eq!(
        first.stdout, "1 parcels looked at, 0 failed, 0 changes\n",
        "{first:?}"
    );
    let second = second.json();
    assert_eq!(
        (&second["looked"], &second["failed"]),
        (&1.into(), &0.into())
    );
    assert!(second["changes"].as_u64().unwrap() >= 1, "{second}");
    assert!(
        listed.stdout.starts_with(&format!(
            "{NUMBER} at ship24: Out for delivery · next look 20"
        )),
        "{listed:?}"
    );
    let status = status.json();
    assert_eq!(
        (&status["parcels"], &status["due"]),
        (&1.into(), &0.into()),
        "{status}"
    );
    assert_eq!(status["changes"], second["changes"]);
    assert_eq!(
        (removed.code, removed.stdout.as_str()),
        (Some(0), "1 parcels removed\n")
    );
    assert_eq!(
        (gone.code, gone.stdout.as_str()),
        (Some(3), "{\"removed\":0}\n")
    );
}

#[test]
fn rules_of_the_file_hold_for_runs() {
    let scene = Scene::new();
    scene.follow(&["add", NUMBER, "--register"]);
    let config = scene.folder.path().join("config.toml");
    fs::write(&config, "[ship24]\nlooks_per_day = 0\n").unwrap();
    let run = |arguments: &[&str]| -> Run {
        let _entered = scene.runtime.enter();
        tracking()
            .env("TRACKING_CONFIG", &config)
            .env("SHIP24_API_KEY", scene.sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", scene.sandbox.base_url("ship24"))
            .env("TRACKING_FOLLOW_STORE", scene.store())
            .arg("follow")
            .args(arguments)
            .output()
            .unwrap()
            .into()
    };

    let round = run(&["run", "--once", "--json"]);
    let status = run(&["status", "--json"]).json();
    let text = run(&["status"]);

    assert_eq!(round.json()["looked"], 0, "{round:?}");
    let account = &status["accounts"][0];
    assert_eq!(account["account"], "ship24");
    assert_eq!(account["day"]["looks"], 0, "{status}");
    assert!(account["paused_until"].is_string(), "{status}");
    assert!(
        text.stdout
            .contains(": the quota of looks a day is used up until "),
        "{text:?}"
    );
    fs::write(&config, "[ship24]\nquiet_hours = 'never'\n").unwrap();
    let refused = run(&["run", "--once"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("quiet_hours of [ship24]"),
        "{refused:?}"
    );
}

#[test]
fn each_consumer_is_given_each_change_once() {
    let scene = Scene::new();
    scene.follow(&["add", NUMBER, "--register"]);
    scene.follow(&["run", "--once"]);
    scene.happens(Step::OutForDelivery);
    scene.follow(&["run", "--once"]);

    let mail = scene.follow(&["changes", "--consumer", "mail", "--json"]);
    let mail_again = scene.follow(&["changes", "--consumer", "mail", "--json"]);
    let other = scene.follow(&["changes", "--consumer", "other", "--json"]);
    let after = scene.follow(&["changes", "--after", "1", "--json"]);
    let words = scene.follow(&["changes"]);

    let reported = lines(&mail);
    let seqs: Vec<u64> = reported
        .iter()
        .map(|it| it["seq"].as_u64().unwrap())
        .collect();
    assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>());
    assert!(!seqs.is_empty(), "{mail:?}");
    for line in &reported {
        assert_eq!(
            (&line["number"], &line["account"]),
            (&NUMBER.into(), &"ship24".into())
        );
        assert!(
            line["change"].is_object() && line["text"].is_string(),
            "{line}"
        );
    }
    assert_eq!((mail_again.code, mail_again.stdout.as_str()), (Some(0), ""));
    assert_eq!(other.stdout, mail.stdout);
    assert_eq!(lines(&after), reported[1..]);
    assert_eq!(words.stdout.lines().count(), reported.len());
    assert!(words.stdout.contains("Out for delivery"), "{words:?}");
}

#[test]
fn bad_line_of_a_file_adds_nothing() {
    let scene = Scene::new();
    let file = scene.folder.path().join("numbers.txt");
    fs::write(&file, format!("{NUMBER}\n!!!\n")).unwrap();

    let run = scene.follow(&["import", "--file", file.to_str().unwrap()]);
    let status = scene.follow(&["status", "--json"]);

    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("!!!"), "{run:?}");
    assert_eq!(status.json()["parcels"], 0);
}

#[test]
fn password_in_an_argument_is_refused() {
    let scene = Scene::new();
    let address = "postgres://user:secret@127.0.0.1:1/parcels";

    let run = scene.follow(&["status", "--json", "--store", address]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("TRACKING_FOLLOW_STORE"), "{run:?}");
    assert_eq!(run.json()["error"]["kind"], "usage");
    assert!(!format!("{run:?}").contains("secret"), "{run:?}");
}

#[test]
fn store_that_cannot_be_used_says_what_to_do() {
    let scene = Scene::new();
    let nowhere = format!(
        "sqlite:{}",
        scene.folder.path().join("no/where.db").display()
    );
    let text = scene.folder.path().join("text.db");
    fs::write(&text, "no database".repeat(1000)).unwrap();
    for (address, code, expected) in [
        (nowhere, 1, "--store"),
        (format!("sqlite:{}", text.display()), 2, "no database"),
        (
            "postgres://user@127.0.0.1:1/parcels".to_owned(),
            2,
            "cannot be reached",
        ),
        ("parcels.db".to_owned(), 1, "sqlite:"),
    ] {
        let run = scene.follow(&["list", "--store", &address]);

        assert_eq!((run.code, run.stdout.as_str()), (Some(code), ""), "{run:?}");
        assert!(run.stderr.contains(expected), "{run:?}");
    }
}
