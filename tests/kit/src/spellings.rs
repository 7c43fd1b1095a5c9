//! The spellings in which a string comes back from a server.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A string as it is, escaped as in JSON, encoded as in a URL or a form, and inside of base64.
#[must_use]
pub fn spellings(text: &str) -> Vec<String> {
    let json = serde_json::to_string(text).unwrap();
    let json = json.trim_matches('"');
    let is_kept = |letter: char| letter.is_ascii_alphanumeric();
    let encoded = |is_kept: &dyn Fn(char) -> bool, space: &str| {
        text.chars().fold(String::new(), |mut encoded, letter| {
            match letter {
                ' ' => encoded.push_str(space),
                letter if is_kept(letter) => encoded.push(letter),
                letter => {
                    for byte in letter.to_string().bytes() {
                        write!(encoded, "%{byte:02X}").unwrap();
                    }
                }
            }
            encoded
        })
    };
    let in_utf16 = text
        .encode_utf16()
        .fold(String::new(), |mut escaped, unit| {
            write!(escaped, "\\u{unit:04x}").unwrap();
            escaped
        });
    vec![
        text.to_owned(),
        text.to_ascii_lowercase(),
        json.to_owned(),
        json.replace('/', "\\/"),
        in_utf16,
        encoded(&is_kept, "%20"),
        encoded(&is_kept, "+"),
        encoded(&is_kept, "%20").to_ascii_lowercase(),
        encoded(&|_| false, "%20"),
        STANDARD.encode(text),
        URL_SAFE_NO_PAD.encode(text),
        STANDARD.encode(format!("{text}:x")),
    ]
}
