//! Counts wire values that no table knows, so that somebody can report them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::ProviderId;

/// A wire value that has no row in its table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnmappedField {
    /// The name of the wire field.
    pub field: &'static str,
    /// The wire value, verbatim.
    pub value: String,
}

impl UnmappedField {
    pub(super) fn new(field: &'static str, value: &str) -> Self {
        Self {
            field,
            value: value.to_owned(),
        }
    }
}

/// Counts wire values that no table knows.
///
/// It can be shared between threads and remembers at most 1000 different values, so that a
/// provider that sends free text cannot fill the memory.
#[derive(Default)]
pub struct UnmappedCounter {
    counts: Mutex<BTreeMap<Seen, u64>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    provider: ProviderId,
    field: String,
    value: String,
}

impl UnmappedCounter {
    /// How many different values are remembered.
    pub const CAPACITY: usize = 1000;

    /// Creates an empty counter; it can be a `static`.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            counts: Mutex::new(BTreeMap::new()),
        }
    }

    /// Counts one value.
    pub fn record(&self, provider: &ProviderId, field: &str, value: &str) {
        let seen = Seen {
            provider: provider.clone(),
            field: field.to_owned(),
            value: value.to_owned(),
        };
        let mut counts = self.lock();
        if let Some(count) = counts.get_mut(&seen) {
            *count = count.saturating_add(1);
        } else if counts.len() < Self::CAPACITY {
            counts.insert(seen, 1);
        }
    }

    /// Counts all values of a mapping.
    pub fn record_all(&self, provider: &ProviderId, values: &[UnmappedField]) {
        for UnmappedField { field, value } in values {
            self.record(provider, field, value);
        }
    }

    /// Returns the counts, in the order of provider, field and value.
    #[must_use]
    pub fn snapshot(&self) -> Vec<UnmappedCount> {
        let count = |(seen, count): (&Seen, &u64)| UnmappedCount {
            provider: seen.provider.clone(),
            field: seen.field.clone(),
            value: seen.value.clone(),
            count: *count,
        };
        self.lock().iter().map(count).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Seen, u64>> {
        // Nothing can panic while the lock is held, so a poisoned map is still whole.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for UnmappedCounter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnmappedCounter")
            .field("values", &self.lock().len())
            .finish()
    }
}

/// How often a wire value without a meaning was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnmappedCount {
    /// The provider.
    pub provider: ProviderId,
    /// The name of the wire field.
    pub field: String,
    /// The wire value, verbatim.
    pub value: String,
    /// How often it was seen.
    pub count: u64,
}

impl UnmappedCount {
    /// Returns a text that can be pasted into a bug report. It holds no number and no name.
    #[must_use]
    pub fn report_text(&self) -> String {
        let Self {
            provider,
            field,
            value,
            count,
        } = self;
        format!(
            "Unmapped status value\n\
             provider: {provider}\n\
             field: {field}\n\
             value: {value:?}\n\
             seen: {count} times\n\
             tracking-core: {}\n",
            env!("CARGO_PKG_VERSION")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::UnmappedCounter;
    use crate::ProviderId;

    const PROVIDER: ProviderId = ProviderId::new("ship24");

    #[test]
    fn equal_values_are_counted_together() {
        let counter = UnmappedCounter::new();

        counter.record(&PROVIDER, "statusCode", "teleported");
        counter.record(&PROVIDER, "statusCode", "teleported");
        counter.record(&PROVIDER, "statusMilestone", "teleported");

        let counts: Vec<(String, u64)> = counter
            .snapshot()
            .into_iter()
            .map(|count| (count.field, count.count))
            .collect();
        assert_eq!(
            counts,
            [
                ("statusCode".to_owned(), 2),
                ("statusMilestone".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn the_number_of_values_is_bounded_and_known_ones_go_on_counting() {
        let counter = UnmappedCounter::new();
        for value in 0..UnmappedCounter::CAPACITY + 5 {
            counter.record(&PROVIDER, "statusCode", &value.to_string());
        }

        counter.record(&PROVIDER, "statusCode", "0");

        let counts = counter.snapshot();
        assert_eq!(counts.len(), UnmappedCounter::CAPACITY);
        assert_eq!(counts.iter().map(|count| count.count).max(), Some(2));
    }

    #[test]
    fn the_report_says_what_a_maintainer_needs() {
        let counter = UnmappedCounter::new();
        counter.record(&PROVIDER, "statusCode", "tele\nported");

        let text = counter.snapshot().remove(0).report_text();

        for part in [
            "ship24",
            "statusCode",
            r#""tele\nported""#,
            "1 times",
            "tracking-core",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
