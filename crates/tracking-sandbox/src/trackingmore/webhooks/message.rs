//! One webhook.

/// A tracking as it was at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub(super) serial: u64,
    pub(super) at: i64,
}
