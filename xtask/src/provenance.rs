//! `cargo xtask provenance`: how much of each spec is documented, observed or assumed, and every assumption.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crate::spec::Spec;
use crate::yaml::{Value, entries, entries_of, string};

/// The provenance of one spec.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// Counts of operations and of properties by `documented`, `observed` and `assumed`.
    pub counts: BTreeMap<(&'static str, String), usize>,
    /// What is not documented: place, kind and note.
    pub open_points: Vec<OpenPoint>,
}

/// A fact that a user may want to verify with the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// Place in the spec.
    pub at: String,
    /// `observed` or `assumed`.
    pub provenance: &'static str,
    /// The source of an observation, or what is assumed.
    pub note: String,
}

/// Collects the provenance of a spec.
#[must_use]
pub fn collect(spec: &Spec) -> Provenance {
    let mut found = Provenance::default();
    for operation in spec.operations_and_forms() {
        found.count("operations", string(operation.value, "x-provenance"));
    }
    for (_, _, webhook) in spec.webhooks() {
        found.count("webhooks", string(webhook, "x-provenance"));
    }
    for (_, schema) in spec.schemas() {
        let inherited = string(schema, "x-provenance");
        found.count("schemas", inherited);
        for (_, property) in entries_of(schema, "properties") {
            found.count("properties", string(property, "x-provenance").or(inherited));
        }
    }
    found.open_points(spec.root(), "");
    found
}

impl Provenance {
    fn count(&mut self, what: &'static str, provenance: Option<&str>) {
        let provenance = provenance.unwrap_or("missing").to_owned();
        *self.counts.entry((what, provenance)).or_default() += 1;
    }

    /// Finds assumptions and observations everywhere.
    fn open_points(&mut self, value: &Value, at: &str) {
        if let Some(assumption) = string(value, "x-assumption") {
            self.open_points.push(OpenPoint {
                at: at.trim_start_matches('.').to_owned(),
                provenance: "assumed",
                note: assumption.trim().to_owned(),
            });
        }
        if string(value, "x-provenance") == Some("observed") {
            self.open_points.push(OpenPoint {
                at: at.trim_start_matches('.').to_owned(),
                provenance: "observed",
                note: string(value, "x-source")
                    .unwrap_or("no source given")
                    .to_owned(),
            });
        }
        match value {
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    let name =
                        string(item, "name").map_or_else(|| index.to_string(), str::to_owned);
                    self.open_points(item, &format!("{at}.{name}"));
                }
            }
            _ => entries(value)
                .for_each(|(key, child)| self.open_points(child, &format!("{at}.{key}"))),
        }
    }
}

/// The report for a person.
impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |what, word: &str| {
            self.counts
                .get(&(what, word.to_owned()))
                .copied()
                .unwrap_or(0)
        };
        writeln!(
            formatter,
            "  {:<12}{:>12}{:>12}{:>12}{:>12}",
            "", "documented", "observed", "assumed", "missing"
        )?;
        for what in ["operations", "webhooks", "schemas", "properties"] {
            let mut line = format!("  {what:<12}");
            for word in ["documented", "observed", "assumed", "missing"] {
                write!(line, "{:>12}", count(what, word))?;
            }
            writeln!(formatter, "{line}")?;
        }
        for (title, word) in [
            ("Assumed", "assumed"),
            ("Observed, not documented", "observed"),
        ] {
            let points: Vec<&OpenPoint> = self
                .open_points
                .iter()
                .filter(|point| point.provenance == word)
                .collect();
            if points.is_empty() {
                continue;
            }
            writeln!(formatter, "\n  {title} ({}):", points.len())?;
            for OpenPoint { at, note, .. } in points {
                writeln!(formatter, "  - {at}\n      {note}")?;
            }
        }
        Ok(())
    }
}
