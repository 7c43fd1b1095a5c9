//! The parcels that exist, whatever a provider makes of them.

pub(crate) mod countries;
mod demo;
mod edit;
mod journey;
mod parcel;
mod sample;
mod scan;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// What couriers are going to do.
    planned: Mutex<Planned>,
    /// Counts what happened to parcels, so that whoever keeps something made of them knows when to make it again.
    version: AtomicU64,
}

/// The acts of couriers and the numbers of their parcels, by time in milliseconds since the Unix epoch and then in the
/// order in which they were planned.
#[derive(Debug, Default)]
struct Planned {
    acts: BTreeMap<(i64, u64), (String, Act)>,
    count: u64,
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
            version: AtomicU64::new(0),
        };
        world.reset(clock);
        world
    }

    pub(crate) fn reset(&self, clock: &Clock) {
        lock(&self.parcels).clear();
        lock(&self.added).clear();
        lock(&self.planned).acts.clear();
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
        self.has_changed();
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
        let is_known = self.find(number).is_some();
        self.add_at(sample.parcel(number), now)?;
        let mut planned = lock(&self.planned);
        if is_known {
            // What was planned for an earlier parcel with the number does not happen to this one.
            let is_other = |of: &str| !of.eq_ignore_ascii_case(number);
            planned.acts.retain(|_, (of, _)| is_other(of));
        }
        for (after, act) in sample.acts(number) {
            planned.count += 1;
            let key = (now.saturating_add(whole_millis(after)), planned.count);
            planned.acts.insert(key, (number.to_owned(), act));
        }
        Ok(())
    }

    /// Does what is planned up to `now`.
    pub(crate) fn catch_up(&self, now: i64) {
        loop {
            let mut planned = lock(&self.planned);
            let Some(next) = planned.acts.first_entry().filter(|it| it.key().0 <= now) else {
                return;
            };
            let ((at, _), (number, act)) = next.remove_entry();
            // Held until it is done, so that nobody who asks later sees the world before it.
            let done = self.carry_out(at, &number, act);
            debug_assert_eq!(done, Ok(()), "sample journeys fit their parcels");
            drop(planned);
        }
    }

    fn carry_out(&self, at: i64, number: &str, act: Act) -> Result<(), ParcelError> {
        match act {
            Act::Add(parcel) => self.add_at(*parcel, at),
            Act::Edit(scan, edit) => self.change_at(number, at, |journey, now| {
                journey.with_edit(scan, edit, now)
            }),
            Act::Withdraw(scan) => {
                self.change_at(number, at, |journey, _| journey.without_scan(scan))
            }
            Act::Correct(leg, with) => {
                self.change_at(number, at, |journey, _| journey.with_leg(leg, with))
            }
        }
    }

    /// Another number after each change of the parcels. What follows from the clock alone is no change.
    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    fn has_changed(&self) {
        self.version.fetch_add(1, Ordering::AcqRel);
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
        drop(parcels);
        self.has_changed();
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

    /// Those of [`Self::parcels_at`] that have a leg with this number, in any letter case.
    pub(crate) fn parcels_with(&self, number: &str, time: i64) -> Vec<Arc<Journey>> {
        let parcels = lock(&self.parcels);
        let number = number.to_uppercase();
        let first_number = |journey: &Arc<Journey>| {
            let first = journey.legs().first();
            first.map(|leg| leg.number().to_uppercase())
        };
        let had_it = parcels.get(&number).map_or(&[][..], Vec::as_slice);
        let keys: BTreeSet<String> = had_it
            .iter()
            .filter_map(|version| first_number(&version.journey))
            .collect();
        keys.iter()
            .filter_map(|key| Some((key, Version::known_at(parcels.get(key)?, time)?)))
            .filter(|(key, journey)| first_number(journey).as_ref() == Some(*key))
            .map(|(_, journey)| journey)
            .filter(|journey| {
                let mut legs = journey.legs().iter();
                legs.any(|leg| leg.number().to_uppercase() == number)
            })
            .map(Arc::clone)
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
    fn parcels_with_number_are_those_of_the_list() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);
        let two = |first, second| Parcel::new("nl-post", first).leg(Leg::new("dhl", second));
        for parcel in [
            two("B-1", "B-2"),
            two("a-1", "b-2"),
            two("C-1", "C-2"),
            Parcel::new("ups", "C-1"),
        ] {
            world.add(parcel, &clock).unwrap();
        }
        clock.advance(Duration::from_secs(60));
        let corrected = Leg::new("gls", "B-3");
        let changed = world.change("B-1", &clock, |it, _| it.with_leg(1, corrected));
        changed.unwrap();

        let firsts = |found: Vec<Arc<Journey>>| -> Vec<String> {
            let firsts = found.iter().map(|it| it.legs()[0].number().to_owned());
            firsts.collect()
        };
        let before = clock.now_millis() - 1;
        for number in ["A-1", "B-1", "B-2", "b-3", "C-1", "C-2", "D-1"] {
            for time in [before, i64::MAX] {
                let has = |it: &Arc<Journey>| {
                    let mut legs = it.legs().iter();
                    legs.any(|leg| leg.number().eq_ignore_ascii_case(number))
                };
                let mut listed = world.parcels_at(time);
                listed.retain(has);
                let found = world.parcels_with(number, time);
                assert_eq!(firsts(found), firsts(listed), "{number} {time}");
            }
        }
        assert_eq!(firsts(world.parcels_with("B-2", before)), ["a-1", "B-1"]);
        assert_eq!(firsts(world.parcels_with("B-2", i64::MAX)), ["a-1"]);
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
