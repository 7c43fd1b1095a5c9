//! Any shipment, in messages with a part of its events each: their order does not count, and neither do repeats.

use bytes::Bytes;
use tracking_core::merge::{Update, changes, merge};
use tracking_core::{Event, Shipment};

use super::merges;
use super::shipments::MAPS;
use crate::input::Input;

/// How many messages there are.
const MESSAGES: usize = 3;

/// The orders in which they arrive.
const ORDERS: [[usize; MESSAGES]; 5] = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// A byte for the provider, one for the order, one that distributes the events, and the body of a lookup.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let map = *input.choice(&MAPS);
    let order = input.choice(&ORDERS);
    let step = usize::from(input.byte());
    for shipment in map(&Bytes::copy_from_slice(input.rest())) {
        // Without number and id nothing says that two messages are of one shipment.
        if !shipment.is_same_shipment(&shipment) || is_long(&shipment) {
            continue;
        }
        let shipment = without_lookalikes(shipment);
        let messages = [0, 1, 2].map(|message| part_of(&shipment, message, step));
        let straight = merged(messages.iter());

        let mixed = order.iter().map(|place| &messages[*place]);
        // Each one comes twice, as providers do.
        let mixed = merged(mixed.clone().chain(mixed.rev()));

        let [mut expected, mut keys] = [&straight, &mixed].map(merges::keys);
        expected.sort_unstable();
        keys.sort_unstable();
        assert_eq!(keys, expected, "{shipment:#?}");
        assert_eq!(keys.len(), shipment.events().len(), "{shipment:#?}");
        assert_eq!(changes(&straight, &mixed), [], "{shipment:#?}");
        assert_eq!(changes(&mixed, &straight), [], "{shipment:#?}");
    }
}

/// The events of one of the messages, and everything else.
fn part_of(shipment: &Shipment, message: usize, step: usize) -> Shipment {
    let mut part = shipment.clone();
    let mut place = 0;
    for leg in &mut part.legs {
        leg.events.retain(|_| {
            place += 1;
            (place * (step % 7 + 1) + step / 7) % MESSAGES == message
        });
    }
    part
}

fn merged<'a>(messages: impl Iterator<Item = &'a Shipment>) -> Shipment {
    let known = messages.fold(None, |known, message| {
        Some(merge(known, Update::Partial(message.clone())).shipment)
    });
    known.unwrap()
}

/// Returns true if the events are so far from each other that they may be of two parcels, the second under the number of
/// the first.
fn is_long(shipment: &Shipment) -> bool {
    let events = shipment.events().into_iter();
    let days = events.filter_map(|event| {
        let date = event.time.as_ref()?.date()?;
        Some((i64::from(date.year) * 12 + i64::from(date.month)) * 31 + i64::from(date.day))
    });
    let days: Vec<i64> = days.collect();
    let span = days.iter().max().zip(days.iter().min());
    span.is_some_and(|(last, first)| last - first > 27)
}

/// Leaves out what may be another event in other words, which a message alone cannot show.
fn without_lookalikes(mut shipment: Shipment) -> Shipment {
    let mut kept: Vec<Event> = Vec::new();
    for leg in &mut shipment.legs {
        leg.events.retain(|event| {
            let is_another = kept.iter().all(|other| are_two(event, other));
            if is_another {
                kept.push(event.clone());
            }
            is_another
        });
    }
    shipment
}

fn are_two(one: &Event, other: &Event) -> bool {
    let is_id = |event: &Event| !event.key.as_str().starts_with("content:");
    if is_id(one) && is_id(other) {
        return one.key != other.key;
    }
    let (Some(one), Some(other)) = (&one.time, &other.time) else {
        return false;
    };
    match (one.instant(), other.instant()) {
        (Some(one), Some(other)) => one != other,
        (None, None) if one.text().len() == other.text().len() => {
            one.has_seconds() && other.has_seconds() && one.text() != other.text()
        }
        _ => one.date().is_some() && other.date().is_some() && one.date() != other.date(),
    }
}

/// What lookups return, in several orders and distributions.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (provider, bodies) in merges::lookups() {
        for (place, body) in (0_u8..).zip(bodies) {
            let first = [provider, place, place.wrapping_mul(5)];
            seeds.push([&first, body.as_bytes()].concat());
        }
    }
    seeds
}
