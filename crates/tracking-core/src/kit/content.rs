//! Distinguishes a shipment of which something could be read from an empty one.

use crate::Shipment;

/// Returns true if anything of a tracking could be read: its number, a status of its own, or an event.
///
/// ```
/// use tracking_core::kit::has_content;
/// use tracking_core::{ProviderId, Shipment, Status, StatusReport, UtcTime};
///
/// let status = StatusReport::new(Status::Unknown);
/// let mut shipment = Shipment::new(ProviderId::new("ship24"), "", status, UtcTime::now());
/// assert!(!has_content(&shipment));
///
/// shipment.number = "AB123456789DE".to_owned();
/// assert!(has_content(&shipment));
/// ```
#[must_use]
pub fn has_content(shipment: &Shipment) -> bool {
    !shipment.number.is_empty()
        || shipment.status.raw.main.is_some()
        || shipment.legs.iter().any(|leg| !leg.events.is_empty())
}
