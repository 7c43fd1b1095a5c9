//! GCL's error responses, and what each of them asks the caller to do.

use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tracking_core::kit::non_blank;
use tracking_http::json::{first_value, lenient};
use tracking_http::{Dialect, Error, ErrorKind, Failure};

use crate::ErrorCode;
use crate::error_in_200::is_error;

/// The longest text without markup that is taken for a message.
const MAX_TEXT: usize = 300;

impl ErrorCode {
    /// The decision that this code asks for, or `None` for a code that this version does not know.
    ///
    /// No HTTP status is documented for any error, so the code decides before the status.
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::TrackingDetailsNotFound => Some(ErrorKind::NotFound),
            Self::Unknown(_) => None,
        }
    }
}

/// What can be read of an error body, whichever layer wrote it.
///
/// The documented shape is that of the tracking endpoint. Sibling APIs of the same platform response
/// with a lone `error`, so a gateway may do so here (assumed).
#[derive(Debug, Default)]
struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
}

impl ErrorBody {
    /// Reads what is there: one odd field must not cost the code that decides.
    fn read(body: &[u8]) -> Self {
        let message = match first_value(body) {
            Some(Value::Object(keys)) => {
                let text = |key: &str| {
                    let text = lenient::text(keys.get(key)?).ok().flatten();
                    non_blank(text)
                };
                return Self {
                    code: text("code"),
                    message: text("message").or_else(|| text("error")),
                };
            }
            Some(Value::String(text)) => Some(text),
            Some(_) => None,
            None => std::str::from_utf8(body).ok().map(str::to_owned),
        };
        let is_plain = |text: &String| {
            let text = text.trim();
            !text.is_empty() && text.len() <= MAX_TEXT && !text.starts_with(['<', '{', '['])
        };
        Self {
            code: None,
            message: message.filter(is_plain),
        }
    }

    fn into_failure(self, kind_without_code: ErrorKind) -> Failure {
        let known = self
            .code
            .as_deref()
            .and_then(|code| ErrorCode::from(code).kind());
        let mut failure = Failure::new(known.unwrap_or(kind_without_code));
        // What is not found now is not found by the same request a second later, whatever status
        // came with it.
        failure.retryable = known.map(|_| false);
        failure.code = self.code;
        failure.message = self.message;
        failure
    }
}

/// The provider's short name in errors.
pub(crate) const NAME: &str = "gcl";

/// How GCL responds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GclDialect;

impl Dialect for GclDialect {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn classify(&self, status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Failure {
        ErrorBody::read(body).into_failure(Failure::from_status(status).kind)
    }

    /// Assumed: an error may come with a success status, since none is documented for it. Without
    /// a known code it is a refusal of the request, which a repeat does not change.
    fn rejects(&self, _status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Option<Failure> {
        is_error(body).then(|| ErrorBody::read(body).into_failure(ErrorKind::InvalidRequest))
    }
}

/// Returns true if GCL itself reports that it knows no such parcel: a 404 of a proxy, or of a wrong base URL, says
/// nothing about a parcel.
pub(crate) fn is_unknown_shipment(error: &Error) -> bool {
    let code = error.provider_code().map(ErrorCode::from);
    error.is_not_found() && code == Some(ErrorCode::TrackingDetailsNotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT_FOUND: &str = r#"{"trackingNumber":"QX1","code":"TRACKING_DETAILS_NOT_FOUND",
        "message":"Nothing is known of this number.","details":null}"#;

    fn classify(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        GclDialect.classify(status, &HeaderMap::new(), body.as_bytes())
    }

    fn rejected(body: &str) -> Option<Failure> {
        GclDialect.rejects(StatusCode::OK, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn every_documented_code_has_a_kind() {
        for code in ErrorCode::KNOWN {
            assert!(code.kind().is_some(), "{code} has no kind");
        }
    }

    #[test]
    fn code_decides_under_any_status() {
        for status in [400, 404, 410, 422, 500, 503] {
            let failure = classify(status, NOT_FOUND);

            assert_eq!(failure.kind, ErrorKind::NotFound, "{status}");
            assert_eq!(failure.retryable, Some(false), "{status}");
            assert_eq!(failure.code.as_deref(), Some("TRACKING_DETAILS_NOT_FOUND"));
            assert_eq!(
                failure.message.as_deref(),
                Some("Nothing is known of this number.")
            );
        }
        assert_eq!(rejected(NOT_FOUND), Some(classify(404, NOT_FOUND)));
    }

    #[test]
    fn status_decides_without_known_code() {
        let cases = [
            (400, ErrorKind::InvalidRequest),
            (401, ErrorKind::Authentication),
            (402, ErrorKind::QuotaExhausted),
            (403, ErrorKind::Permission),
            (404, ErrorKind::NotFound),
            (405, ErrorKind::InvalidRequest),
            (406, ErrorKind::InvalidRequest),
            (409, ErrorKind::Conflict),
            (415, ErrorKind::InvalidRequest),
            (422, ErrorKind::InvalidRequest),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (503, ErrorKind::Server),
        ];

        for (status, kind) in cases {
            for body in [
                "",
                "<html>no</html>",
                "[]",
                "null",
                r#"{"code":7}"#,
                r#"{"code":"BRAND_NEW"}"#,
            ] {
                let failure = classify(status, body);

                assert_eq!(failure.kind, kind, "{status} {body}");
                assert_eq!(failure.retryable, None, "{status} {body}");
            }
        }
    }

    #[test]
    fn unknown_code_is_kept() {
        let failure = classify(400, r#"{"code":"BRAND_NEW","message":"?"}"#);

        assert_eq!(failure.code.as_deref(), Some("BRAND_NEW"));
    }

    #[test]
    fn lone_error_and_plain_text_are_messages() {
        let cases = [
            (r#"{"error":"Forbidden"}"#, Some("Forbidden")),
            (
                r#"{"message":"","error":"Unauthorized"}"#,
                Some("Unauthorized"),
            ),
            (r#"{"message":["?"],"error":{}}"#, None),
            (r#""Slow down""#, Some("Slow down")),
            ("upstream is away", Some("upstream is away")),
            ("<html>Bad gateway</html>", None),
            ("{broken", None),
            (" ", None),
        ];

        for (body, message) in cases {
            assert_eq!(classify(500, body).message.as_deref(), message, "{body}");
        }
        assert_eq!(classify(500, &"long ".repeat(100)).message, None);
    }

    #[test]
    fn odd_field_does_not_lose_code() {
        let body = r#"{"code":"TRACKING_DETAILS_NOT_FOUND","message":{},"details":[7]}"#;

        assert_eq!(classify(500, body).kind, ErrorKind::NotFound);
    }

    #[test]
    fn error_in_200_without_known_code_is_refusal() {
        for body in [
            r#"{"code":"ADDRESS_INVALID","message":"?"}"#,
            r#"{"error":"No such method"}"#,
        ] {
            assert_eq!(rejected(body).unwrap().kind, ErrorKind::InvalidRequest);
        }
    }
}
