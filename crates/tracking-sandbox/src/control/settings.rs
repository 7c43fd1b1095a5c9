//! The settings of an account: shown by GET, changed by PATCH with a JSON Merge Patch (RFC 7396).

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::json::{ok, write};

/// A provider whose account can be shown and changed.
pub(crate) trait HasSettings: Send + Sync + 'static {
    /// All that a test may change about the account.
    type Settings: Serialize + DeserializeOwned;

    /// A copy of the settings.
    fn settings(&self) -> Self::Settings;

    /// Changes the settings, and does what the change brings about.
    fn configure<T>(&self, change: impl FnOnce(&mut Self::Settings) -> T) -> T;

    /// What belongs to the account and cannot be changed: credentials, secrets, operations,
    /// counters.
    fn show_account(&self) -> Value;
}

/// The control paths that the account of every provider has.
pub(crate) fn account_router<P: HasSettings>(provider: &Arc<P>) -> Router {
    let account = {
        let provider = Arc::clone(provider);
        move || async move { ok(provider.show_account()) }
    };
    let settings = {
        let provider = Arc::clone(provider);
        move || async move { ok(shown(&provider.settings())) }
    };
    Router::new()
        .route("/", get(account))
        .route("/settings", get(settings).patch(write(provider, patch)))
}

fn shown(settings: &impl Serialize) -> Value {
    serde_json::to_value(settings).unwrap_or_default()
}

/// Changes all that the patch names, or nothing.
fn patch<P: HasSettings>(provider: &P, patch: Value) -> Result<Value, String> {
    let Value::Object(patch) = patch else {
        return Err("the body is a JSON object with the settings to change".to_owned());
    };
    provider.configure(|settings| {
        *settings = patched(settings, patch)?;
        Ok(shown(settings))
    })
}

/// The settings with a merge patch applied. Each value is tried alone, so that an error begins
/// with the setting that it is about.
fn patched<S: Serialize + DeserializeOwned>(
    settings: &S,
    patch: Map<String, Value>,
) -> Result<S, String> {
    let mut document = shown(settings);
    let mut changes = Vec::new();
    collect(&[], patch, &document, &mut changes);
    for (path, value) in changes {
        let name = path.join(".");
        put(&mut document, &path, value);
        serde_json::from_value::<S>(document.clone())
            .map_err(|error| format!("`{name}`: {error}"))?;
    }
    serde_json::from_value(document).map_err(|error| error.to_string())
}

/// Lists the single values of a patch with the path to each.
fn collect(
    parents: &[String],
    patch: Map<String, Value>,
    document: &Value,
    changes: &mut Vec<(Vec<String>, Value)>,
) {
    for (key, value) in patch {
        let mut path = parents.to_vec();
        let known = document.get(&key).unwrap_or(&Value::Null);
        path.push(key);
        match value {
            Value::Object(inner) if known.is_object() => collect(&path, inner, known, changes),
            value => changes.push((path, value)),
        }
    }
}

/// Puts a value where the path leads. Null takes away what is there, so that the setting is at its
/// default again; elsewhere it stays, for the settings to refuse.
fn put(document: &mut Value, path: &[String], value: Value) {
    let Some((key, parents)) = path.split_last() else {
        return;
    };
    let parent = parents
        .iter()
        .try_fold(document, |object, key| object.get_mut(key));
    if let Some(Value::Object(fields)) = parent {
        if value.is_null() && fields.contains_key(key) {
            fields.remove(key);
        } else {
            fields.insert(key.clone(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Sample {
        quota: Option<u32>,
        delay_ms: u64,
        names: BTreeMap<String, String>,
        inner: Inner,
    }

    impl Default for Sample {
        fn default() -> Self {
            Self {
                quota: None,
                delay_ms: 5,
                names: BTreeMap::from([("a".to_owned(), "b".to_owned())]),
                inner: Inner::default(),
            }
        }
    }

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Inner {
        first: bool,
        second: bool,
    }

    fn apply(patch: Value) -> Result<Value, String> {
        let settings = Sample {
            quota: Some(3),
            delay_ms: 9,
            inner: Inner {
                first: true,
                second: true,
            },
            ..Sample::default()
        };
        let Value::Object(patch) = patch else {
            return Err("no object".to_owned());
        };
        patched(&settings, patch).map(|settings| shown(&settings))
    }

    #[test]
    fn patch_changes_what_it_names_and_nothing_else() {
        let changed = apply(json!({
            "delay_ms": 7, "names": { "c": "d" }, "inner": { "second": false },
        }));

        let expected = json!({
            "quota": 3, "delay_ms": 7, "names": { "a": "b", "c": "d" },
            "inner": { "first": true, "second": false },
        });
        assert_eq!(changed, Ok(expected));
    }

    #[test]
    fn null_brings_back_the_default() {
        let changed = apply(json!({
            "quota": null, "delay_ms": null, "names": { "a": null }, "inner": null,
        }));

        let expected = json!({
            "quota": null, "delay_ms": 5, "names": {},
            "inner": { "first": false, "second": false },
        });
        assert_eq!(changed, Ok(expected));
    }

    #[test]
    fn error_names_the_setting() {
        let cases = [
            (json!({ "plan": 1 }), "`plan`: unknown field"),
            (json!({ "plan": null }), "`plan`: unknown field"),
            (json!({ "delay_ms": "soon" }), "`delay_ms`: invalid type"),
            (
                json!({ "inner": { "first": false, "third": 1 } }),
                "`inner.third`: unknown field",
            ),
            (json!({ "inner": 7 }), "`inner`: invalid type"),
        ];

        for (patch, expected) in cases {
            let error = apply(patch).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
