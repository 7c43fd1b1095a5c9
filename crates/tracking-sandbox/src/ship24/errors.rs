//! Error responses: `{"errors": [{"code", "message"}], "data": null}`.

use http::StatusCode;
use serde::Serialize;

use crate::server::Reply;

/// One item of an error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ErrorItem {
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    errors: &'a [ErrorItem],
    data: Option<()>,
}

/// A refusal: the status of the response and one item or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) items: Vec<ErrorItem>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            items: vec![ErrorItem {
                code,
                message: message.into(),
            }],
        }
    }

    /// A field broke a rule.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "validation_error", message)
    }

    /// The body is not JSON, or not the JSON that the operation takes.
    pub(crate) fn unreadable() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "parsing_error",
            "The request body cannot be read as JSON.",
        )
    }

    pub(crate) fn tracker_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "tracker_not_found",
            "Tracker not found.",
        )
    }

    pub(crate) fn parcel_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "parcel_not_found",
            "No courier knows anything about this parcel yet.",
        )
    }

    pub(crate) fn not_updatable() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "tracker_not_updatable",
            "The shipment of this tracker has been processed; these fields cannot change any more.",
        )
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "tracker_conflict", message)
    }

    pub(crate) fn in_parallel() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "request_conflict",
            "The same request is being processed at this moment.",
        )
    }

    pub(crate) fn quota(status: StatusCode) -> Self {
        Self::new(
            status,
            "quota_limit_reached",
            "The quota of the plan is used up.",
        )
    }

    pub(crate) fn webhook_url_missing() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "webhook_url_missing",
            "The account has no webhook URL.",
        )
    }

    pub(crate) fn into_reply(self) -> Reply {
        Reply::json(
            self.status,
            &ErrorBody {
                errors: &self.items,
                data: None,
            },
        )
    }
}
