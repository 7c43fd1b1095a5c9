//! TrackingMore's codes, and what each of them asks the caller to do.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use tracking_core::kit::non_blank;
use tracking_http::json::{first_value, lenient, without_bom};
use tracking_http::{Dialect, Error, ErrorKind, Failure};

/// A code of `meta.code`, or of one item of a batch.
///
/// Any number may come; those that are documented have a constant. The provider prints them on its
/// page on status codes.
///
/// ```
/// use trackingmore_sdk::{Code, ErrorKind};
///
/// assert_eq!(Code::new(4016), Code::TRACKING_EXISTS);
/// assert_eq!(Code::TRACKING_EXISTS.kind(), Some(ErrorKind::Conflict));
/// assert_eq!(Code::new(4999).kind(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(i64);

impl Code {
    /// Success; some operations are carried out later.
    pub const SUCCESS: Self = Self(200);
    /// Success, and something was created.
    pub const CREATED: Self = Self(201);
    /// Taken in, but over the limit. Its type says "Bad Request".
    pub const OVER_LIMIT: Self = Self(202);
    /// The plan does not include it. Not documented for version 2; observed: a public client of version 3
    /// takes it for "payment required".
    pub const NOT_IN_PLAN: Self = Self(203);
    /// Authentication failed, or no permission.
    pub const UNAUTHORIZED: Self = Self(401);
    /// A payment is required.
    pub const PAYMENT_REQUIRED: Self = Self(402);
    /// Access is prohibited.
    pub const FORBIDDEN: Self = Self(403);
    /// There is no such page or resource.
    pub const NOT_FOUND: Self = Self(404);
    /// The method is not allowed.
    pub const METHOD_NOT_ALLOWED: Self = Self(405);
    /// A conflict.
    pub const CONFLICT: Self = Self(409);
    /// The API is paused for the account: wait two minutes.
    pub const TOO_MANY_REQUESTS: Self = Self(429);
    /// A failure of the server.
    pub const SERVER_ERROR: Self = Self(500);
    /// The service is not available.
    pub const UNAVAILABLE: Self = Self(503);
    /// The API key is not valid.
    pub const INVALID_KEY: Self = Self(4001);
    /// The API key was deleted.
    pub const DELETED_KEY: Self = Self(4002);
    /// The request is not understood, or parameters are missing.
    pub const BAD_REQUEST: Self = Self(4012);
    /// The tracking number is missing.
    pub const NUMBER_MISSING: Self = Self(4013);
    /// The tracking number is not valid.
    pub const NUMBER_INVALID: Self = Self(4014);
    /// The carrier code is not valid; also when the body was not JSON.
    pub const CARRIER_INVALID: Self = Self(4015);
    /// The tracking exists already: after a repeated creation this means success.
    pub const TRACKING_EXISTS: Self = Self(4016);
    /// There is no such tracking.
    pub const NO_SUCH_TRACKING: Self = Self(4017);
    /// Customer service has to activate the feature first.
    pub const NOT_ACTIVATED: Self = Self(4018);
    /// The balance of the account does not suffice.
    pub const BALANCE_USED_UP: Self = Self(4019);
    /// More than 200 items in one call.
    pub const TOO_MANY_ITEMS: Self = Self(4020);
    /// The quota that is left is too small, or the trial is over.
    pub const QUOTA_USED_UP: Self = Self(4021);
    /// Nothing was found; a number has to be created before it can be read.
    pub const NOTHING_FOUND: Self = Self(4031);
    /// No carrier was detected.
    pub const NO_CARRIER: Self = Self(4032);
    /// The value of `status` is not valid. Its type says "No Content".
    pub const STATUS_INVALID: Self = Self(4033);

    /// Every documented code.
    pub const KNOWN: &[Self] = &[
        Self::SUCCESS,
        Self::CREATED,
        Self::OVER_LIMIT,
        Self::UNAUTHORIZED,
        Self::PAYMENT_REQUIRED,
        Self::FORBIDDEN,
        Self::NOT_FOUND,
        Self::METHOD_NOT_ALLOWED,
        Self::CONFLICT,
        Self::TOO_MANY_REQUESTS,
        Self::SERVER_ERROR,
        Self::UNAVAILABLE,
        Self::INVALID_KEY,
        Self::DELETED_KEY,
        Self::BAD_REQUEST,
        Self::NUMBER_MISSING,
        Self::NUMBER_INVALID,
        Self::CARRIER_INVALID,
        Self::TRACKING_EXISTS,
        Self::NO_SUCH_TRACKING,
        Self::NOT_ACTIVATED,
        Self::BALANCE_USED_UP,
        Self::TOO_MANY_ITEMS,
        Self::QUOTA_USED_UP,
        Self::NOTHING_FOUND,
        Self::NO_CARRIER,
        Self::STATUS_INVALID,
    ];

    /// Takes a number as it came.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The code that an error carries, when the response had one.
    #[must_use]
    pub fn of(error: &Error) -> Option<Self> {
        error.provider_code()?.parse().ok().map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Returns true if it means success. Which of 200 and 201 an operation sends is not reliably
    /// known, so each means success everywhere.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self, Self::SUCCESS | Self::CREATED)
    }

    /// The decision that this code asks for; `None` for success, and for a code that this version
    /// does not know.
    ///
    /// The codes decide before the HTTP status, which is 200 for nearly all of them.
    #[must_use]
    pub const fn kind(self) -> Option<ErrorKind> {
        Some(match self {
            Self::UNAUTHORIZED | Self::INVALID_KEY | Self::DELETED_KEY => ErrorKind::Authentication,
            Self::FORBIDDEN | Self::NOT_ACTIVATED => ErrorKind::Permission,
            Self::OVER_LIMIT
            | Self::NOT_IN_PLAN
            | Self::PAYMENT_REQUIRED
            | Self::BALANCE_USED_UP
            | Self::QUOTA_USED_UP => ErrorKind::QuotaExhausted,
            Self::NOT_FOUND | Self::NO_SUCH_TRACKING | Self::NOTHING_FOUND | Self::NO_CARRIER => {
                ErrorKind::NotFound
            }
            Self::METHOD_NOT_ALLOWED
            | Self::BAD_REQUEST
            | Self::NUMBER_MISSING
            | Self::NUMBER_INVALID
            | Self::CARRIER_INVALID
            | Self::TOO_MANY_ITEMS
            | Self::STATUS_INVALID => ErrorKind::InvalidRequest,
            Self::CONFLICT | Self::TRACKING_EXISTS => ErrorKind::Conflict,
            Self::TOO_MANY_REQUESTS => ErrorKind::RateLimited,
            Self::SERVER_ERROR | Self::UNAVAILABLE => ErrorKind::Server,
            _ => return None,
        })
    }

    /// What a code means, known or not.
    pub(crate) fn kind_or_assumed(self) -> ErrorKind {
        self.kind().unwrap_or_else(|| self.assumed_kind())
    }

    /// What a code means that this version does not know.
    ///
    /// Assumed: codes below 1000 repeat the HTTP statuses, the others refuse the request.
    fn assumed_kind(self) -> ErrorKind {
        let status = u16::try_from(self.0).map(StatusCode::from_u16);
        match status {
            Ok(Ok(status)) if status.as_u16() >= 400 => Failure::from_status(status).kind,
            _ => ErrorKind::InvalidRequest,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

/// The provider's name in errors and in the unified model.
pub(crate) const NAME: &str = "trackingmore";

/// How TrackingMore reports errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrackingMoreDialect;

/// Documented: a 429 pauses the API for the account; wait two minutes. No header says so.
const PAUSE: Duration = Duration::from_secs(120);

impl Dialect for TrackingMoreDialect {
    fn provider(&self) -> &'static str {
        NAME
    }

    fn classify(&self, status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Failure {
        // Assumed: an error may come with a real HTTP status. Its code says more than that.
        failure_in(body).unwrap_or_else(|| Failure::from_status(status))
    }

    fn rejects(&self, _status: StatusCode, _headers: &HeaderMap, body: &[u8]) -> Option<Failure> {
        failure_in(body)
    }

    fn rate_limited_pause(&self) -> Duration {
        PAUSE
    }

    fn pauses_account(&self) -> bool {
        true
    }
}

/// The failure that the envelope reports; `None` for success and for a body without a code.
pub(crate) fn failure_in(body: &[u8]) -> Option<Failure> {
    let meta = meta_of(body).filter(|meta| !meta.code.is_success())?;
    let kind = meta.code.kind_or_assumed();
    let mut failure = Failure::new(kind).with_code(meta.code.to_string());
    let message = lenient::text(&meta.message).ok().flatten();
    failure.message = non_blank(message);
    Some(failure)
}

/// The code that the envelope reports, of a success or of a failure.
pub(crate) fn code_in(body: &[u8]) -> Option<Code> {
    meta_of(body).map(|meta| meta.code)
}

/// What is read of `meta`.
struct Meta {
    code: Code,
    /// As it came: one odd value beside the code must not cost the code that decides.
    message: Value,
}

impl Meta {
    fn new(code: &Value, message: Value) -> Option<Self> {
        let code = lenient::integer(code).ok().flatten().map(Code)?;
        Some(Self { code, message })
    }
}

/// Reads the first key `meta` that has a code, and nothing behind it.
///
/// The rest of the body is decoded elsewhere, into the type of the operation, and may be of any
/// shape when the code is no success.
fn meta_of(body: &[u8]) -> Option<Meta> {
    let mut found = None;
    let mut reader = serde_json::Deserializer::from_slice(without_bom(body));
    let outcome = reader.deserialize_map(FirstMeta(&mut found));
    // Stopping early is an error to the reader, which no longer matters when there is a code.
    if found.is_some() || outcome.is_ok() {
        return found;
    }
    tolerant_meta(body)
}

/// The same of a body in which the reader stumbles over a key or a value.
#[cold]
fn tolerant_meta(body: &[u8]) -> Option<Meta> {
    let mut body = first_value(body)?;
    let meta = body.get_mut("meta")?.as_object_mut()?;
    let message = meta.remove("message").unwrap_or_default();
    Meta::new(meta.get("code")?, message)
}

struct FirstMeta<'a>(&'a mut Option<Meta>);

impl<'de> Visitor<'de> for FirstMeta<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Meta => {
                    let MetaValue(meta) = map.next_value()?;
                    *self.0 = meta;
                    if self.0.is_some() {
                        return Ok(());
                    }
                }
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Meta,
    #[serde(other)]
    Other,
}

/// What `meta` is read into: nothing if it is null or has no code. Every other key is skipped, whatever is in it.
struct MetaValue(Option<Meta>);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum MetaKey {
    Code,
    Message,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for MetaValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MetaVisitor;

        impl<'de> Visitor<'de> for MetaVisitor {
            type Value = MetaValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or null")
            }

            fn visit_unit<E>(self) -> Result<MetaValue, E> {
                Ok(MetaValue(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MetaValue, A::Error> {
                let mut code = Value::Null;
                let mut message = Value::Null;
                while let Some(key) = map.next_key::<MetaKey>()? {
                    match key {
                        MetaKey::Code => code = map.next_value()?,
                        MetaKey::Message => message = map.next_value()?,
                        MetaKey::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(MetaValue(Meta::new(&code, message)))
            }
        }

        deserializer.deserialize_any(MetaVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejected(body: &str) -> Option<Failure> {
        TrackingMoreDialect.rejects(StatusCode::OK, &HeaderMap::new(), body.as_bytes())
    }

    fn classified(status: u16, body: &str) -> Failure {
        let status = StatusCode::from_u16(status).unwrap();
        TrackingMoreDialect.classify(status, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn every_documented_code_has_a_kind_or_is_a_success() {
        for code in Code::KNOWN {
            assert_eq!(code.kind().is_none(), code.is_success(), "{code}");
        }
    }

    #[test]
    fn repeated_envelope_has_the_code_of_the_first_that_has_one() {
        let body = br#"{"meta":null,"meta":{"code":200},"meta":{"code":4021}}"#;

        assert_eq!(code_in(body), Some(Code::new(200)));
    }

    #[test]
    fn error_inside_of_http_200_is_found_whatever_data_is() {
        for data in ["[]", "{}", "null", r#"{"items":[{"meta":{"code":200}}]}"#] {
            let body = format!(
                r#"{{"meta":{{"code":4016,"type":"Bad Request","message":"Tracking already exists."}},"data":{data}}}"#
            );
            let failure = rejected(&body).unwrap();

            assert_eq!(failure.kind, ErrorKind::Conflict);
            assert_eq!(failure.code.as_deref(), Some("4016"));
            assert_eq!(failure.message.as_deref(), Some("Tracking already exists."));
        }
    }

    #[test]
    fn order_of_keys_and_type_of_code_do_not_matter() {
        let failure = rejected(r#"{"data":[{"meta":{"code":200}}],"meta":{"code":"4031"}}"#);

        assert_eq!(failure.unwrap().code.as_deref(), Some("4031"));
    }

    #[test]
    fn odd_field_does_not_lose_code() {
        for meta in [
            r#"{"code":4016,"message":["?"],"type":{}}"#,
            r#"{"message":{"en":"?"},"code":"4016"}"#,
            r#"{"code":1,"code":4016.0}"#,
        ] {
            let failure = rejected(&format!(r#"{{"meta":{meta},"data":[]}}"#)).unwrap();

            assert_eq!(failure.code.as_deref(), Some("4016"), "{meta}");
            assert_eq!(failure.message, None);
        }
    }

    #[test]
    fn what_cannot_be_read_beside_it_does_not_lose_code() {
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        for odd in [&*deep, "1e999", r#""\ud800""#, r#"1,"\ud800":2"#] {
            for body in [
                format!(r#"{{"meta":{{"odd":{odd},"code":4016}},"data":[]}}"#),
                format!(r#"{{"odd":{odd},"meta":{{"message":{odd},"code":4016}}}} -->"#),
            ] {
                let failure = rejected(&body).unwrap();

                assert_eq!(failure.code.as_deref(), Some("4016"), "{body}");
            }
        }
        let cut = r#"{"data":[{"\ud800":1}],"meta":{"code":4016"#;
        assert_eq!(rejected(cut), None);
    }

    #[test]
    fn both_success_codes_and_bodies_without_a_code_are_no_failure() {
        for body in [
            r#"{"meta":{"code":200}}"#,
            r#"{"meta":{"code":201,"type":"Created"},"data":[]}"#,
            r#"{"meta":{},"data":[]}"#,
            r#"{"meta":null,"data":[]}"#,
            r#"{"meta":[],"data":[]}"#,
            r#"{"data":{"code":4001}}"#,
            "[]",
            "<html>",
            "",
        ] {
            assert_eq!(rejected(body), None, "{body}");
        }
    }

    #[test]
    fn code_decides_before_status() {
        let failure = classified(403, r#"{"meta":{"code":4021},"data":[]}"#);

        assert_eq!(failure.kind, ErrorKind::QuotaExhausted);
    }

    #[test]
    fn status_decides_without_code() {
        for body in ["", "<html>no</html>", "{}", r#"{"meta":{"code":200}}"#] {
            assert_eq!(
                classified(401, body).kind,
                ErrorKind::Authentication,
                "{body}"
            );
            assert_eq!(classified(429, body).kind, ErrorKind::RateLimited, "{body}");
            assert_eq!(classified(502, body).kind, ErrorKind::Server, "{body}");
        }
    }

    #[test]
    fn unknown_codes_are_kept_and_read_as_far_as_possible() {
        let cases = [
            (4099, ErrorKind::InvalidRequest),
            (422, ErrorKind::InvalidRequest),
            (502, ErrorKind::Server),
            (203, ErrorKind::QuotaExhausted),
            (204, ErrorKind::InvalidRequest),
            (-1, ErrorKind::InvalidRequest),
            (70_000, ErrorKind::InvalidRequest),
        ];

        for (code, kind) in cases {
            let failure = rejected(&format!(r#"{{"meta":{{"code":{code}}}}}"#)).unwrap();

            assert_eq!((failure.kind, failure.code), (kind, Some(code.to_string())));
        }
    }
}
