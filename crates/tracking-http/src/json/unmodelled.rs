//! Finds what a provider sends and the types do not know.

use serde::de::DeserializeOwned;

use super::decode::{decode, without_bom};
use super::slow_reader::read_noting;
use crate::error::Error;

/// Lists the JSON paths of the fields in `body` that `T` does not read.
///
/// Meant for tests against real payloads and for watching an API for additions: new fields never
/// make decoding fail, so nothing else would reveal them. Sorted, each path once, list indexes
/// replaced by `[]`.
///
/// # Errors
///
/// A decode error when the body does not fit `T` at all.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Parcel {
///     id: String,
/// }
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let body = br#"{"id": "1", "colour": "red"}"#;
/// assert_eq!(tracking_http::unmodelled_fields::<Parcel>(body)?, ["colour"]);
/// # Ok(())
/// # }
/// ```
pub fn unmodelled_fields<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<String>, Error> {
    let mut fields = Vec::new();
    let json = without_bom(body);
    if read_noting::<T>(json, &mut |path| fields.push(general_path(&path))).is_err() {
        decode::<T>(body)?;
    }
    fields.sort_unstable();
    fields.dedup();
    Ok(fields)
}

fn general_path(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;

    match path {
        Path::Root => String::new(),
        Path::Seq { parent, .. } => format!("{}[]", general_path(parent)),
        Path::Map { parent, key } => {
            let parent = general_path(parent);
            if parent.is_empty() {
                key.clone()
            } else {
                format!("{parent}.{key}")
            }
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => general_path(parent),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::unmodelled_fields;

    #[derive(Deserialize)]
    struct Body {
        #[allow(dead_code)]
        items: Option<Vec<Item>>,
    }

    #[derive(Deserialize)]
    struct Item {
        #[allow(dead_code)]
        id: u8,
    }

    #[test]
    fn each_unknown_field_is_listed_once() {
        let body = br#"{"items":[{"id":1,"x":{"y":1}},{"id":2,"x":3}],"next":null}"#;

        let fields = unmodelled_fields::<Body>(body).unwrap();

        assert_eq!(fields, ["items[].x", "next"]);
    }

    #[test]
    fn wrong_shapes_are_errors() {
        for body in [&br#"{"items":1}"#[..], br#"{"items":[]} 1"#] {
            assert!(unmodelled_fields::<Body>(body).is_err());
        }
    }
}
