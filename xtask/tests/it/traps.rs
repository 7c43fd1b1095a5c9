//! One wrong spec for each trap: the message names the thing and what to do, and no code is generated.

use std::fs;

use xtask::codegen::{Formatter, generate};
use xtask::lint::lint;
use xtask::spec::Spec;
use xtask::workspace::Workspace;

use crate::folder;

/// Lines `# expect: …` at the top of a trap.
fn expected(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter_map(|line| line.strip_prefix("# expect: "))
        .collect()
}

#[test]
fn every_trap_is_refused_with_a_clear_message() {
    let mut count = 0;
    for entry in fs::read_dir(folder("traps")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).unwrap();
        let spec = Spec::parse("trap", "specs/trap.yaml", &source).unwrap();

        let findings = lint(&spec);
        let refused = generate(Workspace::current().root(), Formatter::None, &spec);

        let report: String = findings
            .iter()
            .map(|finding| format!("{finding}\n"))
            .collect();
        let expected_messages = expected(&source);
        assert!(
            !expected_messages.is_empty(),
            "{name} has no line `# expect:`"
        );
        for text in expected_messages {
            assert!(
                report.contains(text),
                "{name}: no message contains {text:?}:\n{report}"
            );
        }
        assert!(
            findings.iter().all(|finding| !finding.advice.is_empty()),
            "{name}: {report}"
        );
        assert!(refused.is_err(), "{name}");
        count += 1;
    }
    assert!(count > 50, "only {count} traps were found");
}

#[test]
fn trap_gives_no_message_about_anything_else() {
    for entry in fs::read_dir(folder("traps")).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        let spec = Spec::parse("trap", "specs/trap.yaml", &source).unwrap();

        let findings = lint(&spec);

        let places: Vec<&str> = findings.iter().map(|finding| finding.at.as_str()).collect();
        assert!(findings.len() <= 3, "{}: {places:?}", path.display());
    }
}

#[test]
fn specs_of_this_repository_are_clean() {
    let specs = Workspace::current().specs(None).unwrap();

    assert!(!specs.is_empty());
    xtask::lint::require_clean(&specs).unwrap();
}
