//! Texts that say nothing.

/// Returns a text that says something; nothing for one that is empty or blank.
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
    fn blank_text_says_nothing_and_other_text_stays_as_it_is() {
        for blank in [None, Some(""), Some(" "), Some("\t\u{a0}\n")] {
            assert_eq!(non_blank(blank), None, "{blank:?}");
        }
        assert_eq!(non_blank(Some(" a ")), Some(" a "));
    }
}
