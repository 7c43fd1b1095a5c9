//! `Problem`: a part of a response that could not be understood.

use serde::{Deserialize, Serialize};

use crate::RawJson;

/// A part of a response that could not be understood; the rest was kept.
///
/// One bad event never costs the shipment, one bad shipment never costs the batch.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is: a JSON path such as `data.trackings[0].events[3]`.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The text in question, where it could be cut out.
    pub raw: Option<RawJson>,
}

impl Problem {
    /// Creates a problem without raw text.
    #[must_use]
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            raw: None,
        }
    }

    /// Adds the text in question.
    #[must_use]
    pub fn with_raw(mut self, raw: RawJson) -> Self {
        self.raw = Some(raw);
        self
    }
}
