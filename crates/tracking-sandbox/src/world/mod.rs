//! The parcels that exist, whatever a provider makes of them.

pub(crate) mod countries;
mod demo;
mod edit;
mod journey;
mod parcel;
mod sample;
mod scan;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

pub(crate) use demo::{DEMO_NUMBER, DEMO_NUMBERS};
pub use edit::ScanEdit;
pub(crate) use journey::{Journey, JourneyScan, JourneyWindow};
pub use parcel::{DeliveryProof, EtaWindow, Leg, Parcel, ProofContent, Recipient};
use sample::Act;
pub use sample::SampleJourney;
pub use scan::{Scan, ScanTime, Step, TimeShape};

use crate::clock::{Clock, whole_millis};
use crate::error::ParcelError;
use crate::locking::lock;

/// The parcels of one sandbox, found by any of their numbers.
#[derive(Debug)]
pub(crate) struct World {
    /// All that was ever known under a number, the newest last.
    parcels: Mutex<HashMap<String, Vec<Version>>>,
    /// The first number of each parcel, in the order in which they were added.
    added: Mutex<Vec<String>>,
    /// What couriers are going to do, the next last.
    planned: Mutex<Vec<Planned>>,
}

/// An act and its time, in milliseconds since the Unix epoch.
#[derive(Debug)]
struct Planned {
    at: i64,
    number: String,
    act: Act,
}

/// A parcel as it was known from a time on, in milliseconds since the Unix epoch.
#[derive(Debug)]
struct Version {
    from: i64,
    journey: Arc<Journey>,
}

impl Version {
    /// The newest that was known at `time`; the first one when all are newer.
    fn known_at(versions: &[Self], time: i64) -> Option<&Arc<Journey>> {
        let known = versions.iter().rev().find(|version| version.from <= time);
        known
            .or_else(|| versions.first())
            .map(|version| &version.journey)
    }
}

impl World {
    /// A world that holds the demo parcels.
    pub(crate) fn new(clock: &Clock) -> Self {
        let world = Self {
            parcels: Mutex::new(HashMap::new()),
            added: Mutex::default(),
            planned: Mutex::default(),
        };
        world.reset(clock);
        world
    }

    pub(crate) fn reset(&self, clock: &Clock) {
        lock(&self.parcels).clear();
        lock(&self.added).clear();
        lock(&self.planned).clear();
        for parcel in demo::parcels() {
            let added = self.add(parcel, clock);
            debug_assert_eq!(added, Ok(()), "demo parcels are complete");
        }
    }

    /// Puts a parcel into the world; numbers that were taken belong to it from now on.
    pub(crate) fn add(&self, parcel: Parcel, clock: &Clock) -> Result<(), ParcelError> {
        self.add_at(parcel, clock.now_millis())
    }

    fn add_at(&self, parcel: Parcel, now: i64) -> Result<(), ParcelError> {
        let mut journey = Journey::plan(parcel, now)?;
        let first = journey.legs().first().map(|leg| leg.number().to_owned());
        if let Some(earlier) = first.as_deref().and_then(|number| self.find(number)) {
            journey = journey.after(&earlier);
        }
        self.put(&Arc::new(journey), now);
        lock(&self.added).extend(first);
        Ok(())
    }

    /// Puts the parcel of a sample journey into the world, and plans what couriers change about it later.
    pub(crate) fn play(
        &self,
        sample: SampleJourney,
        number: &str,
        clock: &Clock,
    ) -> Result<(), ParcelError> {
        let now = clock.now_millis();
        self.add_at(sample.parcel(number), now)?;
        let mut planned = lock(&self.planned);
        // What was planned for an earlier parcel with the number does not happen to this one.
        planned.retain(|plan| !plan.number.eq_ignore_ascii_case(number));
        planned.extend(sample.acts(number).into_iter().map(|(after, act)| Planned {
            at: now.saturating_add(whole_millis(after)),
            number: number.to_owned(),
            act,
        }));
        planned.sort_by_key(|plan| Reverse(plan.at));
        Ok(())
    }

    /// Does what is planned up to `now`.
    pub(crate) fn catch_up(&self, now: i64) {
        loop {
            let mut planned = lock(&self.planned);
            let Some(plan) = planned.pop_if(|plan| plan.at <= now) else {
                return;
            };
            // Held until it is done, so that nobody who asks later sees the world before it.
            let done = self.carry_out(plan);
            debug_assert_eq!(done, Ok(()), "sample journeys fit their parcels");
            drop(planned);
        }
    }

    fn carry_out(&self, plan: Planned) -> Result<(), ParcelError> {
        let Planned { at, number, act } = plan;
        match act {
            Act::Add(parcel) => self.add_at(*parcel, at),
            Act::Edit(scan, edit) => self.change_at(&number, at, |journey, now| {
                journey.with_edit(scan, edit, now)
            }),
            Act::Withdraw(scan) => {
                self.change_at(&number, at, |journey, _| journey.without_scan(scan))
            }
            Act::Correct(leg, with) => {
                self.change_at(&number, at, |journey, _| journey.with_leg(leg, with))
            }
        }
    }

    /// The first number of each parcel after the first `known` ones, in the order in which they
    /// were added. A parcel that was added again is there twice.
    pub(crate) fn added_after(&self, known: usize) -> Vec<String> {
        let added = lock(&self.added);
        added.get(known..).unwrap_or_default().to_vec()
    }

    /// Puts another version of the parcel with this number in the place of the one that is known.
    pub(crate) fn change(
        &self,
        number: &str,
        clock: &Clock,
        change: impl FnOnce(&Journey, i64) -> Result<Journey, ParcelError>,
    ) -> Result<(), ParcelError> {
        let now = clock.now_millis();
        self.catch_up(now);
        self.change_at(number, now, change)
    }

    fn change_at(
        &self,
        number: &str,
        now: i64,
        change: impl FnOnce(&Journey, i64) -> Result<Journey, ParcelError>,
    ) -> Result<(), ParcelError> {
        let known = self.existing(number)?;
        let journey = Arc::new(change(&known, now)?.dated(&known, now));
        let mut parcels = lock(&self.parcels);
        // The numbers before a correction lead to the parcel as well.
        for leg in known.legs() {
            if let Some(versions) = parcels.get_mut(&leg.number().to_uppercase())
                && versions
                    .last()
                    .is_some_and(|version| Arc::ptr_eq(&version.journey, &known))
            {
                let journey = Arc::clone(&journey);
                versions.push(Version { from: now, journey });
            }
        }
        for leg in journey.legs() {
            let versions = parcels.entry(leg.number().to_uppercase()).or_default();
            let is_newest = |version: &Version| Arc::ptr_eq(&version.journey, &journey);
            if !versions.last().is_some_and(is_newest) {
                let journey = Arc::clone(&journey);
                versions.push(Version { from: now, journey });
            }
        }
        Ok(())
    }

    /// The parcel with this number, in any letter case.
    pub(crate) fn find(&self, number: &str) -> Option<Arc<Journey>> {
        self.find_at(number, i64::MAX)
    }

    /// The parcel with this number, in any letter case.
    pub(crate) fn existing(&self, number: &str) -> Result<Arc<Journey>, ParcelError> {
        self.find(number).ok_or_else(|| ParcelError::UnknownNumber {
            number: number.to_owned(),
        })
    }

    /// The parcel with this number as it was known at a time.
    pub(crate) fn find_at(&self, number: &str, time: i64) -> Option<Arc<Journey>> {
        let parcels = lock(&self.parcels);
        let versions = parcels
            .get(number)
            .or_else(|| parcels.get(&number.to_uppercase()))?;
        Version::known_at(versions, time).map(Arc::clone)
    }

    /// Every parcel once as it was known at a time, in the order of their first numbers. A parcel
    /// that lost its first number to another one is not among them.
    pub(crate) fn parcels_at(&self, time: i64) -> Vec<Arc<Journey>> {
        let parcels = lock(&self.parcels);
        let mut listed: Vec<_> = parcels
            .iter()
            .filter_map(|(key, versions)| Some((key, Version::known_at(versions, time)?)))
            .filter(|(key, journey)| {
                let first = journey.legs().first();
                first.is_some_and(|leg| leg.number().to_uppercase() == **key)
            })
            .collect();
        listed.sort_unstable_by_key(|(key, _)| *key);
        listed
            .into_iter()
            .map(|(_, journey)| Arc::clone(journey))
            .collect()
    }

    fn put(&self, journey: &Arc<Journey>, from: i64) {
        let mut parcels = lock(&self.parcels);
        for leg in journey.legs() {
            let journey = Arc::clone(journey);
            let versions = parcels.entry(leg.number().to_uppercase()).or_default();
            versions.push(Version { from, journey });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn parcel_is_found_by_each_number_in_any_case() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        let parcel = Parcel::new("nl-post", "ab12345nl").leg(Leg::new("dhl", "JD0001"));

        world.add(parcel, &clock).unwrap();

        assert!(world.find("AB12345NL").is_some());
        assert!(world.find("ab12345nl").is_some());
        assert!(world.find("jd0001").is_some());
        assert!(world.find("AB12345").is_none());
    }

    #[test]
    fn each_parcel_is_listed_once_by_its_first_number() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        let two_numbers = Parcel::new("nl-post", "aa-1").leg(Leg::new("dhl", "ZZ-1"));
        world.add(two_numbers, &clock).unwrap();
        world.add(Parcel::new("dhl", "zz-2"), &clock).unwrap();
        world.add(Parcel::new("ups", "ZZ-2"), &clock).unwrap();

        let listed: Vec<_> = world
            .parcels_at(i64::MAX)
            .iter()
            .map(|journey| journey.legs()[0].number().to_owned())
            .collect();

        assert_eq!(listed.len(), DEMO_NUMBERS.len() + 2);
        assert_eq!(listed.iter().filter(|number| *number == "aa-1").count(), 1);
        assert_eq!(listed.last().unwrap(), "ZZ-2");
        assert!(!listed.contains(&"zz-2".to_owned()));
    }

    #[test]
    fn parcels_are_listed_in_the_order_in_which_they_were_added() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        let parcel = |number| Parcel::new("ups", number);

        world.add(parcel("MADE-UP-2"), &clock).unwrap();
        world.add(parcel("MADE-UP-1"), &clock).unwrap();
        let scan = Scan::ago(Duration::ZERO, Step::Accepted);
        let changed = world.change("MADE-UP-2", &clock, |it, now| it.with_scan(scan, now));
        changed.unwrap();

        let listed = world.added_after(DEMO_NUMBERS.len());
        assert_eq!(listed, ["MADE-UP-2", "MADE-UP-1"]);
        assert_eq!(world.added_after(0).len(), DEMO_NUMBERS.len() + 2);
        assert!(world.added_after(99).is_empty());
    }

    #[test]
    fn earlier_versions_are_found_at_their_times() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        let start = clock.now_millis();
        world.add(Parcel::new("ups", "MADE-UP-1"), &clock).unwrap();
        clock.advance(Duration::from_secs(60));
        let leg = Leg::new("dhl", "MADE-UP-2");
        let changed = world.change("MADE-UP-1", &clock, |it, _| it.with_leg(0, leg));
        changed.unwrap();

        let courier = |number, time| {
            let journey = world.find_at(number, time).unwrap();
            journey.legs()[0].courier.clone()
        };

        assert_eq!(courier("MADE-UP-1", start - 1), "ups");
        assert_eq!(courier("MADE-UP-1", start + 59_999), "ups");
        assert_eq!(courier("MADE-UP-1", start + 60_000), "dhl");
        assert_eq!(courier("MADE-UP-2", i64::MAX), "dhl");
        assert_eq!(world.parcels_at(i64::MAX).len(), DEMO_NUMBERS.len() + 1);
    }

    #[test]
    fn change_of_unknown_number_is_refused() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);

        let refused = world.change("NOBODY1", &clock, |journey, _| Ok(journey.clone()));

        assert_eq!(
            refused,
            Err(ParcelError::UnknownNumber {
                number: "NOBODY1".to_owned()
            })
        );
    }
}
