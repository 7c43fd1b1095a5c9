//! Why one attempt gave no result.

use crate::auth::Attached;
use crate::error::Error;

/// Why one attempt gave no result.
pub(super) struct Failed {
    pub(super) error: Error,
    /// What the provider's dialect says about repeating.
    pub(super) hint: Option<bool>,
    /// Which token the refused request carried.
    pub(super) attached: Option<Attached>,
}

impl Failed {
    /// A failure after the request was sent, about which the dialect says nothing.
    #[cold]
    pub(super) fn sent(error: Error, attached: Attached) -> Box<Self> {
        Box::new(Self {
            error,
            hint: None,
            attached: Some(attached),
        })
    }
}

impl From<Error> for Box<Failed> {
    /// A failure before anything was sent.
    fn from(error: Error) -> Self {
        Self::new(Failed {
            error,
            hint: None,
            attached: None,
        })
    }
}
