//! What the account gets to see of a parcel.

use super::carriers;
use super::settings::Settings;
use super::statuses::{self, Status};
use super::tracking::{Announced, Tracking};
use crate::world::{Journey, JourneyScan, Leg};

const DAY: i64 = 86_400_000;

/// A tracking and the part of the journey that its carrier and those after it have reported.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) tracking: &'a Tracking,
    pub(crate) journey: Option<&'a Journey>,
    /// The leg that the tracking follows from.
    pub(crate) first_leg: usize,
    /// Oldest first.
    pub(crate) scans: Vec<&'a JourneyScan>,
    /// True if the carrier has been asked at all.
    queried: bool,
    until: i64,
}

impl<'a> View<'a> {
    pub(crate) fn new(
        tracking: &'a Tracking,
        journey: Option<&'a Journey>,
        settings: &Settings,
        now: i64,
    ) -> Self {
        let until = tracking.stopped_at.map_or(now, |stopped| stopped.min(now));
        let asked = tracking
            .created_at
            .saturating_add(i64::from(settings.query_delay_seconds) * 1000);
        let queried = asked <= until || tracking.asked_at.is_some_and(|asked| asked <= until);
        // Another carrier than that of the parcel knows nothing about the number.
        let followed = journey.and_then(|journey| Some((journey, leg_of(tracking, journey)?)));
        let first_leg = followed.map_or(0, |(_, leg)| leg);
        let scans = match followed {
            Some((journey, _)) if queried => journey
                .seen(until, tracking.details.postal_code.is_some())
                .iter()
                .filter(|scan| scan.leg >= first_leg)
                .collect(),
            _ => Vec::new(),
        };
        Self {
            tracking,
            journey: followed.map(|(journey, _)| journey),
            first_leg,
            scans,
            queried,
            until,
        }
    }

    pub(crate) fn is_queried(&self) -> bool {
        self.queried
    }

    /// The legs that the tracking covers, at least one scan or not.
    pub(crate) fn legs(&self) -> &'a [Leg] {
        self.journey
            .and_then(|journey| journey.legs().get(self.first_leg..))
            .unwrap_or_default()
    }

    /// Status and substatus of the shipment.
    pub(crate) fn status(&self) -> (Status, Option<&'static str>) {
        if let Some(manual) = self.tracking.manual {
            return (manual, None);
        }
        if !self.queried {
            return (Status::Pending, None);
        }
        let Some(last) = self.scans.last() else {
            return (Status::NotFound, Some("notfound002"));
        };
        let (status, substatus) = statuses::of_shipment(last.step);
        let ends = matches!(status, Status::Delivered | Status::Exception);
        let patience = carriers::find(&self.tracking.carrier)
            .map_or(30, carriers::Carrier::expires_after_days);
        if !ends && self.until.saturating_sub(last.at) > patience * DAY {
            return (Status::Expired, Some("expired001"));
        }
        (status, substatus)
    }

    /// Returns true if the service still asks the carrier.
    pub(crate) fn is_updating(&self) -> bool {
        self.tracking.stopped_at.is_none()
            && !matches!(self.status().0, Status::Delivered | Status::Expired)
    }

    /// When the tracking changed last, through the carrier or through the account.
    pub(crate) fn updated_at(&self) -> Option<i64> {
        let reported = self
            .scans
            .last()
            .map(|scan| scan.at.max(self.tracking.created_at));
        let edited = self
            .journey
            .filter(|_| self.queried)
            .and_then(|journey| journey.changed_until(self.until));
        reported.max(edited).max(self.tracking.changed_at)
    }

    /// Days from the first scan to the last, or to now while the parcel is on its way.
    pub(crate) fn days_in_transit(&self) -> Option<i64> {
        let first = self.scans.first()?;
        let last = self.scans.last()?;
        let end = if self.status().0 == Status::Delivered {
            last.at
        } else {
            self.until
        };
        Some(end.saturating_sub(first.at) / DAY)
    }

    /// Days since the last scan.
    pub(crate) fn days_without_news(&self) -> i64 {
        self.scans
            .last()
            .map_or(0, |last| self.until.saturating_sub(last.at) / DAY)
    }
}

/// How much a message about the whole tracking would be about.
pub(crate) fn extent(view: &View<'_>) -> Announced {
    let journey = view.journey.filter(|_| view.queried);
    Announced {
        scans: view.scans.len(),
        changes: journey.map_or(0, |journey| journey.changes_until(view.until)),
    }
}

/// The leg that carrier and number name.
fn leg_of(tracking: &Tracking, journey: &Journey) -> Option<usize> {
    journey.legs().iter().position(|leg| {
        leg.number().eq_ignore_ascii_case(&tracking.number)
            && carriers::code_of(&leg.courier).eq_ignore_ascii_case(&tracking.carrier)
    })
}
