//! The parcels that exist, whatever a provider makes of them.

pub(crate) mod countries;
mod demo;
mod journey;
mod parcel;
mod scan;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

pub(crate) use demo::{DEMO_NUMBER, DEMO_NUMBERS};
pub(crate) use journey::{Journey, JourneyScan, JourneyWindow};
pub use parcel::{DeliveryProof, EtaWindow, Leg, Parcel, ProofContent, Recipient};
pub use scan::{Scan, ScanTime, Step, TimeShape};

use crate::clock::Clock;
use crate::error::ParcelError;
use crate::locking::lock;

/// The parcels of one sandbox, found by any of their numbers.
#[derive(Debug)]
pub(crate) struct World {
    parcels: Mutex<HashMap<String, Arc<Journey>>>,
    /// The first number of each parcel, in the order in which they were added.
    added: Mutex<Vec<String>>,
}

impl World {
    /// A world that holds the demo parcels.
    pub(crate) fn new(clock: &Clock) -> Self {
        let world = Self {
            parcels: Mutex::new(HashMap::new()),
            added: Mutex::default(),
        };
        world.reset(clock);
        world
    }

    pub(crate) fn reset(&self, clock: &Clock) {
        lock(&self.parcels).clear();
        lock(&self.added).clear();
        for parcel in demo::parcels() {
            let added = self.add(parcel, clock);
            debug_assert_eq!(added, Ok(()), "demo parcels are complete");
        }
    }

    /// Puts a parcel into the world; numbers that were taken belong to it from now on.
    pub(crate) fn add(&self, parcel: Parcel, clock: &Clock) -> Result<(), ParcelError> {
        let journey = Arc::new(Journey::plan(parcel, clock.now_millis())?);
        self.put(&journey);
        let first = journey.legs().first().map(|leg| leg.number().to_owned());
        lock(&self.added).extend(first);
        Ok(())
    }

    /// The first number of each parcel after the first `known` ones, in the order in which they
    /// were added. A parcel that was added again is there twice.
    pub(crate) fn added_after(&self, known: usize) -> Vec<String> {
        let added = lock(&self.added);
        added.get(known..).unwrap_or_default().to_vec()
    }

    /// Adds a scan to the parcel with this number.
    pub(crate) fn add_scan(
        &self,
        number: &str,
        scan: Scan,
        clock: &Clock,
    ) -> Result<(), ParcelError> {
        let known = self
            .find(number)
            .ok_or_else(|| ParcelError::UnknownNumber {
                number: number.to_owned(),
            })?;
        let journey = Arc::new(known.with_scan(scan, clock.now_millis())?);
        self.put(&journey);
        Ok(())
    }

    /// The parcel with this number, in any letter case.
    pub(crate) fn find(&self, number: &str) -> Option<Arc<Journey>> {
        let parcels = lock(&self.parcels);
        if let Some(journey) = parcels.get(number) {
            return Some(Arc::clone(journey));
        }
        parcels.get(&number.to_uppercase()).map(Arc::clone)
    }

    /// Every parcel once, in the order of their first numbers. A parcel that lost its first number
    /// to another one is not among them.
    pub(crate) fn parcels(&self) -> Vec<Arc<Journey>> {
        let parcels = lock(&self.parcels);
        let mut listed: Vec<_> = parcels
            .iter()
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

    fn put(&self, journey: &Arc<Journey>) {
        let mut parcels = lock(&self.parcels);
        for leg in journey.legs() {
            parcels.insert(leg.number().to_uppercase(), Arc::clone(journey));
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
            .parcels()
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
        world.add_scan("MADE-UP-2", scan, &clock).unwrap();

        let listed = world.added_after(DEMO_NUMBERS.len());
        assert_eq!(listed, ["MADE-UP-2", "MADE-UP-1"]);
        assert_eq!(world.added_after(0).len(), DEMO_NUMBERS.len() + 2);
        assert!(world.added_after(99).is_empty());
    }

    #[test]
    fn scan_for_unknown_number_is_refused() {
        let clock = Clock::starting_at(None);
        let world = World::new(&clock);

        let refused = world.add_scan(
            "NOBODY1",
            Scan::ago(Duration::ZERO, Step::Delivered),
            &clock,
        );

        assert_eq!(
            refused,
            Err(ParcelError::UnknownNumber {
                number: "NOBODY1".to_owned()
            })
        );
    }
}
