//! Rust examples of every README compile as a reader sees them.
//!
//! That they compile at all is shown by the documentation tests, which include each README. They would also accept
//! lines that rustdoc hides, and crates that only this workspace depends on.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};

use super::cargo::packages;
use crate::workspace::Workspace;

/// First parts of paths that need no dependency.
const BUILT_IN: [&str; 6] = ["std", "core", "alloc", "crate", "self", "super"];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut faults = String::new();
    let root = workspace.root().to_owned();
    let folders = packages(workspace)?
        .into_iter()
        .map(|package| package.folder);
    for folder in folders.chain([root]) {
        let path = folder.join("README.md");
        let shown = path.strip_prefix(workspace.root()).unwrap_or(&path);
        let Ok(source) = fs::read_to_string(&path) else {
            continue;
        };
        let found = examine(&source).with_context(|| shown.display().to_string())?;
        for fault in found {
            writeln!(faults, "{}: {fault}", shown.display())?;
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// A fenced block: the line of its fence, its language with options, and its lines.
struct Block<'a> {
    line: usize,
    language: &'a str,
    lines: Vec<&'a str>,
}

/// What is wrong with the Rust blocks of a README.
fn examine(source: &str) -> Result<Vec<String>> {
    let blocks = blocks(source)?;
    let rust = || {
        blocks.iter().filter(|block| {
            let language = block.language.split(',').next().unwrap_or_default();
            language == "rust"
        })
    };
    let declared: BTreeSet<String> = blocks
        .iter()
        .filter(|block| block.language == "toml")
        .flat_map(|block| dependencies(&block.lines))
        .collect();
    let mut faults = Vec::new();
    for Block {
        line,
        language,
        lines,
    } in rust()
    {
        for (offset, content) in lines.iter().enumerate() {
            let content = content.trim_start();
            if content == "#" || content.starts_with("# ") {
                faults.push(format!(
                    "line {}: a reader on the web sees a line that rustdoc hides; write the example out",
                    line + 1 + offset
                ));
            }
        }
        if language.contains("ignore") {
            faults.push(format!("line {line}: an example that is never compiled"));
        }
        for name in used_crates(lines) {
            if !declared.contains(&name) {
                faults.push(format!(
                    "line {line}: the example uses {name}, which no block of `[dependencies]` has"
                ));
            }
        }
    }
    Ok(faults)
}

fn blocks(source: &str) -> Result<Vec<Block<'_>>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (index, line) in source.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block {
                    line: index + 1,
                    language: language.trim(),
                    lines: Vec::new(),
                });
            }
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    if let Some(Block { line, .. }) = open {
        bail!("line {line}: a block without an end");
    }
    Ok(found)
}

/// Crates that the lines `name = …` of a manifest declare, as code names them.
fn dependencies(lines: &[&str]) -> Vec<String> {
    let names = lines.iter().filter_map(|line| {
        let (name, _) = line.split_once('=')?;
        Some(name.split('.').next()?.trim().replace('-', "_"))
    });
    names.collect()
}

/// Crates that paths of the example begin with.
fn used_crates(lines: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut imported = BTreeSet::new();
    for line in lines {
        let code = line.split("//").next().unwrap_or_default();
        let parts: Vec<&str> = code.split("::").collect();
        for (index, part) in parts.iter().enumerate() {
            let name = last_name(part);
            // After a `::` alone it is the middle of a path.
            let begins = index == 0 || name.len() < part.len();
            // `parse::<u8>` is a call.
            let is_path = parts
                .get(index + 1)
                .is_some_and(|next| !next.starts_with('<'));
            if begins && is_path && name.starts_with(|first: char| first.is_ascii_lowercase()) {
                found.insert(name.to_owned());
            }
        }
        if code.trim_start().starts_with("use ") {
            imported.extend(code.split(|c| !is_of_name(c)).skip(2).map(str::to_owned));
        }
    }
    found.retain(|name| !BUILT_IN.contains(&name.as_str()) && !imported.contains(name));
    found
}

fn last_name(code: &str) -> &str {
    let start = code.trim_end_matches(is_of_name).len();
    &code[start..]
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "```toml\n[dependencies]\na-sdk = \"0.1\"\ntokio = \"1\"\n```\n";

    #[test]
    fn examples_with_everything_they_need_are_accepted() {
        let source = format!(
            "{MANIFEST}```rust,no_run\nuse std::fmt;\nuse a_sdk::{{Client, kit}};\n\n#[tokio::main]\n#[derive(Debug)]\n\
             kit::call::<u8>(a_sdk::kit::two()).parse::<u8>(); // other::thing\n```\n\
             ```sh\n# a comment\nuse other::thing\n```\n"
        );

        assert!(examine(&source).unwrap().is_empty());
    }

    #[test]
    fn hidden_lines_and_missing_dependencies_are_refused() {
        let cases = [
            ("# fn main() {}", "line 7: a reader"),
            ("#", "line 7: a reader"),
            ("use futures_util::StreamExt as _;", "uses futures_util"),
            ("#[serde_with::apply]", "uses serde_with"),
            ("let body = serde_json::json!(1);", "uses serde_json"),
        ];

        for (line, expected) in cases {
            let source = format!("{MANIFEST}```rust\n{line}\n```\n");
            let faults = examine(&source).unwrap();
            assert_eq!(faults.len(), 1, "{line}: {faults:?}");
            assert!(faults[0].contains(expected), "{line}: {faults:?}");
        }
    }

    #[test]
    fn examples_that_never_compile_are_refused() {
        let faults = examine("```rust,ignore\nlet a = 1;\n```\n").unwrap();

        assert_eq!(faults, ["line 1: an example that is never compiled"]);
    }

    #[test]
    fn block_without_end_is_an_error_with_its_line() {
        let message = examine("\n```rust\nlet a = 1;\n").unwrap_err().to_string();

        assert_eq!(message, "line 2: a block without an end");
    }
}
