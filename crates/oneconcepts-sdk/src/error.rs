//! The shapes of an error, and what each of them asks the caller to do.
//!
//! Nothing is published about errors. API Platform, on which the API visibly runs, sends Hydra errors
//! and lists of violations; its login layer sends a shape of its own.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tracking_core::kit::non_blank;
use tracking_http::json::partial::Partial;
use tracking_http::json::{first_value, lenient};
use tracking_http::{Dialect, Error, Failure};

use crate::{ErrorResponse, Violation};

/// The provider's short name in errors.
pub(crate) const NAME: &str = "oneconcepts";

/// The media type of everything that is sent and asked for. With `application/json` the server may
/// leave the Hydra envelope out.
pub(crate) const LD_JSON: &str = "application/ld+json";

/// The operation that exchanges credentials for a token.
const LOGIN: &str = "create-token";

/// What the framework says about an address without a route, where a missing record is only
/// "Not Found": the base URL is wrong, and nothing is said about a record.
const NO_ROUTE: &str = "No route found";

/// How 1concepts responds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneConceptsDialect;

impl Dialect for OneConceptsDialect {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn classify(&self, status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Failure {
        let mut failure = Failure::from_status(status);
        let body = first_value(body).unwrap_or_default();
        failure.code = first_text(&body, &["@type", "code", "type"]);
        failure.message = first_text(
            &body,
            &[
                "hydra:description",
                "description",
                "detail",
                "message",
                "hydra:title",
                "title",
            ],
        );
        failure
    }

    fn accept(&self) -> &'static str {
        LD_JSON
    }

    fn content_type(&self) -> &'static str {
        LD_JSON
    }
}

/// The first of these keys that holds a string, or a list of strings.
fn first_text(body: &Value, keys: &[&str]) -> Option<String> {
    let strings = keys.iter().filter_map(|key| {
        let value = body.get(key)?;
        let value = value.as_array().map_or(Some(value), |list| list.first())?;
        lenient::text(value).ok()?
    });
    strings.into_iter().find_map(|text| non_blank(Some(text)))
}

/// Returns true if the API itself reports that there is no such order or tracking. The page of a proxy, the
/// framework's report that the whole path is unknown, and a token request that found nothing say nothing
/// about a record.
pub(crate) fn is_unknown_shipment(error: &Error) -> bool {
    let message = error.provider_message().unwrap_or_default();
    let code = error.provider_code().unwrap_or_default();
    // A code that only repeats the status is not that of the API layer.
    let is_own = code.chars().any(char::is_alphabetic);
    let is_about_record = is_own && !message.starts_with(NO_ROUTE);
    error.is_not_found() && is_about_record && !is_of_login(error)
}

/// The body of a response that came and of which a part does not fit. That of a token request is no
/// response: its keys would be taken for those of a record.
pub(crate) fn unfit_body(error: &Error) -> Option<&Bytes> {
    let is_response = error.is_decode() && !is_of_login(error);
    error.body().filter(|_| is_response)
}

/// Reads what fits of a response that came and of which a part does not.
///
/// # Errors
///
/// The error itself, when nothing can be read.
pub(crate) fn read_unfit<T>(
    error: Error,
    read: impl FnOnce(&Bytes) -> Result<T, Error>,
) -> Result<T, Error> {
    let read = unfit_body(&error).and_then(|body| read(body).ok());
    read.ok_or(error)
}

/// Returns true if an error comes from the token request that was made on the way.
pub(crate) fn is_of_login(error: &Error) -> bool {
    error.operation() == Some(LOGIN)
}

/// Lists what the validation of 1concepts found wrong with a request, which comes with status 400
/// or 422.
///
/// Empty for every other error. A violation that cannot be read is left out.
///
/// ```no_run
/// use oneconcepts_sdk::{CreateOrder, violations};
///
/// # async fn example(client: oneconcepts_sdk::Client, order: CreateOrder) {
/// if let Err(error) = client.create_order(&order).await {
///     for violation in violations(&error) {
///         println!("{:?}: {:?}", violation.property_path, violation.message);
///     }
/// }
/// # }
/// ```
///
/// Assumed: the shape is that of the framework, `violations` with `propertyPath` and `message`.
#[must_use]
pub fn violations(error: &Error) -> Vec<Violation> {
    let is_refusal = error
        .status()
        .is_some_and(|status| status.is_client_error());
    let body = error.body().filter(|_| is_refusal);
    let read = body.and_then(|body| Partial::<ErrorResponse>::from_body(body).ok());
    let mut violations = read.map_or_else(Vec::new, |read| read.value.violations);
    violations.retain(|it| it.property_path.is_some() || it.message.is_some());
    violations
}

#[cfg(test)]
mod tests {
    use tracking_http::ErrorKind;

    use super::*;

    fn classify(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        OneConceptsDialect.classify(status, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn every_shape_gives_its_message_and_code() {
        let cases = [
            (
                r#"{"@type":"hydra:Error","hydra:title":"An error occurred","hydra:description":"No."}"#,
                "hydra:Error",
                "No.",
            ),
            (
                r#"{"@type":"ConstraintViolationList","hydra:description":"zip: Blank.","violations":[]}"#,
                "ConstraintViolationList",
                "zip: Blank.",
            ),
            (
                r#"{"@type":["hydra:Error","Gone"],"hydra:description":"No."}"#,
                "hydra:Error",
                "No.",
            ),
            (
                r#"{"@type":"Error","title":"T","description":"Newer."}"#,
                "Error",
                "Newer.",
            ),
            (
                r#"{"type":"about:blank","title":"T","detail":"D"}"#,
                "about:blank",
                "D",
            ),
            (
                r#"{"code":401,"message":"Expired JWT Token"}"#,
                "401",
                "Expired JWT Token",
            ),
            (
                r#"{"@type":"hydra:Error","hydra:title":"Only this"}"#,
                "hydra:Error",
                "Only this",
            ),
            (
                r#"{"@type":"hydra:Error","hydra:title":"T","hydra:description":""}"#,
                "hydra:Error",
                "T",
            ),
        ];

        for (body, code, message) in cases {
            let failure = classify(400, body);

            assert_eq!(failure.code.as_deref(), Some(code), "{body}");
            assert_eq!(failure.message.as_deref(), Some(message), "{body}");
        }
    }

    #[test]
    fn status_decides_whatever_body_is() {
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
            (503, ErrorKind::Server),
        ];

        for (status, kind) in cases {
            for body in ["", "<html>no</html>", "[]", "null", r#"{"violations":7}"#] {
                let failure = classify(status, body);

                assert_eq!(
                    (failure.kind, failure.message),
                    (kind, None),
                    "{status} {body}"
                );
            }
        }
    }

    #[test]
    fn odd_key_does_not_lose_rest() {
        let failure = classify(
            400,
            r#"{"@type":[["?"]],"hydra:description":{},"detail":"Kept."}"#,
        );

        assert_eq!(failure.code, None);
        assert_eq!(failure.message.as_deref(), Some("Kept."));
    }
}
