//! `UnmappedCount`: a wire value without a meaning, and how often it was seen.

use serde::{Deserialize, Serialize};

use crate::ProviderId;

/// How often a wire value without a meaning was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnmappedCount {
    /// The provider.
    pub provider: ProviderId,
    /// The name of the wire field.
    pub field: String,
    /// The wire value, verbatim, up to [`UnmappedCounter::MAX_CHARS`](crate::kit::UnmappedCounter::MAX_CHARS) characters.
    pub value: String,
    /// How often it was seen.
    pub count: u64,
}

impl UnmappedCount {
    /// Returns a string that can be pasted into a bug report.
    ///
    /// It holds the wire value. Where the field is free text of a courier, look at it first: such a
    /// text may name a person.
    #[must_use]
    pub fn report_text(&self) -> String {
        let Self {
            provider,
            field,
            value,
            count,
        } = self;
        format!(
            "Unmapped status value\n\
             provider: {provider}\n\
             field: {field}\n\
             value: {value:?}\n\
             seen: {count} times\n\
             tracking-core: {}\n",
            env!("CARGO_PKG_VERSION")
        )
    }
}
