//! Request limits and pauses outlast a run of the program.

use std::path::Path;

use tempfile::TempDir;
use tracking_sandbox::{Fault, Sandbox};

use crate::program::{DEMO_NUMBER, Run, tracking};

/// A sandbox in this process, whose log the test reads, and a place where the program remembers.
struct Account {
    runtime: tokio::runtime::Runtime,
    sandbox: Sandbox,
    state: TempDir,
}

impl Account {
    fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let sandbox = runtime.block_on(Sandbox::start()).unwrap();
        Self {
            runtime,
            sandbox,
            state: tempfile::tempdir().unwrap(),
        }
    }

    fn track(&self, provider: &str) -> Run {
        let _entered = self.runtime.enter();
        let sandbox = &self.sandbox;
        tracking()
            .env("XDG_STATE_HOME", self.state.path())
            .env("SHIP24_API_KEY", sandbox.ship24().api_key())
            .env("SHIP24_BASE_URL", sandbox.base_url("ship24"))
            .env("TRACKINGMORE_API_KEY", sandbox.trackingmore().api_key())
            .env("TRACKINGMORE_BASE_URL", sandbox.base_url("trackingmore"))
            .args([
                "track",
                "-p",
                provider,
                "--register",
                DEMO_NUMBER,
                "--brief",
            ])
            .output()
            .unwrap()
            .into()
    }

    fn folder(&self) -> std::path::PathBuf {
        self.state.path().join("tracking/limits")
    }
}

fn files(folder: &Path, extension: &str) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .collect()
}

#[test]
fn runs_in_a_row_keep_one_request_a_second() {
    let account = Account::new();

    for _ in 0..2 {
        let run = account.track("trackingmore");
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    }

    // A request too many pauses the account of the sandbox, and is an error in its body.
    let requests = account.sandbox.requests();
    assert!(requests.len() >= 2);
    assert!(requests.iter().all(|it| it.status == Some(200)));
}

#[test]
fn pause_keeps_next_run_from_sending() {
    let account = Account::new();
    let faults = account.sandbox.faults();
    faults.always(Fault::SlowDown("600".to_owned()));
    let first = account.track("ship24");
    assert_eq!(first.code, Some(2), "{first:?}");
    let pauses = first
        .stderr
        .matches("note: Ship24 asks to wait 600 s before the next request");
    assert_eq!(pauses.count(), 1, "{}", first.stderr);
    let sent = account.sandbox.requests().len();
    account.sandbox.faults().clear();

    let second = account.track("ship24");

    assert_eq!(second.code, Some(2), "{second:?}");
    assert!(
        second.stderr.contains("asked to slow down"),
        "{}",
        second.stderr
    );
    assert_eq!(account.sandbox.requests().len(), sent);
}

#[test]
fn damaged_limits_are_reported_and_replaced() {
    let account = Account::new();
    let faults = account.sandbox.faults();
    faults.always(Fault::SlowDown("600".to_owned()));
    account.track("ship24");
    account.sandbox.faults().clear();
    let saved = files(&account.folder(), "json");
    let [path] = saved.as_slice() else {
        panic!("{saved:?}")
    };
    let content = std::fs::read_to_string(path).unwrap();
    std::fs::write(path, &content[..content.len() / 2]).unwrap();

    let run = account.track("ship24");

    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.starts_with("warning: the request limits"));
    let next = account.track("ship24");
    assert_eq!((next.code, next.stderr.as_str()), (Some(0), ""));
}

#[test]
fn sandbox_of_program_saves_nothing() {
    let account = Account::new();

    let run = tracking()
        .env("XDG_STATE_HOME", account.state.path())
        .args(["track", "--sandbox"])
        .output()
        .unwrap();

    assert_eq!(run.status.code(), Some(0));
    assert!(!account.folder().exists());
}
