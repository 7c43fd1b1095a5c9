//! What a request or a response has in its body.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::node::Node;
use crate::json::without_bom;

/// A body as a cassette keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    Json(Node),
    Form(Vec<(String, String)>),
    Text(String),
}

impl Body {
    /// Reads a body; `None` if it is empty.
    ///
    /// JSON that breaks off, and bytes that are no text, are not kept: nothing in them could be found and removed.
    pub(super) fn read(bytes: &[u8], content_type: Option<&str>) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let Ok(text) = str::from_utf8(without_bom(bytes)) else {
            return Some(Self::Text(format!(
                "[removed: {} bytes that are no text]",
                bytes.len()
            )));
        };
        if content_type.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded")) {
            return Some(Self::Form(pairs(text)));
        }
        if let Some(node) = Node::parse(text) {
            return Some(Self::Json(node));
        }
        let begin = text.trim_start().chars().next();
        Some(Self::Text(match begin {
            Some(begin @ ('{' | '[')) => begin.to_string(),
            _ => text.to_owned(),
        }))
    }

    pub(super) fn to_bytes(&self) -> Bytes {
        match self {
            Self::Json(node) => node.to_text().into(),
            Self::Text(text) => text.clone().into(),
            Self::Form(pairs) => serialize(pairs).into(),
        }
    }
}

/// Decodes a query or a form, in its order.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&text);
    decoded.decode_utf8_lossy().into_owned()
}

fn serialize(pairs: &[(String, String)]) -> String {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_breaks_off_keeps_its_first_letter() {
        let body = Body::read(br#" {"recipient": {"name": "Ann"#, None).unwrap();

        assert_eq!(body.to_bytes(), "{");
    }

    #[test]
    fn bytes_that_are_no_text_are_not_kept() {
        let body = Body::read(b"\xff\xd8Ann", Some("image/jpeg")).unwrap();

        assert_eq!(body.to_bytes(), "[removed: 5 bytes that are no text]");
    }

    #[test]
    fn form_comes_back_in_its_order() {
        let form = Some("application/x-www-form-urlencoded; charset=utf-8");

        let body = Body::read(b"z=a+b&a=%C3%A9&flag", form).unwrap();

        assert_eq!(body.to_bytes(), "z=a%20b&a=%C3%A9&flag=");
    }

    #[test]
    fn empty_body_is_none() {
        assert!(Body::read(b"", Some("application/json")).is_none());
    }
}
