//! One event and a report of it: what is edited, what is filled in, and what comes back.

use super::meaning::plain;
use super::report_time::{Age, ReportTime};
use crate::model::Revision;
use crate::time::TimeKind;
use crate::{Event, Timestamp, UtcTime};

/// A report of a known event.
pub(super) struct Report {
    pub(super) event: Event,
    /// When it was made.
    pub(super) seen: ReportTime,
    /// Its list is complete.
    pub(super) complete: bool,
    /// The whole response is newer than what is known, whatever the clocks say.
    pub(super) is_newer: bool,
    /// It says what the event said before it was edited.
    pub(super) is_earlier: bool,
}

/// Takes over what a report says of a known event, which was last reported at `known_seen`.
///
/// What the report lacks stays. What has the same meaning keeps its known spelling. What differs is
/// an edit of whichever is newer, and the other one becomes a revision.
pub(super) fn update(mut known: Event, report: Report, known_seen: Option<ReportTime>) -> Event {
    let Report {
        mut event,
        seen,
        complete,
        is_newer,
        is_earlier,
    } = report;
    let age = known_seen.map_or(Age::Newer, |known| seen.age_beside(known));
    let age = if is_newer { Age::ProvenNewer } else { age };
    let edits = match age {
        Age::ProvenNewer => true,
        Age::Newer => !is_earlier,
        // Two reports of one time: the second of two polls, and of messages always the same one.
        Age::Same => !is_earlier && (complete || content(&event) > content(&known)),
        Age::Older | Age::ProvenOlder => false,
    };

    for revision in std::mem::take(&mut event.revisions) {
        known.add_revision(revision);
    }
    note_id(&mut known, &event);
    let known_before = Revision::of(&known);
    let state_seen = event.seen;
    let times = event.time.as_ref().zip(known.time.as_ref());
    let is_refined = times.is_some_and(|(own, known)| own.refines(known));
    if take_content(&mut known, &event, edits) {
        // As it was reported, so that the same report finds its event again.
        let now = Revision::of(&known);
        let is_replaced =
            is_refined || now.code != known_before.code || (edits && now != known_before);
        known.add_revision(if is_replaced {
            known_before
        } else {
            Revision::of(&event)
        });
    }
    take_rest(&mut known, event, edits, age, complete);
    if age >= Age::Same {
        known.seen = if complete { state_seen } else { Some(seen) };
    } else {
        // It may go to a leg that was listed at another time.
        known.seen = known_seen;
    }
    known
}

/// Another id of the same event finds it from now on.
fn note_id(known: &mut Event, event: &Event) {
    let Some(id) = event.key.provider_id() else {
        return;
    };
    let is_noted = known.key.provider_id() == Some(id)
        || known
            .revisions
            .iter()
            .any(|it| it.id.as_deref() == Some(id));
    if !is_noted {
        let mut revision = Revision::of(known);
        revision.id = Some(id.to_owned());
        known.add_revision(revision);
    }
}

/// Fills in what is missing, such as the zone of a time, and, with `edits`, replaces what differs. Returns
/// true if something differs.
fn take_content(known: &mut Event, event: &Event, edits: bool) -> bool {
    let mut differs = false;
    let same_time = |left: &Timestamp, right: &Timestamp| left.means_same(right);
    // A string that is no time may be a fault, and does not replace a time.
    let is_time = |time: &&Timestamp| time.kind() != TimeKind::Unparsed;
    let has_time = known.time.as_ref().is_some_and(|time| is_time(&time));
    let time = event
        .time
        .as_ref()
        .filter(|time| !has_time || is_time(time));
    let times = time.zip(known.time.as_ref());
    let [is_refined, is_coarser] = times.map_or([false; 2], |(own, known)| {
        [own.refines(known), known.refines(own)]
    });
    let edits_time = is_refined || (edits && !is_coarser);
    differs |= take(&mut known.time, time, edits_time, same_time);
    let same_text = |left: &String, right: &String| plain(left) == plain(right);
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let text = given(&event.description);
    differs |= take(&mut known.description, text.as_ref(), edits, same_text);
    let place = given(&event.location);
    differs |= take(&mut known.location, place.as_ref(), edits, same_text);

    // A report without a code, which may have been unreadable, says nothing of the status.
    match (known.code(), event.code()) {
        (Some(_), None) => {}
        (Some(own), Some(other)) => {
            // A value without a meaning says less than one that has, whichever came first.
            let by_meaning = [&known.status, &event.status].map(|it| it.status.is_unmapped());
            let replaces = match by_meaning {
                [false, true] => false,
                [true, false] => true,
                _ => edits,
            };
            differs |= plain(own) != plain(other);
            if replaces {
                known.status = event.status.clone();
            }
        }
        (None, _) => {
            if edits || known.status.status.is_vague() {
                known.status = event.status.clone();
            }
        }
    }
    differs
}

fn take<T: Clone>(
    known: &mut Option<T>,
    reported: Option<&T>,
    edits: bool,
    is_same: impl Fn(&T, &T) -> bool,
) -> bool {
    let Some(reported) = reported else {
        return false;
    };
    match known {
        Some(known) if is_same(known, reported) => false,
        Some(known) => {
            if edits {
                *known = reported.clone();
            }
            true
        }
        None => {
            *known = Some(reported.clone());
            false
        }
    }
}

/// Takes over what is not compared: it is new only together with the rest.
fn take_rest(known: &mut Event, event: Event, edits: bool, age: Age, complete: bool) {
    let newer = edits || age >= Age::Same;
    let known_rest = (
        known.courier.take(),
        known.source.take(),
        known.signed_by.take(),
        known.order.take(),
    );
    let (courier, source, signed_by, order) = if newer {
        (
            event.courier.or(known_rest.0),
            event.source.or(known_rest.1),
            event.signed_by.or(known_rest.2),
            event.order.or(known_rest.3),
        )
    } else {
        (
            known_rest.0.or(event.courier),
            known_rest.1.or(event.source),
            known_rest.2.or(event.signed_by),
            known_rest.3.or(event.order),
        )
    };
    known.courier = courier;
    known.source = source;
    known.signed_by = signed_by;
    known.order = order;
    known.copies = known.copies.max(event.copies);
    if newer {
        known.origin = event.origin;
        if !event.raw.is_null() {
            known.raw = event.raw;
        }
        if event.retracted {
            known.retracted = true;
            known.missing_since = None;
        } else if event.missing_since.is_some() {
            known.missing_since = event.missing_since;
        } else {
            known.missing_since = None;
            // A message that is sent again does not bring an event back.
            if complete || age == Age::ProvenNewer {
                known.retracted = false;
            }
        }
    }
}

/// What decides between two messages of one time, so that their order does not.
fn content(event: &Event) -> (Option<&str>, Option<&str>, Option<&str>, Option<&str>) {
    (
        event.description.as_deref(),
        event.location.as_deref(),
        event.time.as_ref().map(Timestamp::text),
        event.code(),
    )
}

/// Notes that a complete list lacks an event: twice in a row, in two responses, is a retraction.
pub(super) fn note_missing(event: &mut Event, fetched_at: UtcTime) {
    if event.retracted {
        return;
    }
    match event.missing_since {
        None => event.missing_since = Some(fetched_at),
        Some(since) if since == fetched_at => {}
        Some(_) => {
            event.missing_since = None;
            event.retracted = true;
        }
    }
}
