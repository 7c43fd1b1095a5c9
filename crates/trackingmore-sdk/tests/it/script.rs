//! A transport that answers in process, for tests in which time matters: tokio's clock is paused
//! there, and moves on by itself whenever everybody waits.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, Uri};
use tokio::time::Instant;
use tracking_core::BoxFuture;
use trackingmore_sdk::tracking_http::{SendLimits, Transport, TransportError, TransportErrorKind};
use trackingmore_sdk::{Client, ClientBuilder, ConfigureClient as _};

use crate::server::{Answer, KEY};

/// What becomes of one request.
pub(crate) enum Step {
    Answer(Answer),
    Fail(TransportErrorKind),
    /// No answer ever comes.
    Hang,
}

impl fmt::Debug for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Step")
    }
}

/// Answers from a list and keeps when and where it was asked.
#[derive(Debug, Default)]
pub(crate) struct Script {
    steps: Mutex<VecDeque<Step>>,
    asked: Mutex<Vec<(Instant, Uri)>>,
}

impl Script {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Arc<Self> {
        let steps = Mutex::new(steps.into_iter().collect());
        Arc::new(Self {
            steps,
            asked: Mutex::default(),
        })
    }

    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The addresses that were asked for.
    pub(crate) fn uris(&self) -> Vec<Uri> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(_, uri)| uri.clone()).collect()
    }

    /// The pauses between the requests, in milliseconds.
    pub(crate) fn pauses(&self) -> Vec<u128> {
        let asked = self.asked.lock().unwrap();
        asked
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0).as_millis())
            .collect()
    }

    /// A builder with the default retries and limits.
    pub(crate) fn builder(self: &Arc<Self>) -> ClientBuilder {
        Client::builder(KEY)
            .with_base_url("https://trackingmore.invalid/v2")
            .with_transport(Arc::clone(self))
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        self.builder().build().unwrap()
    }
}

impl Transport for Script {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let asked = (Instant::now(), request.uri().clone());
        self.asked.lock().unwrap().push(asked);
        let step = self.steps.lock().unwrap().pop_front();
        Box::pin(async move {
            match step.expect("a request that the script does not know") {
                Step::Answer(answer) => {
                    let mut response = Response::builder().status(answer.status);
                    for (name, value) in answer.headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(answer.body.into()).unwrap())
                }
                Step::Fail(kind) => Err(TransportError::new(kind)),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}
