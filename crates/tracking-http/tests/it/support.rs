//! A provider for tests, and a transport that replies from a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use tokio::time::Instant;
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ClientBuilder, Credentials, Dialect, Failure, Operation, RateClass, Secret,
    SendLimits, Transport, TransportError, TransportErrorKind,
};

/// The key that must never be seen anywhere but in the request.
pub(crate) const KEY: &str = "hush-key-4711";

/// A tracking number that must not be seen in logs.
pub(crate) const NUMBER: &str = "RR123456785CN";

pub(crate) const GET_PARCEL: Operation = operation(Method::GET, "/parcels/{number}").idempotent();
pub(crate) const LIST_PARCELS: Operation = operation(Method::GET, "/parcels").idempotent();
pub(crate) const CREATE_PARCEL: Operation = operation(Method::POST, "/parcels");

const fn operation(method: Method, path: &'static str) -> Operation {
    Operation::new("get-parcel", method, path)
        .success(&[200, 207])
        .rate(RateClass::unlimited("default"))
}

/// Errors as `{"code": "…", "message": "…"}`; `{"failed": true}` is an error under any status.
#[derive(Debug)]
pub(crate) struct Example;

impl Dialect for Example {
    fn provider(&self) -> &'static str {
        "example"
    }

    fn classify(&self, status: StatusCode, _: &HeaderMap, body: &[u8]) -> Failure {
        let mut failure = Failure::from_status(status);
        let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        failure.code = body["code"].as_str().map(str::to_owned);
        failure.message = body["message"].as_str().map(str::to_owned);
        if let Some(id) = body["requestId"].as_str() {
            failure = failure.with_request_id(id);
        }
        if failure.code.as_deref() == Some("busy") {
            failure = failure.with_retryable(true);
        }
        if failure.code.as_deref() == Some("gone") {
            failure.kind = ErrorKind::NotFound;
            failure.retryable = Some(false);
        }
        failure
    }

    fn rejects(&self, _: StatusCode, _: &HeaderMap, body: &[u8]) -> Option<Failure> {
        let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        (body["failed"] == true).then(|| Failure::new(ErrorKind::QuotaExhausted).with_code("4021"))
    }

    fn rate_limited_pause(&self) -> Duration {
        Duration::from_secs(7)
    }
}

pub(crate) fn builder(base_url: &str) -> ClientBuilder {
    let base_url = BaseUrl::parse(base_url).unwrap();
    Client::builder(
        Example,
        base_url,
        Credentials::bearer(&Secret::from(KEY)).unwrap(),
    )
    .with_product("example-sdk/1.2.3")
}

/// What the script says about one request.
pub(crate) enum Step {
    Reply(Response<Bytes>),
    Fail(TransportErrorKind),
    /// Status, headers and a part of the body arrive, and then this happens.
    Cut(TransportErrorKind, Response<Bytes>),
    Hang,
}

/// Replies from a script and remembers what was asked, and when.
#[derive(Debug, Default)]
pub(crate) struct Script {
    steps: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<(Instant, Request<Bytes>)>>,
}

impl std::fmt::Debug for Step {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Step")
    }
}

impl Script {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Arc<Self> {
        Arc::new(Self {
            steps: Mutex::new(steps.into_iter().collect()),
            seen: Mutex::default(),
        })
    }

    pub(crate) fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub(crate) fn request<T>(&self, index: usize, read: impl FnOnce(&Request<Bytes>) -> T) -> T {
        read(&self.seen.lock().unwrap()[index].1)
    }

    /// The pauses between the requests, in milliseconds.
    pub(crate) fn pauses(&self) -> Vec<u128> {
        let seen = self.seen.lock().unwrap();
        seen.windows(2)
            .map(|pair| (pair[1].0 - pair[0].0).as_millis())
            .collect()
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        self.seen.lock().unwrap().push((Instant::now(), request));
        let step = self.steps.lock().unwrap().pop_front();
        Box::pin(async move {
            match step.expect("a request that the script does not know") {
                Step::Reply(reply) => Ok(reply),
                Step::Fail(kind) => Err(TransportError::new(kind).with_source("broken by script")),
                Step::Cut(kind, part) => Err(TransportError::new(kind).with_response(part)),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}

pub(crate) fn reply(status: u16, body: &'static str) -> Step {
    reply_with(status, &[], body)
}

pub(crate) fn reply_with(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: &'static str,
) -> Step {
    let mut reply = Response::builder().status(status);
    for (name, value) in headers {
        reply = reply.header(*name, *value);
    }
    Step::Reply(reply.body(Bytes::from_static(body.as_bytes())).unwrap())
}
