//! Values of providers that no status table knows: reported once, in a form that can be sent.

use std::collections::HashSet;
use std::fmt::Write;

use tracking_core::status::UnmappedCount;
use tracking_core::{Provider, ProviderId, ProviderSet};

use crate::common;
use crate::select::Connected;
use crate::terminal::{self, clean};

/// How many values are printed.
const MOST: usize = 20;

/// What was reported so far.
#[derive(Debug, Default)]
pub(crate) struct Reporter {
    reported: HashSet<(ProviderId, String, String)>,
}

impl Reporter {
    /// Prints the values that were seen since the last time, on standard error.
    pub(crate) fn report(&mut self, providers: &ProviderSet) {
        let accounts = providers.names().into_iter();
        let providers = accounts.filter_map(|name| providers.get(name).ok());
        let new = self.new_values(providers.flat_map(Provider::unmapped));
        if !new.is_empty() && !common::is_quiet() {
            terminal::warn(&text(&new));
        }
    }

    fn new_values(&mut self, seen: impl Iterator<Item = UnmappedCount>) -> Vec<UnmappedCount> {
        let mut new: Vec<UnmappedCount> = Vec::new();
        for count in seen {
            // Two accounts of one provider see the same values.
            let is_same = |known: &&mut UnmappedCount| {
                (&known.provider, &known.field, &known.value)
                    == (&count.provider, &count.field, &count.value)
            };
            match new.iter_mut().find(is_same) {
                Some(known) => known.count = known.count.saturating_add(count.count),
                None => new.push(count),
            }
        }
        new.retain(|it| {
            let value = (it.provider.clone(), it.field.clone(), it.value.clone());
            self.reported.insert(value)
        });
        new
    }
}

/// Prints the values that were seen in a run, on standard error.
pub(crate) fn report(connected: &Connected) {
    Reporter::default().report(connected.set());
}

fn text(seen: &[UnmappedCount]) -> String {
    let mut text = format!(
        "note: {} without a meaning here so far. Please report it: paste these lines into an issue at {}, and look \
         first whether a value names a person.\n",
        match seen.len() {
            1 => "1 value is".to_owned(),
            several => format!("{several} values are"),
        },
        env!("CARGO_PKG_REPOSITORY")
    );
    for count in seen.iter().take(MOST) {
        text.push('\n');
        for line in count.report_text().lines() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    {}", clean(line));
        }
    }
    if let Some(more) = seen.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(text, "\n    and {more} more");
    }
    text
}

#[cfg(test)]
mod tests {
    use tracking_core::ProviderId;
    use tracking_core::kit::UnmappedCounter;

    use super::*;

    #[test]
    fn report_is_ready_to_be_sent() {
        let counter = UnmappedCounter::new();
        let provider = ProviderId::new("ship24");
        for value in 0..MOST + 2 {
            counter.record(&provider, "statusCode", &format!("odd_{value:02}\u{1b}"));
        }

        let text = text(&counter.snapshot());

        assert!(
            text.starts_with("note: 22 values are without a meaning"),
            "{text}"
        );
        for part in [
            "    provider: ship24\n",
            "    field: statusCode\n",
            "    tracking-core: ",
            "odd_19",
            "and 2 more",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("odd_20") && !text.contains('\u{1b}'));
    }

    #[test]
    fn value_is_reported_once() {
        let counter = UnmappedCounter::new();
        let provider = ProviderId::new("ship24");
        let mut reporter = Reporter::default();
        counter.record(&provider, "statusCode", "odd");
        let two_accounts = || counter.snapshot().into_iter().chain(counter.snapshot());

        let first = reporter.new_values(two_accounts());
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].count, 2);

        counter.record(&provider, "statusCode", "odd");
        counter.record(&provider, "statusCode", "other");
        let second = reporter.new_values(two_accounts());
        let values: Vec<&str> = second.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(values, ["other"]);
    }
}
