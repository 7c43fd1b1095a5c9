//! What callers sent, for tests that assert the request and not only the response.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use crate::locking::lock;

/// How many requests are kept; the oldest go first.
const KEPT: usize = 1000;

/// Headers whose values never appear in `Debug` output.
const SECRET_HEADERS: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "trackingmore-api-key",
    "x-api-key",
];

/// A request as it reached the sandbox.
///
/// `Debug` hides the values of headers that carry credentials, and the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The provider whose base URL was called, such as `ship24`.
    pub provider: &'static str,
    /// The provider's name of the operation, such as `create-tracker`; none when no endpoint
    /// has this method and path.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: Method,
    /// The path as it was sent, percent-encoding included.
    pub path: String,
    /// The query as it was sent, without the question mark; empty when there is none.
    pub query: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body, empty when there is none.
    pub body: Bytes,
    /// The status of the response; none when the connection was closed instead.
    pub status: Option<u16>,
}

impl RecordedRequest {
    /// A header as a string; none when it is missing or not printable.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON.
    pub fn json(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// The headers with the values of secret ones left out.
    pub(crate) fn shown_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| {
            let shown = if SECRET_HEADERS.contains(&name.as_str()) {
                "[redacted]"
            } else {
                value.to_str().unwrap_or("[not printable]")
            };
            (name.as_str(), shown)
        })
    }

    /// The body as a string, with the passwords of a JSON object left out.
    pub(crate) fn shown_body(&self) -> String {
        let is_secret = |name: &str| name.to_ascii_lowercase().contains("pass");
        match self.json() {
            Ok(Value::Object(mut fields)) if fields.keys().any(|name| is_secret(name)) => {
                for (name, field) in &mut fields {
                    if is_secret(name) {
                        *field = Value::from("[redacted]");
                    }
                }
                Value::Object(fields).to_string()
            }
            _ => String::from_utf8_lossy(&self.body).into_owned(),
        }
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("provider", &self.provider)
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.shown_headers().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .finish()
    }
}

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    requests: Mutex<VecDeque<RecordedRequest>>,
}

impl RequestLog {
    pub(crate) fn record(&self, request: RecordedRequest) {
        let mut requests = lock(&self.requests);
        if requests.len() >= KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        lock(&self.requests).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.requests).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(number: usize) -> RecordedRequest {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", "Bearer very-secret".parse().unwrap());
        headers.insert("accept", "application/json".parse().unwrap());
        RecordedRequest {
            provider: "ship24",
            operation: None,
            method: Method::GET,
            path: format!("/{number}"),
            query: String::new(),
            headers,
            body: Bytes::from_static(b"{\"name\":\"somebody\"}"),
            status: Some(200),
        }
    }

    #[test]
    fn debug_shows_neither_credentials_nor_body() {
        let shown = format!("{:?}", request(1));

        assert!(!shown.contains("very-secret"), "{shown}");
        assert!(!shown.contains("somebody"), "{shown}");
        assert!(shown.contains("application/json"), "{shown}");
    }

    #[test]
    fn shown_body_holds_no_password() {
        let with_body = |body: &'static str| RecordedRequest {
            body: Bytes::from_static(body.as_bytes()),
            ..request(1)
        };
        let cases = [
            (
                r#"{"email":"a@shop.example","password":"very-secret"}"#,
                r#"{"email":"a@shop.example","password":"[redacted]"}"#,
            ),
            (
                r#"{"plainPassword":7}"#,
                r#"{"plainPassword":"[redacted]"}"#,
            ),
            ("{ \"name\": \"somebody\" }", "{ \"name\": \"somebody\" }"),
            ("not JSON", "not JSON"),
        ];

        for (body, expected) in cases {
            assert_eq!(with_body(body).shown_body(), expected);
        }
    }

    #[test]
    fn log_keeps_last_thousand() {
        let log = RequestLog::default();

        for number in 0..1005 {
            log.record(request(number));
        }

        let kept = log.all();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept.first().unwrap().path, "/5");
    }
}
