//! What differs between accounts, and what nobody knows about the real service.

use std::collections::HashMap;
use std::time::Duration;

/// Answers to questions that the provider's documentation leaves open. The defaults are the
/// sandbox's best guess; a client should survive each of the others too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumptions {
    /// Status of a create call that found an identical tracker: 201 (default) or 200.
    pub repeat_status: u16,
    /// Status of `POST /trackers/track`: 201 (default, as the server does) or 200 (as documented).
    pub track_status: u16,
    /// Status of "quota used up" outside bulk: 403 (default) or 405.
    pub quota_status: u16,
    /// Status of a wrong key: 401 (default) or 403, as one third-party client reports.
    pub wrong_key_status: u16,
    /// Whether a `limit` above 500 is refused with 400 (default) or cut to 500.
    pub refuse_large_limit: bool,
    /// Whether a courier code that is not in the list is refused; by default it is kept.
    pub refuse_unknown_courier: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            repeat_status: 201,
            track_status: 201,
            quota_status: 403,
            wrong_key_status: 401,
            refuse_large_limit: true,
            refuse_unknown_courier: false,
        }
    }
}

/// The account as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The plan for `/trackers`.
    pub(crate) per_shipment: bool,
    /// The plan for `/tracking/search`.
    pub(crate) per_call: bool,
    /// The add-on that shows predicted delivery dates.
    pub(crate) predictions: bool,
    /// How many new trackers the plan still pays for; none for no limit.
    pub(crate) quota: Option<u32>,
    pub(crate) rate_limits: bool,
    /// Limits that differ from the documented ones, per second.
    pub(crate) own_limits: HashMap<String, u32>,
    /// How long the first `track` call of a number waits for the couriers.
    pub(crate) courier_delay: Duration,
    pub(crate) assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            per_shipment: true,
            per_call: true,
            predictions: true,
            quota: None,
            rate_limits: true,
            own_limits: HashMap::new(),
            courier_delay: Duration::ZERO,
            assumptions: Assumptions::default(),
        }
    }
}
