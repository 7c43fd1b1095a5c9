//! Places events that arrive one by one: by time, then by the provider's order number.

use std::cmp::Ordering;

use crate::{Event, Timestamp};

/// Places `new` events among `standing` ones, which keep their order.
///
/// The result does not depend on the order in which new events arrive. An order that a complete
/// answer gave is kept, even against the times: the provider knew why.
pub(super) fn place(mut standing: Vec<Event>, mut new: Vec<Event>) -> Vec<Event> {
    new.sort_by(compare);
    for event in new {
        let before = standing
            .iter()
            .rposition(|known| compare(known, &event).is_le());
        standing.insert(before.map_or(0, |index| index + 1), event);
    }
    standing
}

/// A total order. Events without a usable time come last, since they were only just told; the key
/// decides where nothing else does, so that every order of arrival ends the same.
fn compare(left: &Event, right: &Event) -> Ordering {
    let time = |event: &Event| event.time.as_ref().and_then(Timestamp::sort_key);
    let by_time = match (time(left), time(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    };
    by_time
        .then_with(|| left.order.cmp(&right.order))
        .then_with(|| left.key.cmp(&right.key))
}
