//! Where requests go: an origin alone gets the documented prefix, an address with a path is the prefix.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::program::run_with;

/// A server that knows nothing, and the paths that were requested from it.
struct Elsewhere {
    origin: String,
    paths: Receiver<String>,
}

impl Elsewhere {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, paths) = channel();
        thread::spawn(move || {
            for connection in listener.incoming() {
                let Some(path) = refuse(&connection.unwrap()) else {
                    continue;
                };
                if sender.send(path).is_err() {
                    return;
                }
            }
        });
        Self { origin, paths }
    }
}

/// Replies 404 to a request and returns its path.
fn refuse(connection: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(connection);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        } else if line.is_empty() {
            break;
        }
    }
    reader.take(length).read_to_end(&mut Vec::new()).ok()?;
    let reply = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let mut connection = connection;
    connection.write_all(reply.as_bytes()).ok()?;
    request.split(' ').nth(1).map(str::to_owned)
}

#[test]
fn base_url_of_each_provider_follows_one_rule() {
    let providers = [
        ("ship24", "/public/v1/"),
        ("trackingmore", "/v2/"),
        ("exporto", "/v1/"),
        ("gcl", "/v1/"),
        ("oneconcepts", "/v2/"),
    ];
    for (provider, documented) in providers {
        for (path, prefix) in [
            ("", documented),
            ("/", documented),
            ("/proxy", "/proxy/"),
            ("/proxy/v9/", "/proxy/v9/"),
        ] {
            let server = Elsewhere::start();
            let name = provider.to_uppercase();
            let base_url = format!("{}{path}", server.origin);
            let credentials = ["API_KEY", "USERNAME", "EMAIL", "PASSWORD"].map(|credential| {
                let value = "shop@shop.example".to_owned();
                (format!("{name}_{credential}"), value)
            });
            let mut variables: Vec<(&str, &str)> = credentials
                .iter()
                .map(|(name, value)| (&**name, &**value))
                .collect();
            let variable = format!("{name}_BASE_URL");
            variables.push((&variable, &base_url));
            let option = if provider == "oneconcepts" {
                "--reference"
            } else {
                "--"
            };

            let run = run_with(
                &variables,
                &["track", "-p", provider, option, "RB473128508SG"],
            );

            let paths: Vec<String> = server.paths.try_iter().collect();
            assert!(!paths.is_empty(), "{provider} {path}: {run:?}");
            for requested in paths {
                assert!(
                    requested.starts_with(prefix),
                    "{provider} {path}: {requested}"
                );
                assert!(!requested.contains("//"), "{provider} {path}: {requested}");
            }
        }
    }
}
