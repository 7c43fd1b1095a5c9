//! What a scan is called on this wire: milestone, category and code.

use crate::world::{JourneyScan, Step};

/// Milestone of a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Milestone {
    Pending,
    InfoReceived,
    InTransit,
    OutForDelivery,
    FailedAttempt,
    AvailableForPickup,
    Delivered,
    Exception,
}

impl Milestone {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InfoReceived => "info_received",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::FailedAttempt => "failed_attempt",
            Self::AvailableForPickup => "available_for_pickup",
            Self::Delivered => "delivered",
            Self::Exception => "exception",
        }
    }

    /// The milestone after `step`.
    ///
    /// The documentation relates milestones to codes in prose only. Where it is silent (offers,
    /// delivery problems, refusals, cancelled announcements) the milestone before stays.
    pub(crate) const fn after(self, step: Step) -> Self {
        match step {
            Step::OrderCreated
            | Step::OrderCancelled
            | Step::DeliveryProposed
            | Step::DeliveryDecided => match self {
                Self::Pending => Self::InfoReceived,
                known => known,
            },
            Step::DeliveryProblem | Step::Refused => match self {
                Self::Pending | Self::InfoReceived => Self::InTransit,
                known => known,
            },
            Step::Accepted
            | Step::Moved
            | Step::HubScan
            | Step::DepartedOrigin
            | Step::ArrivedInDestination
            | Step::CustomsReceived
            | Step::CustomsHeld
            | Step::CustomsCleared => Self::InTransit,
            Step::AvailableForPickup => Self::AvailableForPickup,
            Step::OutForDelivery => Self::OutForDelivery,
            Step::AttemptFailed => Self::FailedAttempt,
            Step::Delivered => Self::Delivered,
            Step::CustomsRejected | Step::Returning | Step::Lost | Step::Destroyed => {
                Self::Exception
            }
        }
    }
}

/// Category and code of a step. Both are null for scans of little meaning, and they are
/// independent of each other: a plain move has a category without a code.
pub(crate) const fn category_and_code(step: Step) -> (Option<&'static str>, Option<&'static str>) {
    match step {
        Step::HubScan => (None, None),
        Step::Moved => (Some("transit"), None),
        Step::OrderCreated => (Some("data"), Some("data_order_created")),
        Step::OrderCancelled => (Some("data"), Some("data_order_cancelled")),
        Step::DeliveryProposed => (Some("data"), Some("data_delivery_proposed")),
        Step::DeliveryDecided => (Some("data"), Some("data_delivery_decided")),
        Step::Accepted => (Some("transit"), Some("transit_handover")),
        Step::DepartedOrigin => (Some("transit"), Some("transit_origin_country_departure")),
        Step::ArrivedInDestination => (Some("destination"), Some("destination_arrival")),
        Step::CustomsReceived => (Some("customs"), Some("customs_received")),
        Step::CustomsHeld => (Some("customs"), Some("customs_exception")),
        Step::CustomsRejected => (Some("customs"), Some("customs_rejected")),
        Step::CustomsCleared => (Some("customs"), Some("customs_cleared")),
        Step::AvailableForPickup => (Some("delivery"), Some("delivery_available_for_pickup")),
        Step::OutForDelivery => (Some("delivery"), Some("delivery_out_for_delivery")),
        Step::AttemptFailed => (Some("delivery"), Some("delivery_attempted")),
        Step::DeliveryProblem => (Some("delivery"), Some("delivery_exception")),
        Step::Refused => (Some("delivery"), Some("delivery_refused")),
        Step::Delivered => (Some("delivery"), Some("delivery_delivered")),
        Step::Returning => (Some("exception"), Some("exception_return")),
        Step::Lost => (Some("exception"), Some("exception_lost")),
        Step::Destroyed => (Some("exception"), Some("exception_discarded")),
    }
}

/// The milestone after all of `scans`, oldest first.
pub(crate) fn milestone<'a>(scans: impl IntoIterator<Item = &'a JourneyScan>) -> Milestone {
    scans
        .into_iter()
        .fold(Milestone::Pending, |before, scan| before.after(scan.step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_twenty_documented_codes_can_appear() {
        let codes: BTreeSet<_> = Step::ALL
            .iter()
            .filter_map(|step| category_and_code(*step).1)
            .collect();

        assert_eq!(codes.len(), 20);
    }

    #[test]
    fn all_eight_milestones_can_appear() {
        let mut milestones: BTreeSet<_> = Step::ALL
            .iter()
            .map(|step| Milestone::Pending.after(*step).as_str())
            .collect();
        milestones.insert(Milestone::Pending.as_str());

        assert_eq!(milestones.len(), 8);
    }

    #[test]
    fn offer_does_not_move_parcel_back() {
        let after = Milestone::OutForDelivery.after(Step::DeliveryProposed);

        assert_eq!(after, Milestone::OutForDelivery);
    }
}
