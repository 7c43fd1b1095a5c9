//! Values of providers that no status table knows: reported once, in a form that can be sent.

use std::fmt::Write;

use tracking_core::{Provider, UnmappedCount};

use crate::common;
use crate::select::Connected;
use crate::terminal::{self, clean};

/// How many values are printed.
const MOST: usize = 20;

/// Prints the values that were seen in a run, on standard error.
pub(crate) fn report(connected: &Connected) {
    let accounts = connected.accounts().iter();
    let providers = accounts.filter_map(|account| connected.set().get(&account.name).ok());
    let mut seen: Vec<UnmappedCount> = Vec::new();
    for count in providers.flat_map(Provider::unmapped) {
        // Two accounts of one provider see the same values.
        let is_same = |known: &&mut UnmappedCount| {
            (&known.provider, &known.field, &known.value)
                == (&count.provider, &count.field, &count.value)
        };
        match seen.iter_mut().find(is_same) {
            Some(known) => known.count = known.count.saturating_add(count.count),
            None => seen.push(count),
        }
    }
    if !seen.is_empty() && !common::is_quiet() {
        terminal::warn(&text(&seen));
    }
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
}
