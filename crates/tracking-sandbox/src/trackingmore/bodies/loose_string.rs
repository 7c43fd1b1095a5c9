//! Values that have no fixed shape on this wire.

use serde::{Serialize, Serializer};

/// A string in one of the shapes in which it is really sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LooseString<'a> {
    /// The key is left out.
    Missing,
    Null,
    String(&'a str),
    Owned(String),
    /// A list with one string.
    List(&'a str),
    /// The number 0 instead of a string.
    Zero,
}

impl<'a> LooseString<'a> {
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The string, or null.
    pub(crate) fn or_null(value: Option<&'a str>) -> Self {
        value.map_or(Self::Null, Self::String)
    }

    /// The string, or what this place has for no value.
    pub(crate) fn or(value: Option<&'a str>, otherwise: Self) -> Self {
        value.map_or(otherwise, Self::String)
    }
}

impl Serialize for LooseString<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing | Self::Null => serializer.serialize_none(),
            Self::String(value) => serializer.serialize_str(value),
            Self::Owned(value) => serializer.serialize_str(value),
            Self::List(value) => [value].serialize(serializer),
            Self::Zero => serializer.serialize_u8(0),
        }
    }
}
