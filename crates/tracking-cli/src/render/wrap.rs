//! Breaking and filling lines by the columns they take on a terminal.

use std::borrow::Cow;

use textwrap::core::display_width;

/// The text in lines of at most `width` columns; one line if there is no limit, none if there is
/// no text.
pub(crate) fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    match width {
        None => vec![text.to_owned()],
        Some(width) => textwrap::wrap(text, width)
            .into_iter()
            .map(Cow::into_owned)
            .collect(),
    }
}

/// The same, with something in front of all lines but the first.
pub(crate) fn wrapped_hanging(text: &str, width: Option<usize>, indent: &str) -> Vec<String> {
    let Some(width) = width else {
        return wrapped(text, None);
    };
    textwrap::wrap(
        text,
        textwrap::Options::new(width).subsequent_indent(indent),
    )
    .into_iter()
    .map(Cow::into_owned)
    .collect()
}

/// The text with spaces behind it, `width` columns wide.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));

    format!("{text}{}", " ".repeat(missing))
}

/// The text in at most `width` columns, with an ellipsis if something had to go.
pub(crate) fn shortened(text: &str, width: usize) -> Cow<'_, str> {
    if display_width(text) <= width {
        return Cow::Borrowed(text);
    }

    let mut shown = String::new();
    for letter in text.chars() {
        shown.push(letter);
        if display_width(&shown) >= width {
            shown.pop();
            break;
        }
    }
    if width > 0 {
        shown.push('…');
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shortened_by_columns() {
        assert_eq!(shortened("Leipzig", 7), "Leipzig");
        assert_eq!(shortened("Leipzig", 4), "Lei…");
        assert_eq!(shortened("包裹已签收", 6), "包裹…");
        assert_eq!(shortened("Leipzig", 0), "");
    }

    #[test]
    fn text_is_padded_by_columns() {
        assert_eq!(padded("包裹", 6), "包裹  ");
        assert_eq!(padded("Leipzig", 3), "Leipzig");
    }

    #[test]
    fn text_without_limit_stays_on_one_line() {
        assert_eq!(wrapped("one two three", None), ["one two three"]);
        assert_eq!(wrapped("one two three", Some(8)), ["one two", "three"]);
        assert!(wrapped("", Some(8)).is_empty());
        assert_eq!(
            wrapped_hanging("one two three", Some(9), "  "),
            ["one two", "  three"]
        );
    }
}
