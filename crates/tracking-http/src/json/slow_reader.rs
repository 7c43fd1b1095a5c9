//! The reader for all that is not the one fast reading of JSON.

use serde::de::DeserializeOwned;
use serde_ignored::Path;

/// Reads JSON that may hold bytes which are not UTF-8, and calls `note` with the path of each field that `T` does not
/// read.
///
/// What is read a second time, because it does not fit or to look for such fields, is read by this one function, so
/// that an SDK's types are compiled for two readers and not for three. It copies each key, which the fast one does
/// not, and the keys of a map have to be strings.
#[cold]
pub(super) fn read_noting<T: DeserializeOwned>(
    json: &[u8],
    mut note: &mut dyn FnMut(Path<'_>),
) -> Result<T, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_ignored::deserialize(&mut reader, &mut note)?;
    reader.end()?;
    Ok(value)
}

/// Reads JSON that may hold bytes which are not UTF-8.
pub(super) fn read_slowly<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    read_noting(json, &mut |_| ())
}
