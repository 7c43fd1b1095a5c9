//! Histories of a parcel as one source reports them: scans come, are edited, moved and withdrawn.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tracking_core::{Event, RawStatus, Shipment, Status};

use super::scenes::HOUR;
use crate::parcels::{at, content_event, event, parcel};

/// One step in the world.
#[derive(Clone, Debug)]
enum Step {
    Scan,
    EditText(Index),
    EditPlace(Index),
    Withdraw(Index),
}

/// What a source says of a parcel, step by step.
#[derive(Clone, Debug)]
pub(super) struct History {
    steps: Vec<Step>,
    /// The source gives ids.
    has_ids: bool,
}

/// Any history; `withdrawals` is whether scans are withdrawn too.
pub(super) fn history(withdrawals: bool) -> impl Strategy<Value = History> {
    let step = prop_oneof![
        4 => Just(Step::Scan),
        1 => any::<Index>().prop_map(Step::EditText),
        1 => any::<Index>().prop_map(Step::EditPlace),
        1 => any::<Index>().prop_map(move |index| {
            if withdrawals { Step::Withdraw(index) } else { Step::Scan }
        }),
    ];
    (vec(step, 1..10), any::<bool>()).prop_map(|(steps, has_ids)| History { steps, has_ids })
}

const PATH: [Status; 6] = [
    Status::InfoReceived,
    Status::PickedUp,
    Status::InTransit,
    Status::InTransit,
    Status::OutForDelivery,
    Status::OutForDelivery,
];

impl History {
    pub(super) fn of_scans(count: usize) -> Self {
        Self {
            steps: vec![Step::Scan; count],
            has_ids: true,
        }
    }

    /// How many scans there were.
    pub(super) fn scans(&self) -> usize {
        let scans = self.steps.iter().filter(|step| matches!(step, Step::Scan));
        scans.count()
    }

    /// Returns true if the source gives ids, so that keys do not depend on what comes first.
    pub(super) const fn has_ids(&self) -> bool {
        self.has_ids
    }

    fn scan(&self, number: usize) -> Event {
        let time = format!("2025-12-{:02}T10:00:00Z", number + 1);
        let text = format!("Scan {number}");
        let status = PATH[number.min(PATH.len() - 1)].clone();
        let mut scan = if self.has_ids {
            event(&format!("e{number}"), &time, status, &text)
        } else {
            let mut scan = content_event(&time, "", &text);
            scan.status.status = status;
            scan
        };
        scan.status.raw = RawStatus::new(None).with_fine(format!("c{}", number % 3));
        scan.location = Some(format!("Place {}", number % 2));
        scan
    }

    /// The events after each step, beginning with none.
    fn states(&self) -> Vec<Vec<Event>> {
        let mut events: Vec<Event> = Vec::new();
        let mut states = vec![Vec::new()];
        let mut number = 0;
        for (round, step) in self.steps.iter().enumerate() {
            let some = |index: &Index, events: &[Event]| {
                (!events.is_empty()).then(|| index.index(events.len()))
            };
            match step {
                Step::Scan => {
                    events.push(self.scan(number));
                    number += 1;
                }
                Step::EditText(index) => {
                    if let Some(index) = some(index, &events) {
                        events[index].description = Some(format!("Edited {round}"));
                    }
                }
                Step::EditPlace(index) => {
                    if let Some(index) = some(index, &events) {
                        events[index].location = Some(format!("Moved {round}"));
                    }
                }
                Step::Withdraw(index) => {
                    if let Some(index) = some(index, &events) {
                        events.remove(index);
                    }
                }
            }
            states.push(events.clone());
        }
        states
    }

    /// A complete response after each step, an hour apart.
    pub(super) fn polls(&self, with_clock: bool) -> Vec<Shipment> {
        let states = self.states().into_iter().enumerate();
        let polls = states.map(|(step, events)| {
            let hour = HOUR * i64::try_from(step).expect("few steps");
            let last = events.last().map(|event| event.status.status.clone());
            let mut poll = parcel(last.unwrap_or(Status::Pending), hour, events);
            poll.freshness.provider_updated_at = with_clock.then(|| at(hour));
            poll
        });
        polls.collect()
    }

    /// A message after each step with what is new in it.
    pub(super) fn messages(&self) -> Vec<Shipment> {
        let polls = self.polls(true);
        let pairs = polls.windows(2).map(|pair| {
            let [before, after] = pair else {
                unreachable!("windows of two");
            };
            let mut message = after.clone();
            let known = &before.legs[0].events;
            message.legs[0]
                .events
                .retain(|event| !known.contains(event));
            message
        });
        pairs.collect()
    }
}
