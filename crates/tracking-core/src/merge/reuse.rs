//! Numbers that a courier uses again for another parcel.

use std::cmp::Ordering;
use std::time::Duration;

use super::events::Source;
use super::legs::shares_events;
use crate::{Event, Shipment, Timestamp, UtcTime};

/// From how long after the last event on a new event under an old number is of a new parcel.
const REUSE_AFTER: Duration = Duration::from_secs(30 * 24 * 3600);

/// Returns true if `latest` is a new parcel under the number of a finished one.
pub(super) fn is_reused_number(known: &Shipment, latest: &Shipment) -> bool {
    let by_id = known.id.is_some() && latest.id.is_some();
    if by_id || !(known.is_terminal() || known.has_given_up()) {
        return false;
    }
    let gap = times(known).max().zip(times(latest).min());
    let is_long = gap.is_some_and(|(last, first)| {
        first
            .since(last)
            .is_some_and(|silence| silence > REUSE_AFTER)
    });
    let shares = || {
        let mut legs = known.legs.iter();
        legs.any(|known| latest.legs.iter().any(|leg| shares_events(known, leg)))
    };
    is_long && !shares()
}

/// Returns true if `latest` is about the finished parcel that had the number before `known`: an old message, or
/// a response from a cache. A response is believed if it comes twice in a row, or if the provider's clock
/// says that it is newer.
pub(super) fn is_of_former_parcel(known: &Shipment, latest: &Shipment, source: Source) -> bool {
    let memory = known.memory.as_ref();
    let is_newer = memory
        .and_then(|it| it.status)
        .is_some_and(|known| source.seen.order_by_provider(known) == Some(Ordering::Greater));
    let since = memory.and_then(|it| it.former_since);
    let is_again = source.is_snapshot && since.is_some_and(|it| it != source.seen.fetched_at);
    !is_newer && !is_again && is_reused_number(latest, known)
}

/// The times of all events, as far as they can be put in an order; for a difference of weeks the zone
/// does not matter.
fn times(shipment: &Shipment) -> impl Iterator<Item = UtcTime> + '_ {
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    events.filter_map(|event: &Event| event.time.as_ref().and_then(Timestamp::sort_key))
}
