//! `Reducer`: takes what was known of a shipment and what was observed next, and lists the changes.

use std::collections::HashSet;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::Change;
use super::estimates;
use super::events::{Authority, merge_legs};
use super::verdict::{Recency, judge, recency};
use crate::{Conflict, ConflictKind, Direction, Leg, Shipment};

/// One observation of a shipment, and how much of it was observed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Update {
    /// A complete response: it lists every event, so an event that it lacks is gone.
    Snapshot(Shipment),
    /// A message about some events, usually only the new ones: what it lacks is still true.
    Partial(Shipment),
}

impl Update {
    /// Returns the shipment as observed.
    #[must_use]
    pub fn shipment(&self) -> &Shipment {
        match self {
            Self::Snapshot(shipment) | Self::Partial(shipment) => shipment,
        }
    }

    /// Returns the shipment as observed.
    #[must_use]
    pub fn into_shipment(self) -> Shipment {
        match self {
            Self::Snapshot(shipment) | Self::Partial(shipment) => shipment,
        }
    }
}

/// A shipment after a merge, and what the merge changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Merged {
    /// The shipment as it is known now.
    pub shipment: Shipment,
    /// What is different from before, and what was reported but not taken over. Empty for a
    /// first observation: that is a state, not a change.
    pub changes: Vec<Change>,
    /// How many repeated events of one event were dropped from the observation.
    pub duplicates_dropped: u32,
    /// Whether nothing was known of this shipment before.
    pub is_first: bool,
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
}

/// Merges observations of shipments, one at a time.
///
/// - Events are the same if their keys are the same. An edited text keeps the old one as a
///   revision; an event that a newer complete response lacks stays, marked as retracted.
/// - A status that is older than what is known, that falls to a lower phase without proof of a
///   newer time, or that leaves a final status is reported and by default not taken over.
/// - Merging the same observation again changes nothing, and partial updates give the same
///   events in whichever order they arrive.
///
/// ```
/// # use tracking_core::{ProviderId, Shipment, Status, StatusReport, UtcTime};
/// # use tracking_core::merge::{ChangeKind, Reducer, Update};
/// # let at = |seconds| UtcTime::from_unix_seconds(seconds).unwrap_or_else(UtcTime::now);
/// # let provider = ProviderId::new("ship24");
/// # let shipment = |status, seconds| {
/// #     Shipment::new(provider.clone(), "S24DEMO1", StatusReport::new(status), at(seconds))
/// # };
/// let reducer = Reducer::new();
/// let first = reducer.reduce(None, Update::Snapshot(shipment(Status::Delivered, 10)));
/// assert!(first.changes.is_empty());
///
/// let next = reducer.reduce(
///     Some(&first.shipment),
///     Update::Partial(shipment(Status::InTransit, 20)),
/// );
/// assert_eq!(next.shipment.status.status, Status::Delivered);
/// assert_eq!(next.changes[0].kind(), ChangeKind::LeftTerminal);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reducer {
    apply_doubtful: bool,
}

impl Reducer {
    /// Makes a reducer that takes over no doubtful status.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            apply_doubtful: false,
        }
    }

    /// Sets whether a status that is late, regressed or leaves a final one is taken over all the
    /// same. It is reported either way.
    #[must_use]
    pub const fn with_doubtful_applied(mut self, apply: bool) -> Self {
        self.apply_doubtful = apply;
        self
    }

    /// Merges an observation into what is known.
    ///
    /// A `previous` that is another shipment (see [`Shipment::is_same_shipment`]) counts as
    /// none: two parcels are never mixed.
    ///
    /// This copies what is known; [`Reducer::reduce_owned`] does not.
    #[must_use]
    pub fn reduce(&self, previous: Option<&Shipment>, update: Update) -> Merged {
        let previous = previous.filter(|known| known.is_same_shipment(update.shipment()));
        self.reduce_owned(previous.cloned(), update)
    }

    /// Does what [`Reducer::reduce`] does with a shipment that is no longer needed, such as one
    /// that was just read from a store, and does not copy it.
    #[must_use]
    pub fn reduce_owned(&self, previous: Option<Shipment>, update: Update) -> Merged {
        let (mut latest, complete) = match update {
            Update::Snapshot(shipment) => (shipment, true),
            Update::Partial(shipment) => (shipment, false),
        };
        let duplicates_dropped = latest.legs.iter_mut().map(Leg::drop_duplicates).sum();
        latest.duplicates_dropped = latest.duplicates_dropped.saturating_add(duplicates_dropped);

        let previous = previous.filter(|previous| previous.is_same_shipment(&latest));
        let Some(previous) = previous else {
            if !complete {
                let legs = std::mem::take(&mut latest.legs);
                (latest.legs, _) = merge_legs(Vec::new(), legs, Authority::Partial);
                conclude(&mut latest);
            }
            return Merged {
                shipment: latest,
                changes: Vec::new(),
                duplicates_dropped,
                is_first: true,
            };
        };
        let (shipment, changes) = self.merge_known(previous, latest, complete);
        Merged {
            shipment,
            changes,
            duplicates_dropped,
            is_first: false,
        }
    }

    fn merge_known(
        &self,
        mut known: Shipment,
        mut latest: Shipment,
        complete: bool,
    ) -> (Shipment, Vec<Change>) {
        let recency = recency(&known, &latest, complete);
        let authority = match (recency, complete) {
            (Recency::Older, _) => Authority::Outdated,
            (_, true) => Authority::Complete,
            (_, false) => Authority::Partial,
        };

        let (legs, mut changes) = merge_legs(
            std::mem::take(&mut known.legs),
            std::mem::take(&mut latest.legs),
            authority,
        );
        let verdict = judge(&known.status, &latest.status, recency, self.apply_doubtful);
        changes.extend(verdict.changes);
        let status = if verdict.take {
            latest.status.clone()
        } else {
            known.status.clone()
        };
        let etas = estimates::merge(
            std::mem::take(&mut known.etas),
            std::mem::take(&mut latest.etas),
            authority,
            &mut changes,
        );

        let mut merged = merge_facts(known, latest, authority);
        merged.legs = legs;
        merged.status = status;
        merged.etas = etas;
        conclude(&mut merged);
        (merged, changes)
    }
}

/// Merges what is neither an event nor a status nor an estimate. The newer observation decides;
/// what it leaves out is kept.
fn merge_facts(known: Shipment, latest: Shipment, authority: Authority) -> Shipment {
    let fetched_at = known.freshness.fetched_at.max(latest.freshness.fetched_at);
    let provider_updated_at = known
        .freshness
        .provider_updated_at
        .max(latest.freshness.provider_updated_at);
    let duplicates_dropped = known.duplicates_dropped.max(latest.duplicates_dropped);

    let (mut merged, other) = match authority {
        Authority::Outdated => (known, latest),
        Authority::Partial => {
            // The raw JSON of a message is not the shipment's; each event holds its own.
            let mut merged = latest;
            if !known.raw.is_null() {
                merged.raw = known.raw.clone();
            }
            (merged, known)
        }
        Authority::Complete => (latest, known),
    };
    merged.freshness.fetched_at = fetched_at;
    merged.freshness.provider_updated_at = provider_updated_at;
    merged.id = merged.id.or(other.id);
    merged.provider_gave_up = merged.provider_gave_up.or(other.provider_gave_up);
    merged.registered_at = merged.registered_at.or(other.registered_at);
    merged.reference = merged.reference.or(other.reference);
    if merged.direction == Direction::Unknown {
        merged.direction = other.direction;
    }
    merged.origin_country = merged.origin_country.or(other.origin_country);
    merged.destination_country = merged.destination_country.or(other.destination_country);
    merged.service = merged.service.or(other.service);
    merged.signed_by = merged.signed_by.or(other.signed_by);
    merged.tracking_url = merged.tracking_url.or(other.tracking_url);
    add_missing(&mut merged.linked_numbers, other.linked_numbers);
    for (status, time) in other.milestones.claimed {
        merged.milestones.claimed.entry(status).or_insert(time);
    }
    // A complete response was checked as a whole: what was wrong with an earlier one is over.
    if authority != Authority::Complete {
        add_missing(&mut merged.conflicts, other.conflicts);
        add_missing(&mut merged.problems, other.problems);
    }
    merged.duplicates_dropped = duplicates_dropped;
    merged
}

/// How many problems, conflicts and linked numbers of earlier observations are kept: a provider
/// whose every message has another flaw must not make the shipment grow for ever.
const MAX_ACCUMULATED: usize = 100;

/// Adds what is missing, up to [`MAX_ACCUMULATED`] items; what is in the list stays in any case.
fn add_missing<T: Eq + Hash>(list: &mut Vec<T>, others: Vec<T>) {
    let mut seen: HashSet<&T> = list.iter().collect();
    let is_missing: Vec<bool> = others.iter().map(|other| seen.insert(other)).collect();
    let room = MAX_ACCUMULATED.saturating_sub(list.len());
    let missing = others.into_iter().zip(is_missing);
    let missing = missing.filter_map(|(other, is_missing)| is_missing.then_some(other));
    list.extend(missing.take(room));
}

/// Computes again what follows from the events, the status and the legs together.
fn conclude(shipment: &mut Shipment) {
    for leg in &mut shipment.legs {
        // A leg without events may have a status of its own, which nothing here can compute.
        if !leg.events.is_empty() {
            leg.compute();
        }
    }
    shipment.compute_milestones();
    let is_reported = |conflict: &Conflict| {
        let computed = [
            ConflictKind::LegsDisagree,
            ConflictKind::StatusVsLastEvent,
            ConflictKind::EtaWindow,
        ];
        !computed.contains(&conflict.kind)
    };
    shipment.conflicts.retain(is_reported);
    let computed = [shipment.legs_disagree(), shipment.status_vs_last_event()];
    shipment.conflicts.extend(computed.into_iter().flatten());
    shipment.conflicts.extend(shipment.reversed_etas());
}

impl Shipment {
    /// Merges a newer complete response into `previous` and lists the changes.
    ///
    /// Short for [`Reducer::reduce`] with an [`Update::Snapshot`].
    #[must_use]
    pub fn merge(previous: &Self, latest: Self) -> Merged {
        Reducer::new().reduce(Some(previous), Update::Snapshot(latest))
    }

    /// Merges a message about some events, such as a webhook, into `previous` and lists the
    /// changes.
    ///
    /// Short for [`Reducer::reduce`] with an [`Update::Partial`].
    #[must_use]
    pub fn merge_partial(previous: &Self, latest: Self) -> Merged {
        Reducer::new().reduce(Some(previous), Update::Partial(latest))
    }

    /// Returns true if both are observations of one shipment: same provider and same id; or, where
    /// one of them has no id, the same number, upper and lower case being the same.
    ///
    /// Couriers use numbers again after some time. Code that follows parcels for months
    /// distinguishes them by the date and does not merge them.
    #[must_use]
    pub fn is_same_shipment(&self, other: &Self) -> bool {
        let number = self.number.trim();
        let same_number = !number.is_empty() && number.eq_ignore_ascii_case(other.number.trim());
        let same = match (&self.id, &other.id) {
            // Two trackers of one number are two parcels: the number was used again.
            (Some(own), Some(other)) => own == other,
            _ => same_number,
        };
        self.provider == other.provider && same
    }
}
