//! What a caller gets to see of a parcel.

use super::requests::payload::CourierCodes;
use super::statuses::{Milestone, milestone};
use super::tracker::Tracker;
use crate::world::{Journey, JourneyScan};

/// The part of a journey that a caller gets to see, oldest scan first.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) journey: &'a Journey,
    pub(crate) scans: Vec<&'a JourneyScan>,
}

impl<'a> View<'a> {
    /// What a tracker sees at `now`.
    pub(crate) fn of_tracker(tracker: &Tracker, journey: &'a Journey, now: i64) -> Self {
        let payload = &tracker.payload;
        let only = payload
            .restrict_to_couriers
            .then_some(&payload.courier_codes);
        Self::new(
            journey,
            tracker.sees_until(now),
            payload.post_code.is_some(),
            only,
        )
    }

    /// What is visible at `until` to a caller with or without a post code, restricted to some
    /// couriers or not.
    pub(crate) fn new(
        journey: &'a Journey,
        until: i64,
        has_post_code: bool,
        only: Option<&CourierCodes>,
    ) -> Self {
        let followed = |scan: &&JourneyScan| {
            only.is_none_or(|only| {
                journey
                    .legs()
                    .get(scan.leg)
                    .is_some_and(|leg| only.codes.contains(&leg.courier))
            })
        };
        let scans = journey.seen(until, has_post_code);
        Self {
            journey,
            scans: scans.iter().filter(followed).collect(),
        }
    }

    pub(crate) fn milestone(&self) -> Milestone {
        milestone(self.scans.iter().copied())
    }
}
