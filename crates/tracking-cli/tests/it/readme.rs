//! What the README of the workspace and the guide show is what the program prints.

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

/// The pages of the guide, by name.
fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/guide/src");
    let files = fs::read_dir(folder).unwrap();
    let pages = files.map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    pages.collect()
}

#[test]
fn commands_of_the_guide_print_what_it_shows() {
    let mut commands = 0;
    for (name, page) in pages() {
        for part in page.split("```sh\n").skip(1) {
            let (block, after) = part.split_once("```\n").unwrap();
            let shown = after.strip_prefix("\n```text\n");
            let shown = shown.and_then(|it| it.split_once("```"));
            let (shown, _) = shown.unwrap_or_else(|| panic!("{name}: no output behind {block}"));
            let mut printed = String::new();
            for line in block.lines() {
                let arguments: Vec<&str> = line.split(' ').collect();
                assert_eq!(arguments[0], "tracking", "{name}: {line}");
                let run = run(&arguments[1..]);
                assert_eq!(run.code, Some(0), "{name}: {run:?}");
                printed += &run.stdout;
                commands += 1;
            }
            assert_eq!(trimmed(printed.lines()), trimmed(shown.lines()), "{name}");
        }
    }
    assert!(commands > 0);
}

#[test]
fn commands_that_the_guide_names_exist() {
    let mut named = 0;
    for (name, page) in pages() {
        for code in page.split('`').skip(1).step_by(2) {
            let Some(command) = code.strip_prefix("tracking ") else {
                continue;
            };
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.push("--help");

            let run = run(&arguments);

            assert_eq!(run.code, Some(0), "{name}: {code}: {run:?}");
            named += 1;
        }
    }
    assert!(named > 0);
}
