//! The order of events across legs, and scans that two legs report.

use crate::{Event, Leg, LegRole, Shipment, Status, UtcTime};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;

/// An event together with the leg that reports it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LegEvent<'a> {
    /// The position of the leg in [`Shipment::legs`].
    pub leg_index: usize,
    /// The leg that reports the event.
    pub leg: &'a Leg,
    /// The event.
    pub event: &'a Event,
}

/// One physical scan and the reports of it.
///
/// Two couriers often report the same scan, in two languages and with two codes. Both events
/// are kept; this type only says that they belong together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Scan<'a> {
    /// The events in the order of the timeline, at least one, at most one per leg.
    pub events: Vec<LegEvent<'a>>,
}

impl Shipment {
    /// Returns the events of all legs, oldest first, each with its leg.
    ///
    /// Legs are interleaved by instant only if every event of the shipment states an instant.
    /// Else nothing sound can be said about the order between two legs, and the origin leg comes
    /// before the destination leg. The order inside a leg is always kept.
    #[must_use]
    pub fn timeline(&self) -> Vec<LegEvent<'_>> {
        ordered_events(&self.legs)
    }

    /// Returns the timeline with the events of one scan grouped, never merged.
    ///
    /// Two events of different legs report the same scan if both state the same instant and have
    /// the same status. Wall clock times without a zone are not compared across legs: the legs
    /// may be in different zones.
    #[must_use]
    pub fn scans(&self) -> Vec<Scan<'_>> {
        grouped_scans(&self.legs)
    }
}

fn ordered_events(legs: &[Leg]) -> Vec<LegEvent<'_>> {
    let mut queues: Vec<(usize, &Leg)> = legs.iter().enumerate().collect();
    queues.sort_by_key(|(_, leg)| role_rank(&leg.role));
    let with_events = queues.iter().filter(|(_, leg)| !leg.events.is_empty());
    if with_events.count() > 1
        && let Some(ordered) = interleaved(&queues)
    {
        return ordered;
    }
    queues
        .into_iter()
        .flat_map(|(leg_index, leg)| {
            leg.events.iter().map(move |event| LegEvent {
                leg_index,
                leg,
                event,
            })
        })
        .collect()
}

fn grouped_scans(legs: &[Leg]) -> Vec<Scan<'_>> {
    let mut scans: Vec<Scan<'_>> = Vec::new();
    let mut alike: HashMap<(UtcTime, &Status), Alike> = HashMap::new();
    for leg_event in ordered_events(legs) {
        let joined = scan_key(leg_event.event).and_then(|key| {
            let alike = alike.entry(key).or_default();
            alike.join(leg_event.leg_index, scans.len())
        });
        match joined.and_then(|index| scans.get_mut(index)) {
            Some(scan) => scan.events.push(leg_event),
            None => scans.push(Scan {
                events: vec![leg_event],
            }),
        }
    }
    scans
}

/// Scans with one instant and one status, and which legs reported which of them.
#[derive(Default)]
struct Alike {
    /// Their places in the list of all scans.
    scans: Vec<usize>,
    /// For each leg the ranges of `scans` that it has not reported, and how many it has looked at.
    legs: HashMap<usize, (Vec<Range<usize>>, usize)>,
}

impl Alike {
    /// Returns the last scan that this leg has not reported yet, or notes that a new one is made at
    /// `next`.
    fn join(&mut self, leg: usize, next: usize) -> Option<usize> {
        let (open, seen) = self.legs.entry(leg).or_default();
        if *seen < self.scans.len() {
            open.push(*seen..self.scans.len());
        }
        *seen = self.scans.len();
        while let Some(range) = open.last_mut() {
            if let Some(place) = range.next_back() {
                return self.scans.get(place).copied();
            }
            open.pop();
        }
        self.scans.push(next);
        *seen = self.scans.len();
        None
    }
}

impl Scan<'_> {
    /// Returns true if more than one leg reports this scan.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.events.len() > 1
    }
}

/// What events of one scan have in common; `None` if the event says too little.
fn scan_key(event: &Event) -> Option<(UtcTime, &Status)> {
    let status = &event.status.status;
    let says_something = !matches!(status, Status::Unknown | Status::Unmapped(_));
    says_something.then_some((instant(event)?, status))
}

/// Interleaves the legs by instant and keeps the order inside each; `None` if an event has no
/// instant.
fn interleaved<'a>(legs: &[(usize, &'a Leg)]) -> Option<Vec<LegEvent<'a>>> {
    struct Queue<'a> {
        leg_index: usize,
        leg: &'a Leg,
        events: std::iter::Peekable<std::vec::IntoIter<(UtcTime, &'a Event)>>,
    }

    let mut queues = Vec::with_capacity(legs.len());
    for &(leg_index, leg) in legs {
        let timed: Option<Vec<(UtcTime, &Event)>> = leg
            .events
            .iter()
            .map(|event| Some((instant(event)?, event)))
            .collect();
        queues.push(Queue {
            leg_index,
            leg,
            events: timed?.into_iter().peekable(),
        });
    }

    let mut ordered = Vec::with_capacity(legs.iter().map(|(_, leg)| leg.events.len()).sum());
    // The first of equal instants wins, so that the origin leg goes first.
    let heads = queues.iter_mut().enumerate();
    let mut heads: BinaryHeap<Reverse<(UtcTime, usize)>> = heads
        .filter_map(|(place, queue)| Some(Reverse((queue.events.peek()?.0, place))))
        .collect();
    while let Some(Reverse((_, place))) = heads.pop() {
        let Some(queue) = queues.get_mut(place) else {
            continue;
        };
        if let Some((_, event)) = queue.events.next() {
            ordered.push(LegEvent {
                leg_index: queue.leg_index,
                leg: queue.leg,
                event,
            });
        }
        if let Some((at, _)) = queue.events.peek() {
            heads.push(Reverse((*at, place)));
        }
    }
    Some(ordered)
}

/// The instant of an event, the only time that can be compared across legs.
pub(crate) fn instant(event: &Event) -> Option<UtcTime> {
    event.time.as_ref()?.instant()
}

/// The place of a leg on the parcel's way, as far as its role says.
pub(crate) fn role_rank(role: &LegRole) -> u8 {
    match role {
        LegRole::Origin => 0,
        LegRole::Only | LegRole::Unknown => 1,
        LegRole::Destination => 2,
    }
}
