//! The living demo, and what the README says of it.

use std::fs;
use std::path::Path;

use super::server::Server;

#[test]
fn demo_shows_parcels_of_all_providers() {
    let server = Server::start(&[], &["--sandbox"]);

    let accounts = server.get("/api/v1/accounts").json();
    let names: Vec<&str> = accounts["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["exporto", "gcl", "oneconcepts", "ship24", "trackingmore"]
    );
    // A worker looks at them by itself.
    let mut found = 0;
    while found < 10 {
        let page = server.get("/api/v1/parcels").json();
        let parcels = page["parcels"].as_array().unwrap();
        assert!(parcels.len() >= 25, "{page}");
        found = parcels
            .iter()
            .filter(|it| !["pending", "not_found"].contains(&it["status"].as_str().unwrap()))
            .count();
    }
    // And they move.
    while server.get("/api/v1/changes").json()["changes"][0].is_null() {}
    let board = server.page("/");
    assert!(
        board.contains("Out for delivery") || board.contains("In transit"),
        "{board}"
    );
}

#[test]
fn readme_shows_what_the_demo_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(path).unwrap();
    let (_, after) = readme
        .split_once("<!-- output: serve --sandbox -->")
        .unwrap();
    let mut lines = after.lines().skip_while(|line| !line.starts_with("```"));
    assert_eq!(lines.next(), Some("```text"));
    let shown: Vec<&str> = lines.take_while(|line| !line.starts_with("```")).collect();

    let server = Server::start(&[], &["--sandbox"]);

    let printed: Vec<String> = server
        .introduction
        .iter()
        .map(|line| line.replace(&server.address, "127.0.0.1:8417"))
        .collect();
    assert_eq!(printed, shown);
}
