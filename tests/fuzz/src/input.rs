//! Parts of an input.

/// Bytes that are not read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub(crate) const fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// The next byte, or 0 at the end.
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        *first
    }

    /// One of these values, as the next byte says.
    pub(crate) fn choice<T>(&mut self, values: &'a [T]) -> &'a T {
        &values[usize::from(self.byte()) % values.len()]
    }

    /// What comes before the next separator.
    pub(crate) fn until(&mut self, separator: u8) -> &'a [u8] {
        let mut parts = self.rest.splitn(2, |byte| *byte == separator);
        let part = parts.next().unwrap_or_default();
        self.rest = parts.next().unwrap_or_default();
        part
    }

    pub(crate) const fn rest(self) -> &'a [u8] {
        self.rest
    }
}
