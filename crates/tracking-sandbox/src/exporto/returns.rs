//! The returns that callers registered.

/// A registered return shipment. The parcel with its tracking number is the return.
#[derive(Debug, Clone)]
pub(crate) struct Return {
    pub(crate) shipment_id: String,
    pub(crate) order_id: String,
    /// The number that the order went out by.
    pub(crate) outbound: Option<String>,
    /// The number of the return label.
    pub(crate) inbound: String,
    pub(crate) articles: Vec<String>,
}
