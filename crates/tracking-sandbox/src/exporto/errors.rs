//! Error responses: `{"message"}`, some with a `requestId`, none with a code.

use http::StatusCode;
use serde::Serialize;

use crate::server::Reply;

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    request_id: Option<String>,
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'a> {
    message: &'a str,
    request_id: Option<&'a str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            request_id: None,
        }
    }

    /// The call breaks a rule.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    pub(crate) fn shipment_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Shipment not found")
    }

    /// One message for each way in which a label can fail.
    pub(crate) fn label(status: StatusCode) -> Self {
        Self::new(status, "Label creation failed")
    }

    /// One message for each way in which a registration can fail.
    pub(crate) fn registration(status: StatusCode) -> Self {
        Self::new(status, "Registration failed")
    }

    /// The reason that HTTP gives for a status.
    pub(crate) fn plain(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Error"))
    }

    /// Puts the id of the request into the body.
    pub(crate) fn with_request_id(mut self, id: String) -> Self {
        self.request_id = Some(id);
        self
    }

    pub(crate) fn into_reply(self) -> Reply {
        let body = ErrorBody {
            message: &self.message,
            request_id: self.request_id.as_deref(),
        };
        Reply::json(self.status, &body)
    }
}
