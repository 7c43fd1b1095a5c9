//! One response, before it becomes an HTTP response.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// One response of a provider.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Keeps the response back, as a provider does while it asks a courier.
    pub(crate) hold: Option<Hold>,
}

/// Why and how long a response is kept back.
pub(crate) struct Hold {
    pub(crate) delay: Duration,
    /// Dropped when the response leaves or when the caller goes away.
    pub(crate) release: Box<dyn Any + Send>,
}

impl fmt::Debug for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hold")
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

impl Reply {
    pub(crate) fn new(status: StatusCode, content_type: HeaderValue, body: Bytes) -> Self {
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, content_type);
        Self {
            status,
            headers,
            body,
            hold: None,
        }
    }

    /// A JSON response. Our own types always serialise; should one ever not, the caller gets a 500
    /// with the reason.
    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => Self::new(status, JSON, bytes.into()),
            Err(error) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                TEXT,
                format!("the sandbox could not write its response: {error}").into(),
            ),
        }
    }

    pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, TEXT, body.into())
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::with_capacity(12),
            body: Bytes::new(),
            hold: None,
        }
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}
