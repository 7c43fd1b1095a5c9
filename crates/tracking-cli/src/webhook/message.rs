//! A webhook as it went over the wire, and how it is kept in a file.

use std::fmt;

use serde::{Deserialize, Serialize};
use tracking_core::UtcTime;

/// A request with a message of a provider. `Debug` shows neither headers nor body: they hold secrets,
/// names and addresses.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub(crate) struct Message {
    /// When it arrived.
    pub(crate) received_at: UtcTime,
    pub(crate) method: String,
    /// With the query, if there is one.
    pub(crate) path: String,
    /// Names in lower case, and values.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
}

impl Message {
    pub(crate) fn new<'a>(
        method: &str,
        path: &str,
        headers: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        body: Vec<u8>,
    ) -> Self {
        let owned = |(name, value): (&str, &[u8])| (name.to_owned(), value.to_vec());
        Self {
            received_at: UtcTime::now(),
            method: method.to_owned(),
            path: path.to_owned(),
            headers: headers.into_iter().map(owned).collect(),
            body,
        }
    }

    /// The first value of a header; upper and lower case of its name are the same.
    pub(crate) fn header(&self, name: &str) -> Option<&[u8]> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| &value[..])
    }

    /// The path without the query, which may hold a secret.
    pub(crate) fn path_alone(&self) -> &str {
        self.path
            .split_once('?')
            .map_or(&*self.path, |(path, _)| path)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Message({} bytes)", self.body.len())
    }
}

/// A message as JSON.
#[derive(Serialize, Deserialize)]
struct Stored {
    received_at: UtcTime,
    method: String,
    path: String,
    /// Each byte of a value is one character, so that any value is kept.
    headers: Vec<(String, String)>,
    #[serde(flatten)]
    body: Body,
}

/// UTF-8 as it is, and anything else in hexadecimal digits.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Body(String),
    BodyHex(String),
}

impl From<Message> for Stored {
    fn from(message: Message) -> Self {
        let characters = |value: Vec<u8>| value.into_iter().map(char::from).collect();
        let pair = |(name, value)| (name, characters(value));
        Self {
            received_at: message.received_at,
            method: message.method,
            path: message.path,
            headers: message.headers.into_iter().map(pair).collect(),
            body: match String::from_utf8(message.body) {
                Ok(text) => Body::Body(text),
                Err(error) => Body::BodyHex(hexadecimal(error.as_bytes())),
            },
        }
    }
}

impl TryFrom<Stored> for Message {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let bytes = |value: String| -> Option<Vec<u8>> {
            value.chars().map(|it| u8::try_from(it).ok()).collect()
        };
        let pair = |(name, value)| Some((name, bytes(value)?));
        let headers: Option<_> = stored.headers.into_iter().map(pair).collect();
        Ok(Self {
            received_at: stored.received_at,
            method: stored.method,
            path: stored.path,
            headers: headers.ok_or("a header has characters that no header holds")?,
            body: match stored.body {
                Body::Body(text) => text.into_bytes(),
                Body::BodyHex(digits) => from_hexadecimal(&digits)
                    .ok_or("body_hex is no even number of hexadecimal digits")?,
            },
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |half: u8| {
        DIGITS
            .get(usize::from(half))
            .map(|digit| char::from(*digit))
    };
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .flatten()
        .collect()
}

fn from_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let values: Option<Vec<u32>> = digits.chars().map(|it| it.to_digit(16)).collect();
    values?
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(high * 16 + low).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_message_survives_the_file() {
        for body in [b"{\"a\":1}".to_vec(), vec![0xff, 0, 0x0a], Vec::new()] {
            let headers = [("x-token", &b"a\xe9\"b"[..]), ("x-token", b"")];
            let message = Message::new("PUT", "/webhooks/gcl?a=b", headers, body);

            let text = serde_json::to_string(&message).unwrap();
            let read: Message = serde_json::from_str(&text).unwrap();

            assert_eq!(read, message);
        }
    }

    #[test]
    fn broken_message_is_refused() {
        let message = Message::new("POST", "/", [], b"text".to_vec());
        let whole = serde_json::to_string(&message).unwrap();
        let hex = |digits: &str| {
            let body = format!("\"body_hex\":\"{digits}\"");
            whole.replace("\"body\":\"text\"", &body)
        };
        let header = whole.replace("\"headers\":[]", "\"headers\":[[\"a\",\"\\u20ac\"]]");

        assert!(serde_json::from_str::<Message>(&hex("0aFf")).is_ok());
        for text in [
            "",
            "{}",
            "text",
            &hex("zz"),
            &hex("0"),
            &header,
            &whole[..40],
        ] {
            assert!(serde_json::from_str::<Message>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_content() {
        let message = Message::new(
            "POST",
            "/a?token=1",
            [("a", &b"secret"[..])],
            b"Ann".to_vec(),
        );

        assert_eq!(format!("{message:?}"), "Message(3 bytes)");
        assert_eq!(message.path_alone(), "/a");
    }
}
