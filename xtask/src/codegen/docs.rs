//! Documentation: the description of the spec, wrapped, with a sentence on where the fact comes from.

use std::fmt::Write as _;

use crate::yaml::{Value, flag, string};

/// Width of a documentation line, indentation included.
const WIDTH: usize = 100;

/// Documentation of a schema, property or operation.
pub(crate) fn docs(value: &Value) -> String {
    let mut paragraphs: Vec<String> = ["summary", "description"]
        .into_iter()
        .filter_map(|key| string(value, key))
        .map(|prose| prose.trim().to_owned())
        .collect();
    let named = paragraphs
        .iter()
        .any(|prose| prose.to_lowercase().contains("deprecated"));
    if flag(value, "deprecated") == Some(true) && !named {
        paragraphs.push("Deprecated by the provider.".to_owned());
    }
    paragraphs.extend(provenance(value));
    paragraphs.join("\n\n")
}

fn provenance(value: &Value) -> Vec<String> {
    let source = string(value, "x-source").map(sentence);
    let mut paragraphs = Vec::new();
    match (string(value, "x-provenance"), source) {
        (Some("observed"), Some(source)) => {
            paragraphs.push(format!("Observed, not documented: {source}"));
        }
        (Some("observed"), None) => paragraphs.push("Observed, not documented.".to_owned()),
        (Some("documented") | None, Some(source)) => paragraphs.push(format!("Source: {source}")),
        _ => {}
    }
    if let Some(assumption) = string(value, "x-assumption") {
        paragraphs.push(format!("Assumed: {}", sentence(assumption)));
    }
    paragraphs
}

/// The sentence with a full stop.
pub(crate) fn sentence(prose: &str) -> String {
    let prose = prose.trim();
    if prose.ends_with(['.', '!', '?']) {
        prose.to_owned()
    } else {
        format!("{prose}.")
    }
}

/// The prose as `///` lines at the given indentation.
pub(crate) fn comment(prose: &str, indent: usize) -> String {
    marked(prose, indent, "///")
}

/// The prose as comment lines with the given mark, `///` or `//!`.
pub(crate) fn marked(prose: &str, indent: usize, mark: &str) -> String {
    let margin = " ".repeat(indent);
    let width = WIDTH.saturating_sub(indent + mark.len() + 1);
    let mut lines = String::new();
    for line in wrap(prose, width) {
        let gap = if line.is_empty() { "" } else { " " };
        let _ = writeln!(lines, "{margin}{mark}{gap}{line}");
    }
    lines
}

/// Joins the lines of each paragraph and breaks them anew; list items keep their own lines.
fn wrap(prose: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in prose.lines() {
        let content = line.trim();
        let item = content.starts_with("- ") || content.starts_with("* ");
        if content.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            open = false;
            continue;
        }
        let margin = if item || lines.last().is_some_and(|last| open && is_item(last)) {
            "  "
        } else {
            ""
        };
        if !open || item {
            lines.push(String::new());
        }
        open = true;
        for word in content.split_whitespace() {
            let last = lines.last().map_or(0, |last| last.chars().count());
            let starts = last == 0;
            if !starts && last + 1 + word.chars().count() > width {
                lines.push(format!("{margin}{word}"));
            } else if let Some(last) = lines.last_mut() {
                if !starts {
                    last.push(' ');
                }
                last.push_str(word);
            }
        }
    }
    lines
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ") || line.starts_with("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_are_wrapped_and_kept_apart() {
        let prose = format!("{}\n\nSecond.", "word ".repeat(30).trim());

        let lines = comment(&prose, 4);

        assert!(lines.lines().all(|line| line.len() <= WIDTH), "{lines}");
        assert!(lines.contains("\n    ///\n    /// Second.\n"), "{lines}");
    }

    #[test]
    fn list_items_stay_on_their_own_lines() {
        let lines = comment("Forms:\n\n- first\n  goes on\n- second", 0);

        assert_eq!(
            lines,
            "/// Forms:\n///\n/// - first goes on\n/// - second\n"
        );
    }

    #[test]
    fn undocumented_facts_say_so() {
        let value = crate::yaml::read(
            "{description: A field., x-provenance: observed, x-source: official SDK 1.1.0, x-assumption: never null}",
        )
        .unwrap()
        .0;

        let prose = docs(&value);

        assert_eq!(
            prose,
            "A field.\n\nObserved, not documented: official SDK 1.1.0.\n\nAssumed: never null."
        );
    }
}
