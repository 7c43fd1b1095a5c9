//! What a call sends, and how.

use std::time::Duration;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderValue};
use http::{Method, StatusCode, Uri};

use crate::dialect::Failure;
use crate::operation::RateClass;
use crate::retry::RetryPolicy;

/// What a call sends, and how.
pub(crate) struct Outgoing {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The path as it is documented, with parameters in braces; empty for a call of another address.
    pub(crate) documented_path: &'static str,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) accept: Option<HeaderValue>,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Bytes,
    pub(crate) success: &'static [u16],
    pub(crate) accept_when: Option<fn(StatusCode, &[u8]) -> bool>,
    pub(crate) accept_failure: Option<fn(&Failure) -> bool>,
    pub(crate) idempotent: bool,
    pub(crate) reads: bool,
    pub(crate) rate: RateClass,
    /// The time for one attempt, as this call asks for it.
    pub(crate) timeout: Option<Duration>,
    /// The time for one attempt, as the operation is documented to need it.
    pub(crate) usual_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}
