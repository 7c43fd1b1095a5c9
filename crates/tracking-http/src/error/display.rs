//! What an error shows in one line, and in `Debug`: no body, no URL, no secret.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::{Error, Inner};
use crate::redact::{MASK, Redacted};

/// The most characters of a provider's code that are shown.
const MAX_CODE_CHARS: usize = 200;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        match (inner.provider, inner.operation) {
            ("", "") => {}
            (provider, "") => write!(formatter, "{provider}: ")?,
            (provider, operation) => write!(formatter, "{provider} {operation} failed: ")?,
        }
        write!(formatter, "{}{}", inner.kind, Details(inner))?;
        match inner.advice {
            Some(advice) => write!(formatter, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl Inner {
    /// The provider's code as it may be shown: its length is bounded, whatever the provider sent.
    fn shown_code(&self) -> Option<&str> {
        let code = self.masked_code.as_deref().or(self.code.as_deref())?;
        let end = code.char_indices().nth(MAX_CODE_CHARS);
        code.get(..end.map_or(code.len(), |(end, _)| end))
    }

    /// The name of a header as it may be shown.
    fn shown_name<'a>(&'a self, name: &'a http::HeaderName) -> &'a str {
        let masked = self
            .masked_names
            .iter()
            .find(|(own, _)| own == name.as_str());
        masked.map_or(name.as_str(), |(_, shown)| shown)
    }

    /// The provider's message as it may be shown, after [`Redacted`].
    fn shown_message(&self) -> Option<&str> {
        let own = self.provider_message.as_deref();
        self.masked_message.as_deref().or(own)
    }
}

/// What comes after the kind: status, code, place and messages.
pub(super) struct Details<'a>(pub(super) &'a Inner);

impl fmt::Display for Details<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = self.0;
        if let Some(status) = inner.status {
            write!(formatter, " (HTTP {})", status.as_u16())?;
        }
        if let Some(code) = inner.shown_code() {
            write!(formatter, ", code {}", OneLine(code))?;
        }
        if let Some(path) = &inner.path {
            write!(formatter, " at {}", Place(path))?;
        }
        if let Some(parameter) = &inner.parameter {
            write!(formatter, ": parameter `{}`", OneLine(parameter))?;
        }
        if let Some(message) = &inner.message {
            write!(formatter, ": {}", OneLine(message))?;
        }
        if let Some(message) = inner.shown_message() {
            write!(formatter, ": {}", Redacted(message))?;
        }
        if let Some(wait) = inner.retry_after {
            write!(formatter, " (retry after {})", Wait(wait))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        let headers: Vec<&str> = inner
            .headers
            .keys()
            .map(|it| inner.shown_name(it))
            .collect();
        formatter
            .debug_struct("Error")
            .field("kind", &inner.kind)
            .field("provider", &inner.provider)
            .field("operation", &inner.operation)
            .field("message", &inner.message)
            .field("status", &inner.status)
            .field("header_names", &headers)
            .field("body_bytes", &inner.body.as_ref().map(Bytes::len))
            .field("code", &inner.shown_code())
            .field(
                "provider_message",
                &inner.shown_message().map(|text| Redacted(text).to_string()),
            )
            .field("request_id", &inner.request_id.as_ref().map(|_| MASK))
            .field("retry_after", &inner.retry_after)
            .field("retryable", &inner.retryable)
            .field("attempts", &inner.attempts)
            .field(
                "path",
                &inner.path.as_deref().map(|path| Place(path).to_string()),
            )
            .field("source", &inner.source)
            .finish()
    }
}

/// A JSON path, in which keys of maps may be numbers.
struct Place<'a>(&'a str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut keys = self.0.split('.');
        write!(formatter, "{}", Redacted(keys.next().unwrap_or_default()))?;
        keys.try_for_each(|key| write!(formatter, ".{}", Redacted(key)))
    }
}

/// A wait in seconds, or in years where seconds say nothing to a person.
struct Wait(Duration);

impl fmt::Display for Wait {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
        if self.0 > YEAR {
            formatter.write_str("a very long time: more than a year")
        } else {
            write!(formatter, "{} s", self.0.as_secs_f64().ceil())
        }
    }
}

/// Text without line breaks and other control characters.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.0.split(char::is_control);
        formatter.write_str(parts.next().unwrap_or_default())?;
        for part in parts {
            write!(formatter, " {part}")?;
        }
        Ok(())
    }
}
