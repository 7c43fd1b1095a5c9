//! The program, started as a person would.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// How many lines the program prints.
const PROVIDERS: usize = 5;

#[tokio::test]
async fn program_prints_address_of_each_provider() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tracking-sandbox"))
        .args(["--port", "0", "--seed", "7", "--still"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();

    // Every line is read: a program that cannot print ends.
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let lines: Vec<_> = lines.take(PROVIDERS).map(Result::unwrap).collect();
    let (name, base_url) = lines[0].split_once(' ').unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let response = client
        .get(format!("{base_url}/couriers"))
        .send()
        .await
        .unwrap();
    program.kill().unwrap();
    program.wait().unwrap();

    assert_eq!(name, "ship24");
    assert!(base_url.ends_with("/ship24/public/v1"));
    assert!(lines[1].starts_with("trackingmore http://"));
    assert!(lines[1].ends_with("/trackingmore/v2"));
    assert_eq!(
        response.status().as_u16(),
        400,
        "the header with the key is missing"
    );
}

#[test]
fn taken_port_ends_the_program_with_a_message() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();

    let output = Command::new(env!("CARGO_BIN_EXE_tracking-sandbox"))
        .args(["--port", &port])
        .output()
        .unwrap();

    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains(&port));
}
