//! Which of two statuses is the newer one, and whether it may replace the known one.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::Change;
use super::legs::Identity;
use super::order::{compare_in_leg, instant};
use crate::{Event, EventKey, Leg, Shipment, StatusReport, Timestamp, UtcTime};

/// How an observation stands in time to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recency {
    /// Proven to be newer.
    Newer,
    /// Nothing proves that it is newer or older.
    Unproven,
    /// Proven to be older.
    Older,
}

/// What to do with the reported status.
pub(super) struct Verdict {
    /// Whether the reported status replaces the known one.
    pub(super) take: bool,
    /// What to report about it.
    pub(super) changes: Vec<Change>,
}

/// Judges by the provider's own clock first, then by the events, then (for a complete response
/// only) by the time at which we fetched it.
///
/// The time at which a webhook arrived proves nothing: providers repeat them for days.
pub(super) fn recency(known: &Shipment, latest: &Shipment, complete: bool) -> Recency {
    let clock = |shipment: &Shipment| shipment.freshness.provider_updated_at;
    let by_clock = clock(latest)
        .zip(clock(known))
        .map(|(reported, known)| reported.cmp(&known));
    let fetched_before = latest.freshness.fetched_at < known.freshness.fetched_at;
    match (by_clock, by_events(known, latest)) {
        (Some(Ordering::Less), _) => Recency::Older,
        // A message that was made later but ends earlier holds only a late event, or a complete
        // response came in between, which may know better.
        (Some(Ordering::Greater), Some(Ordering::Less)) if !complete => Recency::Unproven,
        (Some(Ordering::Greater), _) => Recency::Newer,
        _ if complete && fetched_before => Recency::Older,
        (_, Some(Ordering::Greater)) => Recency::Newer,
        (_, Some(Ordering::Less)) if !complete => Recency::Older,
        _ => Recency::Unproven,
    }
}

/// Decides about a reported status. With `force` it is taken over in any case.
pub(super) fn judge(
    known: &StatusReport,
    reported: &StatusReport,
    recency: Recency,
    force: bool,
) -> Verdict {
    let from = || known.status.clone();
    let to = || reported.status.clone();

    let objection = if !differs(known, reported) {
        None
    } else if recency == Recency::Older {
        Some(Change::Late {
            event: None,
            reported: to(),
            applied: force,
        })
    } else if known.is_terminal() && !(reported.is_terminal() && recency == Recency::Newer) {
        Some(Change::LeftTerminal {
            from: from(),
            to: to(),
            applied: force,
        })
    } else if is_lower_phase(known, reported) && recency != Recency::Newer {
        Some(Change::Regressed {
            from: from(),
            to: to(),
            applied: force,
        })
    } else {
        None
    };

    let take = match objection {
        Some(_) => force,
        None => recency != Recency::Older,
    };
    let mut changes: Vec<Change> = objection.into_iter().collect();
    if take && differs(known, reported) {
        changes.push(Change::StatusChanged {
            from: from(),
            to: to(),
        });
    }
    Verdict { take, changes }
}

/// The newest event of a leg that still stands.
pub(super) fn newest(leg: &Leg) -> Option<&Event> {
    newest_of(leg, |_| true)
}

fn newest_of(leg: &Leg, counts: impl Fn(&Event) -> bool) -> Option<&Event> {
    let mut standing = leg
        .events
        .iter()
        .filter(|event| !event.retracted && has_usable_time(event) && counts(event));
    let first = standing.next()?;
    Some(standing.fold(first, |newest, event| {
        match compare_in_leg(event, newest) {
            Some(Ordering::Less) => newest,
            // Without comparable times the order of the leg decides: oldest first.
            _ => event,
        }
    }))
}

fn has_usable_time(event: &Event) -> bool {
    let sort_key = event.time.as_ref().and_then(Timestamp::sort_key);
    sort_key.is_some()
}

fn differs(known: &StatusReport, reported: &StatusReport) -> bool {
    known.status != reported.status || known.is_terminal() != reported.is_terminal()
}

fn is_lower_phase(known: &StatusReport, reported: &StatusReport) -> bool {
    match (known.phase(), reported.phase()) {
        (Some(known), Some(reported)) => reported < known,
        _ => false,
    }
}

/// `Greater` if `latest` reports something newer than everything known, `Less` if something
/// known is newer than everything in `latest`.
///
/// Only events that one side lacks count. So a message that is repeated gets the same result as
/// the first time, or a more careful one.
fn by_events(known: &Shipment, latest: &Shipment) -> Option<Ordering> {
    let known_keys = keys(known);
    let latest_keys = keys(latest);
    let (known_front, latest_front) = (Front::of(&known.legs), Front::of(&latest.legs));
    let ahead = latest.legs.iter().any(|leg| {
        let fresh = newest_of(leg, |event| !known_keys.contains(&event.key));
        fresh.is_some_and(|event| known_front.is_passed_by(leg, event))
    });
    let behind = known.legs.iter().any(|leg| {
        let missing = newest_of(leg, |event| !latest_keys.contains(&event.key));
        missing.is_some_and(|event| latest_front.is_passed_by(leg, event))
    });
    match (ahead, behind) {
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        (true, true) | (false, false) => None,
    }
}

fn keys(shipment: &Shipment) -> HashSet<&EventKey> {
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    events.map(|event| &event.key).collect()
}

/// The newest event of each leg, prepared for many comparisons.
struct Front<'a> {
    legs: HashMap<Identity, Vec<&'a Event>>,
    horizon: Horizon<Identity>,
}

impl<'a> Front<'a> {
    fn of(legs: &'a [Leg]) -> Self {
        let mut front: HashMap<Identity, Vec<&Event>> = HashMap::new();
        for leg in legs {
            if let Some(newest) = newest(leg) {
                front.entry(Identity::of(leg)).or_default().push(newest);
            }
        }
        let reported = legs.iter().map(|leg| (Identity::of(leg), newest(leg)));
        Self {
            legs: front,
            horizon: reported.collect(),
        }
    }

    /// Whether an event is newer than the newest of each leg, as far as the times can be compared,
    /// and at least one can.
    fn is_passed_by(&self, leg: &Leg, event: &Event) -> bool {
        let identity = Identity::of(leg);
        let elsewhere = self.horizon.outside(Some(&identity)).zip(instant(event));
        let elsewhere = elsewhere.map(|(latest, own)| own.cmp(&latest));
        let here = self.legs.get(&identity).into_iter().flatten();
        let here = here.filter_map(|newest| compare_in_leg(event, newest));
        let mut comparable = elsewhere.into_iter().chain(here).peekable();
        comparable.peek().is_some() && comparable.all(Ordering::is_gt)
    }
}

/// The latest instant of several legs, and of all legs but one.
pub(super) struct Horizon<K> {
    latest: Option<(K, UtcTime)>,
    /// The latest instant of the other legs.
    other: Option<UtcTime>,
}

impl<K: Hash + Eq> Horizon<K> {
    /// The latest instant of all legs, or of all but the given one.
    pub(super) fn outside(&self, leg: Option<&K>) -> Option<UtcTime> {
        let (key, latest) = self.latest.as_ref()?;
        if leg == Some(key) {
            self.other
        } else {
            Some(*latest)
        }
    }
}

impl<'a, K: Hash + Eq> FromIterator<(K, Option<&'a Event>)> for Horizon<K> {
    fn from_iter<I: IntoIterator<Item = (K, Option<&'a Event>)>>(newest: I) -> Self {
        let mut by_leg: HashMap<K, UtcTime> = HashMap::new();
        for (leg, event) in newest {
            if let Some(time) = event.and_then(instant) {
                let latest = by_leg.entry(leg).or_insert(time);
                *latest = time.max(*latest);
            }
        }
        let mut horizon = Self {
            latest: None,
            other: None,
        };
        for (leg, time) in by_leg {
            let before = horizon.latest.as_ref().map(|(_, time)| *time);
            if before.is_none_or(|before| time > before) {
                horizon.other = horizon.other.max(before);
                horizon.latest = Some((leg, time));
            } else {
                horizon.other = horizon.other.max(Some(time));
            }
        }
        horizon
    }
}
