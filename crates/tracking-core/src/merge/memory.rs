//! What a merge remembers of earlier ones, and no user sees.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Fact;
use super::report_time::ReportTime;
use crate::model::{list, map, null_as_default, optional};
use crate::{EventKey, Status, StatusReport, UtcTime};

/// What a merge remembers. It is stored with the shipment; a shipment without it is an observation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Memory {
    /// When the status was last reported.
    #[serde(default, deserialize_with = "optional")]
    pub(super) status: Option<ReportTime>,
    /// The rank that was known before a status without one.
    #[serde(default)]
    pub(super) rank: Option<u8>,
    /// What was reported, not taken over, and said once.
    #[serde(default, deserialize_with = "list")]
    pub(super) refused: Vec<Refused>,
    /// The parcel was on its way back.
    #[serde(default, deserialize_with = "null_as_default")]
    pub(super) was_returning: bool,
    /// The last complete response.
    #[serde(default, deserialize_with = "optional")]
    pub(super) listed: Option<ReportTime>,
    /// When a message last reported a fact that the last complete response does not decide.
    #[serde(default, deserialize_with = "map")]
    pub(super) facts: BTreeMap<Fact, ReportTime>,
    /// The last event that said the final status, as long as the shipment has that one. It may be
    /// retracted or say something else by now.
    #[serde(default)]
    pub(super) final_event: Option<EventKey>,
    /// When the last complete response was fetched, if it was of the parcel that had the number before.
    #[serde(default, deserialize_with = "optional")]
    pub(super) former_since: Option<UtcTime>,
}

/// A status that was not taken over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Refused {
    #[serde(default, deserialize_with = "null_as_default")]
    status: Status,
    detail: Option<String>,
}

impl Refused {
    fn of(report: &StatusReport) -> Self {
        Self {
            status: report.status.clone(),
            detail: report.detail.as_ref().map(|it| it.as_str().to_owned()),
        }
    }
}

impl Memory {
    /// How many refused statuses are kept, the last ones: there are not many more, but any number of
    /// unknown values.
    const MAX_REFUSED: usize = 32;

    pub(crate) const fn was_returning(&self) -> bool {
        self.was_returning
    }

    /// Forgets what was refused, now that `accepted` is the status: it contradicts something else. With
    /// `all` that is every status but an unknown value, which says no more than before.
    pub(super) fn forget_refused(&mut self, accepted: &StatusReport, all: bool) {
        let accepted = Refused::of(accepted);
        let is_kept = |it: &Refused| *it != accepted && (!all || it.status.is_unmapped());
        self.refused.retain(is_kept);
    }

    /// Notes a refused status, and returns true if it was not noted before.
    pub(super) fn refuse(&mut self, report: &StatusReport) -> bool {
        let refused = Refused::of(report);
        if self.refused.contains(&refused) {
            return false;
        }
        if self.refused.len() == Self::MAX_REFUSED {
            self.refused.remove(0);
        }
        self.refused.push(refused);
        true
    }
}
