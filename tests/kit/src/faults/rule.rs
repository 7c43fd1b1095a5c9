//! What may come of a fault, at every provider.

use tracking_http::ErrorKind;

/// What may come of a fault.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The kinds that an error may have.
    pub(super) kinds: Vec<ErrorKind>,
    /// True if there may be a result.
    pub(super) may_succeed: bool,
    pub(super) repeat: Repeat,
}

/// Which operations are sent again after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    Never,
    /// Those of which the spec says that a repeat does no harm.
    Harmless,
    /// Those of them that read: what a repeat of a create reports, such as a number that exists already, is not
    /// what became of it.
    Reads,
    /// All: the server has done nothing.
    All,
    /// None, because the wait for it is too long for one call; later all may be.
    Later,
}

impl Rule {
    /// An error of one of these kinds.
    pub(super) fn fails(kinds: &[ErrorKind], repeat: Repeat) -> Self {
        Self {
            kinds: kinds.to_vec(),
            may_succeed: false,
            repeat,
        }
    }

    /// A result, at every operation.
    pub(super) fn succeeds() -> Self {
        Self {
            kinds: Vec::new(),
            may_succeed: true,
            repeat: Repeat::Never,
        }
    }

    /// A result where the operation needs nothing of what is missing, or else an error of this kind.
    pub(super) fn or_succeeds(kind: ErrorKind, repeat: Repeat) -> Self {
        Self {
            kinds: vec![kind],
            may_succeed: true,
            repeat,
        }
    }
}
