//! The guide: its chapters are listed, their code is compiled, and their links lead somewhere. Examples of the clients.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tracking_core::Capabilities;
use tracking_http::Operation;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guide/src")
}

/// The names of the pages, with their text.
fn pages() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut pages: Vec<_> = paths
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    pages.sort();
    pages
}

/// What is in parentheses behind brackets, outside of code.
fn links(page: &str) -> Vec<&str> {
    let mut is_code = false;
    let lines = page.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    let ends = lines.flat_map(|line| line.split("](").skip(1));
    ends.filter_map(|end| end.split(')').next()).collect()
}

/// The anchors of the headings of a page, as mdBook makes them.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let text = line.trim_start_matches('#').trim().to_lowercase();
            let kept = text.chars().filter(|it| it.is_alphanumeric() || *it == ' ');
            kept.map(|it| if it == ' ' { '-' } else { it }).collect()
        })
        .collect()
}

#[test]
fn summary_lists_every_page_once() {
    let pages = pages();
    let (summary, others): (Vec<_>, Vec<_>) =
        pages.iter().partition(|(name, _)| name == "SUMMARY.md");
    let mut listed = links(&summary[0].1);
    listed.sort_unstable();

    let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();

    assert_eq!(listed, names);
}

#[test]
fn code_of_every_page_is_compiled() {
    let tests = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    for (name, page) in pages() {
        let is_included = tests.contains(&format!("guide/src/{name}"));

        assert_eq!(is_included, page.contains("```rust"), "{name}");
        for word in ["ignore", "no_run", "should_panic"] {
            assert!(!page.contains(&format!("```rust,{word}")), "{name}: {word}");
        }
    }
}

#[test]
fn code_of_every_page_is_shown_as_it_is_compiled() {
    for (name, page) in pages() {
        let mut is_rust = false;
        for line in page.lines() {
            if line.starts_with("```") {
                is_rust = line.starts_with("```rust");
            }
            let is_hidden = is_rust && (line == "#" || line.trim_start().starts_with("# "));

            assert!(!is_hidden, "{name}: who reads it on the web sees {line}");
        }
    }
}

#[test]
fn links_between_pages_lead_to_headings() {
    let pages = pages();
    for (name, page) in &pages {
        for link in links(page) {
            if link.starts_with("https://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name } else { file };
            let target = pages.iter().find(|(it, _)| it == file);
            let (_, text) = target.unwrap_or_else(|| panic!("{name}: {link}"));
            let is_there = anchor.is_empty() || anchors(text).contains(anchor);
            assert!(is_there, "{name}: {link}");
        }
    }
}

#[test]
fn included_parts_exist() {
    for (name, page) in pages() {
        for include in page.split("{{#include ").skip(1) {
            let (target, _) = include.split_once("}}").unwrap();
            let (file, anchor) = target.split_once(':').unwrap();
            let text = fs::read_to_string(folder().join(file)).unwrap();
            for mark in ["ANCHOR", "ANCHOR_END"] {
                let mark = format!("<!-- {mark}: {anchor} -->");
                assert_eq!(text.matches(&mark).count(), 1, "{name}: {mark}");
            }
        }
    }
}

/// The cells of the row, without its name.
fn row<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    // The head of the table has no name.
    let start = format!("| {name} |").replace("  ", " ");
    let row = page.lines().find_map(|line| line.strip_prefix(&start));
    let row = row.unwrap_or_else(|| panic!("no row {name}"));
    row.trim_end_matches('|')
        .split('|')
        .map(str::trim)
        .collect()
}

#[test]
fn table_of_providers_says_what_they_can_do() {
    let (_, page) = pages()
        .into_iter()
        .find(|(name, _)| name == "choosing-a-provider.md")
        .unwrap();
    let columns: [(&str, Capabilities, &[&Operation]); 5] = [
        (
            "Ship24",
            ship24_sdk::CAPABILITIES,
            ship24_sdk::operations::ALL,
        ),
        (
            "TrackingMore v2",
            trackingmore_sdk::CAPABILITIES,
            trackingmore_sdk::operations::ALL,
        ),
        ("GCL", gcl_sdk::CAPABILITIES, gcl_sdk::operations::ALL),
        (
            "exporto",
            exporto_sdk::CAPABILITIES,
            exporto_sdk::operations::ALL,
        ),
        (
            "1concepts",
            oneconcepts_sdk::CAPABILITIES,
            oneconcepts_sdk::operations::ALL,
        ),
    ];
    type Can = fn(&Capabilities) -> bool;
    let rows: [(&str, Can); 7] = [
        ("look up by number", |it| it.track_by_number),
        ("by the provider's id", |it| it.track_by_id),
        ("by your reference", |it| it.track_by_reference),
        ("registers numbers", |it| it.register),
        ("events of couriers", |it| it.events),
        ("expected delivery", |it| it.etas),
        ("webhooks", |it| it.webhook.is_some()),
    ];

    assert_eq!(row(&page, ""), columns.map(|(name, _, _)| name));
    for (name, can) in rows {
        let said = row(&page, name);
        let said: Vec<bool> = said.iter().map(|it| !["no", "none"].contains(it)).collect();
        let expected = columns.map(|(_, capabilities, _)| can(&capabilities));
        assert_eq!(said, expected, "{name}");
    }
    for (said, (provider, capabilities, _)) in row(&page, "several in one call").iter().zip(columns)
    {
        let expected = match (capabilities.batch_size, capabilities.register_batch_size) {
            (0 | 1, 0 | 1) => "no".to_owned(),
            (0 | 1, _) => "create only".to_owned(),
            (many, _) => many.to_string(),
        };
        let first = said
            .strip_suffix(" numbers")
            .or(said.strip_suffix(" references"));
        assert_eq!(first.unwrap_or(said), expected, "{provider}");
    }
    for (said, (provider, _, operations)) in row(&page, "requests").iter().zip(columns) {
        let numbers = said.split(|it: char| !it.is_ascii_digit());
        let said: BTreeSet<u32> = numbers.filter_map(|it| it.parse().ok()).collect();
        let mut limits: BTreeSet<u32> = operations.iter().map(|it| it.rate.requests).collect();
        limits.remove(&0);
        assert_eq!(said, limits, "{provider}: per second, by operation");
        let is_second = |it: &&&Operation| it.rate.per.as_secs() == 1;
        assert_eq!(
            operations.iter().filter(is_second).count(),
            operations.len()
        );
    }
}

/// The methods of `impl Client` in a file that have no example.
fn without_example(code: &str) -> Vec<String> {
    let mut is_client = false;
    let mut has_example = false;
    let mut missing = Vec::new();
    for line in code.lines() {
        if line.starts_with("impl ") {
            is_client = line == "impl Client {";
        }
        let line = line.trim_start();
        if line.starts_with("/// ```") {
            has_example = true;
        } else if !line.starts_with("///") && !line.starts_with("#[") {
            let signature = line
                .strip_prefix("pub fn ")
                .or_else(|| line.strip_prefix("pub async fn "));
            if let Some(signature) = signature.filter(|_| is_client && !has_example) {
                let name = signature.split(['(', '<']).next().unwrap_or_default();
                missing.push(name.to_owned());
            }
            has_example = false;
        }
    }
    missing
}

#[test]
fn every_method_of_a_client_has_an_example() {
    for provider in ["exporto", "gcl", "oneconcepts", "ship24", "trackingmore"] {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
        let folder = crates.join(format!("{provider}-sdk/src"));
        for file in fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "rs") {
                let missing = without_example(&fs::read_to_string(&path).unwrap());

                assert_eq!(missing, [""; 0], "{}", path.display());
            }
        }
    }
}

#[test]
fn method_without_an_example_is_found() {
    let code = "impl Client {\n    /// Reads.\n    pub async fn read<T>(&self) {}\n\n    /// Writes.\n    /// ```\n    /// ```\n    #[must_use]\n    pub fn write(&self) {}\n}\n";

    assert_eq!(without_example(code), ["read"]);
}
