//! `tracking watch` from the outside.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;
use tracking_sandbox::{Fault, Parcel, Sandbox, Scan, Step};

use crate::program::{Run, tracking};

const NUMBER: &str = "1Z12345E0291980793";

/// The secret of Standard Webhooks' own example.
pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A parcel on its way in a sandbox of this process, and a folder for the state.
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
        let parcel = Parcel::new("ups", NUMBER);
        let accepted = Scan::ago(Duration::from_secs(7200), Step::Accepted);
        sandbox.add_parcel(parcel.scan(accepted)).unwrap();
        Self {
            runtime,
            sandbox,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("watch.json")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = tracking();
        command
            .env("SHIP24_API_KEY", self.sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", self.sandbox.base_url("ship24"))
            .arg("watch")
            .arg("--state")
            .arg(self.state())
            .args(arguments);
        command
    }

    fn watch(&self, arguments: &[&str]) -> Run {
        let _entered = self.runtime.enter();
        self.command(arguments).output().unwrap().into()
    }

    /// The first look, which registers the parcel.
    fn begin(&self) {
        let run = self.watch(&[NUMBER, "--register", "--once"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
        assert!(
            run.stderr
                .contains(&format!("watching: {NUMBER} at Ship24")),
            "{run:?}"
        );
    }

    /// Lets something happen, and makes the parcel due.
    fn happens(&self, step: Step) {
        let scan = Scan::ahead(Duration::from_secs(1), step);
        self.sandbox.add_scan(NUMBER, scan).unwrap();
        self.sandbox.clock().advance(Duration::from_secs(1));
        self.make_due();
    }

    /// Sets the time of each next look to one in the past.
    fn make_due(&self) {
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let mut parts = text.split("\"next_look\":\"");
            let mut due = parts.next().unwrap().to_owned();
            for part in parts {
                let (_, rest) = part.split_once('"').unwrap();
                due.push_str("\"next_look\":\"2020-01-01T00:00:00Z\"");
                due.push_str(rest);
            }
            fs::write(&path, due).unwrap();
        }
    }

    fn requests(&self) -> Vec<String> {
        let requests = self.sandbox.requests().into_iter();
        requests
            .map(|it| format!("{} {}", it.method, it.path))
            .collect()
    }
}

#[test]
fn change_is_printed_once_over_all_runs() {
    let scene = Scene::new();
    scene.begin();

    scene.happens(Step::OutForDelivery);
    let second = scene.watch(&["--once"]);
    scene.make_due();
    let third = scene.watch(&["--once"]);

    assert_eq!(second.code, Some(0), "{second:?}");
    assert!(
        second.stdout.starts_with(&format!("{NUMBER} at Ship24 · ")),
        "{second:?}"
    );
    assert!(second.stdout.contains("Out for delivery"), "{second:?}");
    assert_eq!(
        (third.code, third.stdout.as_str()),
        (Some(0), ""),
        "{third:?}"
    );
}

#[test]
fn json_has_a_line_for_each_change_and_nothing_else() {
    let scene = Scene::new();
    scene.begin();
    scene.happens(Step::Delivered);

    let run = scene.watch(&[NUMBER, "--once", "--json"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let seqs: Vec<u64> = lines
        .iter()
        .map(|line| line["seq"].as_u64().unwrap())
        .collect();
    assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>());
    assert!(lines.len() >= 2, "{run:?}");
    for line in lines {
        assert_eq!(
            (&line["number"], &line["account"]),
            (&NUMBER.into(), &"ship24".into())
        );
        assert_eq!(line["status"], "delivered");
        assert!(line["change"].is_object(), "{line}");
    }
}

#[test]
fn nothing_is_registered_unasked() {
    let scene = Scene::new();

    let run = scene.watch(&[NUMBER, "--once"]);

    assert_eq!(run.stdout, "", "{run:?}");
    assert!(run.stderr.contains("--register"), "{run:?}");
    assert!(
        scene.requests().iter().all(|it| it.starts_with("GET")),
        "{:?}",
        scene.requests()
    );

    let config = scene.folder.path().join("config.toml");
    fs::write(&config, "register = true\n").unwrap();
    let mut command = scene.command(&[NUMBER, "--once"]);
    scene.make_due();
    let run: Run = command
        .env("TRACKING_CONFIG", &config)
        .output()
        .unwrap()
        .into();

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        scene.requests().iter().any(|it| it.starts_with("POST")),
        "{:?}",
        scene.requests()
    );
}

#[test]
fn value_without_a_meaning_is_reported() {
    let scene = Scene::new();
    scene.begin();
    scene.sandbox.faults().always(Fault::UnknownEnum);
    scene.make_due();

    let run = scene.watch(&["--once"]);

    assert!(run.stderr.contains("without a meaning"), "{run:?}");
    assert!(run.stderr.contains("    provider: ship24\n"), "{run:?}");
    scene.sandbox.faults().clear();
    scene.make_due();
    let run = scene.watch(&["--once"]);
    assert!(!run.stderr.contains("without a meaning"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn command_gets_the_change_and_no_key() {
    let scene = Scene::new();
    scene.begin();
    scene.happens(Step::Delivered);
    let out = scene.folder.path().join("out");
    let script = format!("{{ env; cat; }} >> '{}'", out.display());

    let mut command = scene.command(&["--once", "--exec", &script]);
    command.env("TRACKING_SERVE_TOKEN", "token-of-the-page");
    let run = {
        let _entered = scene.runtime.enter();
        Run::from(command.output().unwrap())
    };

    assert_eq!(run.code, Some(0), "{run:?}");
    let text = fs::read_to_string(out).unwrap();
    assert!(
        text.contains(&format!("TRACKING_NUMBER={NUMBER}\n")),
        "{text}"
    );
    assert!(text.contains("TRACKING_STATUS=delivered\n"), "{text}");
    assert!(text.contains("\"seq\":1,"), "{text}");
    for hidden in ["SHIP24_API_KEY", "TRACKING_SERVE_TOKEN"] {
        assert!(!text.contains(hidden), "{text}");
    }

    scene.happens(Step::Returning);
    let run = scene.watch(&["--once", "--exec", "exit 3"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("the command failed"), "{run:?}");
}

/// Takes one request, responds with a status, and returns the request.
pub(crate) fn receiver(status: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/parcels", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let text = String::from_utf8_lossy(&request);
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let head = head.to_ascii_lowercase();
                let length = head
                    .lines()
                    .find_map(|it| it.strip_prefix("content-length: "));
                if body.len() >= length.unwrap().parse().unwrap() {
                    break;
                }
            }
            let count = stream.read(&mut buffer).unwrap();
            request.extend_from_slice(&buffer[..count]);
        }
        let response =
            format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(response.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    });
    (url, thread)
}

pub(crate) fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut pairs = head.lines().filter_map(|line| line.split_once(": "));
    pairs
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .unwrap()
        .1
}

#[test]
fn webhook_is_signed_and_sent_until_it_is_received() {
    let scene = Scene::new();
    scene.begin();
    scene.happens(Step::Delivered);
    let config = scene.folder.path().join("config.toml");
    fs::write(&config, format!("watch_webhook_secret = \"{SECRET}\"\n")).unwrap();
    let send = |url: &str| {
        let mut command = scene.command(&["--once", "--webhook", url]);
        Run::from(command.env("TRACKING_CONFIG", &config).output().unwrap())
    };

    let (url, thread) = receiver("503 Service Unavailable");
    let run = send(&url);
    let request = thread.join().unwrap();

    // The first change was refused; nobody was there for the others.
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("503"), "{run:?}");
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let (id, time) = (
        header(&request, "webhook-id"),
        header(&request, "webhook-timestamp"),
    );
    let key = base64_of_secret();
    let mut mac = hmac_sha256::HMAC::new(&key);
    mac.update(format!("{id}.{time}.{body}"));
    let signature =
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, mac.finalize());
    assert_eq!(
        header(&request, "webhook-signature"),
        format!("v1,{signature}")
    );
    let message: Value = serde_json::from_str(body).unwrap();
    assert_eq!(message["data"]["number"], NUMBER);
    assert!(
        id.ends_with(&format!("_{}", message["data"]["seq"])),
        "{id}"
    );
    assert!(!format!("{run:?}").contains(SECRET));
}

fn base64_of_secret() -> Vec<u8> {
    let encoded = SECRET.strip_prefix("whsec_").unwrap();
    base64::Engine::decode(&base64::engine::general_purpose::STANDARD, encoded).unwrap()
}

#[test]
fn reader_that_has_seen_enough_gets_the_change_next_time() {
    let scene = Scene::new();
    scene.begin();
    scene.happens(Step::Delivered);
    let mut child = scene
        .command(&["--once"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());

    let end = child.wait_with_output().unwrap();
    let next = scene.watch(&["--once"]);

    assert_eq!(end.status.code(), Some(0), "{end:?}");
    assert_eq!(String::from_utf8_lossy(&end.stderr), "");
    assert!(next.stdout.contains("Delivered"), "{next:?}");
}

#[cfg(unix)]
#[test]
fn interrupted_watch_keeps_its_state() {
    use std::io::{BufRead, BufReader};

    let scene = Scene::new();
    let mut child = scene
        .command(&[NUMBER, "--register"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.starts_with("watching: "), "{line}");
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());

    assert_eq!(child.wait().unwrap().code(), Some(130));

    scene.happens(Step::Delivered);
    let run = scene.watch(&["--once"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

/// Detection costs at TrackingMore, and finds no courier for this number.
#[test]
fn registration_is_tried_once_with_the_same_options() {
    let scene = Scene::new();
    let number = "NOBODY-KNOWS-IT";
    let look = |options: &[&str]| {
        let mut command = scene.command(&["-p", "trackingmore", "--once"]);
        command
            .env(
                "TRACKINGMORE_API_KEY",
                scene.sandbox.trackingmore().api_key(),
            )
            .env(
                "TRACKINGMORE_BASE_URL",
                scene.sandbox.base_url("trackingmore"),
            )
            .args(options);
        let run = Run::from(command.output().unwrap());
        scene.make_due();
        run
    };
    let detections = || {
        let requests = scene.requests().into_iter();
        requests.filter(|it| it.contains("detect")).count()
    };

    let first = look(&[number, "--register"]);
    assert!(
        first.stderr.contains("--courier trackingmore:CODE"),
        "{first:?}"
    );
    assert_eq!(detections(), 1, "{:?}", scene.requests());

    for options in [&[number, "--register"][..], &[]] {
        let run = look(options);
        assert_eq!(
            (run.code, run.stdout.as_str(), run.stderr.as_str()),
            (Some(0), "", ""),
            "{run:?}"
        );
    }
    assert_eq!(detections(), 1, "{:?}", scene.requests());

    let run = look(&[number, "--register", "--courier", "trackingmore:ups"]);
    assert!(run.stdout.contains("courier: ups"), "{run:?}");
    assert_eq!(detections(), 1, "{:?}", scene.requests());
}

#[test]
fn refused_arguments_are_lines_of_json() {
    let scene = Scene::new();
    for (arguments, kind) in [
        (&[NUMBER, "--json", "-p", "acme"][..], "usage"),
        (&["--json", "--once"], "usage"),
        (&["--json", "--interval", "5"], "usage"),
        (
            &["--json", NUMBER, "--webhook", "https://shop.example"],
            "configuration",
        ),
    ] {
        let run = scene.watch(arguments);

        assert_eq!(run.code, Some(1), "{run:?}");
        assert_eq!(run.json()["error"]["kind"], kind, "{run:?}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn wrong_options_are_refused_before_anything_is_sent() {
    let scene = Scene::new();
    let damaged = scene.folder.path().join("damaged.json");
    fs::write(&damaged, "{").unwrap();
    let damaged = damaged.to_str().unwrap();
    for (arguments, reason) in [
        (&["--once"][..], "there is nothing to watch"),
        (&[NUMBER, "--interval", "5"], "30m"),
        (&[NUMBER, "-p", "acme"], "no provider or account \"acme\""),
        (
            &[NUMBER, "--webhook", "https://shop.example/"],
            "TRACKING_WEBHOOK_SECRET",
        ),
        (
            &[NUMBER, "--state", damaged],
            "cannot be used multiple times",
        ),
    ] {
        let run = scene.watch(arguments);

        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
        assert!(run.stderr.contains(reason), "{reason}: {run:?}");
    }
    fs::write(scene.state(), "{").unwrap();
    let run = scene.watch(&[NUMBER, "--once"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("is damaged"), "{run:?}");
    assert_eq!(fs::read_to_string(scene.state()).unwrap(), "{");

    let mut command = scene.command(&[NUMBER, "--webhook", "http://shop.example/"]);
    let run: Run = command
        .env("TRACKING_WEBHOOK_SECRET", SECRET)
        .output()
        .unwrap()
        .into();
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("use https"), "{run:?}");
    assert_eq!(scene.requests(), Vec::<String>::new());
}
