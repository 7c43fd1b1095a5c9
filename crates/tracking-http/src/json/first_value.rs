//! Reads a body whose shape is not known.

use bytes::Bytes;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Value};

use super::decode::without_bom;
use super::partial::Partial;

/// Reads a body as far as possible, for what looks for a few keys in it, such as the code of an error: one odd
/// value beside them must not cost them.
///
/// U+FFFD takes the place of bytes that are not UTF-8; null that of a value which cannot be read, such as `1e999` or
/// what is nested deeper than 100 levels; of a repeated key the last value counts. What follows an object or a list is
/// not read. `None` if the body is no JSON or breaks off.
///
/// ```
/// use tracking_http::json::first_value;
///
/// let body = b"{\"code\": 17, \"size\": 1e999, \"text\": \"caf\xe9\"}\n<!-- cached -->";
///
/// let value = first_value(body).unwrap_or_default();
/// assert_eq!(value["code"], 17);
/// assert_eq!(value["text"], "caf\u{fffd}");
///
/// assert_eq!(first_value(b"503 Service Unavailable"), None);
/// ```
#[must_use]
pub fn first_value(body: &[u8]) -> Option<Value> {
    let json = without_bom(body).trim_ascii_start();
    match serde_json::from_slice(json) {
        Ok(value) => Some(value),
        // A sentence may begin with a number.
        Err(_) if json.starts_with(b"{") || json.starts_with(b"[") => tolerant(json),
        Err(_) => None,
    }
}

#[cold]
fn tolerant(json: &[u8]) -> Option<Value> {
    let text = String::from_utf8_lossy(json);
    let mut values = Deserializer::from_str(&text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let first = text.get(..values.byte_offset())?;
    let read = Partial::from_body(&Bytes::copy_from_slice(first.as_bytes()));
    read.ok().map(|read| read.value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn odd_value_costs_no_other() {
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        let odd = [
            deep.as_bytes(),
            b"1e999",
            br#""\ud800""#,
            br#"1,"\ud800":2"#,
            b"\"caf\xe9\"",
            br#"1,"odd":2"#,
        ];
        for odd in odd {
            let body = [
                b"{\"odd\":",
                odd,
                b",\"in\":{\"odd\":",
                odd,
                b"},\"code\":7}",
            ]
            .concat();

            for behind in [&b""[..], b"\0", b"\n<!-- -->", b"{\"code\":8}"] {
                let value = first_value(&[&body, behind].concat()).unwrap();

                assert_eq!(value["code"], json!(7), "{}", body.escape_ascii());
                assert!(value["in"].is_object(), "{}", body.escape_ascii());
            }
        }
    }

    #[test]
    fn whole_values_are_read_as_they_are() {
        for (body, value) in [
            (&b"\xef\xbb\xbf {\"a\":[1]} "[..], json!({ "a": [1] })),
            (b"\"slow down\"", json!("slow down")),
            (b"null", json!(null)),
        ] {
            assert_eq!(first_value(body), Some(value));
        }
    }

    #[test]
    fn what_is_no_json_or_breaks_off_has_none() {
        for body in [
            "",
            "<p>",
            "slow down",
            "17 of 18",
            "{broken",
            r#"{"code":7"#,
            "[1,",
        ] {
            assert_eq!(first_value(body.as_bytes()), None, "{body}");
        }
    }
}
