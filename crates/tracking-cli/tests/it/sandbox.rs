//! `tracking sandbox`, as a program beside this one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::program::{DEMO_NUMBER, run, run_with, tracking};

/// A running sandbox, ended with the test.
struct Running {
    child: Child,
    address: String,
    key: String,
}

impl Running {
    fn start() -> Self {
        let mut child = tracking()
            .args(["sandbox", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();

        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let (name, address) = line.trim_end().split_once(' ').unwrap();
        assert_eq!(name, "ship24");

        let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
        let key = stderr
            .find_map(|line| {
                let line = line.unwrap();
                line.strip_prefix("export SHIP24_API_KEY=")
                    .map(str::to_owned)
            })
            .unwrap();
        Self {
            address: address.to_owned(),
            child,
            key,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn sandbox_prints_addresses_that_work() {
    let sandbox = Running::start();

    let address = sandbox.address.strip_prefix("http://127.0.0.1:").unwrap();
    let (port, path) = address.split_once('/').unwrap();
    assert_eq!(path, "ship24/public/v1");
    assert_ne!(port.parse::<u16>().unwrap(), 0);

    let slash = format!("{}/", sandbox.address);
    for address in [sandbox.address.as_str(), slash.as_str()] {
        let run = run_with(
            &[
                ("SHIP24_API_KEY", &sandbox.key),
                ("SHIP24_BASE_URL", address),
            ],
            &["track", DEMO_NUMBER, "--register", "--brief"],
        );

        assert_eq!(run.code, Some(0), "{run:?}");
    }
}

#[test]
fn wrong_key_is_a_failed_lookup() {
    let sandbox = Running::start();

    let run = run_with(
        &[
            ("SHIP24_API_KEY", "apik_wrong"),
            ("SHIP24_BASE_URL", &sandbox.address),
        ],
        &["track", DEMO_NUMBER, "--json"],
    );

    assert_eq!(run.code, Some(2), "{run:?}");
    let error = &run.json()["errors"][0];
    assert_eq!(error["kind"], "authentication");
    assert!(error["hint"].as_str().unwrap().contains("SHIP24_API_KEY"));
    assert!(!run.stdout.contains("apik_wrong"));
}

#[test]
fn port_in_use_is_refused() {
    let sandbox = Running::start();
    let (host, _) = sandbox.address.rsplit_once('/').unwrap();
    let (_, port) = host.rsplit_once(':').unwrap();

    let run = run(&["sandbox", "--port", port]);

    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains(port), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[cfg(unix)]
#[test]
fn sandbox_ends_on_signal() {
    for signal in ["TERM", "INT"] {
        let mut sandbox = Running::start();

        let sent = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &sandbox.child.id().to_string()])
            .status()
            .unwrap();
        let ended = sandbox.child.wait().unwrap();

        assert!(sent.success());
        assert_eq!(ended.code(), Some(0), "{signal}: {ended:?}");
    }
}
