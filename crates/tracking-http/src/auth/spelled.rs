//! Finds a secret in what somebody else wrote, in each spelling in which it may come back.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::redact::MASK;

/// Shorter pieces of base64 may be in any text.
const LEAST_BASE64: usize = 8;

/// An HTML entity such as `#x1F4E6` or `#0000034`, without `&` and with `;`.
const LONGEST_ENTITY: usize = 12;

/// Masks a secret wherever it is in a string; `None` where it is not.
pub(super) fn without(text: &str, secret: &str) -> Option<String> {
    replaced(text, secret, MASK)
}

/// Replaces a secret wherever it is in a string; `None` where it is not.
///
/// Upper and lower case are the same, since names of headers are in lower case. Each letter may be as it is,
/// percent-encoded as in a URL or a form, escaped as in JSON or as in HTML, and the whole may be a part of base64. What a
/// gateway wraps in a message of its own is escaped or encoded once more.
pub(crate) fn replaced(text: &str, secret: &str, by: &str) -> Option<String> {
    let mut spans = spelled(text, secret);
    for encoded in in_base64(secret.as_bytes()) {
        let found = spelled(text, &encoded).into_iter();
        spans.extend(found.map(|span| whole_word(text, span)));
    }
    if spans.is_empty() {
        return None;
    }
    spans.sort_by_key(|span| span.start);
    let mut shown = String::new();
    let mut rest = 0;
    for span in spans {
        if span.start >= rest {
            shown.push_str(text.get(rest..span.start)?);
            shown.push_str(by);
        }
        rest = rest.max(span.end);
    }
    Some(shown + text.get(rest..).unwrap_or_default())
}

/// The places at which a secret is spelled letter by letter.
fn spelled(text: &str, secret: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let Some(first) = secret.chars().next() else {
        return spans;
    };
    let mut start = 0;
    while let Some(rest) = text.as_bytes().get(start..).filter(|rest| !rest.is_empty()) {
        if lengths(rest, first).iter().all(Option::is_none) {
            start += 1;
            continue;
        }
        match end_of(text.as_bytes(), start, secret) {
            Some(end) if end > start => {
                spans.push(start..end);
                start = end;
            }
            _ => start += 1,
        }
    }
    spans
}

/// Where a secret ends that begins here.
fn end_of(text: &[u8], start: usize, secret: &str) -> Option<usize> {
    // A percent sign may be itself or begin the code of another letter, so several ways are followed.
    let mut ends = vec![start];
    for letter in secret.chars() {
        let mut next: Vec<usize> = Vec::new();
        for end in ends {
            let rest = text.get(end..).unwrap_or_default();
            next.extend(
                lengths(rest, letter)
                    .into_iter()
                    .flatten()
                    .map(|length| end + length),
            );
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return None;
        }
        ends = next;
    }
    ends.last().copied()
}

/// The length of the first letter of a string, in each spelling that fits there.
fn lengths(text: &[u8], letter: char) -> [Option<usize>; 11] {
    let mut buffer = [0; 4];
    let bytes = letter.encode_utf8(&mut buffer).as_bytes();
    let plain = text
        .get(..bytes.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(bytes));
    let is_plus = letter == ' ' && text.first() == Some(&b'+');
    [
        plain.then_some(bytes.len()),
        is_plus.then_some(1),
        escaped(text, letter, bytes, 1),
        escaped(text, letter, bytes, 2),
        escaped(text, letter, bytes, 3),
        escaped(text, letter, bytes, 4),
        escaped(text, letter, bytes, 7),
        percent_encoded(text, bytes, b"%"),
        percent_encoded(text, bytes, b"%25"),
        in_utf16(text, letter),
        in_html(text, letter),
    ]
}

/// The length of a letter behind so many backslashes: more than one where JSON is in a string of JSON.
fn escaped(text: &[u8], letter: char, bytes: &[u8], count: usize) -> Option<usize> {
    let (before, rest) = text.split_at_checked(count)?;
    let is_escaped = !letter.is_alphanumeric()
        && before.iter().all(|it| *it == b'\\')
        && rest.starts_with(bytes);
    is_escaped.then_some(count + bytes.len())
}

/// The length of these bytes as `%41%42`, or as `%2541%2542`.
fn percent_encoded(text: &[u8], bytes: &[u8], sign: &[u8]) -> Option<usize> {
    let mut rest = text;
    for byte in bytes {
        let (code, after) = rest.strip_prefix(sign)?.split_at_checked(2)?;
        let code = u8::from_str_radix(str::from_utf8(code).ok()?, 16).ok()?;
        if !code.eq_ignore_ascii_case(byte) {
            return None;
        }
        rest = after;
    }
    Some(text.len() - rest.len())
}

/// The length of a letter as `\u0041`, which may take two of these, with more backslashes where JSON is in a string of
/// JSON.
fn in_utf16(text: &[u8], letter: char) -> Option<usize> {
    let mut buffer = [0; 2];
    let units = letter.encode_utf16(&mut buffer);
    let mut rest = text;
    for unit in units.iter() {
        // Bounded, since this is done at each place of a string that may be of backslashes only.
        let escape = rest.iter().take(5).take_while(|it| **it == b'\\');
        let escape = escape.count();
        if !matches!(escape, 1 | 2 | 4) {
            return None;
        }
        let code = rest.get(escape..)?.strip_prefix(b"u")?;
        let (code, after) = code.split_at_checked(4)?;
        let code = u16::from_str_radix(str::from_utf8(code).ok()?, 16).ok()?;
        if code != *unit {
            return None;
        }
        rest = after;
    }
    Some(text.len() - rest.len())
}

/// The length of a letter as `&quot;`, `&#34;` or `&#x22;`.
fn in_html(text: &[u8], letter: char) -> Option<usize> {
    let rest = text.strip_prefix(b"&")?;
    let length = rest
        .iter()
        .take(LONGEST_ENTITY)
        .position(|it| *it == b';')?;
    let entity = str::from_utf8(rest.get(..length)?).ok()?;
    let is_letter = match entity.strip_prefix('#') {
        Some(code) => {
            let code = match code.strip_prefix(['x', 'X']) {
                Some(code) => u32::from_str_radix(code, 16),
                None => code.parse(),
            };
            code == Ok(u32::from(letter))
        }
        None => matches!(
            (entity, letter),
            ("quot", '"') | ("amp", '&') | ("apos", '\'') | ("lt", '<') | ("gt", '>')
        ),
    };
    is_letter.then_some(length + 2)
}

/// The letters of base64 that depend on the secret alone, wherever it begins in what was encoded; in both
/// alphabets.
fn in_base64(secret: &[u8]) -> Vec<String> {
    let mut encoded = Vec::new();
    for before in 0..3 {
        let bytes = [&[0; 2][..before], secret].concat();
        let first = (before * 8).div_ceil(6);
        let end = bytes.len() * 8 / 6;
        for text in [
            STANDARD_NO_PAD.encode(&bytes),
            URL_SAFE_NO_PAD.encode(&bytes),
        ] {
            let own = text.get(first..end).unwrap_or_default();
            if own.len() >= LEAST_BASE64 && !encoded.iter().any(|it| it == own) {
                encoded.push(own.to_owned());
            }
        }
    }
    encoded
}

/// All letters of base64 around a part of it: those at its ends hold some bits of the secret.
fn whole_word(text: &str, span: Range<usize>) -> Range<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=-_%".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes.iter().take(span.start).rev();
    let after = bytes.iter().skip(span.end);
    span.start - before.take_while(|it| is_part(it)).count()
        ..span.end + after.take_while(|it| is_part(it)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = r#"a"b/c+d e\f%g&hé"#;

    #[test]
    fn every_spelling_is_found() {
        for spelling in [
            SECRET,
            r#"A"B/C+D E\F%G&Hé"#,
            r#"a\"b/c+d e\\f%g&hé"#,
            r#"a\"b\/c+d e\\f%g&h\u00e9"#,
            r#"a\u0022b\u002fc\u002bd\u0020e\u005cf\u0025g\u0026h\u00E9"#,
            "a%22b%2Fc%2Bd%20e%5Cf%25g%26h%C3%A9",
            "a%22b%2fc%2bd+e%5cf%25g%26h%c3%a9",
            "%61%22b/c+d%20e\\f%25g&hé",
            r#"a\\\"b\\/c+d e\\\\f%g&h\\u00e9"#,
            r#"a\\\"b\\\/c+d e\\\\f%g&h\\u00e9"#,
            "a%2522b%252Fc%252Bd%2520e%255Cf%2525g%2526h%25C3%25A9",
            "a&quot;b/c+d e\\f%g&amp;hé",
            "a&#034;b&#x2F;c&#43;d&#32;e&#92;f&#x25;g&#38;h&#xe9;",
        ] {
            let text = format!("the key \u{201c}{spelling}\u{201d} is wrong");

            let masked = without(&text, SECRET);

            assert_eq!(
                masked.as_deref(),
                Some("the key \u{201c}[…]\u{201d} is wrong"),
                "{spelling}"
            );
        }
    }

    #[test]
    fn base64_is_found_wherever_it_begins() {
        for before in ["", "u", "us", "user:"] {
            for after in ["", "!", "!!"] {
                let text = format!("{before}{SECRET}{after}");
                for encoded in [STANDARD_NO_PAD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
                    let message = format!("Basic {encoded} is wrong");

                    let masked = without(&message, SECRET);

                    assert_eq!(masked.as_deref(), Some("Basic […] is wrong"), "{message}");
                }
            }
        }
    }

    #[test]
    fn other_text_stays() {
        for text in ["", "a", "%", "\\u", "%2", "a%22b%2Fc", "é", "\\u00e9"] {
            assert_eq!(without(text, SECRET), None, "{text}");
        }
        assert_eq!(without("key", "key with more").as_deref(), None);
    }

    #[test]
    fn percent_sign_of_a_secret_is_no_code() {
        assert_eq!(without("is %25 it", "%25").as_deref(), Some("is […] it"));
        assert_eq!(without("is %2525 it", "%25").as_deref(), Some("is […] it"));
    }
}
