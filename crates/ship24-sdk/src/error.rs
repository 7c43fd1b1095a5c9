//! Ship24's error codes, and what each of them asks the caller to do.

use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tracking_http::json::{first_value, lenient};
use tracking_http::{Dialect, ErrorKind, Failure};

use crate::ErrorCode;

impl ErrorCode {
    /// The decision that this code asks for, or `None` for a code that this version does not know.
    ///
    /// Codes and HTTP statuses do not match one to one: a missing key is a 400, a missing
    /// subscription a 422, a used-up quota a 403 or a 405. So the code decides before the status.
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        Some(match self {
            Self::ValidationError
            | Self::MissingMandatoryField
            | Self::ParsingError
            | Self::ShippingDateOutdated
            | Self::TrackerNotUpdatable
            | Self::WebhookUrlMissing
            | Self::ProcessingError
            | Self::BulkCreateLimitExceeded => ErrorKind::InvalidRequest,
            Self::TrackerConflict | Self::RequestConflict => ErrorKind::Conflict,
            Self::AuthMissingHeader | Self::AuthInvalidHeader | Self::AuthInvalidApiKey => {
                ErrorKind::Authentication
            }
            Self::NoActiveSubscription => ErrorKind::Permission,
            Self::QuotaLimitReached => ErrorKind::QuotaExhausted,
            Self::TrackerNotFound | Self::ParcelNotFound => ErrorKind::NotFound,
            Self::Unknown(_) => return None,
        })
    }
}

/// One error in a response, whichever shape the response has: the common one lists them in `errors`,
/// the bulk response has a single `error`.
struct ErrorItem {
    code: Option<String>,
    message: Option<String>,
}

impl ErrorItem {
    /// Reads what is there: one odd field must not cost the code that decides.
    fn all_of(body: &[u8]) -> Vec<Self> {
        let body = first_value(body).unwrap_or_default();
        let several = body["errors"].as_array().into_iter().flatten();
        let items = several
            .chain([&body["error"]])
            .filter(|item| item.is_object());
        items.map(Self::of).collect()
    }

    fn of(item: &Value) -> Self {
        let text = |key: &str| lenient::text(&item[key]).ok().flatten();
        Self {
            code: text("code"),
            message: text("message"),
        }
    }
}

/// The provider's name in errors and in the unified model.
pub(crate) const NAME: &str = "ship24";

/// How Ship24 reports errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ship24Dialect;

impl Dialect for Ship24Dialect {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn classify(&self, status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Failure {
        // A 429 is plain text and always means the same, whatever is in the body.
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Failure::new(ErrorKind::RateLimited);
        }
        let items = ErrorItem::all_of(body);
        let known = items.iter().find_map(|item| {
            let code = ErrorCode::from(item.code.as_deref()?);
            Some((code.kind()?, code))
        });
        let mut failure = match &known {
            Some((kind, _)) => Failure::new(*kind),
            None => from_status(status),
        };
        let retryable = known.is_some_and(|(_, code)| code == ErrorCode::RequestConflict);
        if retryable {
            // The same payload is being processed in parallel; it is safe to repeat where the
            // operation is idempotent.
            failure = failure.with_retryable(true);
        }
        failure.code = items.iter().find_map(|item| item.code.clone());
        failure.message = join_messages(&items);
        failure
    }
}

/// What a status means without a known code.
///
/// Assumed: one third-party client reports a bad key as 403 where others see 401, so both count as
/// authentication; no example of a 405 without code exists.
fn from_status(status: StatusCode) -> Failure {
    match status {
        StatusCode::FORBIDDEN => Failure::new(ErrorKind::Authentication),
        _ => Failure::from_status(status),
    }
}

/// All messages of a response in one line: Ship24 may report several faults of one field.
fn join_messages(items: &[ErrorItem]) -> Option<String> {
    let messages: Vec<&str> = items
        .iter()
        .filter_map(|item| item.message.as_deref())
        .collect();
    (!messages.is_empty()).then(|| messages.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        Ship24Dialect.classify(status, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn every_documented_code_has_a_kind() {
        for code in ErrorCode::KNOWN {
            assert!(code.kind().is_some(), "{code} has no kind");
        }
    }

    #[test]
    fn code_decides_before_status() {
        let cases = [
            (400, "auth_missing_header", ErrorKind::Authentication),
            (400, "auth_invalid_header", ErrorKind::Authentication),
            (400, "tracker_conflict", ErrorKind::Conflict),
            (401, "auth_invalid_api_key", ErrorKind::Authentication),
            (403, "quota_limit_reached", ErrorKind::QuotaExhausted),
            (405, "quota_limit_reached", ErrorKind::QuotaExhausted),
            (404, "parcel_not_found", ErrorKind::NotFound),
            (422, "no_active_subscription", ErrorKind::Permission),
        ];

        for (status, code, kind) in cases {
            let body = format!(r#"{{"errors":[{{"code":"{code}"}}],"data":null}}"#);
            let failure = classify(status, &body);

            assert_eq!((failure.kind, failure.code.as_deref()), (kind, Some(code)));
        }
    }

    #[test]
    fn bulk_error_is_read_from_its_own_place() {
        let failure = classify(
            403,
            r#"{"status":"error","summary":null,"data":null,
               "error":{"code":"quota_limit_reached","message":"No quota."}}"#,
        );

        assert_eq!(failure.kind, ErrorKind::QuotaExhausted);
        assert_eq!(failure.message.as_deref(), Some("No quota."));
    }

    #[test]
    fn bodies_that_are_no_json_fall_back_to_the_status() {
        let cases = [
            (401, ErrorKind::Authentication),
            (402, ErrorKind::QuotaExhausted),
            (403, ErrorKind::Authentication),
            (404, ErrorKind::NotFound),
            (409, ErrorKind::Conflict),
            (429, ErrorKind::RateLimited),
            (503, ErrorKind::Server),
        ];

        for (status, kind) in cases {
            for body in ["", "<html>no</html>", "[]", "null", r#"{"errors":7}"#] {
                assert_eq!(classify(status, body).kind, kind, "{status} {body}");
            }
        }
    }

    #[test]
    fn odd_field_does_not_lose_rest() {
        let body =
            r#"{"errors":[7,{"code":"validation_error","message":["?"]}],"error":"Bad Request"}"#;
        let failure = classify(400, body);

        assert_eq!(failure.code.as_deref(), Some("validation_error"));
        assert_eq!(failure.kind, ErrorKind::InvalidRequest);
    }

    #[test]
    fn unknown_code_is_kept_and_status_decides() {
        let failure = classify(404, r#"{"errors":[{"code":"brand_new","message":"?"}]}"#);

        assert_eq!(failure.kind, ErrorKind::NotFound);
        assert_eq!(failure.code.as_deref(), Some("brand_new"));
    }

    #[test]
    fn conflict_is_retried_for_parallel_requests_only() {
        let parallel = classify(409, r#"{"errors":[{"code":"request_conflict"}]}"#);
        let other = classify(400, r#"{"errors":[{"code":"tracker_conflict"}]}"#);

        assert_eq!(parallel.retryable, Some(true));
        assert_eq!(other.retryable, None);
    }
}
