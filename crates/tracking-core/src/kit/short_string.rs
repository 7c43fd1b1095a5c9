//! The string inside of `string_type!`: a short one needs no memory of its own.

use std::cmp::Ordering;
use std::fmt;

/// As many bytes as fit beside the length, so that the type is no larger than `String`. Identifiers
/// and dates without an offset are shorter.
const INLINE: usize = 22;

/// A string that cannot be changed. Up to 22 bytes are kept in place.
///
/// It is for the code that `string_type!` expands to. Equal strings are kept in the same way, so that they
/// are compared as they are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ShortString(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// The length, and the bytes of a string in the first of them; zero behind it.
    Inline(u8, [u8; INLINE]),
    Heap(Box<str>),
}

impl ShortString {
    fn inline(text: &str) -> Option<Self> {
        let mut bytes = [0; INLINE];
        bytes
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Self(Repr::Inline(u8::try_from(text.len()).ok()?, bytes)))
    }

    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // The bytes are those of a string, so neither can fail.
            Repr::Inline(length, bytes) => bytes
                .get(..usize::from(*length))
                .and_then(|bytes| str::from_utf8(bytes).ok())
                .unwrap_or_default(),
            Repr::Heap(text) => text,
        }
    }
}

impl Default for ShortString {
    fn default() -> Self {
        Self(Repr::Inline(0, [0; INLINE]))
    }
}

impl From<&str> for ShortString {
    fn from(text: &str) -> Self {
        Self::inline(text).unwrap_or_else(|| Self(Repr::Heap(text.into())))
    }
}

impl From<String> for ShortString {
    fn from(text: String) -> Self {
        Self::inline(&text).unwrap_or_else(|| Self(Repr::Heap(text.into())))
    }
}

impl From<ShortString> for String {
    fn from(text: ShortString) -> Self {
        match text.0 {
            Repr::Inline(..) => text.as_str().to_owned(),
            Repr::Heap(text) => text.into(),
        }
    }
}

impl PartialOrd for ShortString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShortString {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Debug for ShortString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn string_comes_back_in_every_length(text in ".{0,30}") {
            for short in [ShortString::from(text.as_str()), ShortString::from(text.clone())] {
                prop_assert_eq!(short.as_str(), &text);
                prop_assert_eq!(format!("{short:?}"), format!("{text:?}"));
                prop_assert_eq!(String::from(short), text.clone());
            }
        }

        #[test]
        fn order_is_that_of_strings(left in "[ab]{0,25}", right in "[ab]{0,25}") {
            let (short_left, short_right) = (ShortString::from(left.as_str()), ShortString::from(right.as_str()));

            prop_assert_eq!(short_left.cmp(&short_right), left.cmp(&right));
            prop_assert_eq!(short_left == short_right, left == right);
        }
    }

    #[test]
    fn short_string_is_as_large_as_string() {
        assert_eq!(size_of::<ShortString>(), size_of::<String>());
        assert_eq!(size_of::<Option<ShortString>>(), size_of::<String>());
    }

    #[test]
    fn up_to_22_bytes_need_no_memory() {
        let is_inline = |text: &str| matches!(ShortString::from(text).0, Repr::Inline(..));

        assert!(is_inline(""));
        assert!(is_inline("2026-03-12T12:42:05Z"));
        assert!(is_inline(&"x".repeat(22)));
        assert!(!is_inline(&"x".repeat(23)));
    }
}
