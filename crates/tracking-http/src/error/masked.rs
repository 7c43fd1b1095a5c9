//! Causes of an error that repeat a secret.

use std::error::Error as StdError;
use std::fmt;

/// Causes without secrets, one inside of the other; `None` if there is none in them. They lose their types
/// then.
pub(super) fn masked_causes(
    first: &(dyn StdError + 'static),
    mask: &impl Fn(&str) -> Option<String>,
) -> Option<Box<dyn StdError + Send + Sync>> {
    let mut causes = vec![first];
    let mut next = first.source();
    while let Some(cause) = next {
        causes.push(cause);
        next = cause.source();
    }
    let has_secret = |cause: &&(dyn StdError + 'static)| {
        [cause.to_string(), format!("{cause:?}")]
            .iter()
            .any(|text| mask(text).is_some())
    };
    if !causes.iter().any(has_secret) {
        return None;
    }
    let shown = |cause: &(dyn StdError + 'static)| {
        let text = cause.to_string();
        mask(&text).unwrap_or(text)
    };
    causes.into_iter().rev().fold(None, |source, cause| {
        let text = shown(cause);
        Some(Box::new(MaskedCause { text, source }) as _)
    })
}

/// A cause as it may be shown.
#[derive(Debug)]
struct MaskedCause {
    text: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl fmt::Display for MaskedCause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl StdError for MaskedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
