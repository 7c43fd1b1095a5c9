//! Bodies that a provider published, kept outside of this repository.
//!
//! They belong to somebody else. Whoever has them names the folder in `TRACKING_CORPUS`; it has a
//! folder for each provider. Without the variable the tests pass and say that they read nothing.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracking_http::unmodelled_fields;

/// The folder of one provider.
#[derive(Clone, Debug)]
pub struct Corpus {
    folder: PathBuf,
}

impl Corpus {
    /// Nothing, said on the terminal, when there is no corpus.
    #[must_use]
    pub fn of(provider: &str) -> Option<Self> {
        let Some(corpus) = env::var_os("TRACKING_CORPUS") else {
            println!("skipped: TRACKING_CORPUS names no folder with published bodies");
            return None;
        };
        let folder = Path::new(&corpus).join(provider);
        Some(Self { folder })
    }

    /// The files with one of these endings, with the folders that they are in, sorted. There is at
    /// least one.
    #[must_use]
    #[track_caller]
    pub fn names(&self, endings: &[&str]) -> Vec<String> {
        let mut names = Vec::new();
        list(&self.folder, "", &mut names);
        names.retain(|name| endings.iter().any(|ending| name.ends_with(ending)));
        names.sort_unstable();
        let folder = self.folder.display();
        assert!(!names.is_empty(), "TRACKING_CORPUS: {folder} has no body");
        names
    }

    /// The text of a file.
    #[must_use]
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// A file as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).unwrap()
    }
}

#[track_caller]
fn list(folder: &Path, below: &str, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("TRACKING_CORPUS: {}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

/// What a body holds beyond a type, or why it is not of that type.
#[must_use]
pub fn unmodelled<T: DeserializeOwned>(body: &Value) -> Vec<String> {
    match unmodelled_fields::<T>(body.to_string().as_bytes()) {
        Ok(fields) => fields,
        Err(error) => vec![error.to_string()],
    }
}

/// A body as a type writes it again, without what the type does not read; null when it is not of
/// that type.
#[must_use]
pub fn written_again<T: DeserializeOwned + Serialize>(body: &Value) -> Value {
    let read = serde_json::from_value::<T>(body.clone()).ok();
    read.and_then(|read| serde_json::to_value(read).ok())
        .unwrap_or_default()
}

/// An open enum: the key of its values, and whether a string is unknown.
pub type Open = (&'static str, fn(&str) -> bool);

/// Unknown values of open enums, as `key = value`. What is under the key `raw` is not looked at.
#[must_use]
pub fn unknown_values(value: &Value, open: &[Open], raw: &str) -> Vec<String> {
    match value {
        Value::Object(keys) => keys
            .iter()
            .filter(|(key, _)| *key != raw)
            .flat_map(|(key, value)| {
                let known = open.iter().find(|(name, _)| name == key);
                let own = value
                    .as_str()
                    .zip(known)
                    .filter(|(text, (_, is_unknown))| is_unknown(text));
                let own = own.map(|(text, _)| format!("{key} = {text}"));
                own.into_iter().chain(unknown_values(value, open, raw))
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .flat_map(|item| unknown_values(item, open, raw))
            .collect(),
        _ => Vec::new(),
    }
}
