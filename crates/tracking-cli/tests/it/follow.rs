//! `tracking follow` from the outside.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use ship24_sdk::ConfigureClient as _;
use tempfile::TempDir;
use tracking_core::webhook::WebhookRequest;
use tracking_core::{ProviderSet, Target, TrackRequest};
use tracking_follow::{Inbox, MessageState, NewParcel, Store, WebhookSecret, Worker};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::program::{Run, run_with, tracking};
use crate::watch::{SECRET, header, receiver};
use crate::webhook::{ACCOUNTS, SENDERS};

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

    fn command(&self, arguments: &[&str]) -> Command {
        let _entered = self.runtime.enter();
        let mut command = tracking();
        command
            .env("SHIP24_API_KEY", self.sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", self.sandbox.base_url("ship24"))
            .env("TRACKING_FOLLOW_STORE", self.store())
            .arg("follow")
            .args(arguments);
        command
    }

    fn follow(&self, arguments: &[&str]) -> Run {
        self.command(arguments).output().unwrap().into()
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
        (Some(0), "1 parcel added\n"),
        "{added:?}"
    );
    assert_eq!(again.json(), serde_json::json!({"added": 0, "known": 1}));
    assert_eq!(
        first.stdout, "1 parcel looked at, 0 failed, 0 changes\n",
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
        (Some(0), "1 parcel removed\n")
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
fn plan_needs_no_key_and_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let quota = "[slow]\nprovider = 'ship24'\nlooks_per_day = 100\n";
    fs::write(&config, quota).unwrap();
    let plan = |arguments: &[&str]| -> Run {
        tracking()
            .env("TRACKING_CONFIG", &config)
            .env("TRACKING_FOLLOW_STORE", "sqlite:/nowhere/follow.db")
            .args(["follow", "plan", "--parcels", "100", "--days", "1"])
            .args(arguments)
            .output()
            .unwrap()
            .into()
    };

    let of_ship24 = plan(&["-p", "ship24", "--webhooks", "90", "--json"]);
    let text = plan(&["-p", "gcl"]);
    let unknown = plan(&["-p", "nobody"]);
    let too_many = tracking()
        .args(["follow", "plan", "--parcels", "100000001"])
        .output()
        .map(Run::from)
        .unwrap();
    assert_eq!(too_many.code, Some(1), "{too_many:?}");
    assert!(too_many.stderr.contains("100000000"), "{too_many:?}");

    let rows = lines(&of_ship24);
    assert_eq!(rows.len(), 2, "{of_ship24:?}");
    assert_eq!(
        (&rows[0]["account"], &rows[1]["account"]),
        (&"ship24".into(), &"slow".into())
    );
    assert_eq!(
        (&rows[0]["parcels"], &rows[0]["webhooks"]),
        (&100.into(), &0.9.into())
    );
    assert_eq!(rows[0]["limits"][0]["limit"], "rate");
    assert_eq!(rows[1]["limits"][0]["limit"], "looks_per_day");
    assert!(
        rows[1]["looks_per_day"].as_u64().unwrap() <= 101,
        "{of_ship24:?}"
    );
    assert!(rows[0]["age"]["median"].as_u64() < rows[1]["age"]["median"].as_u64());
    assert!(text.stdout.contains("rate 0 %"), "{text:?}");
    assert_eq!(unknown.code, Some(1));
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

    let run = scene.follow(&["add", "--file", file.to_str().unwrap()]);
    let status = scene.follow(&["status", "--json"]);

    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("!!!"), "{run:?}");
    assert_eq!(status.json()["parcels"], 0);
}

#[test]
fn account_that_nothing_has_is_refused_and_named() {
    let scene = Scene::new();
    scene.follow(&["add", NUMBER]);
    scene.runtime.block_on(async {
        let store = Store::open(&scene.store()).await.unwrap();
        let parcel = NewParcel::new("former", TrackRequest::number("RA1"));
        store.add(parcel).await.unwrap();
    });

    let wrong = scene.follow(&["remove", "-p", "shhip", NUMBER]);
    let former = scene.follow(&["remove", "-p", "Former", "RA1"]);
    let other = scene.follow(&["remove", "-p", "gcl", NUMBER]);

    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(1), ""));
    for part in ["\"shhip\"", "ship24", "former"] {
        assert!(wrong.stderr.contains(part), "{wrong:?}");
    }
    assert_eq!(former.stdout, "1 parcel removed\n", "{former:?}");
    assert_eq!(other.code, Some(3), "{other:?}");
}

#[test]
fn hints_name_no_option_of_other_commands() {
    let scene = Scene::new();

    let nothing = scene.follow(&["add"]);
    let no_key = Run::from(tracking().args(["follow", "add", NUMBER]).output().unwrap());

    assert_eq!((nothing.code, no_key.code), (Some(1), Some(1)));
    assert!(nothing.stderr.contains("--file"), "{nothing:?}");
    assert!(!nothing.stderr.contains("--sandbox"), "{nothing:?}");
    assert!(
        no_key.stderr.contains("`tracking serve --sandbox`"),
        "{no_key:?}"
    );
}

#[test]
fn line_that_all_accounts_refuse_is_counted_once() {
    let scene = Scene::new();
    let file = scene.folder.path().join("numbers.txt");
    fs::write(&file, format!("{NUMBER}\n..\n")).unwrap();
    let accounts = ["-p", "ship24", "-p", "trackingmore"];
    let arguments = [&["import", file.to_str().unwrap()][..], &accounts].concat();
    let import = |more: &[&str]| {
        let mut command = scene.command(&[&arguments, more].concat());
        command.env("TRACKINGMORE_API_KEY", "key");
        Run::from(command.output().unwrap())
    };

    let json = import(&["--json"]);
    let text = import(&[]);

    let refused = |it: &&Value| it["outcome"] == "refused";
    assert_eq!(lines(&json).iter().filter(refused).count(), 2, "{json:?}");
    assert_eq!(
        (text.code, text.stdout.as_str()),
        (
            Some(2),
            "0 parcels added, 2 were followed already, 1 line refused\n"
        )
    );
}

/// A table as a spreadsheet saves it, with a number that it has taken for a quantity, and one twice.
#[test]
fn import_takes_good_lines_and_reports_bad_ones() {
    let scene = Scene::new();
    let table = format!(
        "Order;Tracking Number\r\n1;{NUMBER}\r\n2;1,23E+15\r\n3;!!!\r\n4;{}\r\n5;RA123456785DE\r\n",
        NUMBER.to_lowercase()
    );
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = scene.folder.path().join("orders.csv");
    fs::write(&file, [&[0xff, 0xfe], wide.as_slice()].concat()).unwrap();
    let file = file.to_str().unwrap();
    let import = |more: &[&str]| {
        let arguments = [
            "import",
            file,
            "--tag",
            "spring",
            "--column",
            "tracking number",
        ];
        scene.follow(&[&arguments, more].concat())
    };

    let first = import(&["--json"]);
    let again = import(&[]);
    let missing = scene.follow(&["import", "no-such-file.csv"]);
    let listed = scene.follow(&["list", "--json"]);

    assert_eq!(first.code, Some(2), "{first:?}");
    let outcome = |it: &Value| {
        (
            it["line"].as_u64().unwrap(),
            it["outcome"].as_str().unwrap().to_owned(),
        )
    };
    let outcomes: Vec<(u64, String)> = lines(&first).iter().map(outcome).collect();
    let expected = [
        (2, "added"),
        (3, "refused"),
        (4, "refused"),
        (5, "known"),
        (6, "added"),
    ];
    let expected = expected.map(|(line, outcome)| (line, outcome.to_owned()));
    assert_eq!(outcomes, expected);
    let refused = &lines(&first)[1];
    assert!(
        refused["problem"].is_string() && refused["parcel"].is_null(),
        "{refused}"
    );
    assert!(
        first.stderr.contains("line 3") && first.stderr.contains("line 4"),
        "{first:?}"
    );
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (
            Some(2),
            "0 parcels added, 3 were followed already, 2 lines refused\n"
        )
    );
    assert_eq!(missing.code, Some(1), "{missing:?}");
    let listed = lines(&listed);
    assert_eq!((listed.len(), &listed[0]["tags"][0]), (2, &"spring".into()));
}

/// One number in two orders, and a line without an order of it.
#[test]
fn import_takes_references_from_a_column() {
    let scene = Scene::new();
    let file = scene.folder.path().join("orders.csv");
    let rows = format!("Order;Number\n7;{NUMBER}\n8;{NUMBER}\n7;{NUMBER}\n;RA123456785DE\n");
    fs::write(&file, rows).unwrap();
    let import = |column: &str| {
        let file = file.to_str().unwrap();
        let columns = ["--column", "number", "--reference-column", column];
        scene.follow(&[&["import", file, "--json"], &columns[..]].concat())
    };

    let imported = import("order");
    let missing = import("client");
    let listed = scene.follow(&["list", "--json"]);

    let outcomes: Vec<Value> = lines(&imported)
        .iter()
        .map(|it| it["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["added", "added", "known", "added"]);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    assert!(
        missing.stderr.contains("no column \"client\""),
        "{missing:?}"
    );
    let reference = |it: &Value| (it["target"].clone(), it["reference"].clone());
    let mut references: Vec<(Value, Value)> = lines(&listed).iter().map(reference).collect();
    references.sort_by_key(|it| format!("{it:?}"));
    let expected = [
        (NUMBER.into(), "7".into()),
        (NUMBER.into(), "8".into()),
        ("RA123456785DE".into(), Value::Null),
    ];
    assert_eq!(references, expected);
}

#[test]
fn consumer_is_sent_signed_changes_until_it_is_removed() {
    let scene = Scene::new();
    scene.follow(&["add", NUMBER, "--register"]);
    scene.follow(&["run", "--once"]);
    scene.happens(Step::OutForDelivery);
    let (url, thread) = receiver("204 No Content");
    let add = |url: &str, secret: &str| {
        let mut command = scene.command(&["consumers", "add", "shop", url]);
        Run::from(
            command
                .env("TRACKING_WEBHOOK_SECRET", secret)
                .output()
                .unwrap(),
        )
    };

    let unsigned = add(&url, "");
    let plain = add("http://shop.example/parcels", SECRET);
    let added = add(&format!("{url}?token=hidden"), SECRET);
    let run = scene.follow(&["run", "--once", "--json"]);
    let request = thread.join().unwrap();
    let listed = scene.follow(&["consumers", "list"]);
    let as_json = scene.follow(&["consumers", "list", "--json"]);
    let retried = scene.follow(&["consumers", "retry", "shop"]);
    let undelivered = scene.follow(&["consumers", "undelivered", "shop"]);
    let nobody = scene.follow(&["consumers", "retry", "nobody"]);
    let removed = scene.follow(&["consumers", "remove", "shop", "--json"]);
    let gone = scene.follow(&["consumers", "remove", "shop"]);

    assert_eq!((unsigned.code, plain.code), (Some(1), Some(1)));
    assert!(
        unsigned.stderr.contains("TRACKING_WEBHOOK_SECRET"),
        "{unsigned:?}"
    );
    assert!(plain.stderr.contains("use https"), "{plain:?}");
    assert_eq!(
        (added.code, added.stdout.as_str()),
        (Some(0), "1 consumer added\n")
    );
    assert_eq!(header(&request, "webhook-id"), "change-1");
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let secret = WebhookSecret::parse(SECRET).unwrap();
    let time = header(&request, "webhook-timestamp").parse().unwrap();
    assert_eq!(
        header(&request, "webhook-signature"),
        secret.sign("change-1", time, body.as_bytes())
    );
    let message: Value = serde_json::from_str(body).unwrap();
    assert_eq!(message["data"]["number"], NUMBER);
    // The receiver takes one request; nobody was there for the next change.
    let run = run.json();
    assert_eq!(
        (&run["delivered"], &run["undelivered"]),
        (&1.into(), &1.into()),
        "{run}"
    );
    assert!(
        listed.stdout.starts_with("shop sent to http://127.0.0.1:"),
        "{listed:?}"
    );
    assert!(
        listed.stdout.contains("no connection; next attempt 20"),
        "{listed:?}"
    );
    assert_eq!(as_json.json()["position"], 1);
    for run in [&listed, &as_json, &added] {
        assert!(!format!("{run:?}").contains("hidden"), "{run:?}");
        assert!(!format!("{run:?}").contains(SECRET), "{run:?}");
    }
    assert_eq!(
        (retried.code, retried.stdout.as_str()),
        (Some(0), "1 consumer retried\n")
    );
    assert_eq!(
        (undelivered.code, undelivered.stdout.as_str()),
        (Some(0), "")
    );
    assert_eq!(
        (nobody.code, removed.stdout.as_str()),
        (Some(3), "{\"removed\":1}\n")
    );
    assert_eq!(
        (gone.code, gone.stdout.as_str()),
        (Some(3), "0 consumers removed\n")
    );
}

#[test]
fn message_that_cannot_be_processed_is_listed_and_retried() {
    let scene = Scene::new();
    scene.follow(&["status"]);
    let message = format!(
        r#"{{"trackings":[{{"metadata":{{"messageId":"m1"}},
            "tracker":{{"trackerId":"t1","trackingNumber":"{NUMBER}"}},"shipment":{{}},"events":[]}}]}}"#
    );
    scene.runtime.block_on(async {
        let builder = ship24_sdk::Client::builder("key").with_webhook_secret("webhook-secret");
        let mut providers = ProviderSet::new();
        let client = builder.with_base_url("http://127.0.0.1:1").build().unwrap();
        providers.add(Arc::new(client)).unwrap();
        let inbox = Inbox::new(Store::open(&scene.store()).await.unwrap(), providers);
        let headers = [("authorization", "Bearer webhook-secret")];
        let request = WebhookRequest::from_pairs(message.as_bytes(), &headers);
        let received = inbox
            .receive(request.with_target("POST", "/webhooks/ship24"))
            .await;
        assert_eq!(received.handled, 1, "{received:?}");
    });

    let waiting = scene.follow(&["inbox", "list", "--waiting", "--json"]);
    let run = scene.follow(&["run", "--once"]);
    let aside = scene.follow(&["inbox", "list"]);
    scene.follow(&["add", NUMBER, "--register"]);
    let retried = scene.follow(&["inbox", "retry"]);
    let again = scene.follow(&["run", "--once"]);
    let done = scene.follow(&["inbox", "retry", "1", "7"]);

    assert_eq!(waiting.json()["state"], "waiting", "{waiting:?}");
    let processed = "0 parcels looked at, 0 failed, 0 changes, 1 webhook processed\n";
    assert_eq!(run.stdout, processed, "{run:?}");
    assert!(aside.stdout.starts_with("1 20"), "{aside:?}");
    assert!(
        aside
            .stdout
            .contains("no parcel of the account has the number"),
        "{aside:?}"
    );
    assert_eq!(
        (retried.code, retried.stdout.as_str()),
        (Some(0), "1 message retried\n")
    );
    assert!(
        again.stdout.starts_with("1 parcel looked at, 0 failed"),
        "{again:?}"
    );
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (Some(3), "0 messages retried\n")
    );
}

/// Messages as the sandbox sends them, about parcels that are followed by their numbers.
#[test]
fn message_of_each_provider_finds_its_parcel() {
    let scene = Scene::new();
    let mut providers = ProviderSet::new();
    let nowhere = "http://127.0.0.1:1";
    let value = |name: &str| {
        let mut pairs = ACCOUNTS.into_iter();
        pairs.find(|(known, _)| *known == name).unwrap().1
    };
    let ship24 =
        ship24_sdk::Client::builder("key").with_webhook_secret(value("SHIP24_WEBHOOK_SECRET"));
    let ship24 = ship24.with_base_url(nowhere).build().unwrap();
    let trackingmore = trackingmore_sdk::Client::builder("key")
        .with_account_email(value("TRACKINGMORE_ACCOUNT_EMAIL"));
    let trackingmore = trackingmore.with_base_url(nowhere).build().unwrap();
    let gcl = gcl_sdk::Client::builder("key")
        .with_webhook_header(value("GCL_WEBHOOK_HEADER"), value("GCL_WEBHOOK_SECRET"));
    let gcl = gcl.with_base_url(nowhere).build().unwrap();
    providers.add(Arc::new(ship24)).unwrap();
    providers.add(Arc::new(trackingmore)).unwrap();
    providers.add(Arc::new(gcl)).unwrap();
    let requests: Vec<(&str, String)> = SENDERS
        .into_iter()
        .map(|provider| {
            let (url, thread) = receiver("200 OK");
            let arguments = ["webhook", "send", provider, &url, "--number", NUMBER];
            let run = run_with(&ACCOUNTS, &arguments);
            assert_eq!(run.code, Some(0), "{run:?}");
            (provider, thread.join().unwrap())
        })
        .collect();

    let (round, done) = scene.runtime.block_on(async {
        let store = Store::open(&scene.store()).await.unwrap();
        let inbox = Inbox::new(store.clone(), providers.clone());
        for (provider, request) in &requests {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            let headers: Vec<(&str, &str)> = head
                .lines()
                .filter_map(|line| line.split_once(": "))
                .collect();
            let path = inbox.path_of(provider);
            let message = WebhookRequest::from_pairs(body.as_bytes(), &headers);
            let received = inbox.receive(message.with_target("POST", &path)).await;
            assert_eq!(received.handled, 1, "{received:?}");
            let request = TrackRequest::number(NUMBER.to_lowercase());
            store.add(NewParcel::new(*provider, request)).await.unwrap();
        }
        let round = Worker::new(store.clone(), providers).once().await.unwrap();
        (
            round,
            store.messages(MessageState::Done, None, 10).await.unwrap(),
        )
    });

    // Nobody is there to look them up at.
    assert_eq!((round.messages, round.looked, round.failed), (3, 3, 3));
    assert_eq!(done.len(), 3);
    assert!(
        done.iter().all(|message| message.problem.is_none()),
        "{done:?}"
    );
}

#[test]
fn changes_are_printed_as_they_come_until_interrupted() {
    let scene = Scene::new();
    scene.follow(&["add", NUMBER, "--register"]);
    scene.follow(&["run", "--once"]);
    let mut command = scene.command(&["changes", "--follow", "--consumer", "mail", "--json"]);
    let mut reader = command.stdout(Stdio::piped()).spawn().unwrap();

    scene.happens(Step::OutForDelivery);
    scene.follow(&["run", "--once"]);
    let mut line = String::new();
    BufReader::new(reader.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    reader.kill().unwrap();
    reader.wait().unwrap();

    let change: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (&change["seq"], &change["number"]),
        (&1.into(), &NUMBER.into())
    );
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
