//! Pages by number, as most lists have them.

/// A page of a list, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) number: usize,
    pub(crate) limit: usize,
}

impl Page {
    /// How many items come before the page.
    pub(crate) const fn skip(self) -> usize {
        self.limit.saturating_mul(self.number.saturating_sub(1))
    }
}
