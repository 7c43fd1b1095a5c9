//! A request as it arrived.

use std::marker::PhantomData;

use http::{HeaderMap, HeaderName};
use httpmock::HttpMockRequest;
use serde_json::Value;

use crate::Sdk;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen<S> {
    /// In capitals.
    pub method: String,
    /// Path and query as they were in the request line, percent-encoding included.
    pub target: String,
    /// All of them, those of the connection too.
    pub headers: HeaderMap,
    /// Empty when there was none.
    pub body: Vec<u8>,
    sdk: PhantomData<S>,
}

impl<S: Sdk> Seen<S> {
    pub(crate) fn new(request: &HttpMockRequest) -> Self {
        Self {
            method: request.method_str().to_owned(),
            target: target(request.uri_str()).to_owned(),
            headers: request.headers(),
            body: request.body_vec(),
            sdk: PhantomData,
        }
    }

    /// The one value of a header, or nothing when it was not sent.
    #[must_use]
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().unwrap();
        assert!(values.next().is_none(), "`{name}` was sent twice");
        Some(value)
    }

    /// The names of all headers, sorted.
    #[must_use]
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        // Compression is a feature of the SDK, so the header is there with all features only.
        names.retain(|name| !(S::COMPRESSED && *name == "accept-encoding"));
        names
    }

    /// The body as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Checks what every request has in common, and that this one is the expected one without a
    /// body.
    #[track_caller]
    pub fn assert_without_body(&self, method: &str, target: &str) {
        self.assert_line(method, target);
        assert_eq!(String::from_utf8_lossy(&self.body), "");
        assert_eq!(self.header("content-type"), None);
    }

    /// Checks what every request has in common, and that this one is the expected one with this
    /// JSON.
    #[track_caller]
    pub fn assert_json(&self, method: &str, target: &str, body: &Value) {
        self.assert_line(method, target);
        assert_eq!(&self.json(), body);
        assert_eq!(self.header("content-type"), Some(S::MEDIA_TYPE));
    }

    #[track_caller]
    fn assert_line(&self, method: &str, target: &str) {
        assert_eq!(
            (self.method.as_str(), self.target.as_str()),
            (method, target)
        );
        assert_eq!(self.header("accept"), Some(S::MEDIA_TYPE));
        assert_eq!(self.header("cookie"), None);
        S::assert_headers(self);
    }
}

/// The mock server puts its own address in front of what was in the request line.
fn target(uri: &str) -> &str {
    let start = uri
        .find("://")
        .and_then(|scheme| Some(scheme + 3 + uri.get(scheme + 3..)?.find('/')?));
    &uri[start.unwrap_or(0)..]
}
