//! A running `tracking serve`, and requests to it.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;
use tempfile::NamedTempFile;

use crate::program::tracking;

/// A server, ended with the test.
pub(super) struct Server {
    child: Child,
    /// Such as `127.0.0.1:8417`.
    pub(super) address: String,
    stdout: Lines<BufReader<ChildStdout>>,
    stderr: NamedTempFile,
    /// What it prints at the beginning.
    pub(super) introduction: Vec<String>,
}

impl Server {
    /// Starts it on a free port.
    pub(super) fn start(variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let stderr = NamedTempFile::new().unwrap();
        let mut child = tracking()
            .envs(variables.iter().copied())
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(stderr.reopen().unwrap())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let introduction: Vec<String> = stdout.by_ref().take(3).map(Result::unwrap).collect();
        let (_, address) = introduction[0].split_once("http://").unwrap();
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
            stdout,
            stderr,
            introduction,
        }
    }

    /// What it has written to the standard error so far.
    pub(super) fn stderr(&self) -> String {
        std::fs::read_to_string(self.stderr.path()).unwrap()
    }

    /// A server of this store that looks at no parcels.
    pub(super) fn of_store(store: &str) -> Self {
        Self::start(&[("TRACKING_FOLLOW_STORE", store)], &["--no-workers"])
    }

    /// The page at this path, which has to be there.
    pub(super) fn page(&self, path: &str) -> String {
        let response = self.get(path);
        assert_eq!(response.status, 200, "{path}: {}", response.body);
        assert_eq!(response.header("content-type"), "text/html; charset=utf-8");
        response.body
    }

    pub(super) fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], "")
    }

    /// Sends JSON.
    pub(super) fn post(&self, path: &str, body: &str) -> Response {
        self.send("POST", path, &[("content-type", "application/json")], body)
    }

    pub(super) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response {
        request(&self.address, method, path, headers, body)
    }

    /// Asks it to end, and returns its code and what else it printed.
    #[cfg(unix)]
    pub(super) fn stop(mut self, signal: &str) -> (Option<i32>, Vec<String>) {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", signal, &id])
            .status();
        assert!(sent.unwrap().success());
        let code = self.child.wait().unwrap().code();
        (code, self.stdout.by_ref().map(Result::unwrap).collect())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request to a server.
pub(super) fn request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    try_request(address, method, path, headers, body).unwrap()
}

/// The same to a server that may be ended meanwhile.
pub(super) fn try_request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Response> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        head.push_str(&format!("host: {address}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(head.as_bytes())?;
    // A server that refuses by the head alone may close before all of the body is sent.
    let _ = stream.write_all(body.as_bytes());
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    if response.is_empty() {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Response::of(&String::from_utf8(response).unwrap()))
}

#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Response {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        Self {
            status: status.parse().unwrap(),
            headers: lines.map(header).collect(),
            body: body.to_owned(),
        }
    }

    /// The values of a header; empty if there is none.
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        values.join(", ")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
