//! JSON as PHP writes it: `\/` for every slash, `\uXXXX` for all that is not ASCII.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes `value`. Our own types always serialise; should one ever not, the body breaks off and
/// the caller sees that.
pub(crate) fn to_vec(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer = Serializer::with_formatter(&mut bytes, PhpFormatter);
    let written = value.serialize(&mut serializer);
    debug_assert!(written.is_ok(), "{written:?}");
    bytes
}

struct PhpFormatter;

impl Formatter for PhpFormatter {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some(position) = rest.find(|character| character == '/' || character > '\x7f') {
            let (plain, from_here) = rest.split_at(position);
            writer.write_all(plain.as_bytes())?;
            let mut characters = from_here.chars();
            match characters.next() {
                Some('/') => writer.write_all(b"\\/")?,
                Some(character) => {
                    for unit in character.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
                None => {}
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slashes_and_everything_outside_ascii_are_escaped() {
        let json = to_vec(&["http://x/", "Köln", "快", "🚚", "a\"b\n"]);

        assert_eq!(
            String::from_utf8(json).unwrap(),
            r#"["http:\/\/x\/","K\u00f6ln","\u5feb","\ud83d\ude9a","a\"b\n"]"#
        );
    }

    proptest! {
        #[test]
        fn every_string_can_be_read_again(value in any::<String>()) {
            let read: String = serde_json::from_slice(&to_vec(&value)).unwrap();

            prop_assert_eq!(read, value);
        }
    }
}
