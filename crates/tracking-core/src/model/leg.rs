//! `Leg`: the part of a journey that one courier is in charge of.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    Conflict, ConflictKind, Event, EventKey, Milestones, Revision, StatusReport, Timestamp, UtcTime,
};

/// The part of a journey that one courier is in charge of, under its own number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Leg {
    /// The courier, where it is known.
    pub courier: Option<Courier>,
    /// The number under which this courier knows the parcel.
    pub number: Option<String>,
    /// Which part of the journey it is.
    #[serde(default)]
    pub role: LegRole,
    /// The status of this leg alone, from its events.
    pub status: Option<StatusReport>,
    /// When each status was reached on this leg.
    #[serde(default)]
    pub milestones: Milestones,
    /// The events, oldest first.
    #[serde(default)]
    pub events: Vec<Event>,
    /// The courier's page for the parcel.
    pub tracking_url: Option<String>,
}

impl Leg {
    /// Creates a leg without courier, number and events.
    #[must_use]
    pub const fn new(role: LegRole) -> Self {
        Self {
            courier: None,
            number: None,
            role,
            status: None,
            milestones: Milestones::new(),
            events: Vec::new(),
            tracking_url: None,
        }
    }

    /// Returns the newest event that was not retracted; events have to be oldest first.
    #[must_use]
    pub fn last_event(&self) -> Option<&Event> {
        self.events.iter().rev().find(|event| !event.retracted)
    }

    /// Drops events that have the key of an earlier one, and returns how many.
    ///
    /// The first one stays and counts its copies; a different text of a copy becomes a revision.
    pub fn drop_duplicates(&mut self) -> u32 {
        // Two events or fewer, or all keys different, is the normal case: look before moving.
        if !has_repeated_key(&self.events) {
            return 0;
        }
        let mut places: HashMap<EventKey, usize> = HashMap::new();
        let mut kept: Vec<Event> = Vec::with_capacity(self.events.len());
        let mut dropped = 0;
        for event in std::mem::take(&mut self.events) {
            let place = places
                .get(&event.key)
                .and_then(|place| kept.get_mut(*place));
            if let Some(first) = place {
                first.absorb(event);
                dropped += 1;
            } else {
                places.insert(event.key.clone(), kept.len());
                kept.push(event);
            }
        }
        self.events = kept;
        dropped
    }

    /// Puts the events in order, oldest first, and reports where times contradict that order.
    ///
    /// The provider's order decides: its order numbers if every event has one, else `order`.
    pub fn sort_oldest_first(&mut self, order: EventOrder) -> Option<Conflict> {
        if order != EventOrder::OldestFirst {
            self.events.reverse();
        }
        if order == EventOrder::ByTime {
            sort_by_time(&mut self.events);
        } else if self.events.iter().all(|event| event.order.is_some()) {
            self.events.sort_by_key(|event| event.order);
        }
        self.time_order_conflict()
    }

    /// Computes what follows from the events, which have to be oldest first: the status of the
    /// leg and the computed milestones.
    pub fn compute(&mut self) {
        self.milestones.compute(&self.events);
        let last = self.last_event().map(|event| event.status.clone());
        self.status = last.map(|status| status.derived_from("events"));
    }

    fn time_order_conflict(&self) -> Option<Conflict> {
        let mut times = self.events.iter().filter_map(|event| event.time.as_ref());
        let mut older = times.next()?;
        for newer in times {
            if older.compare_within_leg(newer) == Some(Ordering::Greater) {
                let message = format!("the event of {newer} is listed after that of {older}");
                return Some(Conflict::new(ConflictKind::TimeOrder, message));
            }
            older = newer;
        }
        None
    }
}

impl Event {
    /// Takes over what a second report of the same event in one response adds.
    fn absorb(&mut self, copy: Self) {
        self.copies = self.copies.saturating_add(copy.copies.max(1));
        if let Some(text) = copy
            .description
            .filter(|text| self.description.as_ref() != Some(text))
        {
            self.add_revision(Revision::new(text));
        }
    }
}

fn has_repeated_key(events: &[Event]) -> bool {
    /// Up to here comparing every pair is cheaper than filling a set.
    const FEW: usize = 16;
    if events.len() <= FEW {
        return events.iter().enumerate().any(|(place, event)| {
            events
                .iter()
                .take(place)
                .any(|earlier| earlier.key == event.key)
        });
    }
    let mut keys: Vec<&EventKey> = events.iter().map(|event| &event.key).collect();
    keys.sort_unstable();
    keys.windows(2)
        .any(|pair| matches!(pair, [left, right] if left == right))
}

/// Sorts by instant, or by the wall clock as it reads; equal times keep their place, and an event
/// without a time stays behind the one before it.
fn sort_by_time(events: &mut Vec<Event>) {
    let mut previous: Option<UtcTime> = None;
    let timed = std::mem::take(events).into_iter().map(|event| {
        previous = event
            .time
            .as_ref()
            .and_then(Timestamp::sort_key)
            .or(previous);
        (previous, event)
    });
    let mut timed: Vec<(Option<UtcTime>, Event)> = timed.collect();
    timed.sort_by_key(|(time, _)| *time);
    events.extend(timed.into_iter().map(|(_, event)| event));
}

/// How a response orders the events of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventOrder {
    /// The newest event comes first, unless every event has an order number.
    NewestFirst,
    /// The oldest event comes first, unless every event has an order number.
    OldestFirst,
    /// Nothing is promised: the times decide. Equal times count as newest first.
    ByTime,
}

/// Which part of a journey a leg is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LegRole {
    /// There is no other leg.
    Only,
    /// The first part, in the country of the sender.
    Origin,
    /// The last part, in the country of the recipient.
    Destination,
    /// Not reported, or a name that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

impl LegRole {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::Unknown => "unknown",
        }
    }
}

/// A courier as the provider names it. Codes differ from provider to provider.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Courier {
    /// The provider's code.
    pub code: String,
    /// The provider's name for people.
    pub name: Option<String>,
}

impl Courier {
    /// Creates a courier without a name.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: None,
        }
    }

    /// Sets the name for people.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}
