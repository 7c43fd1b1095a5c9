//! Requests that meet a fault of the sandbox, and the pace at which they leave.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use bytes::Bytes;
use http::header::HeaderValue;
use http::{Request, Response};
use tracking_core::kit::BoxFuture;
use tracking_http::{ReqwestTransport, SendLimits, Transport, TransportError};

use crate::RATE;

/// What every tenth request meets, one after the other.
pub(crate) const FAULTS: [&str; 12] = [
    "reset",
    "json-error=503",
    "lost-response",
    "truncate",
    "html-error=502",
    "delay=20",
    "empty-body",
    "malformed-json",
    "wrong-content-type",
    "empty-error=500",
    "unknown-field",
    "html-error=400",
];

/// Sends over real connections.
#[derive(Debug)]
pub(crate) struct Faulty {
    transport: ReqwestTransport,
    sent: AtomicUsize,
    pace: Mutex<Option<Pace>>,
}

#[derive(Debug)]
struct Pace {
    started: Instant,
    sent: f64,
    /// The least that requests were ahead of the limit so far; negative after a pause.
    least: f64,
    /// The most by which requests were ahead of the limit in any span of time.
    excess: f64,
}

impl Faulty {
    pub(crate) fn new() -> Arc<Self> {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Arc::new(Self {
            transport: ReqwestTransport::from_client(client),
            sent: AtomicUsize::new(0),
            pace: Mutex::default(),
        })
    }

    /// Counts and plays faults from now on.
    pub(crate) fn begin(&self) {
        *self.pace.lock().unwrap() = Some(Pace {
            started: Instant::now(),
            sent: 0.0,
            least: 0.0,
            excess: 0.0,
        });
    }

    /// How many requests were sent since the begin.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// How many requests more than the limit allows were sent in some span of time, however long.
    pub(crate) fn excess(&self) -> f64 {
        self.pace.lock().unwrap().as_ref().unwrap().excess
    }

    /// Returns the number of the request, once it counts.
    fn count(&self) -> Option<usize> {
        let mut pace = self.pace.lock().unwrap();
        let pace = pace.as_mut()?;
        let allowed = pace.started.elapsed().as_secs_f64() * f64::from(RATE);
        pace.least = pace.least.min(pace.sent - allowed);
        pace.sent += 1.0;
        pace.excess = pace.excess.max(pace.sent - allowed - pace.least);
        Some(self.sent.fetch_add(1, Ordering::Relaxed))
    }
}

impl Transport for Faulty {
    fn send<'a>(
        &'a self,
        mut request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        if let Some(number) = self.count().filter(|number| number % 10 == 9) {
            let fault = FAULTS[number / 10 % FAULTS.len()];
            let fault = HeaderValue::from_static(fault);
            request.headers_mut().insert("x-sandbox-fault", fault);
        }
        self.transport.send(request, limits)
    }
}
