//! Responses that refuse a call.

use http::StatusCode;

use super::bodies::envelope;
use crate::server::Reply;

/// A call that is refused, by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) u16);

impl Refusal {
    pub(crate) const WRONG_KEY: Self = Self(4001);
    pub(crate) const DELETED_KEY: Self = Self(4002);
    pub(crate) const UNREADABLE: Self = Self(4012);
    pub(crate) const NUMBER_MISSING: Self = Self(4013);
    pub(crate) const NUMBER_INVALID: Self = Self(4014);
    pub(crate) const CARRIER_INVALID: Self = Self(4015);
    pub(crate) const EXISTS: Self = Self(4016);
    pub(crate) const UNKNOWN_TRACKING: Self = Self(4017);
    pub(crate) const NOT_ACTIVATED: Self = Self(4018);
    pub(crate) const NO_BALANCE: Self = Self(4019);
    pub(crate) const TOO_MANY_ITEMS: Self = Self(4020);
    pub(crate) const QUOTA_TOO_SMALL: Self = Self(4021);
    pub(crate) const NOTHING_FOUND: Self = Self(4031);
    pub(crate) const NO_COURIER: Self = Self(4032);
    pub(crate) const STATUS_INVALID: Self = Self(4033);
    pub(crate) const PAUSED: Self = Self(429);

    /// The response as business errors come: inside HTTP 200, with an empty list for data.
    pub(crate) fn into_reply(self) -> Reply {
        self.with_status(StatusCode::OK)
    }

    /// The response with an HTTP status of its own.
    pub(crate) fn with_status(self, status: StatusCode) -> Reply {
        let mut reply = envelope::reply(self.0, &envelope::NOTHING);
        reply.status = status;
        reply
    }
}
