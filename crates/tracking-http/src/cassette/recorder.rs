//! A transport that keeps what passes through it.

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use http::header::{
    AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, DATE, HeaderName, LINK,
    LOCATION, RETRY_AFTER,
};
use http::{HeaderMap, Request, Response};
use tracking_core::kit::BoxFuture;

use super::Cassette;
use super::exchange::{Exchange, Outcome, RecordedFailure, RecordedRequest, RecordedResponse};
use super::names::{Sort, normal, rule, sort_of};
use super::removal::Removal;
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::{SendLimits, Transport, TransportError};

/// Headers of responses that are kept besides those of rate limits and request ids.
const KEPT: &[HeaderName] = &[
    CONTENT_DISPOSITION,
    CONTENT_LANGUAGE,
    CONTENT_TYPE,
    DATE,
    LINK,
    LOCATION,
    RETRY_AFTER,
];

/// A transport that sends through another one and keeps each exchange, for a [`Cassette`].
///
/// What it keeps in memory is complete; secrets and personal data are removed when the cassette is made. The
/// [module](super) lists what that is.
pub struct Recorder<T> {
    inner: T,
    personal_fields: Vec<String>,
    secrets: Vec<Secret>,
    replacements: Vec<(Secret, String)>,
    headers: Vec<String>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    exchanges: Vec<Exchange>,
    /// What requests proved themselves with.
    secrets: Vec<Secret>,
}

impl<T: Transport> Recorder<T> {
    /// Records what is sent through a transport.
    #[must_use]
    pub fn new(inner: T) -> Self {
        Self {
            inner,
            personal_fields: Vec::new(),
            secrets: Vec::new(),
            replacements: Vec::new(),
            headers: Vec::new(),
            kept: Mutex::default(),
        }
    }

    /// Removes what is in these fields too, and all that is below them.
    ///
    /// A name such as `giftNote` is that of a field anywhere in a body, a query or a form, in any spelling
    /// (`gift_note`). With a dot, `gift.note`, the field has to be directly below the other one.
    #[must_use]
    pub fn with_personal_fields<F: Into<String>>(
        mut self,
        fields: impl IntoIterator<Item = F>,
    ) -> Self {
        self.personal_fields.extend(fields.into_iter().map(F::into));
        self
    }

    /// Removes a value wherever it is, in each spelling in which it may come back. The credentials of the client
    /// need not be named, if they have at least five letters.
    #[must_use]
    pub fn with_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// Replaces a value wherever it is, such as a real tracking number. Requests of the replay have to name the
    /// other one.
    #[must_use]
    pub fn with_replacement(mut self, value: impl Into<Secret>, shown: impl Into<String>) -> Self {
        self.replacements.push((value.into(), shown.into()));
        self
    }

    /// Keeps a header of responses that is left out otherwise.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>) -> Self {
        self.headers.push(name.into());
        self
    }

    /// What has been recorded so far, without keys, tokens and fields of persons. A request that is on its way, or that was
    /// given up, counts as one that timed out.
    #[must_use]
    pub fn cassette(&self) -> Cassette {
        let kept = self.kept();
        let rules = self.personal_fields.iter().map(|field| rule(field));
        let (own, replacements) = (self.secrets.clone(), self.replacements.clone());
        let mut removal = Removal::new(rules.collect(), own, replacements);
        for proof in &kept.secrets {
            removal.learn_secret(proof.expose_secret());
        }
        let mut exchanges = kept.exchanges.clone();
        drop(kept);
        exchanges.iter().for_each(|it| removal.learn(it));
        exchanges.iter_mut().for_each(|it| removal.remove(it));
        Cassette::new(self.personal_fields.clone(), exchanges)
    }

    /// Writes [`cassette`](Self::cassette) to a file.
    ///
    /// # Errors
    ///
    /// As [`Cassette::write`].
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        self.cassette().write(path)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request at its place in the order of sending.
    fn begin(&self, request: &Request<Bytes>) -> usize {
        let mut kept = self.kept();
        kept.secrets.extend(proofs(request.headers()));
        kept.exchanges.push(Exchange {
            request: RecordedRequest::new(request),
            outcome: Outcome::Failure(RecordedFailure::Timeout),
        });
        kept.exchanges.len() - 1
    }

    fn end(&self, position: usize, result: &Result<Response<Bytes>, TransportError>) {
        let outcome = match result {
            Ok(response) => Outcome::Response(RecordedResponse::new(response, |it| self.keeps(it))),
            Err(error) => Outcome::Failure(RecordedFailure::new(error)),
        };
        if let Some(exchange) = self.kept().exchanges.get_mut(position) {
            exchange.outcome = outcome;
        }
    }

    fn keeps(&self, name: &HeaderName) -> bool {
        let text = name.as_str();
        KEPT.contains(name)
            || text.contains("ratelimit")
            || text.contains("rate-limit")
            || text.ends_with("request-id")
            || text.ends_with("trace-id")
            || self.headers.iter().any(|it| it.eq_ignore_ascii_case(text))
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let position = self.begin(&request);
            let result = self.inner.send(request, limits).await;
            self.end(position, &result);
            result
        })
    }
}

/// Without what was recorded, which is complete here.
impl<T: fmt::Debug> fmt::Debug for Recorder<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recorder")
            .field("inner", &self.inner)
            .field("personal_fields", &self.personal_fields)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// What a request proves itself with: the values of its sensitive headers, and what they are made of.
fn proofs(headers: &HeaderMap) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for (name, value) in headers {
        let is_secret = value.is_sensitive()
            || name == AUTHORIZATION
            || name == http::header::COOKIE
            || sort_of(&[normal(name.as_str())], &[]) == Some(Sort::Secret);
        let Some(text) = value.to_str().ok().filter(|_| is_secret) else {
            continue;
        };
        let (scheme, proof) = text.split_once(' ').unwrap_or(("", text));
        secrets.push(Secret::from(proof));
        let pair = BASE64
            .decode(proof)
            .ok()
            .filter(|_| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|pair| String::from_utf8(pair).ok());
        if let Some((user, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
            secrets.extend([user, password].map(Secret::from));
        }
    }
    secrets
}
