//! The ten statuses of the provider, and the descriptions of its data source.

use crate::world::{JourneyScan, Step};

/// A row of the provider's status table; the number of the row is the `status` of a checkpoint.
///
/// Rows 1, 2 and 6 are documented with number and spelling. The other seven are inferred from
/// their translated descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Registered,
    InTransit,
    OutForDelivery,
    FailedAttempt,
    ShippingException,
    AvailableForPickup,
    Delivered,
    Shipped,
    Returned,
    NotPickedUp,
}

impl Status {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 10] = [
        Self::Registered,
        Self::InTransit,
        Self::OutForDelivery,
        Self::FailedAttempt,
        Self::ShippingException,
        Self::AvailableForPickup,
        Self::Delivered,
        Self::Shipped,
        Self::Returned,
        Self::NotPickedUp,
    ];

    /// The numeric `status`.
    pub(crate) const fn number(self) -> u8 {
        self as u8
    }

    /// The `statusUid`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::FailedAttempt => "failed_attempt",
            Self::ShippingException => "shipping_exception",
            Self::AvailableForPickup => "available_for_pickup",
            Self::Delivered => "delivered",
            Self::Shipped => "shipped",
            Self::Returned => "returned",
            Self::NotPickedUp => "not_picked_up",
        }
    }

    /// Returns true if the carrier still names a day for a parcel in this status.
    pub(crate) const fn awaits_delivery(self) -> bool {
        matches!(self, Self::Registered | Self::Shipped | Self::InTransit)
    }
}

/// Status and description of a scan, given the ones before it, oldest first.
///
/// The description is a message of AfterShip, with its odd capitals, because that is what the
/// documented example shows. A plain move has none.
pub(crate) fn of(
    scan: &JourneyScan,
    earlier: &[&JourneyScan],
    accepted_is_shipped: bool,
) -> (Status, Option<&'static str>) {
    use Status::{
        AvailableForPickup, Delivered, FailedAttempt, InTransit, NotPickedUp, OutForDelivery,
        Registered, Returned, Shipped, ShippingException,
    };
    let (status, description) = match scan.step {
        Step::OrderCreated => (Registered, "Info Received"),
        Step::OrderCancelled => (ShippingException, "Shipment cancelled"),
        Step::DeliveryProposed | Step::DeliveryDecided => (InTransit, "In Transit"),
        Step::Accepted if accepted_is_shipped => (Shipped, "Acceptance scan"),
        Step::Accepted => (InTransit, "Acceptance scan"),
        Step::Moved => return (InTransit, None),
        Step::HubScan => (InTransit, "Arrival scan"),
        Step::DepartedOrigin => (InTransit, "Departure Scan"),
        Step::ArrivedInDestination => (InTransit, "Arrived at the destination country"),
        Step::CustomsReceived => (InTransit, "Customs clearance started"),
        Step::CustomsHeld => (ShippingException, "Delayed (Customs clearance)"),
        Step::CustomsRejected => (ShippingException, "Exception"),
        Step::CustomsCleared => (InTransit, "Customs clearance completed"),
        Step::AvailableForPickup => (AvailableForPickup, "Available for pickup"),
        Step::OutForDelivery => (OutForDelivery, "Out for Delivery"),
        Step::AttemptFailed => (FailedAttempt, "Addressee not available"),
        Step::DeliveryProblem => (ShippingException, "Incorrect Address"),
        Step::Refused => (ShippingException, "Customer refused delivery"),
        Step::Delivered => (Delivered, "Delivered"),
        Step::Returning if waited_for_pickup(earlier) => (NotPickedUp, "Pick up missed"),
        Step::Returning => (Returned, "Returning to sender"),
        Step::Lost => (ShippingException, "Shipment lost"),
        Step::Destroyed => (ShippingException, "Shipment disposed"),
    };
    (status, Some(description))
}

/// Returns true if the parcel waited for a pickup. One that goes back from a pickup point was not collected.
fn waited_for_pickup(earlier: &[&JourneyScan]) -> bool {
    earlier
        .last()
        .is_some_and(|scan| scan.step == Step::AvailableForPickup)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::*;
    use crate::world::{Journey, Parcel, Scan};

    #[test]
    fn documented_rows_have_their_documented_numbers() {
        assert_eq!(Status::InTransit.number(), 1);
        assert_eq!(Status::OutForDelivery.number(), 2);
        assert_eq!(Status::Delivered.number(), 6);
        for (row, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(status.number()), row);
        }
    }

    #[test]
    fn all_ten_statuses_can_appear() {
        let mut parcel = Parcel::new("ups", "EVERY-STEP-1");
        for step in Step::ALL {
            parcel = parcel.scan(Scan::ago(Duration::from_secs(60), step));
        }
        let waited = [Step::AvailableForPickup, Step::Returning];
        for step in waited {
            parcel = parcel.scan(Scan::ago(Duration::ZERO, step));
        }
        let journey = Journey::plan(parcel, 0).unwrap();
        let scans: Vec<_> = journey.seen(0, true).iter().collect();

        let mut seen = BTreeSet::new();
        for (position, scan) in scans.iter().enumerate() {
            for accepted_is_shipped in [false, true] {
                seen.insert(of(scan, &scans[..position], accepted_is_shipped).0);
            }
        }

        assert_eq!(seen.into_iter().collect::<Vec<_>>(), Status::ALL);
    }
}
