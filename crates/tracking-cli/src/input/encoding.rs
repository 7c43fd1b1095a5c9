//! From bytes to text: what spreadsheets and editors save.

use crate::problem::Problem;

/// The beginnings of files that are no text, and what they are.
const BINARY: [(&[u8], &str); 4] = [
    (b"PK\x03\x04", "a workbook or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"\x1f\x8b", "compressed"),
    (b"%PDF", "a PDF document"),
];

/// The text of a file. UTF-16, as spreadsheets save it, is recognised by its mark or by the zero in
/// every second byte; a byte that is no UTF-8 spoils its own line only. A carriage return alone ends a
/// line too, since spreadsheets on a Mac write it.
pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<String, Problem> {
    text_of(name, bytes).map(with_line_feeds)
}

fn with_line_feeds(text: String) -> String {
    let mut rest = text.as_str();
    let mut changed = String::new();
    while let Some((line, after)) = rest.split_once('\r') {
        changed.push_str(line);
        changed.push_str(if after.starts_with('\n') { "\r" } else { "\n" });
        rest = after;
    }
    if changed.is_empty() {
        return text;
    }
    changed.push_str(rest);
    changed
}

fn text_of(name: &str, bytes: &[u8]) -> Result<String, Problem> {
    if let Some((_, kind)) = BINARY.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Problem::new("usage", format!("{name} is {kind}, not text"))
            .with_hint("save it as CSV, or as text with one tracking number per line"));
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(name, rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(name, rest, u16::from_be_bytes),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            wide(name, bytes, u16::from_le_bytes)
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            wide(name, bytes, u16::from_be_bytes)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => Ok(String::from_utf8_lossy(rest).into_owned()),
        bytes => Ok(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn wide(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: String = char::decode_utf16(units)
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if rest.is_empty() {
        return Ok(text);
    }
    let message = format!("{name} looks like UTF-16 and ends in the middle of a character");
    Err(Problem::new("usage", message).with_hint("save it as text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "RB473128508SG\r\nÜ1\n";

    #[test]
    fn utf_16_is_read_with_and_without_mark() {
        let little: Vec<u8> = LINES.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = LINES.encode_utf16().flat_map(u16::to_be_bytes).collect();

        for bytes in [
            little.clone(),
            big.clone(),
            [&[0xff, 0xfe], little.as_slice()].concat(),
            [&[0xfe, 0xff], big.as_slice()].concat(),
        ] {
            assert_eq!(decode("list", &bytes).unwrap(), LINES);
        }
    }

    #[test]
    fn utf_8_is_read_without_its_mark() {
        let marked = [b"\xef\xbb\xbf", LINES.as_bytes()].concat();

        assert_eq!(decode("list", &marked).unwrap(), LINES);
        assert_eq!(decode("list", LINES.as_bytes()).unwrap(), LINES);
    }

    #[test]
    fn unreadable_byte_spoils_its_line_only() {
        let text = decode("list", b"A1\nB\xfc2\nC\0 3\n").unwrap();

        assert_eq!(text, "A1\nB\u{fffd}2\nC\0 3\n");
    }

    #[test]
    fn carriage_return_alone_ends_a_line() {
        let text = decode("list", b"\rA1\r\nB2\r\rC3\r").unwrap();

        assert_eq!(text, "\nA1\r\nB2\n\nC3\n");
    }

    #[test]
    fn files_that_are_no_text_are_refused() {
        for (bytes, expected) in [
            (&b"PK\x03\x04more"[..], "a workbook"),
            (b"\x1f\x8bmore", "compressed"),
            (b"\xff\xfeA\0B", "UTF-16"),
        ] {
            let problem = decode("list", bytes).unwrap_err();

            assert!(problem.message.contains(expected), "{problem:?}");
            assert!(problem.hint.is_some());
        }
    }
}
