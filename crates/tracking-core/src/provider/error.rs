//! `Error`: what went wrong at a provider, by the decision that the caller has to take.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ProviderId;

/// Which decision an error asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The key is missing, wrong or expired: fix the credentials.
    Authentication,
    /// The key is right and may not do this: change the plan or the rights.
    Permission,
    /// There is no such thing.
    NotFound,
    /// Too many requests: wait, then repeat.
    RateLimited,
    /// The quota is used up: waiting a little does not help.
    QuotaExhausted,
    /// The request is wrong: change it.
    InvalidRequest,
    /// The request contradicts the state at the provider.
    Conflict,
    /// The provider failed.
    Server,
    /// No connection; the request never left.
    Connect,
    /// No response in time.
    Timeout,
    /// The connection broke, or something between here and the provider responded instead of it.
    Transport,
    /// The response could not be read.
    Decode,
    /// The response is about another shipment than the requested one, so it was not used:
    /// the server ignores what was requested, or something in front of it mixes responses up.
    WrongShipment,
    /// The response is larger than allowed.
    BodyTooLarge,
    /// The provider, or this version, cannot do this.
    Unsupported,
    /// The client is set up wrongly.
    Configuration,
    /// A webhook message is not genuine, or not one of the provider's.
    Webhook,
    /// The adapter has a bug: it panicked, or broke the contract of [`Provider`](crate::Provider). Report
    /// it to the authors of the adapter.
    Internal,
    /// A kind that this version does not know, from stored data. No error has it.
    #[serde(other)]
    Unknown,
}

impl ErrorKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: &'static [Self] = &[
        Self::Authentication,
        Self::Permission,
        Self::NotFound,
        Self::RateLimited,
        Self::QuotaExhausted,
        Self::InvalidRequest,
        Self::Conflict,
        Self::Server,
        Self::Connect,
        Self::Timeout,
        Self::Transport,
        Self::Decode,
        Self::WrongShipment,
        Self::BodyTooLarge,
        Self::Unsupported,
        Self::Configuration,
        Self::Webhook,
        Self::Internal,
        Self::Unknown,
    ];

    /// Returns the name in snake case, such as `rate_limited`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::QuotaExhausted => "quota_exhausted",
            Self::InvalidRequest => "invalid_request",
            Self::Conflict => "conflict",
            Self::Server => "server",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Decode => "decode",
            Self::WrongShipment => "wrong_shipment",
            Self::BodyTooLarge => "body_too_large",
            Self::Unsupported => "unsupported",
            Self::Configuration => "configuration",
            Self::Webhook => "webhook",
            Self::Internal => "internal",
            Self::Unknown => "unknown",
        }
    }

    /// Returns true if the failure is a passing one, as a rule: the same request may succeed later.
    ///
    /// It does not say that repeating is harmless: [`Error::is_retryable`] does.
    #[must_use]
    pub const fn is_transient(self) -> bool {
        match self {
            Self::RateLimited | Self::Server | Self::Connect | Self::Timeout | Self::Transport => {
                true
            }
            Self::Authentication
            | Self::Permission
            | Self::NotFound
            | Self::QuotaExhausted
            | Self::InvalidRequest
            | Self::Conflict
            | Self::Decode
            | Self::WrongShipment
            | Self::BodyTooLarge
            | Self::Unsupported
            | Self::Configuration
            | Self::Webhook
            | Self::Internal
            | Self::Unknown => false,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What went wrong at a provider. The size of a pointer.
///
/// `Display` is one line: provider, kind and message. The cause, if there is one, is the
/// `source()`; clones share it.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    provider: ProviderId,
    message: String,
    retryable: bool,
    retry_after: Option<Duration>,
    is_not_asked: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Creates an error. The message is one line without keys and personal data.
    ///
    /// It is retryable only if the kind alone shows that the provider did nothing; who knows more
    /// says so with [`Error::with_retryable`].
    #[must_use]
    pub fn new(
        kind: ErrorKind,
        provider: impl Into<ProviderId>,
        message: impl Into<String>,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            provider: provider.into(),
            message: message.into(),
            retryable: matches!(kind, ErrorKind::RateLimited | ErrorKind::Connect),
            retry_after: None,
            is_not_asked: false,
            source: None,
        }))
    }

    /// Creates the error for something that a provider cannot do; `what` is a verb form such as
    /// `listing shipments`.
    #[must_use]
    pub fn unsupported(provider: impl Into<ProviderId>, what: &str) -> Self {
        Self::new(
            ErrorKind::Unsupported,
            provider,
            format!("{what} is not supported"),
        )
    }

    /// Creates the error of another request that is not sent because this one was refused: the same,
    /// marked by [`Error::is_not_asked`] and in its message, and without the cause.
    #[must_use]
    pub fn for_request_not_sent(&self) -> Self {
        let this = &*self.0;
        let message = if this.is_not_asked {
            this.message.clone()
        } else {
            format!(
                "not asked, since an earlier request was refused: {}",
                this.message
            )
        };
        let mut error = Self::new(this.kind, this.provider.clone(), message);
        error.0.retryable = this.retryable;
        error.0.retry_after = this.retry_after;
        error.0.is_not_asked = true;
        error
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// Adds how long the provider wants the caller to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: impl Into<Option<Duration>>) -> Self {
        self.0.retry_after = wait.into();
        self
    }

    /// Sets whether the same call may be repeated, where more is known than the kind.
    #[must_use]
    pub fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Returns which decision the error asks for.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the provider.
    #[must_use]
    pub fn provider(&self) -> &ProviderId {
        &self.0.provider
    }

    /// Returns the message without provider and kind.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns true if the same call may succeed later and repeating it does no harm: the failure is a
    /// passing one, and either the call may be repeated in any case or the provider did nothing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Returns true if the request was not sent, because an earlier one showed that it would be refused
    /// as well: see [`ProviderSet::track_all`](crate::ProviderSet::track_all).
    #[must_use]
    pub fn is_not_asked(&self) -> bool {
        self.0.is_not_asked
    }

    /// Returns the innermost cause: of a connection that could not be made, what is wrong with the
    /// certificate, the name or the address.
    #[must_use]
    pub fn root_cause(&self) -> Option<&(dyn StdError + 'static)> {
        let mut cause = self.source()?;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Some(cause)
    }

    /// Returns how long the provider wants the caller to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            provider,
            kind,
            message,
            ..
        } = &*self.0;
        write!(f, "{provider}: {kind}: {message}")
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("provider", &self.0.provider)
            .field("message", &self.0.message)
            .field("retryable", &self.0.retryable)
            .field("retry_after", &self.0.retry_after)
            .field("is_not_asked", &self.0.is_not_asked)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::time::Duration;

    use super::{Error, ErrorKind};

    #[test]
    fn display_is_one_line_without_the_source() {
        let error = Error::new(ErrorKind::RateLimited, "ship24", "slow down")
            .with_source(std::io::Error::other("secret"));

        assert_eq!(error.to_string(), "ship24: rate_limited: slow down");
        assert_eq!(error.source().unwrap().to_string(), "secret");
    }

    #[test]
    fn clone_has_the_same_source() {
        let error = Error::new(ErrorKind::Server, "ship24", "is down")
            .with_source(std::io::Error::other("cause"));

        let clone = error.clone();

        assert_eq!(format!("{clone:?}"), format!("{error:?}"));
        assert!(std::ptr::addr_eq(
            clone.source().unwrap(),
            error.source().unwrap()
        ));
    }

    #[test]
    fn root_cause_is_the_innermost_one() {
        let error = |kind| Error::new(kind, "ship24", "");
        let inner = error(ErrorKind::Connect).with_source(std::io::Error::other("refused"));

        let outer = error(ErrorKind::Connect).with_source(inner);

        assert_eq!(outer.root_cause().unwrap().to_string(), "refused");
        assert!(error(ErrorKind::Connect).root_cause().is_none());
    }

    #[test]
    fn error_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn names_of_kinds_are_those_of_serde() {
        for kind in ErrorKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn used_up_quota_is_not_retryable() {
        assert!(!Error::new(ErrorKind::QuotaExhausted, "ship24", "").is_retryable());
        assert!(Error::new(ErrorKind::RateLimited, "ship24", "").is_retryable());
    }

    #[test]
    fn uncertain_outcome_is_retryable_only_when_declared() {
        for kind in [ErrorKind::Server, ErrorKind::Timeout, ErrorKind::Transport] {
            let error = Error::new(kind, "ship24", "");

            assert!(kind.is_transient());
            assert!(!error.is_retryable(), "{kind}");
            assert!(error.with_retryable(true).is_retryable(), "{kind}");
        }
        assert!(Error::new(ErrorKind::Connect, "ship24", "").is_retryable());
    }

    #[test]
    fn provider_may_know_better_than_kind() {
        let error = Error::new(ErrorKind::Conflict, "ship24", "in progress").with_retryable(true);

        assert!(error.is_retryable());
    }

    #[test]
    fn wait_is_kept() {
        let wait = Duration::from_secs(7);

        let error = Error::new(ErrorKind::RateLimited, "ship24", "").with_retry_after(wait);

        assert_eq!(error.retry_after(), Some(wait));
    }

    #[test]
    fn request_not_sent_has_the_same_error_marked_once() {
        let refused = Error::new(ErrorKind::QuotaExhausted, "ship24", "quota limit reached")
            .with_retry_after(Duration::from_secs(60))
            .with_source(std::io::Error::other("response"));

        let first = refused.for_request_not_sent();
        let second = first.for_request_not_sent();

        assert!(!refused.is_not_asked());
        for error in [first, second] {
            assert!(error.is_not_asked() && error.source().is_none());
            assert_eq!(error.retry_after(), refused.retry_after());
            assert_eq!(
                error.to_string(),
                "ship24: quota_exhausted: not asked, since an earlier request was refused: quota limit reached"
            );
        }
    }

    #[test]
    fn unsupported_says_what() {
        let error = Error::unsupported("ship24", "detecting couriers");

        assert_eq!(
            error.to_string(),
            "ship24: unsupported: detecting couriers is not supported"
        );
    }
}
