//! Descriptions become documentation: they must exist, and rustdoc must not read links into them.

use super::{Findings, Place, Role};
use crate::spec::referred;
use crate::yaml::string;

/// Checks the description of a schema. Parts, items and values take theirs from the schema around them.
pub(super) fn check_schema(place: &Place<'_>, findings: &mut Findings) {
    let described = string(place.schema, "description");
    if let Some(description) = described {
        check_text(&format!("{}.description", place.at), description, findings);
    }
    for (value, note) in crate::yaml::entries_of(place.schema, "x-enum-descriptions") {
        if let Some(note) = note.as_str() {
            check_text(
                &format!("{}.x-enum-descriptions.{value}", place.at),
                note,
                findings,
            );
        }
    }
    let needed = match place.role {
        Role::Component => true,
        // A bare reference is described by its target.
        Role::Property => referred(place.schema).is_none(),
        Role::Items | Role::Values | Role::Part | Role::Parameter | Role::Body => false,
    };
    if needed && described.is_none_or(|description| description.trim().is_empty()) {
        findings.add(
            &place.at,
            "no description: the generated item would have no documentation",
            "Add a `description` with meaning, unit and odd shapes.",
        );
    }
}

/// Refuses what rustdoc reads as a link or a tag.
pub(super) fn check_text(at: &str, description: &str, findings: &mut Findings) {
    let prose = without_code(description);
    if prose.contains('[') || prose.contains(']') {
        findings.add(
            at,
            "square brackets outside of code become broken links in the documentation",
            "Put it in backticks, or use round brackets.",
        );
    }
    for word in prose.split_whitespace() {
        let bare = word.trim_start_matches(['(', '"', '\'']);
        if bare.starts_with("http://") || bare.starts_with("https://") {
            findings.add(
                at,
                format!("the bare address {bare} is refused by rustdoc"),
                "Write `<https://…>`, or put it in backticks.",
            );
        }
    }
    for tag in tags(&prose) {
        findings.add(
            at,
            format!("`{tag}` outside of code is read as an HTML tag"),
            "Put it in backticks.",
        );
    }
}

/// The prose without everything between backticks.
fn without_code(description: &str) -> String {
    description
        .split('`')
        .enumerate()
        .map(|(index, part)| if index % 2 == 0 { part } else { "code" })
        .collect()
}

fn tags(prose: &str) -> Vec<String> {
    prose
        .split('<')
        .skip(1)
        .filter_map(|rest| {
            let inside = rest.split_once('>')?.0;
            let link = inside.starts_with("http://") || inside.starts_with("https://");
            let tag = inside.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
            (tag && !link).then(|| format!("<{inside}>"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_bracketed_addresses_are_accepted() {
        let mut findings = Findings::default();

        check_text(
            "x",
            "A list `[1]`, `<b>`, see <https://example.com>, a < b.",
            &mut findings,
        );

        assert!(findings.0.is_empty(), "{findings:?}");
    }

    #[test]
    fn brackets_tags_and_bare_addresses_are_refused() {
        let mut findings = Findings::default();

        check_text(
            "x",
            "See [1] and <b> at https://example.com.",
            &mut findings,
        );

        assert_eq!(findings.0.len(), 3, "{findings:?}");
    }
}
