//! Lists what a user sees of the difference between two states of one shipment.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::change::{Change, EventField};
use super::estimates::{is_same_kind, means_same};
use super::fact::Fact;
use super::facts::same_text;
use super::legs::pair_legs;
use super::meaning::plain;
use super::timeline::instant;
use super::{Update, merge};
use crate::kit::number_key;
use crate::model::Revision;
use crate::{Event, EventKey, Leg, Origin, RawJson, Shipment};

/// Lists what `latest` shows that `previous` did not.
///
/// The list is empty if and only if a user sees no difference. Not seen are raw JSON, times of fetching,
/// problems, conflicts, and how well a status is known; the milestones and the status of a leg with events,
/// which follow from the events; the name of a courier beside its code; and
/// of an event its [`source`](Event::source), its [`courier`](Event::courier), which changes with that of its
/// leg, its [`copies`](Event::copies), its [`order`](Event::order), and the code of one that is
/// [derived](Event::origin) from a field. Spelling does not count.
///
/// `latest` is a later state of `previous`, or a complete response that was not merged yet: for that one
/// this is the list that [`Shipment::merge`] returns, with the same caution about its status.
#[must_use]
pub fn changes(previous: &Shipment, latest: &Shipment) -> Vec<Change> {
    if latest.memory.is_some() {
        diff(previous, latest, None)
    } else {
        merge(Some(previous.clone()), Update::Snapshot(latest.clone())).changes
    }
}

/// Lists the differences of two states of one shipment; `said` is what the merge has to say of the
/// status.
pub(super) fn diff(before: &Shipment, after: &Shipment, said: Option<Change>) -> Vec<Change> {
    let mut changes = Vec::new();
    events(before, after, &mut changes);
    legs(before, after, &mut changes);
    status(before, after, said, &mut changes);
    etas(before, after, &mut changes);
    facts(before, after, &mut changes);
    changes
}

fn events(before: &Shipment, after: &Shipment, changes: &mut Vec<Change>) {
    let known: HashMap<&EventKey, &Event> = all_events(before).map(|it| (&it.key, it)).collect();
    let is_kept = |event: &&Event| known.get(&event.key).is_some_and(|known| !known.retracted);
    // The latest known instant of each leg, for events of the others.
    let latest: Vec<_> = after
        .legs
        .iter()
        .map(|leg| leg.events.iter().filter(is_kept).filter_map(instant).max())
        .collect();
    let mut retracted = Vec::new();
    for (index, leg) in after.legs.iter().enumerate() {
        let last_known = leg.events.iter().rposition(|event| is_kept(&event));
        let elsewhere = latest
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let elsewhere = elsewhere.filter_map(|(_, time)| *time).max();
        for (place, event) in leg.events.iter().enumerate() {
            match known.get(&event.key) {
                None if event.retracted => {}
                None => {
                    let is_late = last_known.is_some_and(|last| place < last)
                        || instant(event)
                            .zip(elsewhere)
                            .is_some_and(|(own, other)| own < other);
                    let event = bare(event);
                    changes.push(if is_late {
                        let reported = event.status.status.clone();
                        let event = Some(event);
                        Change::Late { event, reported }
                    } else {
                        Change::Added { event }
                    });
                }
                Some(known) => {
                    if !known.retracted && event.retracted {
                        retracted.push(Change::Retracted { event: bare(event) });
                    } else if known.retracted && !event.retracted {
                        changes.push(Change::Restored { event: bare(event) });
                    }
                    let fields = edited(known, event);
                    if !fields.is_empty() {
                        changes.push(Change::Revised {
                            event: bare(event),
                            before: Box::new(Revision::of(known)),
                            fields,
                        });
                    }
                    let is_signed = !same(&event.signed_by, &known.signed_by);
                    if is_signed && same(&before.signed_by, &after.signed_by) {
                        let event = Some(bare(event));
                        changes.push(Change::Signed { event });
                    }
                }
            }
        }
    }
    changes.append(&mut retracted);
}

/// Which parts of an event mean something else.
fn edited(known: &Event, event: &Event) -> Vec<EventField> {
    let status = |event: &Event| {
        let report = &event.status;
        (
            report.status.clone(),
            report.detail.clone(),
            report.reason.clone(),
        )
    };
    let same_time = match (&known.time, &event.time) {
        (Some(left), Some(right)) => left.means_same(right),
        (left, right) => left == right,
    };
    // What is derived from a field has no code of its own.
    let is_derived = [known, event]
        .iter()
        .any(|it| it.origin != Origin::Reported);
    let same_code = is_derived || same_text(known.code(), event.code());
    let fields = [
        (EventField::Time, same_time),
        (EventField::Status, status(known) == status(event)),
        (
            EventField::Text,
            same(&known.description, &event.description),
        ),
        (EventField::Place, same(&known.location, &event.location)),
        (EventField::Code, same_code),
    ];
    let edited = fields.into_iter().filter(|(_, is_same)| !is_same);
    edited.map(|(field, _)| field).collect()
}

fn legs(before: &Shipment, after: &Shipment, changes: &mut Vec<Change>) {
    let number = number_key;
    let mut reported = HashSet::new();
    if number(&before.number) != number(&after.number) {
        reported.insert(number(&after.number));
        changes.push(Change::NumberChanged {
            from: Some(before.number.clone()).filter(|number| !number.is_empty()),
            to: after.number.clone(),
        });
    }
    let mut others = BTreeMap::new();
    let pairs = pair_legs(&before.legs, &after.legs, true);
    for (leg, known) in after.legs.iter().zip(pairs) {
        let new = Leg::new(leg.role);
        let is_new = known.is_none();
        let known = known
            .and_then(|index| before.legs.get(index))
            .unwrap_or(&new);
        if let Some(courier) = &leg.courier
            && known.courier.as_ref().map(|it| plain(&it.code)) != Some(plain(&courier.code))
        {
            changes.push(Change::CourierChanged {
                from: known.courier.clone(),
                to: courier.clone(),
            });
        }
        // A new leg usually has the shipment's number, which is known.
        if let Some(own) = &leg.number
            && known.number.as_deref().map(number) != Some(number(own))
            && !(is_new && number(own) == number(&after.number))
            && reported.insert(number(own))
        {
            changes.push(Change::NumberChanged {
                from: known.number.clone(),
                to: own.clone(),
            });
        }
        let bare_status = |leg: &Leg| {
            let status = leg.status.as_ref().filter(|_| leg.events.is_empty());
            status.map(|it| (it.status.clone(), it.detail.clone(), it.reason.clone()))
        };
        if leg.events.is_empty() && bare_status(known) != bare_status(leg) {
            others.insert(Fact::LegStatus, ());
        }
        if known.tracking_url != leg.tracking_url {
            others.insert(Fact::TrackingUrl, ());
        }
    }
    changes.extend(others.into_keys().map(|fact| Change::FactChanged { fact }));
}

fn status(before: &Shipment, after: &Shipment, said: Option<Change>, changes: &mut Vec<Change>) {
    let (from, to) = (&before.status, &after.status);
    let is_reopened = matches!(said, Some(Change::Reopened { .. }));
    changes.extend(said);
    if from.status != to.status || from.is_terminal() != to.is_terminal() {
        if !is_reopened {
            changes.push(Change::StatusChanged {
                from: from.status.clone(),
                to: to.status.clone(),
                from_detail: from.detail.clone(),
                to_detail: to.detail.clone(),
            });
        }
    } else {
        if from.detail != to.detail {
            changes.push(Change::DetailChanged {
                from: from.detail.clone(),
                to: to.detail.clone(),
            });
        }
        if from.reason != to.reason {
            changes.push(Change::ReasonChanged {
                from: from.reason.clone(),
                to: to.reason.clone(),
            });
        }
    }
    let needed = after.asks_for_attention();
    if before.asks_for_attention() != needed {
        changes.push(Change::AttentionChanged { needed });
    }
    let given_up = after.has_given_up();
    if before.has_given_up() != given_up {
        changes.push(Change::GaveUp { given_up });
    }
}

fn etas(before: &Shipment, after: &Shipment, changes: &mut Vec<Change>) {
    for eta in after.current_etas() {
        let known = before
            .etas
            .iter()
            .rev()
            .find(|known| is_same_kind(known, eta));
        if known.is_none_or(|known| !means_same(known, eta)) {
            changes.push(Change::EtaChanged {
                from: known.cloned().map(Box::new),
                to: Box::new(eta.clone()),
            });
        }
    }
}

fn same(left: &Option<String>, right: &Option<String>) -> bool {
    same_text(left.as_deref(), right.as_deref())
}

fn facts(before: &Shipment, after: &Shipment, changes: &mut Vec<Change>) {
    let linked = |shipment: &Shipment| -> Vec<String> {
        let numbers = shipment.linked_numbers.iter();
        numbers.map(|number| number_key(number)).collect()
    };
    if !same(&before.signed_by, &after.signed_by) {
        changes.push(Change::Signed { event: None });
    }
    let differs = [
        (Fact::Id, before.id != after.id),
        (Fact::Reference, !same(&before.reference, &after.reference)),
        (Fact::LinkedNumbers, linked(before) != linked(after)),
        (Fact::Direction, before.direction != after.direction),
        (
            Fact::OriginCountry,
            !same(&before.origin_country, &after.origin_country),
        ),
        (
            Fact::DestinationCountry,
            !same(&before.destination_country, &after.destination_country),
        ),
        (Fact::Service, !same(&before.service, &after.service)),
        (
            Fact::DeliveryDocument,
            before.delivery_document != after.delivery_document,
        ),
        (
            Fact::TrackingUrl,
            before.tracking_url != after.tracking_url && !has(changes, Fact::TrackingUrl),
        ),
        (
            Fact::RegisteredAt,
            before.registered_at != after.registered_at,
        ),
    ];
    let differs = differs.into_iter().filter(|(_, differs)| *differs);
    changes.extend(differs.map(|(fact, _)| Change::FactChanged { fact }));
}

fn has(changes: &[Change], wanted: Fact) -> bool {
    let is_it = |change: &Change| matches!(change, Change::FactChanged { fact } if *fact == wanted);
    changes.iter().any(is_it)
}

/// The event without its raw JSON, which would keep a whole response in memory.
fn bare(event: &Event) -> Box<Event> {
    let mut event = event.clone();
    event.raw = RawJson::null();
    Box::new(event)
}

fn all_events(shipment: &Shipment) -> impl Iterator<Item = &Event> {
    shipment.legs.iter().flat_map(|leg| &leg.events)
}
