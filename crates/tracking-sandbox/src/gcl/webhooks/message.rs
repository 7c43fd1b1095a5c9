//! One notification.

use serde_json::Value;

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Webhook {
    /// A parcel as it was at a time.
    Parcel { number: String, at: i64 },
    /// An order that failed, and why.
    Failed(Value),
}
