//! The order of events across legs, and scans that two legs tell.

use crate::{Event, Leg, LegRole, Shipment, Status, UtcTime};
use std::cmp::Ordering;

/// An event together with the leg that tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LegEvent<'a> {
    /// The position of the leg in [`Shipment::legs`].
    pub leg_index: usize,
    /// The leg that tells the event.
    pub leg: &'a Leg,
    /// The event.
    pub event: &'a Event,
}

/// One physical scan and everybody who tells it.
///
/// Two couriers often report the same scan, in two languages and with two codes. Both tellings
/// are kept; this type only says that they belong together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Scan<'a> {
    /// The tellings in the order of the timeline, at least one, at most one per leg.
    pub tellings: Vec<LegEvent<'a>>,
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

    /// Returns the timeline with the tellings of one scan grouped, never merged.
    ///
    /// Two events of different legs tell the same scan if both state the same instant and have
    /// the same status. Wall clock times without a zone are not compared across legs: the legs
    /// may be in different zones.
    #[must_use]
    pub fn scans(&self) -> Vec<Scan<'_>> {
        grouped_scans(&self.legs)
    }
}

/// Does what [`Shipment::timeline`] does, for legs without a shipment.
#[must_use]
pub fn ordered_events(legs: &[Leg]) -> Vec<LegEvent<'_>> {
    let mut queues: Vec<(usize, &Leg)> = legs.iter().enumerate().collect();
    queues.sort_by_key(|(_, leg)| role_rank(&leg.role));
    let filled = queues.iter().filter(|(_, leg)| !leg.events.is_empty());
    if filled.count() > 1
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

/// Does what [`Shipment::scans`] does, for legs without a shipment.
#[must_use]
pub fn grouped_scans(legs: &[Leg]) -> Vec<Scan<'_>> {
    let mut scans: Vec<Scan<'_>> = Vec::new();
    for telling in ordered_events(legs) {
        match scans.iter_mut().rev().find(|scan| scan.takes(&telling)) {
            Some(scan) => scan.tellings.push(telling),
            None => scans.push(Scan {
                tellings: vec![telling],
            }),
        }
    }
    scans
}

impl Scan<'_> {
    /// Returns whether more than one leg tells this scan.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.tellings.len() > 1
    }

    fn takes(&self, telling: &LegEvent<'_>) -> bool {
        let other_legs = self
            .tellings
            .iter()
            .all(|known| known.leg_index != telling.leg_index);
        let Some(first) = self.tellings.first() else {
            return false;
        };
        other_legs && same_scan(first.event, telling.event)
    }
}

fn same_scan(left: &Event, right: &Event) -> bool {
    let says_something = !matches!(left.status.status, Status::Unknown | Status::Unmapped(_));
    let (Some(left_instant), Some(right_instant)) = (instant(left), instant(right)) else {
        return false;
    };
    says_something && left.status.status == right.status.status && left_instant == right_instant
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
    while let Some(queue) = queues
        .iter_mut()
        .filter_map(|queue| queue.events.peek().map(|head| head.0).map(|at| (at, queue)))
        .min_by(|left, right| left.0.cmp(&right.0))
        .map(|(_, queue)| queue)
    {
        if let Some((_, event)) = queue.events.next() {
            ordered.push(LegEvent {
                leg_index: queue.leg_index,
                leg: queue.leg,
                event,
            });
        }
    }
    Some(ordered)
}

fn instant(event: &Event) -> Option<UtcTime> {
    event.time.as_ref()?.instant()
}

/// The place of a leg on the parcel's way, as far as its role tells.
pub(crate) fn role_rank(role: &LegRole) -> u8 {
    match role {
        LegRole::Origin => 0,
        LegRole::Only | LegRole::Unknown => 1,
        LegRole::Destination => 2,
    }
}

/// Compares the times of two events of one leg; `None` where one has no usable time.
pub(crate) fn compare_in_leg(left: &Event, right: &Event) -> Option<Ordering> {
    left.time.as_ref()?.compare_within_leg(right.time.as_ref()?)
}

/// Compares the times of two events of different legs: only proven or claimed instants.
pub(crate) fn compare_across_legs(left: &Event, right: &Event) -> Option<Ordering> {
    left.time.as_ref()?.compare(right.time.as_ref()?)
}
