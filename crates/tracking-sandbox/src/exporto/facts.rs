//! The four facts that this provider knows about a parcel.

use crate::wire_time::logistic;
use crate::world::{JourneyScan, Step, TimeShape};

/// When something happened, and how far the clocks of the place were ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) at: i64,
    pub(super) offset_minutes: i32,
}

impl Moment {
    pub(super) fn text(self, shape: TimeShape) -> String {
        logistic(self.at, shape, self.offset_minutes)
    }
}

/// What has happened to a shipment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) processed: Option<Moment>,
    pub(super) declared: Option<Moment>,
    pub(super) received: Option<Moment>,
    pub(super) delivered: Option<Moment>,
}

impl Facts {
    /// Reads the facts off the scans so far of a parcel whose last courier is `last_leg`.
    ///
    /// The provider's prose says "cleared through customs" of what its field calls declared.
    pub(super) fn of(scans: &[JourneyScan], last_leg: usize) -> Self {
        let first = |tells: &dyn Fn(&JourneyScan) -> bool| {
            scans.iter().find(|scan| tells(scan)).map(|scan| Moment {
                at: scan.at,
                offset_minutes: scan.offset_minutes,
            })
        };
        Self {
            processed: first(&|scan| !is_announcement(scan.step)),
            declared: first(&|scan| scan.step == Step::CustomsCleared),
            received: first(&|scan| is_with_last_carrier(scan, last_leg)),
            delivered: first(&|scan| scan.step == Step::Delivered),
        }
    }
}

const fn is_announcement(step: Step) -> bool {
    matches!(
        step,
        Step::OrderCreated | Step::OrderCancelled | Step::DeliveryProposed | Step::DeliveryDecided
    )
}

/// Whether a scan shows that the last-mile carrier has the parcel. Where one courier does it all,
/// only the last mile itself tells.
const fn is_with_last_carrier(scan: &JourneyScan, last_leg: usize) -> bool {
    match scan.step {
        Step::Delivered => true,
        Step::AvailableForPickup
        | Step::OutForDelivery
        | Step::AttemptFailed
        | Step::DeliveryProblem
        | Step::Refused => scan.leg == last_leg,
        Step::Accepted | Step::Moved | Step::HubScan => scan.leg == last_leg && last_leg > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Journey, Leg, Parcel, Scan, ScanTime};
    use std::time::Duration;

    const LATER: i64 = 1_000_000_000;

    fn facts(steps: &[(usize, Step)], legs: usize) -> [Option<i64>; 4] {
        let mut parcel = Parcel::new("courier-0", "NUMBER-0");
        for leg in 1..legs {
            parcel = parcel.leg(Leg::new(format!("courier-{leg}"), format!("NUMBER-{leg}")));
        }
        for (hour, (leg, step)) in (1..).zip(steps) {
            let time = ScanTime::Ahead(Duration::from_millis(hour));
            parcel = parcel.scan(Scan::new(time, *step).on_leg(*leg));
        }
        let journey = Journey::plan(parcel, 0).unwrap();
        let facts = Facts::of(journey.seen(LATER, true), legs - 1);
        [
            facts.processed,
            facts.declared,
            facts.received,
            facts.delivered,
        ]
        .map(|moment| moment.map(|moment| moment.at))
    }

    #[test]
    fn an_announced_parcel_has_no_facts() {
        let steps = [(0, Step::OrderCreated), (0, Step::DeliveryDecided)];

        assert_eq!(facts(&steps, 1), [None; 4]);
    }

    #[test]
    fn the_scans_of_the_last_courier_show_the_hand_over() {
        let steps = [
            (0, Step::OrderCreated),
            (0, Step::Accepted),
            (0, Step::HubScan),
            (1, Step::ArrivedInDestination),
            (1, Step::CustomsCleared),
            (1, Step::HubScan),
            (1, Step::Delivered),
        ];

        assert_eq!(facts(&steps, 2), [Some(2), Some(5), Some(6), Some(7)]);
    }

    #[test]
    fn with_one_courier_only_the_last_mile_shows_the_hand_over() {
        let steps = [
            (0, Step::Accepted),
            (0, Step::HubScan),
            (0, Step::OutForDelivery),
        ];

        assert_eq!(facts(&steps, 1), [Some(1), None, Some(3), None]);
    }
}
