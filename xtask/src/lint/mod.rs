//! Refuses what the generator would turn into wrong or ugly code, and says why and what to write instead.
//!
//! Every rule runs on every spec before anything is generated; `README.md` lists the extensions that it accepts.

mod alternatives;
mod bare_scalars;
mod bodies;
mod enums;
mod extensions;
mod names;
mod operations;
mod places;
mod presence;
mod prose;
mod references;
mod schemas;

use std::fmt::{self, Write as _};

use anyhow::{Result, bail};

use crate::spec::Spec;
pub(crate) use places::{Place, Role, places};

/// One fault of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Place in the document, `components.schemas.Tracker.properties.createdAt`.
    pub at: String,
    /// What is wrong and why it matters.
    pub problem: String,
    /// What to write instead.
    pub advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            at,
            problem,
            advice,
        } = self;
        write!(formatter, "{at}: {problem}\n    {advice}")
    }
}

/// Collects the findings of the rules.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn add(
        &mut self,
        at: impl Into<String>,
        problem: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.0.push(Finding {
            at: at.into(),
            problem: problem.into(),
            advice: advice.into(),
        });
    }
}

/// Checks one spec with every rule; an empty list means that code can be generated from it.
#[must_use]
pub fn lint(spec: &Spec) -> Vec<Finding> {
    let mut findings = Findings::default();
    bare_scalars::check(spec, &mut findings);
    let places = places(spec);
    references::check(spec, &mut findings);
    operations::check(spec, &mut findings);
    names::check(spec, &mut findings);
    extensions::check(spec, &places, &mut findings);
    for place in &places {
        schemas::check(place, &mut findings);
        alternatives::check(place, &mut findings);
        presence::check(place, &mut findings);
        enums::check(place, &mut findings);
        prose::check_schema(place, &mut findings);
    }
    findings.0
}

/// Fails with every finding of the specs, so that a person can mend all in one go.
///
/// # Errors
/// When a rule refuses something.
pub fn require_clean(specs: &[Spec]) -> Result<()> {
    let mut report = String::new();
    let mut count = 0;
    for spec in specs {
        for finding in lint(spec) {
            count += 1;
            write!(report, "\n{}: {finding}", spec.file())?;
        }
    }
    if count > 0 {
        bail!("{count} problem(s) in the specs; nothing was written{report}");
    }
    Ok(())
}
