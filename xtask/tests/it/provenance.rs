//! Provenance of the specs of this repository.

use xtask::provenance::collect;
use xtask::workspace::Workspace;

#[test]
fn every_operation_schema_and_property_has_a_provenance() {
    for spec in Workspace::current().specs(None).unwrap() {
        let found = collect(&spec);

        let missing: Vec<_> = found
            .counts
            .keys()
            .filter(|(_, provenance)| provenance == "missing")
            .collect();
        assert!(missing.is_empty(), "{}: {missing:?}", spec.file());
        assert!(
            found.counts.keys().any(|(what, _)| *what == "operations"),
            "{}",
            spec.file()
        );
    }
}

#[test]
fn report_lists_every_assumption_with_its_place() {
    for spec in Workspace::current().specs(None).unwrap() {
        let report = collect(&spec).to_string();

        let path = Workspace::current().root().join(spec.file());
        let source = std::fs::read_to_string(path).unwrap();
        let assumptions = source.lines().filter(|line| {
            line.trim_start()
                .trim_start_matches("- ")
                .starts_with("x-assumption: ")
        });
        let listed = report
            .lines()
            .filter(|line| line.starts_with("  - "))
            .count();
        assert!(listed >= assumptions.count(), "{report}");
        assert!(report.contains("Assumed ("), "{report}");
    }
}
