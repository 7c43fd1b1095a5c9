//! Sample numbers: `SHIP24_SAMPLE_<MILESTONE>_nnn` gives a parcel that has reached the milestone.

use std::sync::Arc;
use std::time::Duration;

use crate::snapshot::Snapshot;
use crate::world::{Journey, Leg, Parcel, Scan, Step, TimeShape};

const PREFIX: &str = "SHIP24_SAMPLE_";

/// The steps that lead to a milestone.
const JOURNEYS: [(&str, &[Step]); 8] = [
    ("PENDING", &[]),
    ("INFO_RECEIVED", &[Step::OrderCreated]),
    (
        "IN_TRANSIT",
        &[
            Step::OrderCreated,
            Step::Accepted,
            Step::HubScan,
            Step::DepartedOrigin,
        ],
    ),
    (
        "OUT_FOR_DELIVERY",
        &[
            Step::OrderCreated,
            Step::Accepted,
            Step::ArrivedInDestination,
            Step::OutForDelivery,
        ],
    ),
    (
        "FAILED_ATTEMPT",
        &[
            Step::OrderCreated,
            Step::Accepted,
            Step::OutForDelivery,
            Step::AttemptFailed,
        ],
    ),
    (
        "AVAILABLE_FOR_PICKUP",
        &[Step::OrderCreated, Step::Accepted, Step::AvailableForPickup],
    ),
    (
        "DELIVERED",
        &[
            Step::OrderCreated,
            Step::Accepted,
            Step::OutForDelivery,
            Step::Delivered,
        ],
    ),
    (
        "EXCEPTION",
        &[Step::OrderCreated, Step::Accepted, Step::Returning],
    ),
];

/// The parcel of a sample number; none when the number is no sample. The number is upper-case.
pub(crate) fn parcel(number: &str) -> Option<Parcel> {
    let rest = number.strip_prefix(PREFIX)?;
    let (milestone, digits) = rest.rsplit_once('_')?;
    if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (_, steps) = JOURNEYS.iter().find(|(name, _)| *name == milestone)?;
    let mut parcel = Parcel::new("us-post", number).countries("US", "US");
    parcel = parcel.leg(Leg::new("us-post", format!("92748{}", number_tail(digits))));
    for (position, step) in steps.iter().enumerate() {
        let age = Duration::from_secs(3600 * 18 * (steps.len() - position) as u64);
        parcel = parcel.scan(
            Scan::ago(age, *step)
                .shape(TimeShape::Offset)
                .offset_minutes(-300)
                .place("Springfield"),
        );
    }
    Some(parcel)
}

fn number_tail(digits: &str) -> String {
    format!("99961400{digits}57023")
}

/// The parcel with this number; sample numbers come into being when they are first asked for.
pub(crate) fn journey(snapshot: &Snapshot<'_>, number: &str) -> Option<Arc<Journey>> {
    let core = snapshot.core;
    if let Some(known) = snapshot.journey(number) {
        return Some(known);
    }
    core.world.add(parcel(number)?, &core.clock).ok()?;
    snapshot.journey(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_documented_milestones_with_three_digits() {
        assert!(parcel("SHIP24_SAMPLE_OUT_FOR_DELIVERY_042").is_some());
        for number in [
            "SHIP24_SAMPLE_DELIVERED_1",
            "SHIP24_SAMPLE_DELIVERED_0000",
            "SHIP24_SAMPLE_RETURNED_000",
            "SHIP24_SAMPLE_DELIVERED",
            "XSHIP24_SAMPLE_DELIVERED_000",
        ] {
            assert!(parcel(number).is_none(), "{number}");
        }
    }
}
