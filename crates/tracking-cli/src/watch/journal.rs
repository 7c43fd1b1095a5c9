//! What changed since the state file was written as a whole: appended to a file beside it.
//!
//! A watch keeps its state after every few looks. Writing all of it each time would cost the square of
//! the number of parcels. So the file is written as a whole once in a run, and again when as much was
//! appended as it is long.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::item::{Item, Waits};
use super::parcel::Parcel;
use super::store::State;
use crate::state::{Durability, replace};

/// The first line: which writing of the whole file it follows.
#[derive(Serialize, Deserialize)]
struct Head {
    generation: u64,
}

/// Every other line: what one save has changed.
#[derive(Serialize)]
struct Written<'a> {
    seq: u64,
    /// Each with its place.
    parcels: Vec<(usize, &'a Parcel)>,
    items: Vec<&'a Item>,
    /// The numbers of the changes that nobody waits for any more.
    over: Vec<u64>,
}

#[derive(Deserialize)]
struct Read {
    seq: u64,
    parcels: Vec<(usize, Parcel)>,
    items: Vec<Item>,
    over: Vec<u64>,
}

/// A journal that is being written, and what the state was when it was written last.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    length: u64,
    seq: u64,
    revisions: Vec<u32>,
    items: HashMap<u64, Waits>,
}

impl Journal {
    /// Begins a journal that follows the whole state. When this returns, the file is on the disk.
    pub(crate) fn begin(path: &Path, generation: u64, state: &State) -> io::Result<Self> {
        let mut head = serde_json::to_vec(&Head { generation })?;
        head.push(b'\n');
        replace(path, &head, Durability::Machine)?;
        Ok(Self {
            file: OpenOptions::new().append(true).open(path)?,
            length: 0,
            seq: state.seq,
            revisions: state.parcels.iter().map(|it| it.revision).collect(),
            items: state.items.iter().map(|it| (it.seq, it.waits)).collect(),
        })
    }

    /// How many bytes were appended.
    pub(crate) const fn length(&self) -> u64 {
        self.length
    }

    /// Appends what has changed. When this returns, it is on the disk. After an error the journal may
    /// end with half a line, so nothing can be appended any more.
    pub(crate) fn append(&mut self, state: &State) -> io::Result<()> {
        let parcels = state.parcels.iter().enumerate();
        let is_new =
            |place: usize, parcel: &Parcel| self.revisions.get(place) != Some(&parcel.revision);
        let parcels: Vec<_> = parcels.filter(|(place, it)| is_new(*place, it)).collect();
        let items = state.items.iter();
        let items: Vec<_> = items
            .filter(|item| self.items.get(&item.seq) != Some(&item.waits))
            .collect();
        let waiting: HashMap<u64, Waits> =
            state.items.iter().map(|it| (it.seq, it.waits)).collect();
        let over = self.items.keys().filter(|seq| !waiting.contains_key(seq));
        let written = Written {
            seq: state.seq,
            parcels,
            items,
            over: over.copied().collect(),
        };
        let is_empty =
            written.parcels.is_empty() && written.items.is_empty() && written.over.is_empty();
        if is_empty && self.seq == state.seq {
            return Ok(());
        }
        let mut line = serde_json::to_vec(&written)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        self.length = self.length.saturating_add(line.len() as u64);
        self.seq = state.seq;
        for (place, parcel) in written.parcels {
            match self.revisions.get_mut(place) {
                Some(revision) => *revision = parcel.revision,
                None => self.revisions.push(parcel.revision),
            }
        }
        self.items = waiting;
        Ok(())
    }
}

/// Brings a state that was read up to date. A journal of another generation is older than the state, and
/// a last line without its end was never kept.
///
/// # Errors
///
/// The number of a line that cannot be read.
pub(crate) fn apply(content: &[u8], generation: u64, state: &mut State) -> Result<(), usize> {
    let mut lines = content.split_inclusive(|byte| *byte == b'\n');
    let lines = lines.by_ref().filter_map(|line| line.strip_suffix(b"\n"));
    for (index, line) in lines.enumerate() {
        if index == 0 {
            match serde_json::from_slice::<Head>(line) {
                Ok(head) if head.generation == generation => continue,
                Ok(_) => return Ok(()),
                Err(_) => return Err(1),
            }
        }
        let read: Read = serde_json::from_slice(line).map_err(|_| index + 1)?;
        state.seq = read.seq;
        for (place, parcel) in read.parcels {
            if !state.parcels.put(place, parcel) {
                return Err(index + 1);
            }
        }
        state.items.retain(|item| !read.over.contains(&item.seq));
        for item in read.items {
            match state.items.iter_mut().find(|known| known.seq == item.seq) {
                Some(known) => *known = item,
                None => state.items.push(item),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::Value;
    use tempfile::TempDir;
    use tracking_core::cadence::Cadence;
    use tracking_core::look::Known;
    use tracking_core::{Outcome, ProviderId, Shipment, Status, StatusReport, UtcTime};

    use super::super::parcel::Named;
    use super::super::store::StateFile;
    use super::*;

    fn time(seconds: i64) -> UtcTime {
        UtcTime::from_unix_seconds(1_772_442_000 + seconds).unwrap()
    }

    fn parcel(number: usize) -> Parcel {
        Parcel::new("ship24", Named::Number(format!("RA{number}")), time(0))
    }

    /// A change of a shipment, waiting to be printed.
    fn item(seq: &mut u64) -> Vec<Item> {
        let at = |status| Shipment::new(ProviderId::new("ship24"), "RA1", status, time(0));
        let mut known = Known::new(time(0));
        let mut look = |status, now| {
            let mut latest = at(StatusReport::new(status));
            latest.freshness.fetched_at = now;
            let found = Ok(Outcome::Found(vec![latest]));
            let look = known.look("ship24 RA1", found, now, &Cadence::default());
            look.seen.into_iter().next().unwrap()
        };
        look(Status::InTransit, time(0));
        let seen = look(Status::Delivered, time(60));
        let waits = Waits {
            print: true,
            exec: true,
            webhook: None,
        };
        Item::all(&known.shipments[0], seen, "ship24", time(60), seq, waits)
    }

    /// Changes a state in one of the ways of a watch.
    fn change(state: &mut State, step: usize) {
        match step % 7 {
            0 => {
                state.parcels.push(parcel(step));
            }
            1 | 2 => {
                let place = step * 31 % state.parcels.len();
                state.parcels.get_mut(place).unwrap().looked_at = Some(time(step as i64));
            }
            3 => {
                let items = item(&mut state.seq);
                assert_ne!(items, []);
                state.items.extend(items);
            }
            4 => state.items.iter_mut().for_each(|it| it.waits.print = false),
            5 => state.items.retain(|it| it.waits.print || it.seq % 3 != 0),
            _ => {}
        }
    }

    /// What is read from the files of a state, or from a copy of them with a shorter journal.
    fn read(folder: &TempDir, length: Option<usize>) -> Value {
        let copy = tempfile::tempdir().unwrap();
        for name in ["watch.json", "watch.json.journal"] {
            let mut content = fs::read(folder.path().join(name)).unwrap();
            if let Some(length) = length.filter(|_| name.ends_with("journal")) {
                content.truncate(length);
            }
            fs::write(copy.path().join(name), content).unwrap();
        }
        let (_, state) = StateFile::open(copy.path().join("watch.json")).unwrap();
        serde_json::to_value(state).unwrap()
    }

    #[test]
    fn each_saved_state_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        for run in 0..3 {
            let (file, mut state) = StateFile::open(path.clone()).unwrap();
            for step in 0..60 {
                change(&mut state, run * 1000 + step * if run == 0 { 1 } else { 3 });
                file.save(&state).unwrap();

                assert_eq!(
                    read(&folder, None),
                    serde_json::to_value(&state).unwrap(),
                    "{run}, {step}"
                );
            }
        }
    }

    #[test]
    fn journal_that_breaks_off_is_an_earlier_state() {
        let folder = tempfile::tempdir().unwrap();
        let (file, mut state) = StateFile::open(folder.path().join("watch.json")).unwrap();
        let mut saved = Vec::new();
        for step in 0..7 {
            change(&mut state, step);
            file.save(&state).unwrap();
            saved.push(serde_json::to_value(&state).unwrap());
        }
        let journal = fs::read(folder.path().join("watch.json.journal")).unwrap();

        let mut newest = 0;
        for length in 0..=journal.len() {
            let state = read(&folder, Some(length));
            let place = saved.iter().rposition(|it| *it == state);

            let place = place.unwrap_or_else(|| panic!("{length}: {state}"));
            assert!(place >= newest, "{length}");
            newest = place;
        }
        assert_eq!(newest, saved.len() - 1);
    }

    #[test]
    fn journal_of_another_generation_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        let (file, mut state) = StateFile::open(path.clone()).unwrap();
        for step in 0..3 {
            change(&mut state, step);
            file.save(&state).unwrap();
        }
        drop(file);
        let journal = fs::read(folder.path().join("watch.json.journal")).unwrap();
        let (file, mut state) = StateFile::open(path).unwrap();
        state.seq = 100;
        file.save(&state).unwrap();
        // The program ended between the two files.
        fs::write(folder.path().join("watch.json.journal"), journal).unwrap();

        assert_eq!(read(&folder, None)["seq"], 100);
    }

    #[test]
    fn damaged_journal_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        let (file, mut state) = StateFile::open(path.clone()).unwrap();
        for step in 0..3 {
            change(&mut state, step);
            file.save(&state).unwrap();
        }
        drop(file);
        let journal = folder.path().join("watch.json.journal");
        let damaged = fs::read_to_string(&journal)
            .unwrap()
            .replacen("\"seq\":", "\"sea\":", 1);
        fs::write(&journal, &damaged).unwrap();

        let problem = StateFile::open(path).unwrap_err();

        assert!(
            problem.message.contains("line 2 of its journal"),
            "{problem:?}"
        );
        assert_eq!(fs::read_to_string(&journal).unwrap(), damaged);
    }

    /// Written as a whole each time, 1,200 saves of 1,200 parcels would be 1,200 times the file.
    #[test]
    fn whole_file_is_written_rarely() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.json");
        let (file, mut state) = StateFile::open(path.clone()).unwrap();
        for number in 0..1200 {
            state.parcels.push(parcel(number));
        }
        for number in 0..1200 {
            state.parcels.get_mut(number).unwrap().looked_at = Some(time(1));
            file.save(&state).unwrap();
        }

        let content: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let generation = content["generation"].as_u64().unwrap();
        assert!((1..=4).contains(&generation), "{generation}");
    }
}
