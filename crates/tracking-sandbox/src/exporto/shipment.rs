//! A shipment of the account.

use serde::Serialize;

use crate::exporto::milestones::Milestones;

/// Which way a shipment goes, as shipments say it. Label methods say it in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Direction {
    Outbound,
    Inbound,
}

/// One shipment of the account.
#[derive(Debug, Clone)]
pub(crate) struct Shipment {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) direction: Direction,
    pub(crate) outbound: Option<String>,
    pub(crate) inbound: Option<String>,
    pub(crate) domestic: Option<String>,
    pub(crate) milestones: Milestones,
    pub(crate) articles: Vec<String>,
    /// The day of the tour that it was processed in, unless a caller made that tour.
    pub(crate) processed_on: Option<String>,
}
