//! Merges an observation into what is known, and lists the changes.

use serde::{Deserialize, Serialize};

use super::diff::diff;
use super::estimates;
use super::events::{Source, merge_legs};
use super::facts;
use super::memory::Memory;
use super::report_time::ReportTime;
use super::reuse::{is_of_former_parcel, is_reused_number};
use super::status;
use super::{Change, Update};
use crate::model::{Conflict, ConflictKind, list, null_as_default};
use crate::{Shipment, Status};

/// A shipment after a merge, and what the merge changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Merged {
    /// The shipment as it is known now.
    pub shipment: Shipment,
    /// What is different from before, and what was reported but not taken over. Empty for a
    /// first observation: that is a state, not a change.
    #[serde(default, deserialize_with = "list")]
    pub changes: Vec<Change>,
    /// Whether nothing was known of this shipment before.
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_first: bool,
    /// The finished parcel that had the number before, if this is a new one.
    pub replaced: Option<Box<Shipment>>,
}

impl Merged {
    /// Returns the changes that the merged shipment shows.
    pub fn applied(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.is_applied())
    }

    /// Returns what was reported and not taken over: statuses that are late, regressed or leave
    /// a final one.
    pub fn refused(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| !change.is_applied())
    }

    fn first(shipment: Shipment, replaced: Option<Box<Shipment>>) -> Self {
        Self {
            shipment,
            changes: Vec::new(),
            is_first: true,
            replaced,
        }
    }
}

/// Merges an observation into what is known of its shipment, and lists the changes.
///
/// A `known` that is another shipment (see [`Shipment::is_same_shipment`]) counts as none: two
/// parcels are never mixed. Only an observation without number, id and reference counts as one of
/// `known`, unless it is of another account. The [module documentation](crate::merge) has the rules.
///
/// ```
/// use tracking_core::merge::{ChangeKind, Update, merge};
/// use tracking_core::{ProviderId, Shipment, Status, StatusReport, UtcTime};
///
/// let shipment = |status| {
///     Shipment::new(ProviderId::new("ship24"), "S24DEMO1", StatusReport::new(status), UtcTime::now())
/// };
///
/// let first = merge(None, Update::Snapshot(shipment(Status::Delivered)));
/// assert!(first.is_first);
///
/// let next = merge(Some(first.shipment), Update::Partial(shipment(Status::InTransit)));
/// assert_eq!(next.shipment.status.status, Status::Delivered);
/// assert_eq!(next.changes[0].kind(), ChangeKind::LeftTerminal);
/// ```
#[must_use]
pub fn merge(known: Option<Shipment>, update: Update) -> Merged {
    let is_snapshot = matches!(update, Update::Snapshot(_));
    let mut latest = update.into_shipment();
    latest.prepare();
    let source = Source {
        seen: ReportTime::of(&latest, is_snapshot),
        is_snapshot,
        all_legs: is_snapshot && latest.completeness.is_complete(),
    };
    // What names no shipment at all is a part of the one that the caller has.
    let known = known.filter(|known| {
        let is_part = latest.is_nameless() && known.agrees_on_account(&latest);
        is_part || known.is_same_shipment(&latest)
    });
    match known {
        None => Merged::first(remember(latest, source), None),
        Some(known) if is_reused_number(&known, &latest) => {
            Merged::first(remember(latest, source), Some(Box::new(known)))
        }
        Some(known) => {
            let known = prepared(known);
            if is_of_former_parcel(&known, &latest, source) {
                refuse_former(known, &latest, source)
            } else {
                merge_known(known, latest, source)
            }
        }
    }
}

fn prepared(mut known: Shipment) -> Shipment {
    known.prepare();
    if known.memory.is_some() {
        return known;
    }
    // It was not merged before: a first, complete observation.
    let polled = Source {
        seen: ReportTime::of(&known, true),
        is_snapshot: true,
        all_legs: true,
    };
    remember(known, polled)
}

/// Leaves the shipment as it is, and says once that a report of its predecessor came.
fn refuse_former(mut known: Shipment, latest: &Shipment, source: Source) -> Merged {
    let mut memory = known.memory.take().unwrap_or_default();
    if source.is_snapshot {
        memory.former_since = Some(source.seen.fetched_at);
    }
    let is_news = memory.refuse(&latest.status);
    known.memory = Some(memory);
    let late = is_news.then(|| Change::late_status(latest.status.status.clone()));
    Merged {
        shipment: known,
        changes: late.into_iter().collect(),
        is_first: false,
        replaced: None,
    }
}

fn merge_known(mut known: Shipment, mut latest: Shipment, source: Source) -> Merged {
    let before = known.clone();
    let mut memory = known.memory.take().unwrap_or_default();
    if known.is_terminal() && memory.final_event.is_none() {
        memory.final_event = status::final_event(&known.status, &known.legs);
    }

    let legs = std::mem::take(&mut known.legs);
    let merged = merge_legs(legs, std::mem::take(&mut latest.legs), source);
    known.legs = merged.legs;
    let recency = status::recency(memory.status, source, merged.evidence);
    let reported_events = source.is_snapshot.then_some(&merged.reported);
    let final_event = memory.final_event.as_ref();
    let reopens = known.is_terminal()
        && status::reopens(&known.status, final_event, &known.legs, reported_events);
    let reported = latest.status.clone();
    let said = status::merge(
        &mut known.status,
        &mut memory,
        reported,
        recency,
        source,
        merged.evidence,
        reopens,
    );
    let was_final = before.is_terminal() && before.status.status == known.status.status;
    let final_event = known.is_terminal().then(|| {
        let last = status::final_event(&known.status, &known.legs);
        last.or_else(|| memory.final_event.take().filter(|_| was_final))
    });
    memory.final_event = final_event.flatten();
    let etas = std::mem::take(&mut known.etas);
    known.etas = estimates::merge(etas, std::mem::take(&mut latest.etas), source);
    if let Some(other) = latest.memory.take() {
        memory.was_returning |= other.was_returning;
    }
    facts::merge(&mut known, &mut latest, &mut memory, source);
    if merged.evidence.has_vanished {
        let message = "a list of events is empty, and events are known";
        let conflict = Conflict::new(ConflictKind::EventsVanished, message);
        if !known.conflicts.contains(&conflict) {
            known.conflicts.push(conflict);
        }
    }
    if source.is_snapshot {
        memory.listed = Some(
            memory
                .listed
                .map_or(source.seen, |it| it.or_newer(source.seen)),
        );
        memory.former_since = None;
    }
    known.memory = Some(memory);
    known.format = Shipment::FORMAT;
    known.limit();
    known.conclude();

    let changes = diff(&before, &known, said);
    Merged {
        shipment: known,
        changes,
        is_first: false,
        replaced: None,
    }
}

/// Makes the first observation of a shipment, or of a new parcel, something to merge into.
fn remember(mut shipment: Shipment, source: Source) -> Shipment {
    if shipment.memory.is_some() {
        return shipment;
    }
    let seen = source.seen;
    let mut memory = Memory {
        status: Some(seen),
        was_returning: matches!(shipment.status.status, Status::Returning | Status::Returned),
        listed: source.is_snapshot.then_some(seen),
        ..Memory::default()
    };
    for leg in &mut shipment.legs {
        let is_listed = source.is_snapshot && leg.completeness.is_complete();
        leg.seen = Some(seen);
        leg.listed = is_listed.then_some(seen);
        if !is_listed {
            for event in &mut leg.events {
                event.seen = Some(seen);
            }
            if !source.is_snapshot {
                super::order::arrange_arrivals(&mut leg.events);
            }
        }
    }
    for eta in &mut shipment.etas {
        eta.seen = Some(seen);
    }
    if !source.is_snapshot {
        // Each fact of a message may be corrected by an earlier one that comes later.
        memory.facts = facts::stated(&shipment).map(|fact| (fact, seen)).collect();
    }
    shipment.memory = Some(memory);
    shipment.conclude();
    shipment
}

impl Shipment {
    /// Merges a newer response into this shipment and lists the changes.
    ///
    /// Short for [`merge`] with an [`Update::Snapshot`]; it copies this shipment, which [`merge`] does
    /// not.
    #[must_use]
    pub fn merge(&self, latest: Self) -> Merged {
        merge(Some(self.clone()), Update::Snapshot(latest))
    }

    /// Merges a message about some events, such as a webhook, into this shipment and lists the
    /// changes.
    ///
    /// Short for [`merge`] with an [`Update::Partial`].
    #[must_use]
    pub fn merge_partial(&self, latest: Self) -> Merged {
        merge(Some(self.clone()), Update::Partial(latest))
    }
}
