//! What the account calls the parcels of the world.

use crate::identity::Identities;

/// The demo parcel that is a return: from the Netherlands to the merchant in Belgium.
pub(crate) const RETURNED_NUMBER: &str = "LX905174620NL";

/// What the account calls one parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShipmentIds {
    /// The shipment's id, which the merchant chose.
    pub shipment_id: String,
    /// The id that the provider gave to the order.
    pub order_id: String,
    /// The order number that the customer knows.
    pub customer_facing_id: String,
    /// The number that search finds the shipment by: `foreignOutboundTrackingId` is the number of
    /// the parcel's last courier, `foreignInboundTrackingId` that of a return's label.
    pub tracking_number: String,
    /// The tour that the shipment was processed in; `None` for returns and before processing.
    pub tour_id: Option<String>,
}

/// The shipment of the parcel whose first courier uses this number. A parcel that takes over a number is another one.
pub(crate) fn shipment_id(number: &str, generation: u32) -> String {
    match generation {
        0 => format!("S-{number}"),
        _ => format!("S-{number}~{generation}"),
    }
}

/// The number of the parcel that a shipment id names.
pub(crate) fn number_of(shipment_id: &str) -> Option<&str> {
    let name = shipment_id.strip_prefix("S-")?;
    Some(name.split_once('~').map_or(name, |(number, _)| number))
}

/// The provider's id of the order that the parcel came from.
pub(crate) fn order_id(identities: Identities, number: &str) -> String {
    identities.uuid_like("exporto-order", number, 0)
}

/// The number that the customer knows the order by.
pub(crate) fn customer_facing_id(number: &str) -> String {
    format!("ORDER-{number}")
}
