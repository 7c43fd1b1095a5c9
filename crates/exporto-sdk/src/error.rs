//! How exporto reports errors: a message, at times a request id, and never a code.

use http::{HeaderMap, StatusCode};
use tracking_http::json::{first_value, lenient};
use tracking_http::{Dialect, Error, Failure, PathTemplate};

use crate::generated::operations;

/// The provider's short name in errors.
pub(crate) const NAME: &str = "exporto";

/// How exporto responds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExportoDialect;

impl Dialect for ExportoDialect {
    fn provider(&self) -> &'static str {
        NAME
    }

    /// The status decides: exporto has no codes, and one message comes with several statuses (observed:
    /// "Label creation failed" with 400 and 503, "Registration failed" with 400, 404 and 502).
    ///
    /// Only message and request id are taken from the body, which may repeat anything else.
    fn classify(&self, status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Failure {
        let mut failure = Failure::from_status(status);
        // Read by content: the media type may be wrong or missing.
        let body = first_value(body).unwrap_or_default();
        let text = |key: &str| lenient::text(&body[key]).ok().flatten();
        // An earlier revision of the third-party client read `error`.
        failure.message = text("message").or_else(|| text("error"));
        failure.request_id = text("requestId");
        failure
    }
}

/// Returns true if exporto itself reports that it knows no such shipment.
///
/// A 404 of a proxy, or of a wrong base URL, is no JSON object with a message. Nor does a 404 of the
/// token request say anything about a shipment.
pub(crate) fn is_unknown_shipment(error: &Error) -> bool {
    error.is_not_found()
        && is_of(operations::GET_SHIPMENT.id, error)
        && error.provider_message().is_some()
}

/// Returns true if the error is that of an operation, and not of the token that it needs.
pub(crate) fn is_of(operation: &str, error: &Error) -> bool {
    error.operation() == Some(operation)
}

/// Adds to an error that a wrong path would give too that the path is assumed.
///
/// The paths of tours have not been published. `option` is the method of the builder that sets another.
/// The token that the call needs has a known path: where that is not found, the base URL is wrong.
pub(crate) fn with_path_advice(error: Error, path: &PathTemplate, option: &str) -> Error {
    let status = error.status().map_or(0, |status| status.as_u16());
    let is_of_token = is_of(operations::CREATE_TOKEN.id, &error);
    if is_of_token || !matches!(status, 404 | 405 | 406 | 415) {
        return error;
    }
    error.with_message(format!(
        "the path `{path}` may be wrong: exporto has not published it, so it is assumed; ask exporto for \
         the right one and set it with `{option}`"
    ))
}

#[cfg(test)]
mod tests {
    use tracking_http::ErrorKind;

    use super::*;

    fn classify(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        ExportoDialect.classify(status, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn status_decides_whatever_message() {
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
            (418, ErrorKind::InvalidRequest),
            (422, ErrorKind::InvalidRequest),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (502, ErrorKind::Server),
            (503, ErrorKind::Server),
            (504, ErrorKind::Server),
            (599, ErrorKind::Server),
        ];

        for (status, kind) in cases {
            for body in [r#"{"message":"It failed"}"#, "", "plain", "<p>", "[]", "7"] {
                assert_eq!(classify(status, body).kind, kind, "{status} {body}");
            }
        }
    }

    #[test]
    fn message_and_request_id_are_taken_and_nothing_else() {
        let failure = classify(
            400,
            r#"{"message":"Invalid shipment","requestId":"r-1","access_token":"hush"}"#,
        );

        assert_eq!(failure.message.as_deref(), Some("Invalid shipment"));
        assert_eq!(failure.request_id.as_deref(), Some("r-1"));
        assert!(!format!("{failure:?}").contains("hush"));
    }

    #[test]
    fn older_key_and_odd_values_are_read() {
        let cases = [
            (r#"{"error":"Old"}"#, Some("Old")),
            (r#"{"message":null,"error":"Old"}"#, Some("Old")),
            (r#"{"message":7}"#, Some("7")),
            (r#"{"message":["?"],"requestId":{}}"#, None),
        ];

        for (body, message) in cases {
            assert_eq!(classify(400, body).message.as_deref(), message, "{body}");
        }
    }
}
