//! What the README of the workspace shows is what the program prints.

use std::fs;
use std::path::Path;

use crate::program::run;

/// Comes before a block with the output of the command that it names.
const MARKER: &str = "<!-- output: track --sandbox -->";

/// The block of code after the marker.
fn shown(readme: &str) -> String {
    let (_, after) = readme.split_once(MARKER).unwrap();
    let mut lines = after.lines().skip_while(|line| !line.starts_with("```"));
    assert_eq!(lines.next(), Some("```text"));
    trimmed(lines.take_while(|line| !line.starts_with("```")))
}

/// Editors cut spaces at the end of a line, and add them.
fn trimmed<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<&str> = lines.map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn readme_shows_real_output() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(path).unwrap();

    let run = run(&["track", "--sandbox"]);

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(trimmed(run.stdout.lines()), shown(&readme));
}
