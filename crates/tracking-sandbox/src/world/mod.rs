//! The parcels that exist, whatever a provider makes of them.

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
}

impl World {
    /// A world that holds the demo parcels.
    pub(crate) fn new(clock: &Clock) -> Self {
        let world = Self {
            parcels: Mutex::new(HashMap::new()),
        };
        world.reset(clock);
        world
    }

    pub(crate) fn reset(&self, clock: &Clock) {
        lock(&self.parcels).clear();
        for parcel in demo::parcels() {
            let added = self.add(parcel, clock);
            debug_assert_eq!(added, Ok(()), "demo parcels are complete");
        }
    }

    /// Puts a parcel into the world; numbers that were taken belong to it from now on.
    pub(crate) fn add(&self, parcel: Parcel, clock: &Clock) -> Result<(), ParcelError> {
        let journey = Arc::new(Journey::plan(parcel, clock.now_millis())?);
        self.put(&journey);
        Ok(())
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
    fn a_parcel_is_found_by_each_number_in_any_case() {
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
    fn a_scan_for_an_unknown_number_is_refused() {
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
