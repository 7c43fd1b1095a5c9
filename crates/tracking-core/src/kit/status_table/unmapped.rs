//! Counts wire values that no table knows, so that somebody can report them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ProviderId;
use crate::status::UnmappedCount;

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
/// It can be shared between threads. It remembers at most 1000 different values, and of each the
/// first 100 characters, so that a provider that sends free text cannot fill the memory.
#[derive(Default)]
pub struct UnmappedCounter {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    by_provider: BTreeMap<ProviderId, ByField>,
    /// How many values there are in all.
    values: usize,
}

/// How often each value of a field was seen, by the name of the field.
type ByField = BTreeMap<String, BTreeMap<String, u64>>;

impl Counts {
    fn get_mut(&mut self, provider: &ProviderId, field: &str, value: &str) -> Option<&mut u64> {
        let fields = self.by_provider.get_mut(provider)?;
        fields.get_mut(field)?.get_mut(value)
    }

    fn insert(&mut self, provider: &ProviderId, field: &str, value: &str) {
        let fields = self.by_provider.entry(provider.clone()).or_default();
        let values = fields.entry(field.to_owned()).or_default();
        values.insert(value.to_owned(), 1);
        self.values += 1;
    }
}

impl UnmappedCounter {
    /// How many different values are remembered.
    pub const CAPACITY: usize = 1000;

    /// How many characters of a value are remembered; values that start alike count as one.
    pub const MAX_CHARS: usize = 100;

    /// Creates an empty counter; it can be a `static`.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            counts: Mutex::new(Counts {
                by_provider: BTreeMap::new(),
                values: 0,
            }),
        }
    }

    /// Counts one value.
    pub fn record(&self, provider: &ProviderId, field: &str, value: &str) {
        let (field, value) = (start_of(field), start_of(value));
        let mut counts = self.lock();
        if let Some(count) = counts.get_mut(provider, field, value) {
            *count = count.saturating_add(1);
        } else if counts.values < Self::CAPACITY {
            counts.insert(provider, field, value);
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
        let counts = self.lock();
        let mut list = Vec::with_capacity(counts.values);
        for (provider, fields) in &counts.by_provider {
            for (field, values) in fields {
                list.extend(values.iter().map(|(value, count)| UnmappedCount {
                    provider: provider.clone(),
                    field: field.clone(),
                    value: value.clone(),
                    count: *count,
                }));
            }
        }
        list
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // Nothing can panic while the lock is held, so poisoned counts are still whole.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The part of a string that is remembered.
fn start_of(text: &str) -> &str {
    if text.len() <= UnmappedCounter::MAX_CHARS {
        return text;
    }
    let end = text.char_indices().nth(UnmappedCounter::MAX_CHARS);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

impl fmt::Debug for UnmappedCounter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnmappedCounter")
            .field("values", &self.lock().values)
            .finish()
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
    fn number_of_values_is_bounded_and_known_ones_go_on_counting() {
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
    fn long_values_are_cut() {
        let counter = UnmappedCounter::new();
        let long = "é".repeat(1_000_000);

        counter.record(&PROVIDER, "statusCode", &long);
        counter.record(&PROVIDER, "statusCode", &long[..400]);

        let counts = counter.snapshot();
        assert_eq!(counts.len(), 1);
        assert_eq!(counts[0].count, 2);
        assert_eq!(counts[0].value, "é".repeat(UnmappedCounter::MAX_CHARS));
    }

    #[test]
    fn report_says_what_maintainer_needs() {
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
