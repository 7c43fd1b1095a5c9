//! A change on its way to those who want to know it.

use serde::{Deserialize, Serialize};
use tracking_core::look::Seen;
use tracking_core::merge::Change;
use tracking_core::{Shipment, UtcTime};

/// One change, and who has not been given it yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Item {
    /// Its number: strictly rising, never used again.
    pub(crate) seq: u64,
    /// The first number of those that the same look brought for the same shipment.
    pub(crate) look: u64,
    /// When it was seen.
    pub(crate) time: UtcTime,
    /// The name of the account.
    pub(crate) account: String,
    /// The name of the provider.
    pub(crate) provider: String,
    /// The number of the shipment.
    pub(crate) number: String,
    /// The status of the shipment, in snake case.
    pub(crate) status: String,
    /// What all changes of the look mean for a customer, if they mean something.
    pub(crate) headline: Option<String>,
    /// The change.
    pub(crate) change: Change,
    /// Who waits for it.
    pub(crate) waits: Waits,
}

/// Who has not been given a change yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Waits {
    /// It was not printed.
    pub(crate) print: bool,
    /// The command was not run.
    pub(crate) exec: bool,
    /// The webhook was not delivered.
    pub(crate) webhook: Option<Attempts>,
}

/// How often a webhook was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Attempts {
    pub(crate) failed: u32,
    /// When to try again; at once if there is no time.
    pub(crate) next: Option<UtcTime>,
}

impl Waits {
    pub(crate) const fn is_over(&self) -> bool {
        !self.print && !self.exec && self.webhook.is_none()
    }
}

/// A change as programs see it: a line of `--json`, the standard input of `--exec`, the `data` of a
/// webhook.
#[derive(Debug, Serialize)]
pub(crate) struct Line<'a> {
    seq: u64,
    time: UtcTime,
    provider: &'a str,
    account: &'a str,
    number: &'a str,
    status: &'a str,
    headline: Option<&'a str>,
    /// The change as a sentence.
    text: String,
    change: &'a Change,
}

impl Item {
    /// Numbers the changes of a shipment.
    pub(crate) fn all(
        shipment: &Shipment,
        seen: Seen,
        account: &str,
        time: UtcTime,
        last: &mut u64,
        waits: Waits,
    ) -> Vec<Self> {
        let look = last.saturating_add(1);
        let headline = seen.headline;
        let item = |change| {
            *last = last.saturating_add(1);
            Self {
                seq: *last,
                look,
                time,
                account: account.to_owned(),
                provider: shipment.provider.to_string(),
                number: shipment.number.clone(),
                status: shipment.status.status.as_str().to_owned(),
                headline: headline.clone(),
                change,
                waits,
            }
        };
        seen.changes.into_iter().map(item).collect()
    }

    /// The change as a sentence.
    pub(crate) fn text(&self) -> String {
        self.change.to_string()
    }

    /// The change as programs see it.
    pub(crate) fn line(&self) -> Line<'_> {
        Line {
            seq: self.seq,
            time: self.time,
            provider: &self.provider,
            account: &self.account,
            number: &self.number,
            status: &self.status,
            headline: self.headline.as_deref(),
            text: self.text(),
            change: &self.change,
        }
    }

    /// The line, without a line end.
    pub(crate) fn json(&self) -> String {
        // Strings, numbers and maps with string keys can always be written as JSON.
        serde_json::to_string(&self.line()).unwrap_or_default()
    }
}
