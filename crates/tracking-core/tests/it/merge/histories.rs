//! Histories of a parcel as one source reports them: scans of two couriers and deliveries come, are
//! edited, moved, corrected, spelled in another way and withdrawn.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tracking_core::{Event, LegRole, RawStatus, Shipment, Status, Timestamp};

use super::scenes::HOUR;
use crate::parcels::{at, content_event, event, leg, parcel};

/// One step in the world.
#[derive(Clone, Debug)]
enum Step {
    /// A scan of the first or the second courier.
    Scan(usize),
    /// A scan that ends the journey, as the courier thinks.
    Deliver,
    EditText(Index),
    EditPlace(Index),
    EditTime(Index),
    /// The scan meant something else, so its code is another one.
    EditStatus(Index),
    EditCode(Index),
    /// From now on strings and times are written in another way.
    Respell,
    Withdraw(Index),
}

/// What a source says of a parcel, step by step.
#[derive(Clone, Debug)]
pub(super) struct History {
    steps: Vec<Step>,
    /// The source gives ids.
    has_ids: bool,
}

/// What may happen in a history.
#[derive(Clone, Copy)]
pub(super) struct World {
    pub(super) withdrawals: bool,
    pub(super) deliveries: bool,
}

pub(super) fn history(world: World) -> impl Strategy<Value = History> {
    let or_scan = |allowed: bool, step: Step| if allowed { step } else { Step::Scan(0) };
    let index = any::<Index>;
    let step = prop_oneof![
        6 => (0..3_usize).prop_map(|courier| Step::Scan(courier / 2)),
        1 => Just(or_scan(world.deliveries, Step::Deliver)),
        1 => index().prop_map(Step::EditText),
        1 => index().prop_map(Step::EditPlace),
        1 => index().prop_map(Step::EditTime),
        1 => index().prop_map(Step::EditStatus),
        1 => index().prop_map(Step::EditCode),
        1 => Just(Step::Respell),
        1 => index().prop_map(move |index| or_scan(world.withdrawals, Step::Withdraw(index))),
    ];
    (vec(step, 1..12), any::<bool>()).prop_map(|(steps, has_ids)| History { steps, has_ids })
}

const PATH: [Status; 6] = [
    Status::InfoReceived,
    Status::PickedUp,
    Status::InTransit,
    Status::InTransit,
    Status::OutForDelivery,
    Status::OutForDelivery,
];

/// A scan of one of the couriers.
type Scan = (usize, Event);

impl History {
    pub(super) fn of_scans(count: usize) -> Self {
        Self {
            steps: vec![Step::Scan(0); count],
            has_ids: true,
        }
    }

    /// How many scans there were.
    pub(super) fn scans(&self) -> usize {
        let scans = self.steps.iter();
        scans
            .filter(|step| matches!(step, Step::Scan(_) | Step::Deliver))
            .count()
    }

    /// Returns true if the source gives ids, so that keys do not depend on what comes first.
    pub(super) const fn has_ids(&self) -> bool {
        self.has_ids
    }

    /// Returns true if the code of a scan is edited.
    pub(super) fn edits_codes(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| matches!(step, Step::EditStatus(_) | Step::EditCode(_)))
    }

    fn scan(&self, number: usize, status: Status) -> Event {
        let time = format!("2025-12-{:02}T10:00:00Z", number + 1);
        let text = format!("Scan {number}");
        let mut scan = if self.has_ids {
            event(&format!("e{number}"), &time, status, &text)
        } else {
            let mut scan = content_event(&time, "", &text);
            scan.status.status = status;
            scan
        };
        let code = format!("{} {}", scan.status.status, number % 3);
        scan.status.raw = RawStatus::new(None).with_fine(code);
        scan.location = Some(format!("Place {}", number % 2));
        scan
    }

    /// The scans after each step, beginning with none, and whether they are spelled in another way.
    fn states(&self) -> Vec<(Vec<Scan>, bool)> {
        let mut scans: Vec<Scan> = Vec::new();
        let mut is_respelled = false;
        let mut states = vec![(Vec::new(), false)];
        let mut number = 0;
        for (round, step) in self.steps.iter().enumerate() {
            match step {
                Step::Scan(courier) => {
                    let status = PATH[number.min(PATH.len() - 1)].clone();
                    scans.push((*courier, self.scan(number, status)));
                    number += 1;
                }
                Step::Deliver => {
                    scans.push((0, self.scan(number, Status::Delivered)));
                    number += 1;
                }
                Step::Respell => is_respelled = !is_respelled,
                Step::Withdraw(index) if !scans.is_empty() => {
                    scans.remove(index.index(scans.len()));
                }
                Step::EditText(index)
                | Step::EditPlace(index)
                | Step::EditTime(index)
                | Step::EditStatus(index)
                | Step::EditCode(index)
                    if !scans.is_empty() =>
                {
                    let index = index.index(scans.len());
                    edit(step, round, &mut scans[index].1);
                }
                _ => {}
            }
            states.push((scans.clone(), is_respelled));
        }
        states
    }

    /// A complete response after each step, an hour apart.
    pub(super) fn polls(&self, with_clock: bool) -> Vec<Shipment> {
        let states = self.states().into_iter().enumerate();
        let polls = states.map(|(step, (scans, is_respelled))| {
            let hour = HOUR * i64::try_from(step).expect("few steps");
            let last = scans.last().map(|(_, event)| event.status.status.clone());
            let of_courier = |wanted: usize| -> Vec<Event> {
                let own = scans.iter().filter(|(courier, _)| *courier == wanted);
                let own = own.map(|(_, event)| {
                    if is_respelled {
                        respelled(event)
                    } else {
                        event.clone()
                    }
                });
                own.collect()
            };
            let mut poll = parcel(last.unwrap_or(Status::Pending), hour, of_courier(0));
            let other = of_courier(1);
            if !other.is_empty() {
                poll.legs
                    .push(leg("otherpost", LegRole::Destination, other));
            }
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
            for (index, leg) in message.legs.iter_mut().enumerate() {
                let known = before.legs.get(index).map(|leg| leg.events.as_slice());
                let known = known.unwrap_or_default();
                leg.events.retain(|event| !known.contains(event));
            }
            message
        });
        pairs.collect()
    }
}

fn edit(step: &Step, round: usize, event: &mut Event) {
    let code = |event: &mut Event, code: String| {
        event.status.raw = RawStatus::new(None).with_fine(code);
    };
    match step {
        Step::EditText(_) => event.description = Some(format!("Edited {round}")),
        Step::EditPlace(_) => event.location = Some(format!("Moved {round}")),
        Step::EditTime(_) => {
            let time = event.time.as_ref().map(Timestamp::text).unwrap_or_default();
            let time = format!("{}11:{round:02}:00Z", &time[..11]);
            event.time = Some(Timestamp::parse(&time));
        }
        Step::EditStatus(_) => {
            event.status.status = Status::AttemptFailed;
            code(event, format!("attempt {round}"));
        }
        _ => code(event, format!("code {round}")),
    }
}

/// The same event, spelled in another way.
fn respelled(event: &Event) -> Event {
    let mut event = event.clone();
    let upper = |text: &String| format!(" {}", text.to_uppercase());
    event.description = event.description.as_ref().map(upper);
    event.location = event.location.as_ref().map(upper);
    let time = event.time.as_ref().map(Timestamp::text).unwrap_or_default();
    let time = time.replace('Z', ".000+00:00");
    event.time = Some(Timestamp::parse(&time));
    event
}
