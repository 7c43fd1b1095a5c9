//! Strings without content.

/// Returns a string that has content; `None` for one that is empty or only spaces.
///
/// Providers write `""` as often as null where they know nothing.
///
/// ```
/// use tracking_core::kit::non_blank;
///
/// assert_eq!(non_blank(Some("Oslo")), Some("Oslo"));
/// assert_eq!(non_blank(Some(" ".to_owned())), None);
/// ```
#[must_use]
pub fn non_blank<T: AsRef<str>>(text: Option<T>) -> Option<T> {
    text.filter(|text| !text.as_ref().trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::non_blank;

    #[test]
    fn non_blank_drops_strings_of_spaces_only() {
        for empty in [None, Some(""), Some(" "), Some("\t\u{a0}\n")] {
            assert_eq!(non_blank(empty), None, "{empty:?}");
        }
        assert_eq!(non_blank(Some(" a ")), Some(" a "));
    }
}
