//! Fixtures and examples in the documented shape.

use std::path::Path;

use serde_json::Value;
use tracking_testkit::source::read;

use super::document::Document;

/// The crates with fixtures.
const PROVIDERS: [&str; 5] = ["exporto", "gcl", "oneconcepts", "ship24", "trackingmore"];

/// A line of a table of fixtures: file, component, whether it fits.
struct Line<'a> {
    file: String,
    component: &'a str,
    fits: bool,
}

/// The lines of the tables in a README of fixtures: `| file | component | yes or no | …`.
fn lines(readme: &str) -> Vec<Line<'_>> {
    let mut folder = "";
    let mut found = Vec::new();
    for line in readme.lines() {
        if let Some(name) = line.strip_prefix("## `") {
            folder = name.split('`').next().unwrap();
        }
        let cells: Vec<&str> = line
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect();
        if let ["", file, component, fits, ..] = cells.as_slice()
            && file.ends_with(".json")
        {
            found.push(Line {
                file: format!("{folder}/{file}"),
                component,
                fits: fits.starts_with("yes"),
            });
        }
    }
    found
}

#[test]
fn plain_specs_accept_fixtures_in_documented_shape() {
    let mut faults = Vec::new();
    for provider in PROVIDERS {
        let folder = format!(
            "{}/../crates/{provider}-sdk/tests/fixtures",
            env!("CARGO_MANIFEST_DIR")
        );
        let readme = read(&folder, "README.md");
        let mut document = Document::of(provider);
        let mut count = 0;
        for line in lines(&readme).iter().filter(|line| line.fits) {
            let text = std::fs::read_to_string(Path::new(&folder).join(&line.file)).unwrap();
            let value: Value = serde_json::from_str(&text).unwrap();
            count += 1;
            for unfit in document.unfit_for_component(line.component, &value) {
                faults.push(format!("{provider} {}: {unfit}", line.file));
            }
        }
        println!("{provider}: {count} fixtures");
        assert!(
            count > 20,
            "{provider}: only {count} fixtures in the documented shape"
        );
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
