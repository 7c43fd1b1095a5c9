//! Merges what is neither an event nor a status nor an estimate.

use std::collections::HashSet;
use std::hash::Hash;

use super::Fact;
use super::events::Source;
use super::meaning::plain;
use super::memory::Memory;
use super::report_time::Age;
use crate::kit::number_key;
use crate::{Direction, Shipment};

/// Takes over the facts of `latest`. Of each the newer report decides; what a report lacks is kept.
pub(super) fn merge(
    known: &mut Shipment,
    latest: &mut Shipment,
    memory: &mut Memory,
    source: Source,
) {
    let age_now = memory
        .listed
        .map_or(Age::Newer, |it| source.seen.age_beside(it));
    let mut facts = Facts { memory, source };
    if number_key(&known.number) != number_key(&latest.number)
        && !latest.number.trim().is_empty()
        && (age_now >= Age::Same || known.number.trim().is_empty())
    {
        known.number = std::mem::take(&mut latest.number);
    }
    facts.take(Fact::Id, &mut known.id, latest.id.take());
    for (fact, known, reported) in [
        (
            Fact::Reference,
            &mut known.reference,
            latest.reference.take(),
        ),
        (
            Fact::OriginCountry,
            &mut known.origin_country,
            latest.origin_country.take(),
        ),
        (
            Fact::DestinationCountry,
            &mut known.destination_country,
            latest.destination_country.take(),
        ),
        (Fact::Service, &mut known.service, latest.service.take()),
        (
            Fact::SignedBy,
            &mut known.signed_by,
            latest.signed_by.take(),
        ),
    ] {
        // Another spelling is a report of the known one.
        let reported = reported.map(|reported| {
            let same = known.as_ref().filter(|it| plain(it) == plain(&reported));
            same.cloned().unwrap_or(reported)
        });
        facts.take(fact, known, reported);
    }
    facts.take(
        Fact::DeliveryDocument,
        &mut known.delivery_document,
        latest.delivery_document.take(),
    );
    facts.take(
        Fact::TrackingUrl,
        &mut known.tracking_url,
        latest.tracking_url.take(),
    );
    facts.take(
        Fact::ProviderGaveUp,
        &mut known.provider_gave_up,
        latest.provider_gave_up.take(),
    );
    facts.take(
        Fact::RegisteredAt,
        &mut known.registered_at,
        latest.registered_at.take(),
    );
    let stated = |direction: Direction| (direction != Direction::Unknown).then_some(direction);
    let mut direction = stated(known.direction);
    facts.take(Fact::Direction, &mut direction, stated(latest.direction));
    known.direction = direction.unwrap_or_default();
    for (status, time) in std::mem::take(&mut latest.milestones.claimed) {
        let mut claimed = known.milestones.claimed.remove(&status);
        let same = claimed.as_ref().filter(|known| known.means_same(&time));
        let time = same.cloned().unwrap_or(time);
        facts.take(Fact::ClaimedMilestones, &mut claimed, Some(time));
        known
            .milestones
            .claimed
            .extend(claimed.map(|time| (status, time)));
    }
    let mut linked = std::mem::take(&mut latest.linked_numbers);
    let own = number_key(&known.number);
    let known_keys: HashSet<String> = known
        .linked_numbers
        .iter()
        .map(|number| number_key(number))
        .collect();
    linked.retain(|number| {
        let key = number_key(number);
        key != own && !known_keys.contains(&key)
    });
    add_missing(&mut known.linked_numbers, linked);

    known.freshness.fetched_at = known.freshness.fetched_at.max(latest.freshness.fetched_at);
    let updated = &mut known.freshness.provider_updated_at;
    *updated = (*updated).max(latest.freshness.provider_updated_at);
    known.duplicates_dropped = known.duplicates_dropped.max(latest.duplicates_dropped);
    known.completeness = known.completeness.min(latest.completeness);
    known.can_ask_by_id |= latest.can_ask_by_id;
    known.account = known.account.take().or_else(|| latest.account.take());
    let (problems, conflicts) = (
        std::mem::take(&mut latest.problems),
        std::mem::take(&mut latest.conflicts),
    );
    if source.is_snapshot && age_now >= Age::Same {
        // A complete response was checked as a whole: what was wrong with an earlier one is over.
        known.problems = problems;
        known.conflicts = conflicts;
        known.raw = std::mem::take(&mut latest.raw);
    } else {
        add_missing(&mut known.problems, problems);
        add_missing(&mut known.conflicts, conflicts);
        // The raw JSON of a message is not the shipment's; each event holds its own.
        if known.raw.is_null() {
            known.raw = std::mem::take(&mut latest.raw);
        }
    }
}

/// Returns true if they differ in spelling at most.
pub(super) fn same_text(left: Option<&str>, right: Option<&str>) -> bool {
    left.map(plain) == right.map(plain)
}

struct Facts<'a> {
    memory: &'a mut Memory,
    source: Source,
}

impl Facts<'_> {
    fn take<T: PartialEq>(&mut self, fact: Fact, known: &mut Option<T>, reported: Option<T>) {
        let Some(reported) = reported else { return };
        let last = self.memory.facts.get(&fact).copied().or(self.memory.listed);
        let age = last.map_or(Age::Newer, |last| self.source.seen.age_beside(last));
        if known.is_some() && age < Age::Same {
            return;
        }
        *known = Some(reported);
        if self.source.is_snapshot {
            self.memory.facts.remove(&fact);
        } else if age >= Age::Same {
            self.memory.facts.insert(fact, self.source.seen);
        }
    }
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

/// The facts that a shipment states.
pub(super) fn stated(shipment: &Shipment) -> impl Iterator<Item = Fact> {
    let stated = [
        (Fact::Id, shipment.id.is_some()),
        (Fact::Reference, shipment.reference.is_some()),
        (Fact::Direction, shipment.direction != Direction::Unknown),
        (Fact::OriginCountry, shipment.origin_country.is_some()),
        (
            Fact::DestinationCountry,
            shipment.destination_country.is_some(),
        ),
        (Fact::Service, shipment.service.is_some()),
        (Fact::SignedBy, shipment.signed_by.is_some()),
        (Fact::DeliveryDocument, shipment.delivery_document.is_some()),
        (Fact::TrackingUrl, shipment.tracking_url.is_some()),
        (Fact::ProviderGaveUp, shipment.provider_gave_up.is_some()),
        (Fact::RegisteredAt, shipment.registered_at.is_some()),
        (
            Fact::ClaimedMilestones,
            !shipment.milestones.claimed.is_empty(),
        ),
    ];
    stated
        .into_iter()
        .filter_map(|(fact, is_stated)| is_stated.then_some(fact))
}
