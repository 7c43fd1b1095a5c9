//! The state of a watch, and the file that keeps it between runs.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use tracking_core::Shipment;

use super::item::Item;
use super::journal::{self, Journal};
use super::parcels::Parcels;
use crate::problem::Problem;
use crate::state::{self, Durability, Lock, make_folder, replace};

/// The version of the file that this version of the program writes.
const FORMAT: u32 = 1;

/// What the name of the journal has behind that of the file.
const JOURNAL: &str = ".journal";

/// A journal may always be that long, in bytes.
const SHORT: u64 = 256 * 1024;

/// Everything that a watch remembers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    format: u32,
    /// Distinguishes the messages of this file from those of another one.
    pub(crate) id: String,
    /// The last number of a change.
    pub(crate) seq: u64,
    #[serde(default)]
    pub(crate) parcels: Parcels,
    /// The changes that somebody has not been given yet, oldest first.
    #[serde(default)]
    pub(crate) items: Vec<Item>,
}

impl State {
    /// The state of a watch that begins.
    pub(crate) fn new(id: String) -> Self {
        Self {
            format: FORMAT,
            id,
            seq: 0,
            parcels: Parcels::default(),
            items: Vec::new(),
        }
    }
}

/// The file, which nobody else uses as long as this is there.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    writing: Mutex<Writing>,
    _lock: Lock,
}

/// How far the file is written.
#[derive(Debug)]
struct Writing {
    /// How often it was written as a whole.
    generation: u64,
    /// Its length.
    length: u64,
    /// What was appended; none before the whole file was written in this run.
    journal: Option<Journal>,
}

/// The file as it is written.
#[derive(Serialize)]
struct Snapshot<'a> {
    generation: u64,
    #[serde(flatten)]
    state: &'a State,
}

impl StateFile {
    /// Locks the file and reads it; one that is not there is a new state.
    ///
    /// A file that cannot be read is an error and stays as it is: it may be the only record of changes
    /// that nobody has been given yet.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, State), Problem> {
        let shown = path.display().to_string();
        let failed = |error: &io::Error| {
            let message = format!("cannot use the state file {shown}: {error}");
            Problem::new("configuration", message).with_hint("name another one with --state")
        };
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            make_folder(folder).map_err(|error| failed(&error))?;
        }
        let lock = Lock::take(&beside(&path, ".lock")).map_err(|error| failed(&error))?;
        let Some(lock) = lock else {
            let message = format!("another watch uses the state file {shown}");
            return Err(Problem::new("configuration", message)
                .with_hint("wait until it ends, or name another file with --state"));
        };
        let damaged = |reason: String| {
            let message = format!("the state file {shown} {reason}; it was not changed");
            Problem::new("configuration", message)
                .with_hint("move it away to begin anew, or name another one with --state")
        };
        let content = |path: &Path| state::read(path).map_err(|error| failed(&error));
        let (generation, mut state) = match content(&path)? {
            Some(content) => read(&content).map_err(damaged)?,
            None => (0, State::new(new_id(&path))),
        };
        if let Some(content) = content(&beside(&path, JOURNAL))? {
            journal::apply(&content, generation, &mut state)
                .map_err(|line| damaged(format!("is damaged (line {line} of its journal)")))?;
        }
        let writing = Mutex::new(Writing {
            generation,
            length: 0,
            journal: None,
        });
        let file = Self {
            path,
            writing,
            _lock: lock,
        };
        Ok((file, state))
    }

    /// Keeps the state. When this returns, it outlasts a loss of power.
    pub(crate) fn save(&self, state: &State) -> io::Result<()> {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = writing.length.max(SHORT);
        if let Some(mut journal) = writing.journal.take().filter(|it| it.length() < longest) {
            journal.append(state)?;
            writing.journal = Some(journal);
            return Ok(());
        }
        let generation = writing.generation.saturating_add(1);
        let content = serde_json::to_vec(&Snapshot { generation, state })?;
        replace(&self.path, &content, Durability::Machine)?;
        writing.generation = generation;
        writing.length = content.len() as u64;
        let path = beside(&self.path, JOURNAL);
        writing.journal = Some(Journal::begin(&path, generation, state)?);
        Ok(())
    }
}

/// Another file of the same state. The lock is one of its own, since the file itself is replaced.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(suffix);
    path.with_file_name(name)
}

/// Distinguishes this file from any other one; no secret.
fn new_id(path: &Path) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = format!("{now:?} {} {}", std::process::id(), path.display());
    let hash = hmac_sha256::Hash::hash(seed.as_bytes());
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// How often the file was written as a whole, and what it holds.
fn read(content: &[u8]) -> Result<(u64, State), String> {
    #[derive(Deserialize)]
    struct Version {
        format: u32,
        #[serde(default)]
        generation: u64,
    }

    let version: Version = serde_json::from_slice(content)
        .map_err(|error| format!("is damaged ({})", place(&error)))?;
    if version.format > FORMAT {
        return Err("was written by a newer version of this program".to_owned());
    }
    let state = serde_json::from_slice(content)
        .map_err(|error| format!("is damaged ({})", place(&error)))?;
    Ok((version.generation, state))
}

/// Where the error is. What it says of a shipment holds no value, the rest may.
fn place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if message.starts_with(OF_SHIPMENT) {
        return message;
    }
    format!("line {}, column {}", error.line(), error.column())
}

const OF_SHIPMENT: &str = "shipment: ";

/// Reads stored shipments, with an error that names the place in the shipment.
pub(super) fn shipments<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Shipment>, D::Error> {
    let stored = Vec::<Box<RawValue>>::deserialize(deserializer)?;
    let read = |stored: Box<RawValue>| {
        let read = Shipment::from_json(stored.get().as_bytes());
        read.map_err(|error| D::Error::custom(format!("{OF_SHIPMENT}{error}")))
    };
    stored.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use tracking_core::{ProviderId, Status, StatusReport, UtcTime};

    use super::super::parcel::{Named, Parcel};
    use super::*;

    fn filled() -> State {
        let now = UtcTime::from_unix_seconds(1_772_442_000).unwrap();
        let mut state = State::new("ab".to_owned());
        state.seq = 7;
        let mut parcel = Parcel::new("ship24", Named::Number("RA1".to_owned()), now);
        let status = StatusReport::new(Status::InTransit);
        let shipment = Shipment::new(ProviderId::new("ship24"), "RA1", status, now);
        parcel.shipments.push(shipment);
        parcel.looked_at = Some(now);
        state.parcels.push(parcel);
        state
    }

    #[test]
    fn saved_state_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/watch.json");
        let (file, begun) = StateFile::open(path.clone()).unwrap();
        assert_eq!((begun.seq, begun.parcels.len()), (0, 0));
        assert_eq!(begun.id.len(), 16);

        file.save(&filled()).unwrap();
        drop(file);

        assert_eq!(StateFile::open(path).unwrap().1, filled());
    }

    #[test]
    fn file_has_one_user_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        let _first = StateFile::open(path.clone()).unwrap();

        let problem = StateFile::open(path).unwrap_err();

        assert!(
            problem.message.contains("another watch uses"),
            "{problem:?}"
        );
    }

    #[test]
    fn unreadable_file_is_refused_and_stays() {
        let whole = serde_json::to_string(&filled()).unwrap();
        let newer = whole.replace("\"format\":1,\"id\"", "\"format\":2,\"id\"");
        let without_time = whole.replace("fetched_at", "fetched");
        let cases = [
            (&whole[..whole.len() / 2], "is damaged (line 1, column"),
            ("", "is damaged (line 1, column 0)"),
            ("[]", "is damaged"),
            (newer.as_str(), "newer version"),
            (without_time.as_str(), "freshness"),
        ];
        for (content, expected) in cases {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("watch.json");
            std::fs::write(&path, content).unwrap();

            let problem = StateFile::open(path.clone()).unwrap_err();

            assert!(problem.message.contains(expected), "{}", problem.message);
            assert!(!problem.message.contains("RA1"), "{}", problem.message);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        }
    }
}
