//! Trackings: one record per parcel, uploaded once.

use std::collections::BTreeMap;

use crate::oneconcepts::berlin;
use crate::world::{Journey, Step};

/// One uploaded record.
#[derive(Debug)]
pub(crate) struct Tracking {
    pub(crate) id: u64,
    pub(crate) order: u64,
    /// Milliseconds since the Unix epoch; past every time while the record is withdrawn.
    pub(crate) created_at: i64,
    pub(crate) courier: String,
    pub(crate) number: String,
}

/// When the tracking of a parcel is uploaded: the first upload after the courier of the first leg
/// got the parcel. `None` before that.
pub(crate) fn upload_time(journey: &Journey, now: i64) -> Option<i64> {
    let handed_over = journey
        .seen(now, true)
        .iter()
        .find(|scan| has_parcel(scan.step))?;
    berlin::next_upload(handed_over.at).filter(|upload| *upload <= now)
}

/// Returns true if the courier has the parcel at such a scan.
fn has_parcel(step: Step) -> bool {
    !matches!(
        step,
        Step::OrderCreated | Step::OrderCancelled | Step::DeliveryProposed | Step::DeliveryDecided
    )
}

/// All records, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Trackings {
    by_id: BTreeMap<u64, Tracking>,
    made: u64,
}

impl Trackings {
    pub(crate) fn add(&mut self, order: u64, courier: &str, number: &str, created_at: i64) -> u64 {
        self.made += 1;
        let tracking = Tracking {
            id: self.made,
            order,
            created_at,
            courier: courier.to_owned(),
            number: number.to_owned(),
        };
        self.by_id.insert(self.made, tracking);
        self.made
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Tracking> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Tracking> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn remove(&mut self, id: u64) {
        self.by_id.remove(&id);
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Tracking> {
        self.by_id.values()
    }
}
