//! Values of providers that no status table knows: reported once, in a form that can be sent.

use std::collections::HashSet;
use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tracking_core::status::UnmappedCount;
use tracking_core::{Provider, ProviderId, ProviderSet};

use crate::common;
use crate::select::Connected;
use crate::terminal::{self, clean};

/// How many values are printed.
const MOST: usize = 20;

/// The form of an issue for these values, in `.github/ISSUE_TEMPLATE/unmapped-value.yml`.
const FORM: &str = concat!(
    env!("CARGO_PKG_REPOSITORY"),
    "/issues/new?template=unmapped-value.yml"
);

/// The longest link that opens the form with the values in it, in bytes: browsers and servers take at least that.
const LONGEST_LINK: usize = 2000;

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
    let mut report = String::new();
    for count in seen.iter().take(MOST) {
        report.push('\n');
        for line in count.report_text().lines() {
            // Writing to a string cannot fail.
            let _ = writeln!(report, "    {}", clean(line));
        }
    }
    if let Some(more) = seen.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(report, "\n    and {more} more");
    }
    let (action, link) = link(&report);
    format!(
        "note: {} without a meaning here so far. Please report it: look first whether a value names a person, then \
         {action}: {link}\n{report}",
        match seen.len() {
            1 => "1 value is".to_owned(),
            several => format!("{several} values are"),
        },
    )
}

/// What to do with the form of an issue, and its address: with the report in it if that is not too long.
fn link(report: &str) -> (&'static str, String) {
    let lines: Vec<&str> = report.trim().lines().map(str::trim).collect();
    let report = lines.join("\n");
    let filled = format!(
        "{FORM}&report={}",
        utf8_percent_encode(&report, NON_ALPHANUMERIC)
    );
    if filled.len() <= LONGEST_LINK {
        ("open this form, which has these lines in it", filled)
    } else {
        ("paste these lines into this form", FORM.to_owned())
    }
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
        assert!(
            text.contains("paste these lines into this form: "),
            "{text}"
        );
        assert!(!text.contains("&report="), "{text}");
    }

    #[test]
    fn short_report_is_in_the_link() {
        let counter = UnmappedCounter::new();
        counter.record(&ProviderId::new("ship24"), "statusCode", "odd & new");

        let text = text(&counter.snapshot());

        let (_, link) = text.lines().next().unwrap().rsplit_once(' ').unwrap();
        let (form, report) = link.split_once("&report=").unwrap();
        assert_eq!(form, FORM);
        let report = percent_encoding::percent_decode_str(report)
            .decode_utf8()
            .unwrap();
        assert_eq!(report, counter.snapshot()[0].report_text().trim_end());
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
