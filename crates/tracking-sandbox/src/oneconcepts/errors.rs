//! Error responses. Nothing about them is documented: the shapes are those of the framework, and of
//! its bundle for tokens.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

use crate::oneconcepts::bodies::hydra;
use crate::oneconcepts::media_type::Format;
use crate::oneconcepts::settings::Assumptions;
use crate::server::Reply;

/// The media type of the layer that checks credentials and tokens.
pub(crate) const LOGIN_JSON: HeaderValue = HeaderValue::from_static("application/json");

const TITLE: &str = "An error occurred";

/// The code that the framework has for an empty value.
const EMPTY: &str = "c1051bb4-d103-4f74-8988-acbcafc7fdc3";

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    description: String,
    violations: Vec<Violation>,
    layer: Layer,
}

/// Two layers send two forms of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    /// The layer that checks credentials and tokens.
    Login,
    Api,
}

/// What validation found wrong.
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

    pub(crate) fn empty(property_path: impl Into<String>) -> Self {
        Self {
            code: Some(EMPTY),
            // The framework's own message.
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
            layer: Layer::Api,
        }
    }

    /// Wrong credentials, or a token that is missing, unknown or expired.
    pub(crate) fn login(message: &str, assumptions: &Assumptions) -> Self {
        Self {
            layer: Layer::Login,
            ..Self::new(assumptions.wrong_token_status, message)
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

    /// An error that says nothing but its status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Error"))
    }

    pub(crate) fn invalid(violations: Vec<Violation>, assumptions: &Assumptions) -> Self {
        let lines: Vec<_> = violations
            .iter()
            .map(|violation| format!("{}: {}", violation.property_path, violation.message))
            .collect();
        Self {
            violations,
            ..Self::new(assumptions.violation_status, lines.join("\n"))
        }
    }

    pub(crate) fn into_reply(self, format: Format, assumptions: &Assumptions) -> Reply {
        if self.layer == Layer::Login {
            return self.into_login_error();
        }
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

    /// An error of the layer that checks credentials and tokens.
    fn into_login_error(self) -> Reply {
        let body = json!({ "code": self.status.as_u16(), "message": self.description });
        Reply::new(self.status, LOGIN_JSON, body.to_string().into())
            .with_header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    /// The error for a caller that requests another form than JSON-LD.
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

    /// Releases that refuse with 400 send no codes.
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
