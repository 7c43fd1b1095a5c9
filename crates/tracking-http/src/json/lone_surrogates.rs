//! Finds the escapes of half a character, as JavaScript writes them when it cuts a string.

use std::ops::Range;

/// How many bytes an escape such as `\ud800` has.
const LENGTH: usize = 6;

/// Where a string that is written here has escapes of a half of a surrogate pair without the other half.
pub(super) fn lone_surrogates(json: &[u8], string: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = string.start;
    while at < string.end {
        if json.get(at) != Some(&b'\\') {
            at += 1;
            continue;
        }
        match (unit(json, at), unit(json, at + LENGTH)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => at += 2 * LENGTH,
            (Some(0xD800..0xE000), _) => {
                found.push(at..at + LENGTH);
                at += LENGTH;
            }
            _ => at += 2,
        }
    }
    found
}

/// The number of an escape that begins here.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + LENGTH)?.strip_prefix(br"\u")?;
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_without_their_other_half_are_found() {
        for (json, places) in [
            (r#""\ud800""#, vec![1]),
            (r#""\udc00\ud83d\ude00\uD83D""#, vec![1, 19]),
            (r#""\ud800\ud800\udc00""#, vec![1]),
            (r#""\\ud800\n\u0041""#, vec![]),
            (r#""\ud8"#, vec![]),
        ] {
            let found = lone_surrogates(json.as_bytes(), 0..json.len());

            let starts: Vec<usize> = found.iter().map(|it| it.start).collect();
            assert_eq!(starts, places, "{json}");
        }
    }
}
