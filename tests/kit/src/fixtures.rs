//! The bodies below `tests/fixtures` of a crate, one folder for each operation.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The folder of all crates.
const CRATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates");

/// The folder `tests/fixtures` of the SDK of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Fixtures {
    provider: &'static str,
}

impl Fixtures {
    /// Those of a provider, by its name in the spec.
    #[must_use]
    pub const fn of(provider: &'static str) -> Self {
        Self { provider }
    }

    /// The folder of the SDK.
    #[must_use]
    pub fn package(&self) -> PathBuf {
        Path::new(CRATES).join(format!("{}-sdk", self.provider))
    }

    fn folder(&self) -> PathBuf {
        self.package().join("tests/fixtures")
    }

    /// The text of a file.
    #[must_use]
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        let file = self.folder().join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// A file as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// All files as `folder/name`, sorted.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for folder in fs::read_dir(self.folder()).unwrap() {
            let folder = folder.unwrap();
            if !folder.file_type().unwrap().is_dir() {
                continue;
            }
            let name = folder.file_name().into_string().unwrap();
            for file in fs::read_dir(folder.path()).unwrap() {
                let file = file.unwrap().file_name().into_string().unwrap();
                paths.push(format!("{name}/{file}"));
            }
        }
        paths.sort_unstable();
        paths
    }

    /// Those of the files that are JSON.
    #[must_use]
    pub fn bodies(&self) -> Vec<String> {
        let mut paths = self.files();
        paths.retain(|path| path.ends_with(".json"));
        paths
    }

    /// Checks that the README beside the folders describes each of these files.
    #[track_caller]
    pub fn assert_described(&self, paths: &[String]) {
        let readme = self.text("README.md");
        for path in paths {
            let (folder, name) = path.split_once('/').unwrap();
            assert!(readme.contains(&format!("## `{folder}`")), "{folder}");
            assert!(readme.contains(&format!("| `{name}` |")), "{path}");
        }
    }

    /// Checks that each of these bodies says the same after it was read and written again, but for
    /// those that are known to change.
    #[track_caller]
    pub fn assert_lossless(
        &self,
        paths: &[String],
        written_again: impl Fn(&str, &str, &str) -> Value,
        essence: impl Fn(Value) -> Value,
        is_changed: impl Fn(&str) -> bool,
    ) {
        for path in paths {
            let text = self.text(path);
            let (folder, name) = path.split_once('/').unwrap();
            let written = written_again(folder, name, &text);
            let is_same = essence(serde_json::from_str(&text).unwrap()) == essence(written.clone());
            assert_eq!(
                is_same,
                !is_changed(path),
                "{path} was written again as {written:#}"
            );
        }
    }
}

/// Reads a string as a type and writes it again.
#[must_use]
#[track_caller]
pub fn through<T: DeserializeOwned + Serialize>(text: &str) -> Value {
    let read = serde_json::from_str::<T>(text);
    serde_json::to_value(read.unwrap_or_else(|error| panic!("{error}: {text}"))).unwrap()
}

/// Without nulls and empty lists, which are the same as absent. What is inside is changed first, by
/// its key, which is empty in a list.
#[must_use]
pub fn essence(value: Value, change: fn(&str, Value) -> Value) -> Value {
    let is_nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let inner = |key: &str, value: Value| essence(change(key, value), change);
    match value {
        Value::Object(keys) => keys
            .into_iter()
            .map(|(key, value)| {
                let value = inner(&key, value);
                (key, value)
            })
            .filter(|(_, value)| !is_nothing(value))
            .collect(),
        Value::Array(items) => items.into_iter().map(|item| inner("", item)).collect(),
        other => other,
    }
}
