//! The credentials of one client, and the guard that keeps them at their own host.

use std::fmt;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::header::proof_in;
use super::origin::Origin;
use super::spelled::without;
use super::token_cache::{CachedToken, TokenCache};
use crate::error::Error;
use crate::secret::Secret;

/// Credentials of one client, which know the only origin that may see them.
pub(crate) struct BoundCredentials {
    pub(super) identity: Identity,
    pub(super) kind: BoundKind,
}

/// Whose requests these are, whatever proves it.
#[derive(Clone)]
pub(super) struct Identity {
    pub(super) origin: Origin,
    pub(super) fingerprint: u64,
    /// What must not be seen in a provider's message.
    pub(super) secrets: Arc<[Secret]>,
}

impl fmt::Debug for BoundCredentials {
    /// Without the fingerprint: it would confirm a guess of a weak key.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BoundCredentials")
            .field("origin", &self.identity.origin)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

pub(super) enum BoundKind {
    None,
    Header {
        name: HeaderName,
        value: HeaderValue,
    },
    Renewable(TokenCache),
}

/// Which token a request carried, if any: a refusal drops that one and not a newer one, and its response
/// may repeat that one.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    token: Option<CachedToken>,
}

impl BoundCredentials {
    /// Identifies credential, account and origin for the limiter.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.identity.fingerprint
    }

    /// The same identity without the proof, for the request that fetches a token. What is secret
    /// stays so: that request carries it elsewhere.
    pub(crate) fn without_proof(&self) -> Self {
        Self {
            identity: self.identity.clone(),
            kind: BoundKind::None,
        }
    }

    /// Adds the proof to a request.
    pub(crate) async fn attach(
        &self,
        uri: &Uri,
        headers: &mut HeaderMap,
    ) -> Result<Attached, Error> {
        if matches!(self.kind, BoundKind::None) {
            return Ok(Attached { token: None });
        }
        if !self.identity.origin.covers(uri) {
            return Err(Error::configuration(
                "credentials are not sent to another host than that of the base URL",
            ));
        }
        match &self.kind {
            BoundKind::None => Ok(Attached { token: None }),
            BoundKind::Header { name, value } => {
                headers.insert(name.clone(), value.clone());
                Ok(Attached { token: None })
            }
            BoundKind::Renewable(cache) => {
                let token = cache.token().await?;
                headers.insert(AUTHORIZATION, token.value.clone());
                Ok(Attached { token: Some(token) })
            }
        }
    }

    /// Replaces the client's own secrets in a string that the provider sent, whatever they look like:
    /// those that stay the same, and the token of the request. `None` when there are none in it.
    ///
    /// Each spelling counts in which a string may come back.
    pub(crate) fn masked(&self, text: &str, attached: &Attached) -> Option<String> {
        let token = attached.token.as_ref().map(|token| &token.value);
        // An empty secret is in every string and protects nothing.
        let own = self
            .identity
            .secrets
            .iter()
            .filter(|secret| !secret.is_empty());
        own.map(Secret::expose_secret)
            .chain(token.and_then(proof_in))
            .fold(None, |masked: Option<String>, secret| {
                let text = masked.as_deref().unwrap_or(text);
                without(text, secret).or(masked)
            })
    }

    /// Reacts to a 401: drops the token that was refused and returns true if the call is worth
    /// repeating with a new one.
    pub(crate) fn renews_after_refusal(&self, attached: &Attached) -> bool {
        match (&self.kind, &attached.token) {
            (BoundKind::Renewable(cache), Some(token)) => {
                cache.drop_refused(token.generation);
                true
            }
            _ => false,
        }
    }
}

impl fmt::Debug for BoundKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Header { .. } => "Header([redacted])",
            Self::Renewable(_) => "Renewable([redacted])",
        })
    }
}
