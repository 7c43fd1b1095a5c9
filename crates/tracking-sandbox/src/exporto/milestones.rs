//! The four milestones of a parcel that this provider knows.

use crate::wire_time::logistic;
use crate::world::{JourneyScan, Step, TimeShape};

/// When something happened, and the offset of the place from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LocalTime {
    /// Milliseconds since the Unix epoch.
    pub(crate) at: i64,
    pub(crate) offset_minutes: i32,
}

impl LocalTime {
    pub(crate) fn format(self, shape: TimeShape) -> String {
        logistic(self.at, shape, self.offset_minutes)
    }
}

/// What has happened to a shipment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Milestones {
    pub(crate) processed: Option<LocalTime>,
    pub(crate) declared: Option<LocalTime>,
    pub(crate) received: Option<LocalTime>,
    pub(crate) delivered: Option<LocalTime>,
}

impl Milestones {
    /// The milestones that the scans so far show, of a parcel whose last courier is `last_leg`.
    ///
    /// The provider's prose says "cleared through customs" of what its field calls declared.
    pub(crate) fn of(scans: &[JourneyScan], last_leg: usize) -> Self {
        let first = |shows: &dyn Fn(&JourneyScan) -> bool| {
            scans.iter().find(|scan| shows(scan)).map(|scan| LocalTime {
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

/// Returns true if a scan shows that the last-mile carrier has the parcel. With one courier for the
/// whole way, only the scans of the last mile show it.
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

    fn milestones(steps: &[(usize, Step)], legs: usize) -> [Option<i64>; 4] {
        let mut parcel = Parcel::new("courier-0", "NUMBER-0");
        for leg in 1..legs {
            parcel = parcel.leg(Leg::new(format!("courier-{leg}"), format!("NUMBER-{leg}")));
        }
        for (hour, (leg, step)) in (1..).zip(steps) {
            let time = ScanTime::Ahead(Duration::from_millis(hour));
            parcel = parcel.scan(Scan::new(time, *step).on_leg(*leg));
        }
        let journey = Journey::plan(parcel, 0).unwrap();
        let milestones = Milestones::of(journey.seen(LATER, true), legs - 1);
        [
            milestones.processed,
            milestones.declared,
            milestones.received,
            milestones.delivered,
        ]
        .map(|time| time.map(|time| time.at))
    }

    #[test]
    fn announced_parcel_has_no_milestones() {
        let steps = [(0, Step::OrderCreated), (0, Step::DeliveryDecided)];

        assert_eq!(milestones(&steps, 1), [None; 4]);
    }

    #[test]
    fn scans_of_last_courier_show_handover() {
        let steps = [
            (0, Step::OrderCreated),
            (0, Step::Accepted),
            (0, Step::HubScan),
            (1, Step::ArrivedInDestination),
            (1, Step::CustomsCleared),
            (1, Step::HubScan),
            (1, Step::Delivered),
        ];

        assert_eq!(milestones(&steps, 2), [Some(2), Some(5), Some(6), Some(7)]);
    }

    #[test]
    fn handover_is_shown_on_last_mile_by_one_courier() {
        let steps = [
            (0, Step::Accepted),
            (0, Step::HubScan),
            (0, Step::OutForDelivery),
        ];

        assert_eq!(milestones(&steps, 1), [Some(1), None, Some(3), None]);
    }
}
