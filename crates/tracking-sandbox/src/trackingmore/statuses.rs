//! What a step is called on this wire: status and substatus.

use crate::world::Step;

/// The names of a status, as `status` and as `checkpoint_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Pending,
    NotFound,
    Transit,
    Pickup,
    Delivered,
    Undelivered,
    Exception,
    Expired,
}

impl Status {
    pub(crate) const ALL: [Self; 8] = [
        Self::Pending,
        Self::NotFound,
        Self::Transit,
        Self::Pickup,
        Self::Delivered,
        Self::Undelivered,
        Self::Exception,
        Self::Expired,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::NotFound => "notfound",
            Self::Transit => "transit",
            Self::Pickup => "pickup",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Exception => "exception",
            Self::Expired => "expired",
        }
    }

    /// The status with this name; letter case does not matter.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str().eq_ignore_ascii_case(name))
    }
}

/// Status and substatus of an event. A plain move has no substatus, as in responses before 2020.
pub(crate) const fn of_event(step: Step) -> (Status, Option<&'static str>) {
    use Status::{Delivered, Exception, Pickup, Transit, Undelivered};
    match step {
        // Real events carry the status `transit` with this substatus of `notfound`.
        Step::OrderCreated => (Transit, Some("notfound001")),
        Step::OrderCancelled => (Exception, Some("exception008")),
        Step::DeliveryProposed => (Pickup, Some("pickup003")),
        Step::Moved => (Transit, None),
        Step::DeliveryDecided | Step::Accepted | Step::CustomsReceived => {
            (Transit, Some("transit001"))
        }
        Step::HubScan => (Transit, Some("transit002")),
        Step::DepartedOrigin => (Transit, Some("transit007")),
        Step::ArrivedInDestination => (Transit, Some("transit004")),
        Step::CustomsCleared => (Transit, Some("transit005")),
        Step::CustomsHeld | Step::CustomsRejected => (Exception, Some("exception006")),
        Step::AvailableForPickup => (Pickup, Some("pickup002")),
        Step::OutForDelivery => (Pickup, Some("pickup001")),
        Step::AttemptFailed => (Undelivered, Some("undelivered002")),
        Step::DeliveryProblem => (Undelivered, Some("undelivered001")),
        Step::Refused => (Exception, Some("exception009")),
        Step::Delivered => (Delivered, Some("delivered001")),
        Step::Returning => (Exception, Some("exception011")),
        Step::Lost | Step::Destroyed => (Exception, Some("exception007")),
    }
}

/// Status and substatus of a shipment whose last event this is.
pub(crate) const fn of_shipment(step: Step) -> (Status, Option<&'static str>) {
    match step {
        // Version 2 knows no status for an announced parcel.
        Step::OrderCreated => (Status::NotFound, Some("notfound001")),
        step => of_event(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substatuses_belong_to_the_status_of_the_shipment() {
        for step in Step::ALL {
            let (status, substatus) = of_shipment(step);

            assert!(
                substatus.is_none_or(|code| code.starts_with(status.as_str())),
                "{step:?}"
            );
        }
    }

    #[test]
    fn each_name_maps_to_its_status() {
        for status in Status::ALL {
            assert_eq!(Status::named(status.as_str()), Some(status));
        }
        assert_eq!(Status::named("Delivered"), Some(Status::Delivered));
        assert_eq!(Status::named("pendding"), None);
    }
}
