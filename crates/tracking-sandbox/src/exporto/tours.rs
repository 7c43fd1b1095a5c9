//! The tours that callers made.

/// A tour that a caller made: the shipments of one pickup.
#[derive(Debug, Clone)]
pub(crate) struct Tour {
    pub(crate) id: String,
    /// When it was created, in milliseconds since the Unix epoch; its shipments count as processed
    /// from then on.
    pub(crate) closed_at: i64,
    pub(crate) shipments: Vec<String>,
}

impl Tour {
    pub(crate) fn holds(&self, shipment_id: &str) -> bool {
        self.shipments.iter().any(|id| id == shipment_id)
    }
}
