//! What the outbox reports, read all along, and compared with what there is to report.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracking_follow::{ChangeRecord, ParcelId, Store};

use super::stage::{Stage, number};
use crate::journeys::reports::Reports;
use crate::journeys::source::NUMBER;
use crate::journeys::truth::Feed;
use crate::journeys::verdict::Verdict;

/// How many changes or parcels are read at once.
const PAGE: u32 = 1000;

/// How many mistakes are shown.
const SHOWN: usize = 20;

/// A reader that runs all along.
pub(super) struct Outbox {
    reader: JoinHandle<Read>,
    /// The number of the last change, once it is known.
    last: watch::Sender<Option<u64>>,
    stage: Arc<Stage>,
    places: HashMap<ParcelId, usize>,
}

/// What a reader has read.
struct Read {
    /// What each parcel was reported to do, by its place.
    reports: Vec<Reports>,
    /// A fingerprint of each change, in their order.
    changes: Vec<u64>,
}

impl Outbox {
    pub(super) fn read(store: Store, stage: &Arc<Stage>, ids: &[ParcelId]) -> Self {
        let places = ids.iter().enumerate();
        let places: HashMap<_, _> = places.map(|(place, id)| (*id, place)).collect();
        let (last, is_last) = watch::channel(None);
        let reader = Read::all(store, Arc::clone(stage), places.clone(), is_last);
        Self {
            reader: tokio::spawn(reader),
            last,
            stage: Arc::clone(stage),
            places,
        }
    }

    /// Asserts that all there is to report was reported once, and returns how many changes that took.
    pub(super) async fn end(self, store: &Store, changes: u64) -> usize {
        self.last.send_replace(Some(changes));
        let read = self.reader.await.unwrap();
        let mut again = Vec::with_capacity(read.changes.len());
        loop {
            let page = store.changes(again.len() as u64, PAGE).await.unwrap();
            if page.is_empty() {
                break;
            }
            for record in &page {
                again.push(fingerprint(record));
                assert_eq!(record.seq, again.len() as u64, "no number is left out");
            }
        }
        assert!(read.changes == again, "another reader read something else");
        let (mut faults, mut parcels) = (Vec::new(), 0);
        let mut last = None;
        loop {
            let page = store.parcels(last, PAGE).await.unwrap();
            let Some(end) = page.last() else { break };
            last = Some(end.id);
            parcels += page.len();
            for mut parcel in page {
                let place = self.places[&parcel.id];
                let (provider, journey) = self.stage.case(place);
                let own = number(place);
                let of = format!("{own}, {} at {provider}", journey.name());
                let [known] = &mut parcel.shipments[..] else {
                    faults.push(format!("{of}: {} shipments", parcel.shipments.len()));
                    continue;
                };
                for number in known.legs.iter_mut().filter_map(|leg| leg.number.as_mut()) {
                    *number = number.replace(&own, NUMBER);
                }
                let reported = (&read.reports[place], &*known);
                let truth = &self.stage.expected(place).truth;
                let verdict = Verdict::of(provider, journey, Feed::Polls, reported, truth);
                faults.extend(verdict.faults.iter().map(|fault| format!("{of}: {fault}")));
            }
        }
        let count = faults.len();
        faults.truncate(SHOWN);
        assert_eq!(count, 0, "{faults:#?}");
        assert_eq!(parcels, self.places.len());
        again.len()
    }
}

impl Read {
    async fn all(
        store: Store,
        stage: Arc<Stage>,
        places: HashMap<ParcelId, usize>,
        mut last: watch::Receiver<Option<u64>>,
    ) -> Self {
        let begin = |place| {
            let mut reports = Reports::default();
            reports.begin(stage.expected(place).first.as_ref());
            reports
        };
        let mut read = Self {
            reports: (0..places.len()).map(begin).collect(),
            changes: Vec::new(),
        };
        loop {
            let end = *last.borrow_and_update();
            let page = store
                .changes(read.changes.len() as u64, PAGE)
                .await
                .unwrap();
            for record in &page {
                read.changes.push(fingerprint(record));
                let reports = &mut read.reports[places[&record.parcel]];
                // The record does not have the linked numbers, so that each change of them passes for another one.
                reports.change(&record.change, &[record.seq.to_string()]);
            }
            if end.is_some_and(|end| read.changes.len() as u64 >= end) {
                return read;
            }
            if page.is_empty() {
                // It reads again soon, and at the end at once.
                let soon = std::time::Duration::from_millis(50);
                let _ = tokio::time::timeout(soon, last.changed()).await;
            }
        }
    }
}

fn fingerprint(record: &ChangeRecord) -> u64 {
    let mut hasher = DefaultHasher::new();
    (record.seq, record.parcel, &record.text).hash(&mut hasher);
    hasher.finish()
}
