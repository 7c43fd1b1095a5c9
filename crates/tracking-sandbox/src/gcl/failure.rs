//! Error answers. Two layers answer in two forms: the endpoints with `code`, `message` and
//! `details`, and what stands before them with a lone `error`.

use http::StatusCode;
use serde::Serialize;
use serde_json::json;

use super::settings::Assumptions;
use crate::reply::Reply;

/// The only code that is documented.
const NOT_FOUND: &str = "TRACKING_DETAILS_NOT_FOUND";

/// An endpoint that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// Only errors of tracking carry it.
    tracking_number: Option<String>,
}

/// The body of a [`Failure`].
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FailureBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking_number: Option<&'a str>,
    code: &'static str,
    message: &'a str,
    details: Option<Details<'a>>,
}

#[derive(Debug, Serialize)]
struct Details<'a> {
    code: &'static str,
    message: &'a str,
    reference: &'static str,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            tracking_number: None,
        }
    }

    /// No parcel of the account has this number.
    pub(crate) fn not_found(number: &str, assumptions: &Assumptions) -> Self {
        Self {
            tracking_number: Some(number.to_owned()),
            ..Self::new(
                assumptions.not_found_status(),
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

    pub(crate) fn body(&self, details: bool) -> FailureBody<'_> {
        FailureBody {
            tracking_number: self.tracking_number.as_deref(),
            code: self.code,
            message: &self.message,
            details: details.then_some(Details {
                code: self.code,
                message: &self.message,
                reference: "sandbox-0001",
            }),
        }
    }

    pub(crate) fn reply(&self, details: bool) -> Reply {
        Reply::json(self.status, &self.body(details))
    }
}

/// The answer of the layer before the endpoints, with a lone `error` as sibling products of the
/// platform have it. What this layer really sends is not documented.
pub(crate) fn gateway(status: StatusCode, text: &str) -> Reply {
    Reply::json(status, &json!({ "error": text }))
}
