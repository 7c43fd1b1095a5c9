//! The codes in `meta`, and responses that refuse a call.

use http::StatusCode;

use super::bodies::envelope;
use crate::server::Reply;

/// Type and message that go with a code. The wording of most messages is not known.
pub(crate) fn describe(code: u16) -> (&'static str, &'static str) {
    match code {
        200 => ("Success", "Success"),
        201 => (
            "Created",
            "The request was successful and a resource was created.",
        ),
        202 => ("Bad Request", "The request is over the limit."),
        401 => ("Unauthorized", "Authentication failed or not permitted."),
        402 => ("Payment Required", "Payment is required."),
        403 => ("Forbidden", "Access is prohibited."),
        404 => ("Not Found", "The page does not exist."),
        405 => ("Method Not Allowed", "The method is not allowed."),
        409 => ("Conflict", "The request is in conflict with another one."),
        429 => (
            "Too Many Requests",
            "The API is paused for this account, please wait 120 seconds.",
        ),
        // The table of codes leaves this type empty.
        500 => ("", "Server error."),
        503 => ("Service Unavailable", "The service is unavailable."),
        4001 => ("Unauthorized", "Invalid API key."),
        4002 => ("Unauthorized", "The API key has been deleted."),
        4012 => ("Bad Request", "The request is invalid or lacks parameters."),
        4013 => ("Bad Request", "The tracking number is required."),
        4014 => ("Bad Request", "The tracking number is invalid."),
        4015 => ("Bad Request", "The carrier code is invalid."),
        4016 => ("Bad Request", "Tracking already exists."),
        4017 => ("Bad Request", "The tracking does not exist."),
        4018 => (
            "Bad Request",
            "Customer service must activate this feature first.",
        ),
        4019 => ("Bad Request", "The balance of the account is insufficient."),
        4020 => ("Bad Request", "Too many items in one call."),
        4021 => ("Bad Request", "The remaining quota is too small."),
        4031 => ("No Content", "Nothing was found, create the number first."),
        4032 => ("No Content", "No courier could be detected."),
        // The type disagrees with the meaning, in the provider's own table.
        4033 => ("No Content", "The value of status is invalid."),
        _ => ("Error", "Error."),
    }
}

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
