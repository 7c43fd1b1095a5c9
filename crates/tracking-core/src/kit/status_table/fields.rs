//! `Fields`: which fields of the wire a status table is asked about.

/// Which fields of the wire a table is asked about, by the names that its rows use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    pub(super) main: &'static str,
    pub(super) fine: Option<(&'static str, Fine)>,
    pub(super) category: Option<&'static str>,
}

/// What a fine value may do beside a main value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fine {
    /// It decides the status itself.
    Decides,
    /// It is a string beside a status that decides; it adds to it.
    Refines,
}

impl Fields {
    /// Names the field of the main value.
    #[must_use]
    pub const fn new(main: &'static str) -> Self {
        Self {
            main,
            fine: None,
            category: None,
        }
    }

    /// Names the field of the fine value.
    #[must_use]
    pub const fn fine(mut self, field: &'static str) -> Self {
        self.fine = Some((field, Fine::Decides));
        self
    }

    /// Names the field of a string that refines the main value.
    ///
    /// The text sets detail and reason; it changes the status only inside its own family, and is
    /// at best coarse. Final punctuation does not count.
    #[must_use]
    pub const fn refined_by(mut self, field: &'static str) -> Self {
        self.fine = Some((field, Fine::Refines));
        self
    }

    /// Names the field of the category, which counts only where the fine value is missing.
    #[must_use]
    pub const fn category(mut self, field: &'static str) -> Self {
        self.category = Some(field);
        self
    }
}
