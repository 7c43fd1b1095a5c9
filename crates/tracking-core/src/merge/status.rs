//! Whether a reported status replaces the known one.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::Change;
use super::events::{Evidence, Source};
use super::memory::Memory;
use super::report_time::{Age, ReportTime};
use super::timeline::instant;
use crate::{Event, EventKey, Leg, Origin, Status, StatusReport, UtcTime};

/// How old an observation is beside what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recency {
    /// Proven to be newer.
    Newer,
    /// Nothing proves that it is newer or older.
    Unproven,
    /// Proven to be older.
    Older,
}

/// Judges by the provider's clock, then by new events, then (for a response that we asked for) by
/// the time at which it was fetched. A complete response with every known event and new ones is newer
/// whatever the clocks say.
pub(super) fn recency(known: Option<ReportTime>, source: Source, evidence: Evidence) -> Recency {
    let by_provider = known.and_then(|known| source.seen.order_by_provider(known));
    let age = known.map_or(Age::Same, |known| source.seen.age_beside(known));
    if source.is_snapshot {
        return match by_provider {
            _ if evidence.is_extension => Recency::Newer,
            // An outage looks like a purge, so an empty list proves nothing.
            _ if evidence.has_vanished && age >= Age::Same => Recency::Unproven,
            Some(Ordering::Less) => Recency::Older,
            Some(_) => Recency::Newer,
            // It may come from a cache. A withdrawn event is seen by the next response.
            None if evidence.is_lacking && age >= Age::Same => Recency::Unproven,
            None if evidence.is_ahead => Recency::Newer,
            None => match age {
                Age::ProvenNewer => Recency::Newer,
                Age::ProvenOlder => Recency::Older,
                Age::Older | Age::Same | Age::Newer => Recency::Unproven,
            },
        };
    }
    match (by_provider, evidence.is_ahead, evidence.is_behind) {
        (Some(Ordering::Less), _, _) => Recency::Older,
        // A message that was made later but ends earlier holds a late event, or a complete response
        // came in between, which may know better.
        (Some(_), false, true) => Recency::Unproven,
        (Some(_), _, _) | (None, true, _) => Recency::Newer,
        (None, false, true) => Recency::Older,
        (None, false, false) => Recency::Unproven,
    }
}

/// Takes a reported status over, or refuses it and says so once. Returns what is to be said.
///
/// `reopens` is whether the events show that a final status is over.
pub(super) fn merge(
    known: &mut StatusReport,
    memory: &mut Memory,
    reported: StatusReport,
    recency: Recency,
    source: Source,
    evidence: Evidence,
    reopens: bool,
) -> Option<Change> {
    let (from, to) = (known.status.clone(), reported.status.clone());
    if says_nothing(&reported, evidence) {
        return None;
    }
    if means_the_same(known, &reported) {
        if recency != Recency::Older {
            *known = reported;
            memory.status = Some(newer(memory.status, source.seen));
        }
        return None;
    }
    let leaves_final = known.is_terminal() && (from != to || !reported.is_terminal());
    let falls = known.phase().or(memory.rank) > reported.phase() && reported.phase().is_some();
    // A response that lacks events may come from a cache, so it ends no exception either.
    let may_be_stale = source.is_snapshot
        && evidence.is_lacking
        && known.phase().is_none()
        && !known.status.is_vague()
        && reported
            .phase()
            .is_some_and(|phase| memory.rank.is_none_or(|rank| phase <= rank));
    let falls = falls || may_be_stale;
    // Of two messages the order of arrival decides nothing.
    let is_earlier_message = memory.status.is_some_and(|known| {
        source.seen.is_like(known) && source.seen.age_beside(known) < Age::Same
    });
    // A value without a meaning says that something happened only where something did: of a
    // shipment with events a new one, or the provider's clock.
    let has_news = evidence.is_ahead
        || evidence.is_extension
        || memory
            .status
            .is_none_or(|known| source.seen.order_by_provider(known) == Some(Ordering::Greater));
    // Nor does one beside an empty list, which may be an outage.
    let is_unread = !from.is_vague()
        && (to.is_unmapped() && evidence.has_events && !has_news
            || to.is_vague() && evidence.has_vanished);
    let refused = if recency == Recency::Older || is_unread {
        Some(Change::late_status(to.clone()))
    } else if leaves_final && reopens {
        None
    } else if leaves_final && !(reported.is_terminal() && recency == Recency::Newer) {
        Some(Change::LeftTerminal {
            from: from.clone(),
            to: to.clone(),
            from_detail: known.detail.clone(),
            to_detail: reported.detail.clone(),
        })
    } else if falls && recency != Recency::Newer {
        Some(Change::Regressed {
            from: from.clone(),
            to: to.clone(),
        })
    } else {
        let rises = reported.phase() > known.phase().or(memory.rank);
        (recency == Recency::Unproven && is_earlier_message && !rises)
            .then(|| Change::late_status(to.clone()))
    };
    if let Some(refused) = refused {
        let is_news = memory.refuse(&reported);
        return (is_news && (leaves_final || from != to)).then_some(refused);
    }
    let reopened = leaves_final && reopens;
    memory.rank = known.phase().or(memory.rank);
    memory.was_returning |= matches!(from, Status::Returning | Status::Returned);
    memory.status = Some(newer(memory.status, source.seen));
    let before = std::mem::replace(known, reported);
    memory.forget_refused(known, before.is_terminal() || known.is_terminal());
    reopened.then(|| Change::Reopened {
        from,
        to,
        from_detail: before.detail,
        to_detail: known.detail.clone(),
    })
}

/// Returns true if nothing was read that could be a status: no value at all, or the newest event of
/// a list of which not everything could be read, and which lacks known events.
fn says_nothing(reported: &StatusReport, evidence: Evidence) -> bool {
    let raw = &reported.raw;
    let has_value = raw.main.is_some() || raw.fine.is_some() || raw.category.is_some();
    let is_derived = reported.origin != Origin::Reported;
    (reported.status == Status::Unknown && !has_value)
        || (is_derived && evidence.is_partly_read && evidence.is_lacking)
}

/// Returns true if the events show that a final status is over: the event that made it final is
/// retracted or says something else now, or a complete response reports an act after it. A scan on the
/// way is no such act, since couriers upload scans late.
///
/// `final_event` is that event, where there was one, and `reported` has the events of a complete
/// response.
pub(super) fn reopens(
    final_status: &StatusReport,
    final_event: Option<&EventKey>,
    legs: &[Leg],
    reported: Option<&HashSet<EventKey>>,
) -> bool {
    let makes_final = |event: &Event| match final_event {
        Some(_) => is_final_event(event, final_status),
        // An exception that no event calls a loss.
        None => event.status.status == final_status.status,
    };
    let events = || legs.iter().flat_map(|leg| &leg.events);
    let finals = || events().filter(|it| !it.retracted && makes_final(it));
    let is_over = |event: &Event| {
        event.retracted && makes_final(event) || final_event.is_some_and(|key| *key == event.key)
    };
    if finals().next().is_none() {
        return events().any(is_over);
    }
    // Of two legs only instants say what came later.
    let instants: Option<Vec<UtcTime>> = finals().map(instant).collect();
    let last_instant = instants.and_then(|instants| instants.into_iter().max());
    let is_reported = |event: &Event| reported.is_some_and(|keys| keys.contains(&event.key));
    legs.iter().any(|leg| {
        let kept = || leg.events.iter().filter(|event| !event.retracted);
        let has_final = kept().any(makes_final);
        // Only what follows the last of them counts: an attempt between two deliveries is over.
        let mut latest = kept().rev().take_while(|event| !makes_final(event));
        latest.any(|event| {
            let is_later = || {
                let instants = instant(event).zip(last_instant);
                instants.is_some_and(|(own, last)| own > last)
            };
            is_act(event) && is_reported(event) && (has_final || is_later())
        })
    })
}

/// The event that made the status final: the last one that says it. A retracted one counts where
/// no other one is left, as it was so before.
pub(super) fn final_event(final_status: &StatusReport, legs: &[Leg]) -> Option<EventKey> {
    let events = || legs.iter().flat_map(|leg| &leg.events);
    let mut finals = events().filter(|event| is_final_event(event, final_status));
    let kept = finals.clone().rfind(|event| !event.retracted);
    kept.or_else(|| finals.next_back())
        .map(|event| event.key.clone())
}

fn is_final_event(event: &Event, final_status: &StatusReport) -> bool {
    event.status.status == final_status.status && event.status.is_terminal()
}

fn is_act(event: &Event) -> bool {
    match event.status.status {
        Status::OutForDelivery
        | Status::AttemptFailed
        | Status::AvailableForPickup
        | Status::Returning
        | Status::Returned => true,
        Status::Exception => event.status.reason.is_some() || event.status.detail.is_some(),
        _ => false,
    }
}

fn means_the_same(known: &StatusReport, reported: &StatusReport) -> bool {
    known.status == reported.status
        && known.detail == reported.detail
        && known.reason == reported.reason
}

fn newer(known: Option<ReportTime>, own: ReportTime) -> ReportTime {
    known.map_or(own, |known| known.or_newer(own))
}
