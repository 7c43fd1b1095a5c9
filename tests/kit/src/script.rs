//! A transport that replies in process, for tests in which time matters: tokio's clock is paused
//! there, and moves on by itself whenever everybody waits.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, Uri};
use tokio::time::Instant;
use tracking_http::{
    BoxFuture, ConfigureClient as _, SendLimits, Transport, TransportError, TransportErrorKind,
};

use crate::{Reply, Sdk};

/// What becomes of one request.
pub enum Step<S> {
    /// It gets a reply.
    Reply(Reply<S>),
    /// It fails on the way.
    Fail(TransportErrorKind),
    /// The same, and the cause says this.
    FailSaying(TransportErrorKind, String),
    /// It fails when this much of the reply has arrived.
    Cut(TransportErrorKind, Reply<S>),
    /// No response ever comes.
    Hang,
}

impl<S> fmt::Debug for Step<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Step")
    }
}

/// Goes through a list of steps and keeps when and where it was asked. Requests for a token are only
/// counted; they have a list of their own, and get the usual reply without it.
///
/// A request beyond the end of a list panics.
#[derive(Debug)]
pub struct Script<S> {
    steps: Mutex<VecDeque<Step<S>>>,
    asked: Mutex<Vec<(Instant, Uri)>>,
    login_steps: Option<Mutex<VecDeque<Step<S>>>>,
    logins: Mutex<usize>,
}

impl<S: Sdk> Script<S> {
    /// A script with these steps.
    pub fn new(steps: impl IntoIterator<Item = Step<S>>) -> Arc<Self> {
        Self::started(None, steps)
    }

    /// A script that has steps for requests for a token too.
    pub fn with_logins(
        logins: impl IntoIterator<Item = Step<S>>,
        steps: impl IntoIterator<Item = Step<S>>,
    ) -> Arc<Self> {
        Self::started(Some(Mutex::new(logins.into_iter().collect())), steps)
    }

    fn started(
        login_steps: Option<Mutex<VecDeque<Step<S>>>>,
        steps: impl IntoIterator<Item = Step<S>>,
    ) -> Arc<Self> {
        Arc::new(Self {
            steps: Mutex::new(steps.into_iter().collect()),
            asked: Mutex::default(),
            login_steps,
            logins: Mutex::default(),
        })
    }

    /// How many tokens were requested.
    #[must_use]
    pub fn logins(&self) -> usize {
        *self.logins.lock().unwrap()
    }

    /// How many other requests there were.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// The addresses that were requested.
    #[must_use]
    pub fn uris(&self) -> Vec<Uri> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|(_, uri)| uri.clone()).collect()
    }

    /// The pauses between the requests, in milliseconds.
    #[must_use]
    pub fn pauses(&self) -> Vec<u128> {
        let asked = self.asked.lock().unwrap();
        asked
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0).as_millis())
            .collect()
    }

    /// A builder with the default retries and limits.
    #[must_use]
    pub fn builder(self: &Arc<Self>) -> S::Builder {
        S::builder()
            .with_base_url(format!("https://{}.invalid{}", S::PROVIDER, S::BASE_PATH))
            .with_transport(Arc::clone(self))
    }

    /// A client as [`builder`](Self::builder) gives it.
    #[must_use]
    pub fn client(self: &Arc<Self>) -> S::Client {
        S::build(self.builder())
    }

    fn next(&self, uri: &Uri) -> Option<Step<S>> {
        if let Some(login) = S::login().filter(|login| uri.path().ends_with(login.path)) {
            *self.logins.lock().unwrap() += 1;
            return match &self.login_steps {
                None => Some(Step::Reply(login.reply)),
                Some(steps) => steps.lock().unwrap().pop_front(),
            };
        }
        let asked = (Instant::now(), uri.clone());
        self.asked.lock().unwrap().push(asked);
        self.steps.lock().unwrap().pop_front()
    }
}

impl<S: Sdk> Transport for Script<S> {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let step = self.next(request.uri());
        Box::pin(async move {
            match step.expect("a request that the script does not know") {
                Step::Reply(reply) => Ok(reply.into_response()),
                Step::Fail(kind) => Err(TransportError::new(kind)),
                Step::FailSaying(kind, text) => {
                    let cause = io::Error::other(io::Error::other(text));
                    Err(TransportError::new(kind).with_source(cause))
                }
                Step::Cut(kind, part) => {
                    Err(TransportError::new(kind).with_response(part.into_response()))
                }
                Step::Hang => std::future::pending().await,
            }
        })
    }
}
