//! Why one attempt gave no result.

use crate::auth::Attached;
use crate::connect_failure::ConnectFailure;
use crate::error::Error;

/// Why one attempt gave no result.
pub(super) struct Failed {
    pub(super) error: Error,
    /// What is known about repeating beside the kind of the error.
    pub(super) hint: Option<bool>,
    /// Which token the refused request carried.
    pub(super) attached: Option<Attached>,
}

impl Failed {
    /// A failure of the transport, about which the dialect says nothing. A certificate that was refused will be
    /// the same next time.
    #[cold]
    pub(super) fn sent(error: Error, attached: Attached) -> Box<Self> {
        let is_refused = error.connect_failure() == Some(ConnectFailure::Certificate);
        Box::new(Self {
            error,
            hint: is_refused.then_some(false),
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
