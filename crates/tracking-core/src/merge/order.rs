//! The order of the events of one leg.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::time::Duration;

use super::meaning::{plain, plain_or_none};
use crate::time::TimeMeaning;
use crate::{Date, Event, Timestamp};

/// Puts events in order, oldest first.
///
/// They are expected oldest first as far as their response promises an order. The provider's order
/// numbers decide where every event has one; else the times, where all of them can be compared;
/// else the places in the response, in the direction that the times support.
///
/// Clocks without a zone are compared unless the response has an order that a journey explains: a
/// flight to the west and the night in which clocks are put back make later scans look earlier.
pub(crate) fn arrange(events: &mut [Event]) {
    if !events.is_empty() && events.iter().all(|event| event.order.is_some()) {
        events.sort_by_key(|event| event.order);
        return;
    }
    // Most lists are in order one way or the other, and need no closer look.
    let mut pairs = events.windows(2).filter_map(|pair| match pair {
        [left, right] => Some(compare(left, right)),
        _ => None,
    });
    let is_in_order = |order: Option<Ordering>| order.is_some_and(Ordering::is_le);
    if pairs.clone().all(is_in_order) {
        return;
    }
    if pairs.all(|order| order.is_some_and(Ordering::is_ge)) {
        events.reverse();
        return;
    }
    if is_turned_round(events) {
        events.reverse();
    }
    match times_of(events) {
        Times::Instants => events.sort_by_key(|event| event.time.as_ref()?.instant()),
        Times::Clocks if !is_journey(events) => sort_by_clock(events),
        Times::Clocks | Times::Mixed => {}
    }
}

/// Puts events in order that arrived in any order: whatever the order of arrival, the result is the
/// same.
pub(crate) fn arrange_arrivals(events: &mut [Event]) {
    if events.iter().all(|event| event.order.is_some()) {
        events.sort_by(|left, right| {
            let by_order = left.order.cmp(&right.order);
            by_order.then_with(|| compare_arrivals(left, right))
        });
    } else {
        events.sort_by(compare_arrivals);
    }
}

/// A total order. Events without a usable time come last, since they were only just reported; the id or
/// what an event says, however it is spelled, decides where nothing else does.
pub(super) fn compare_arrivals(left: &Event, right: &Event) -> Ordering {
    let time = |event: &Event| event.time.as_ref().and_then(Timestamp::sort_key);
    let by_time = match (time(left), time(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (left, right) => left.is_none().cmp(&right.is_none()),
    };
    by_time
        .then_with(|| left.order.cmp(&right.order))
        .then_with(|| left.key.provider_id().cmp(&right.key.provider_id()))
        .then_with(|| {
            plain_or_none(left.description.as_deref())
                .cmp(&plain_or_none(right.description.as_deref()))
        })
        .then_with(|| {
            plain_or_none(left.location.as_deref()).cmp(&plain_or_none(right.location.as_deref()))
        })
        .then_with(|| left.key.cmp(&right.key))
}

/// How the times of a list can be compared.
enum Times {
    /// Each is an instant.
    Instants,
    /// None has a zone: the clocks of one source.
    Clocks,
    Mixed,
}

fn times_of(events: &[Event]) -> Times {
    let all = |fits: fn(&TimeMeaning<'_>) -> bool| {
        let mut times = events.iter().map(|event| event.time.as_ref());
        times.all(|time| time.is_some_and(|time| fits(&time.meaning())))
    };
    if all(|time| matches!(time, TimeMeaning::Instant(_))) {
        Times::Instants
    } else if all(|time| matches!(time, TimeMeaning::Clock { .. } | TimeMeaning::Day(_))) {
        Times::Clocks
    } else {
        Times::Mixed
    }
}

/// Returns true if more neighbours are newest first than oldest first.
fn is_turned_round(events: &[Event]) -> bool {
    let mut score = 0_i64;
    for pair in events.windows(2) {
        let [left, right] = pair else { continue };
        score += match compare(left, right) {
            Some(Ordering::Less) => 1,
            Some(Ordering::Greater) => -1,
            Some(Ordering::Equal) | None => 0,
        };
    }
    score < 0
}

/// Returns true if each step back can be one into another zone, or the hour of a clock change.
fn is_journey(events: &[Event]) -> bool {
    /// The largest step back of a flight: zones differ by up to 26 hours, and a flight that far
    /// takes more than six. A list that is out of order by days is not a journey.
    const ZONES: Duration = Duration::from_secs(20 * 3600);
    const CLOCK_CHANGE: Duration = Duration::from_secs(3600);
    let key = |event: &Event| event.time.as_ref().and_then(Timestamp::sort_key);
    let steps = events.windows(2).filter_map(|pair| match pair {
        [left, right] => {
            let back = key(left)?.since(key(right)?).filter(|back| !back.is_zero());
            let days = [left, right].map(|it| it.time.as_ref().is_some_and(is_day));
            let same_day = days.contains(&true) && compare(left, right).is_none();
            back.filter(|_| !same_day).map(|back| (left, right, back))
        }
        _ => None,
    });
    let steps: Vec<_> = steps.collect();
    // More steps back than a journey has mean that there is no order.
    let few = steps.len() * 4 <= events.len().max(4);
    few && steps.iter().all(|(left, right, back)| {
        let places = left.location.as_deref().zip(right.location.as_deref());
        let moved = places.is_some_and(|(left, right)| plain(left) != plain(right));
        *back <= CLOCK_CHANGE || (moved && *back <= ZONES)
    })
}

fn is_day(time: &Timestamp) -> bool {
    matches!(time.meaning(), TimeMeaning::Day(_))
}

/// Sorts clocks without a zone as they read. On a day of which one event states the day only, all
/// events keep their places.
fn sort_by_clock(events: &mut [Event]) {
    let days: HashSet<Date> = events
        .iter()
        .filter_map(|event| event.time.as_ref())
        .filter(|time| is_day(time))
        .filter_map(Timestamp::date)
        .collect();
    events.sort_by_key(|event| {
        let time = event.time.as_ref()?;
        let date = time.date()?;
        let clock = time.sort_key().filter(|_| !days.contains(&date));
        Some((date, clock))
    });
}

/// Compares the times of two events of one leg; `None` where they cannot be compared.
fn compare(left: &Event, right: &Event) -> Option<Ordering> {
    left.time.as_ref()?.compare_within_leg(right.time.as_ref()?)
}
