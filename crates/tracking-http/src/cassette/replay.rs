//! A transport that returns what was recorded.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use tracking_core::kit::BoxFuture;

use super::Cassette;
use super::comparison::difference;
use super::exchange::{Outcome, RecordedRequest};
use super::names::rule;
use crate::error::Error;
use crate::transport::{SendLimits, Transport, TransportError, TransportErrorKind};

/// A transport that returns the responses of a [`Cassette`], without a network and without waiting.
///
/// A request gets the response of the first exchange that has the same method, path, query and body and was not
/// returned yet. A request that was not recorded fails with
/// [`TransportErrorKind::Refused`], whose source names the nearest exchange. It is not repeated.
#[derive(Debug)]
pub struct Replay {
    cassette: Cassette,
    rules: Vec<Vec<String>>,
    /// Which exchanges were returned.
    used: Mutex<Vec<bool>>,
}

impl Replay {
    /// Replays a cassette from its begin.
    #[must_use]
    pub fn new(cassette: Cassette) -> Self {
        Self {
            rules: cassette.personal_fields.iter().map(|it| rule(it)).collect(),
            used: Mutex::new(vec![false; cassette.exchanges.len()]),
            cassette,
        }
    }

    /// Reads the cassette from a file.
    ///
    /// # Errors
    ///
    /// As [`Cassette::read`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Cassette::read(path).map(Self::new)
    }

    /// Checks that each exchange was replayed, which a test does at its end.
    ///
    /// # Errors
    ///
    /// Kind `Configuration`, with the requests that were not sent.
    pub fn finish(&self) -> Result<(), Error> {
        let used = self.used();
        let exchanges = self.cassette.exchanges.iter().zip(used.iter());
        let unused: Vec<String> = exchanges
            .enumerate()
            .filter(|(_, (_, is_used))| !**is_used)
            .map(|(index, (exchange, _))| format!("{} {}", index + 1, Shown(&exchange.request)))
            .collect();
        if unused.is_empty() {
            return Ok(());
        }
        let unused = unused.join(", ");
        Err(Error::configuration(format!(
            "these exchanges were not replayed: {unused}"
        )))
    }

    fn used(&self) -> MutexGuard<'_, Vec<bool>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn respond(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let sent = RecordedRequest::new(request);
        let mut nearest = None;
        let mut was_used = None;
        let mut used = self.used();
        for (index, (exchange, is_used)) in self
            .cassette
            .exchanges
            .iter()
            .zip(used.iter_mut())
            .enumerate()
        {
            match difference(&exchange.request, &sent, &self.rules) {
                None if *is_used => was_used = Some(index + 1),
                None => {
                    *is_used = true;
                    return match &exchange.outcome {
                        Outcome::Failure(failure) => Err(failure.to_error()),
                        Outcome::Response(response) => response.to_response().ok_or_else(|| {
                            let reason = "has no valid status or header";
                            refused(format!("the response of exchange {} {reason}", index + 1))
                        }),
                    };
                }
                Some(_) if *is_used => {}
                Some(place) => {
                    let candidate = (place, index + 1);
                    nearest = nearest.into_iter().chain([candidate]).min();
                }
            }
        }
        let request = Shown(&sent);
        Err(refused(match (was_used, nearest) {
            (Some(number), _) => format!(
                "{request} was recorded fewer times than it is sent: exchange {number} was the last"
            ),
            (None, Some((place, number))) => {
                let index = number - 1;
                let recorded = self
                    .cassette
                    .exchanges
                    .get(index)
                    .map(|it| Shown(&it.request));
                let recorded = recorded.map(|it| it.to_string()).unwrap_or_default();
                format!(
                    "{request} was not recorded; the nearest is exchange {number}, {recorded}: {place}"
                )
            }
            (None, None) => format!("{request} was not recorded, and no exchange is left"),
        }))
    }
}

impl Transport for Replay {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let result = self.respond(&request);
        Box::pin(async { result })
    }
}

fn refused(reason: String) -> TransportError {
    TransportError::new(TransportErrorKind::Refused).with_source(reason)
}

/// Method and path, without the query.
struct Shown<'a>(&'a RecordedRequest);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{} {}`", self.0.method, self.0.path)
    }
}
