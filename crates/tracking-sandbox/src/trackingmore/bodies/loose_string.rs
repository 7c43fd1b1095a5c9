//! Values that have no fixed shape on this wire.

use serde::{Serialize, Serializer};

/// A text in one of the shapes in which it really comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word<'a> {
    /// The key is left out.
    Absent,
    Null,
    Text(&'a str),
    Made(String),
    /// A list with one text.
    Listed(&'a str),
    /// The number 0 instead of a text.
    Zero,
}

impl<'a> Word<'a> {
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The text, or null.
    pub(crate) fn or_null(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    /// The text, or what stands for nothing in this place.
    pub(crate) fn or(text: Option<&'a str>, nothing: Self) -> Self {
        text.map_or(nothing, Self::Text)
    }
}

impl Serialize for Word<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Made(text) => serializer.serialize_str(text),
            Self::Listed(text) => [text].serialize(serializer),
            Self::Zero => serializer.serialize_u8(0),
        }
    }
}
