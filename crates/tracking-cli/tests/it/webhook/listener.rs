//! A running `tracking webhook listen`, and requests to it.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Stdio};

use serde_json::Value;

use super::ACCOUNTS;
use crate::program::{Run, run_with, tracking};

/// A listener, ended with the test.
pub(super) struct Listener {
    pub(super) child: Child,
    /// Such as `http://127.0.0.1:8080`.
    pub(super) url: String,
    stdout: Option<Lines<BufReader<ChildStdout>>>,
    stderr: Lines<BufReader<ChildStderr>>,
}

impl Listener {
    /// Starts it with the accounts of the tests.
    pub(super) fn start(arguments: &[&str]) -> Self {
        Self::start_with(&ACCOUNTS, arguments)
    }

    pub(super) fn start_with(variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut child = tracking()
            .envs(variables.iter().copied())
            .args(["webhook", "listen"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
        // A warning about the configuration file may come before.
        let url = stderr
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.strip_prefix("listening on ").map(str::to_owned))
            .unwrap();
        let (url, _) = url.split_once(' ').unwrap();
        let stdout = child.stdout.take().map(|it| BufReader::new(it).lines());
        Self {
            url: url.to_owned(),
            stdout,
            stderr,
            child,
        }
    }

    /// Sends a test message of a provider.
    pub(super) fn send(&self, provider: &str) -> Run {
        let url = format!("{}/webhooks/{provider}", self.url);
        run_with(&ACCOUNTS, &["webhook", "send", provider, &url])
    }

    /// The next line of the output.
    pub(super) fn line(&mut self) -> String {
        self.stdout.as_mut().unwrap().next().unwrap().unwrap()
    }

    /// The next line of the output as JSON.
    pub(super) fn json(&mut self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Nobody reads the output any more.
    pub(super) fn close_output(&mut self) {
        self.stdout = None;
    }

    /// Waits for the end, and returns the code and what was left to read.
    pub(super) fn end(mut self) -> (Option<i32>, String, String) {
        let code = self.child.wait().unwrap().code();
        let rest = |lines: Vec<String>| lines.join("\n");
        let stdout = self.stdout.take();
        let stdout = stdout.map_or_else(Vec::new, |lines| lines.map(Result::unwrap).collect());
        let stderr = self.stderr.by_ref().map(Result::unwrap).collect();
        (code, rest(stdout), rest(stderr))
    }

    /// The next lines of standard error.
    pub(super) fn errors(&mut self, count: usize) -> Vec<String> {
        self.stderr
            .by_ref()
            .take(count)
            .map(Result::unwrap)
            .collect()
    }

    #[cfg(unix)]
    pub(super) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-INT", &id])
            .status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request, byte for byte.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Raw {
    /// A message that a listener kept.
    pub(super) fn kept_in(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap();
        let kept: Value = serde_json::from_str(&text).unwrap();
        let of_connection = ["host", "content-length", "connection"];
        let headers: Vec<(String, String)> =
            serde_json::from_value(kept["headers"].clone()).unwrap();
        let headers = headers.into_iter();
        Self {
            method: kept["method"].as_str().unwrap().to_owned(),
            path: kept["path"].as_str().unwrap().to_owned(),
            headers: headers
                .filter(|(name, _)| !of_connection.contains(&&**name))
                .collect(),
            body: kept["body"].as_str().unwrap().as_bytes().to_vec(),
        }
    }

    /// Sends it, and returns the status and the body of the response.
    pub(super) fn send(&self, url: &str) -> (u16, String) {
        let address = url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: {address}\r\n",
            self.method, self.path
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = self.body.len();
        head.push_str(&format!(
            "content-length: {length}\r\nconnection: close\r\n\r\n"
        ));
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&self.body).unwrap();
        read_response(stream)
    }
}

/// The status and the body of a response on a connection that ends after it.
pub(super) fn read_response(mut stream: TcpStream) -> (u16, String) {
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

/// A genuine message of each sender, as a listener kept them.
pub(super) fn genuine(folder: &Path) -> Vec<Raw> {
    let folder_name = folder.to_str().unwrap();
    let mut listener = Listener::start(&["--json", "--record", folder_name]);
    let message = |provider: &&str| {
        let run = listener.send(provider);
        assert_eq!(run.code, Some(0), "{provider}: {run:?}");
        let line = listener.json();
        Raw::kept_in(Path::new(line["file"].as_str().unwrap()))
    };
    super::SENDERS.iter().map(message).collect()
}
