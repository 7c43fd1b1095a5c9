//! Error responses. Two layers send two forms: the endpoints `code`, `message` and `details`, the
//! gateway before them a lone `error`.

use http::StatusCode;
use serde::Serialize;

use crate::gcl::settings::Assumptions;
use crate::server::Reply;

/// The only code that is documented.
const NOT_FOUND: &str = "TRACKING_DETAILS_NOT_FOUND";

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    /// `None` for an error of the gateway.
    code: Option<&'static str>,
    /// Only errors of tracking carry it.
    tracking_number: Option<String>,
}

/// The body of an error response.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ErrorBody<'a> {
    #[serde(rename_all = "camelCase")]
    Endpoint {
        #[serde(skip_serializing_if = "Option::is_none")]
        tracking_number: Option<&'a str>,
        code: &'static str,
        message: &'a str,
        details: Option<Details<'a>>,
    },
    /// As sibling products of the platform have it. What this layer really sends is not
    /// documented.
    Gateway { error: &'a str },
}

#[derive(Debug, Serialize)]
pub(crate) struct Details<'a> {
    code: &'static str,
    message: &'a str,
    reference: &'static str,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            code: Some(code),
            tracking_number: None,
        }
    }

    /// An error of the gateway, which has no more to say than the name of the status: 401 for a
    /// missing or wrong key, 429 above the limit.
    pub(crate) fn of_gateway(status: StatusCode) -> Self {
        Self {
            status,
            message: status.canonical_reason().unwrap_or("Error").to_owned(),
            code: None,
            tracking_number: None,
        }
    }

    /// No parcel of the account has this number.
    pub(crate) fn not_found(number: &str, assumptions: &Assumptions) -> Self {
        Self {
            tracking_number: Some(number.to_owned()),
            ..Self::new(
                assumptions.not_found_status,
                NOT_FOUND,
                "Tracking details not found.",
            )
        }
    }

    /// The body is not JSON.
    pub(crate) fn unreadable() -> Self {
        Self::invalid("The body is not JSON.")
    }

    /// The body does not call itself JSON.
    pub(crate) fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "The Content-Type must be application/json.",
        )
    }

    /// A value of the request breaks a rule.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_REQUEST", message)
    }

    /// No method does what the order asks for.
    pub(crate) fn no_method(message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "SHIPPING_METHOD_NOT_AVAILABLE",
            message,
        )
    }

    /// Another order has the same reference.
    pub(crate) fn repeated(reference: &str) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "ORDER_ALREADY_EXISTS",
            format!("An order with the reference {reference} exists."),
        )
    }

    /// An error of the server.
    pub(crate) fn of_server(status: StatusCode) -> Self {
        if status == StatusCode::NOT_FOUND {
            return Self::new(status, NOT_FOUND, "Tracking details not found.");
        }
        Self::new(status, "INTERNAL_ERROR", "Something went wrong.")
    }

    /// The same body under another status.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(crate) fn body(&self, with_details: bool) -> ErrorBody<'_> {
        let message = self.message.as_str();
        let Some(code) = self.code else {
            return ErrorBody::Gateway { error: message };
        };
        ErrorBody::Endpoint {
            tracking_number: self.tracking_number.as_deref(),
            code,
            message,
            details: with_details.then_some(Details {
                code,
                message,
                reference: "sandbox-0001",
            }),
        }
    }

    pub(crate) fn into_reply(self, assumptions: &Assumptions) -> Reply {
        Reply::json(self.status, &self.body(assumptions.error_details))
    }
}
