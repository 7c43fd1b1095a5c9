//! When something was reported, and which of two reports of it is the newer one.

use std::cmp::Ordering;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::{Restore, null_as_default, optional};
use crate::{Shipment, UtcTime};

/// When something was reported, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ReportTime {
    /// The provider's own update time.
    updated_at: Option<UtcTime>,
    /// When the report was fetched or received.
    pub(crate) fetched_at: UtcTime,
    /// Fetched by us, not sent by the provider: messages are repeated for days.
    polled: bool,
}

/// How old one report is beside another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Age {
    /// The provider's clock says so, or ours by more than a minute.
    ProvenOlder,
    /// Ours says so, by a minute or less, or it is a message whose age is unknown.
    Older,
    /// Nothing says which one is older.
    Same,
    /// Our clock says so, by a minute or less.
    Newer,
    /// The provider's clock says so, or ours by more than a minute.
    ProvenNewer,
}

/// Up to here a difference of our own clocks proves nothing: two processes ask at nearly the same
/// time, and their clocks differ.
const DOUBT: Duration = Duration::from_secs(60);

/// A [`ReportTime`] as it is stored.
#[derive(Deserialize)]
pub(crate) struct ReportTimeForm {
    #[serde(default, deserialize_with = "optional")]
    updated_at: Option<UtcTime>,
    #[serde(default, deserialize_with = "optional")]
    fetched_at: Option<UtcTime>,
    #[serde(default, deserialize_with = "null_as_default")]
    polled: bool,
}

impl Restore for ReportTime {
    type Form = ReportTimeForm;

    fn restore(form: ReportTimeForm) -> Option<Self> {
        Some(Self {
            updated_at: form.updated_at,
            fetched_at: form.fetched_at?,
            polled: form.polled,
        })
    }
}

impl ReportTime {
    pub(super) fn of(shipment: &Shipment, polled: bool) -> Self {
        Self {
            updated_at: shipment.freshness.provider_updated_at,
            fetched_at: shipment.freshness.fetched_at,
            polled,
        }
    }

    /// Which one is newer by the provider's clock.
    pub(super) fn order_by_provider(self, known: Self) -> Option<Ordering> {
        let order = self.updated_at?.cmp(&known.updated_at?);
        (order != Ordering::Equal).then_some(order)
    }

    /// Returns true if both were polled, or both were sent to us.
    pub(super) const fn is_like(self, known: Self) -> bool {
        self.polled == known.polled
    }

    /// How old this report is beside `known`.
    pub(super) fn age_beside(self, known: Self) -> Age {
        match self.order_by_provider(known) {
            Some(Ordering::Less) => return Age::ProvenOlder,
            Some(_) => return Age::ProvenNewer,
            None => {}
        }
        match (self.polled, known.polled) {
            // What was polled is at least as new as its request. A message may be days old.
            (false, true) => return Age::Older,
            (true, false) if self.fetched_at < known.fetched_at => return Age::Same,
            _ => {}
        }
        // The arrival of two messages proves nothing either; it only makes their order count.
        let proves = |difference: Option<Duration>| {
            self.polled && difference.is_some_and(|difference| difference > DOUBT)
        };
        match self.fetched_at.cmp(&known.fetched_at) {
            Ordering::Less if proves(known.fetched_at.since(self.fetched_at)) => Age::ProvenOlder,
            Ordering::Less => Age::Older,
            Ordering::Equal => Age::Same,
            Ordering::Greater if proves(self.fetched_at.since(known.fetched_at)) => {
                Age::ProvenNewer
            }
            Ordering::Greater => Age::Newer,
        }
    }

    /// The newer one of two.
    pub(super) fn or_newer(self, other: Self) -> Self {
        if other.age_beside(self) > Age::Same {
            other
        } else {
            self
        }
    }
}
