//! What the suite found, check by check.

use std::fmt;

/// The result of one run of the suite.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The name of the provider that was tested.
    pub provider: String,
    /// Every check in the order in which it ran.
    pub checks: Vec<Check>,
}

/// One check of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What is demanded, as a name in snake case: `events_are_oldest_first`.
    pub name: &'static str,
    /// What it was demanded of: a request, a shipment, an event.
    pub subject: String,
    /// How it went.
    pub verdict: Verdict,
}

/// How a check went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// As demanded.
    Passed,
    /// Not as demanded; the text says what was seen.
    Failed(String),
    /// Not tried; the text says what is missing.
    Skipped(String),
}

impl Report {
    pub(super) fn new(provider: String) -> Self {
        Self {
            provider,
            checks: Vec::new(),
        }
    }

    /// Returns true if no check failed.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.failures().next().is_none()
    }

    /// Returns the checks that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .filter(|check| matches!(check.verdict, Verdict::Failed(_)))
    }

    /// Returns the checks that were not tried.
    pub fn skipped(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .filter(|check| matches!(check.verdict, Verdict::Skipped(_)))
    }

    /// Returns true if a check of this name passed, and none of this name failed.
    #[must_use]
    pub fn has_passed(&self, name: &str) -> bool {
        let mut of_name = self.checks.iter().filter(|check| check.name == name);
        let failed = self.failures().any(|check| check.name == name);
        !failed && of_name.any(|check| check.verdict == Verdict::Passed)
    }

    /// Turns the report into a result, for `?` in a test.
    ///
    /// # Errors
    /// The report itself if a check failed; its `Display` lists the failures.
    pub fn into_result(self) -> Result<Self, Self> {
        if self.is_success() {
            Ok(self)
        } else {
            Err(self)
        }
    }

    pub(super) fn demand(&mut self, name: &'static str, subject: &str, result: Result<(), String>) {
        let verdict = match result {
            Ok(()) => Verdict::Passed,
            Err(seen) => Verdict::Failed(seen),
        };
        self.add(name, subject, verdict);
    }

    pub(super) fn skip(&mut self, name: &'static str, missing: &str) {
        self.add(name, "-", Verdict::Skipped(missing.to_owned()));
    }

    fn add(&mut self, name: &'static str, subject: &str, verdict: Verdict) {
        self.checks.push(Check {
            name,
            subject: subject.to_owned(),
            verdict,
        });
    }
}

impl Check {
    /// Returns true if the check was tried, whether it passed or failed.
    #[must_use]
    pub fn was_tried(&self) -> bool {
        !matches!(self.verdict, Verdict::Skipped(_))
    }
}

impl std::error::Error for Report {}

impl fmt::Display for Report {
    /// Prints the counts, then one line per failure.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failed = self.failures().count();
        let skipped = self.skipped().count();
        let passed = self.checks.len() - failed - skipped;
        let provider = &self.provider;
        write!(
            f,
            "{provider}: {passed} checks passed, {failed} failed, {skipped} skipped"
        )?;
        for check in self.failures() {
            write!(f, "\n{check}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, subject, .. } = self;
        match &self.verdict {
            Verdict::Passed => write!(f, "passed  {name} [{subject}]"),
            Verdict::Failed(seen) => write!(f, "FAILED  {name} [{subject}]: {seen}"),
            Verdict::Skipped(missing) => write!(f, "skipped {name}: {missing}"),
        }
    }
}
