//! How stored values are read: what another version left out or wrote in its own way costs no shipment.

use std::collections::BTreeMap;

use serde::de::IntoDeserializer;
use serde::{Deserialize, Deserializer};

/// Reads `null` in the place of a value that has a default as that default.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a list. `null` is an empty one, and elements that are null are left out.
pub(crate) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let list: Option<Vec<Option<T>>> = Option::deserialize(deserializer)?;
    Ok(list.into_iter().flatten().flatten().collect())
}

/// A value that is none where a part that it needs is missing or cannot be read.
pub(crate) trait Restore: Sized {
    /// What is stored, with every part optional.
    type Form;

    /// Returns the value, or `None` if a part that it needs is not there.
    fn restore(form: Self::Form) -> Option<Self>;
}

/// Reads a value that may be absent, see [`Restore`].
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Restore,
    T::Form: Deserialize<'de>,
{
    let form: Option<T::Form> = Option::deserialize(deserializer)?;
    Ok(form.and_then(T::restore))
}

/// Reads an object of values that may be absent. `null` is an empty one, and an entry without its
/// value is left out.
pub(crate) fn map<'de, D, K, T>(deserializer: D) -> Result<BTreeMap<K, T>, D::Error>
where
    D: Deserializer<'de>,
    K: Ord + Deserialize<'de>,
    T: Restore,
    T::Form: Deserialize<'de>,
{
    let map: Option<BTreeMap<String, Option<T::Form>>> = Option::deserialize(deserializer)?;
    let mut restored = BTreeMap::new();
    for (name, form) in map.into_iter().flatten() {
        let key = K::deserialize(name.into_deserializer())?;
        restored.extend(form.and_then(T::restore).map(|value| (key, value)));
    }
    Ok(restored)
}
