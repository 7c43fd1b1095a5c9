//! One request and what came of it.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::body::{Body, pairs};
use crate::transport::{TransportError, TransportErrorKind};

/// One request and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Exchange {
    pub(super) request: RecordedRequest,
    pub(super) outcome: Outcome,
}

/// What came of a request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Response(RecordedResponse),
    Failure(RecordedFailure),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RecordedRequest {
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) query: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Body>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RecordedResponse {
    pub(super) status: u16,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Body>,
}

/// The point at which a request failed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RecordedFailure {
    Connect,
    Timeout,
    Body,
    BodyTooLarge,
    Other,
}

impl RecordedRequest {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        let uri = request.uri();
        Self {
            method: request.method().to_string(),
            path: uri.path().to_owned(),
            query: pairs(uri.query().unwrap_or_default()),
            body: Body::read(request.body(), content_type(request.headers())),
        }
    }
}

impl RecordedResponse {
    /// Keeps the headers with these names.
    pub(super) fn new(response: &Response<Bytes>, is_kept: impl Fn(&HeaderName) -> bool) -> Self {
        let headers = response.headers().iter().filter(|(name, _)| is_kept(name));
        Self {
            status: response.status().as_u16(),
            headers: headers
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    (name.as_str().to_owned(), value)
                })
                .collect(),
            body: Body::read(response.body(), content_type(response.headers())),
        }
    }

    /// The response as it is sent again; `None` if it has a status or a header that none can have.
    pub(super) fn to_response(&self) -> Option<Response<Bytes>> {
        let body = self.body.as_ref().map(Body::to_bytes);
        let mut response = Response::new(body.unwrap_or_default());
        *response.status_mut() = StatusCode::from_u16(self.status).ok()?;
        for (name, value) in &self.headers {
            let name = HeaderName::try_from(name).ok()?;
            let value = HeaderValue::try_from(value).ok()?;
            response.headers_mut().append(name, value);
        }
        Some(response)
    }
}

impl RecordedFailure {
    pub(super) fn new(error: &TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::Connect => Self::Connect,
            TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::Body => Self::Body,
            TransportErrorKind::BodyTooLarge => Self::BodyTooLarge,
            TransportErrorKind::Refused | TransportErrorKind::Other => Self::Other,
        }
    }

    pub(super) fn to_error(self) -> TransportError {
        TransportError::new(match self {
            Self::Connect => TransportErrorKind::Connect,
            Self::Timeout => TransportErrorKind::Timeout,
            Self::Body => TransportErrorKind::Body,
            Self::BodyTooLarge => TransportErrorKind::BodyTooLarge,
            Self::Other => TransportErrorKind::Other,
        })
    }
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}
