//! The bodies of errors. Nothing about them is documented: the shapes are those of the framework.

use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::oneconcepts::bodies::hydra;
use crate::oneconcepts::media_type::Format;
use crate::oneconcepts::settings::Assumptions;
use crate::server::Reply;

const TITLE: &str = "An error occurred";

/// The code that validation gives a blank value.
const BLANK: &str = "c1051bb4-d103-4f74-8988-acbcafc7fdc3";

/// Why the provider refuses a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    description: String,
    violations: Vec<Violation>,
}

/// What validation found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Violation {
    property_path: String,
    message: String,
    /// Only in releases that refuse with 422; null for some checks.
    code: Option<&'static str>,
}

impl Violation {
    pub(crate) fn new(property_path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            property_path: property_path.into(),
            message: message.into(),
            code: None,
        }
    }

    pub(crate) fn blank(property_path: impl Into<String>) -> Self {
        Self {
            code: Some(BLANK),
            ..Self::new(property_path, "This value should not be blank.")
        }
    }
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, description: impl Into<String>) -> Self {
        Self {
            status,
            description: description.into(),
            violations: Vec::new(),
        }
    }

    pub(crate) fn bad_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, description)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    pub(crate) fn not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
    }

    /// An error of which nothing but the status is told.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Error"))
    }

    pub(crate) fn invalid(violations: Vec<Violation>, assumptions: &Assumptions) -> Self {
        let lines: Vec<_> = violations
            .iter()
            .map(|violation| format!("{}: {}", violation.property_path, violation.message))
            .collect();
        let status = StatusCode::from_u16(assumptions.violation_status)
            .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        Self {
            status,
            description: lines.join("\n"),
            violations,
        }
    }

    pub(crate) fn into_reply(self, format: Format, assumptions: &Assumptions) -> Reply {
        if format != Format::JsonLd {
            return self.into_problem();
        }
        let kind = if self.violations.is_empty() {
            "Error"
        } else {
            "ConstraintViolationList"
        };
        let mut body = json!({
            "@context": hydra::context_iri(kind),
            "hydra:title": TITLE,
            "hydra:description": self.description,
        });
        if self.violations.is_empty() {
            body["@type"] = json!("hydra:Error");
        } else {
            body["@type"] = json!(kind);
            body["violations"] = self.shown_violations();
        }
        if !assumptions.hydra_prefix {
            hydra::drop_prefix(&mut body);
        }
        let bytes = body.to_string().into();
        Reply::new(self.status, format.content_type(), bytes)
    }

    /// The error as those get it who did not ask for JSON-LD.
    fn into_problem(self) -> Reply {
        let mut body = json!({
            "type": "https://tools.ietf.org/html/rfc2616#section-10",
            "title": TITLE,
            "detail": self.description,
        });
        if !self.violations.is_empty() {
            body["violations"] = self.shown_violations();
        }
        let media_type = HeaderValue::from_static("application/problem+json; charset=utf-8");
        Reply::new(self.status, media_type, body.to_string().into())
    }

    /// Releases that refuse with 400 know no codes.
    fn shown_violations(&self) -> Value {
        let mut shown = json!(self.violations);
        if self.status == StatusCode::BAD_REQUEST {
            for violation in shown.as_array_mut().into_iter().flatten() {
                violation.as_object_mut().and_then(|it| it.remove("code"));
            }
        }
        shown
    }
}
