//! Merges the legs and events of a report into the known ones.

use std::collections::{BTreeMap, HashSet};

use super::align::{Match, align};
use super::event::{Report, note_missing, update};
use super::keys::Keys;
use super::legs::{leg_rank, pair_legs};
use super::order::arrange_arrivals;
use super::placement;
use super::report_time::{Age, ReportTime};
use super::timeline::instant;
use crate::{Event, EventKey, Leg, LegRole};

/// What kind of report is merged.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) seen: ReportTime,
    /// A complete response, as far as its own lists say so.
    pub(super) is_snapshot: bool,
    /// It names all legs.
    pub(super) all_legs: bool,
}

/// The legs after a merge, and what the report proves by its events.
pub(super) struct MergedLegs {
    pub(super) legs: Vec<Leg>,
    pub(super) evidence: Evidence,
    /// The keys of the events that the report has.
    pub(super) reported: HashSet<EventKey>,
}

/// What the events of a report say about its age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// It is complete, has every known event, and new ones.
    pub(super) is_extension: bool,
    /// It has a new event that is newer than all known ones.
    pub(super) is_ahead: bool,
    /// It has events, and none of them is the newest one.
    pub(super) is_behind: bool,
    /// It lacks events that are known, and are not retracted after it either.
    pub(super) is_lacking: bool,
    /// A list is partial, or a leg may be missing.
    pub(super) is_partly_read: bool,
    /// A list is empty where events are known.
    pub(super) has_vanished: bool,
    /// It has events.
    pub(super) has_events: bool,
}

/// Merges `latest` into `known`.
pub(super) fn merge_legs(known: Vec<Leg>, latest: Vec<Leg>, source: Source) -> MergedLegs {
    let pairs = pair_legs(&known, &latest, source.all_legs);
    let was_listed = known.iter().any(|leg| leg.listed.is_some());
    let is_complete: Vec<bool> = latest
        .iter()
        .map(|leg| source.is_snapshot && leg.completeness.is_complete() && !leg.events.is_empty())
        .collect();
    let matches = align(&known, &latest, &pairs, &is_complete);
    let mut evidence = evidence_of_matches(&known, &latest, &matches, source);
    let reported_any = latest.iter().any(|leg| !leg.events.is_empty());
    evidence.has_events = reported_any;
    evidence.has_vanished = source.is_snapshot
        && (has_emptied_list(&known, &latest, &pairs, &matches)
            || source.all_legs && !reported_any && known.iter().any(has_events));

    let mut merge = Merge {
        source,
        is_newer: evidence.is_extension,
        slots: Vec::with_capacity(known.len()),
        listed: known.iter().map(|leg| leg.listed).collect(),
        last_listed: known
            .iter()
            .filter_map(|leg| leg.listed)
            .reduce(ReportTime::or_newer),
        keys: known
            .iter()
            .flat_map(|leg| &leg.events)
            .map(|event| event.key.clone())
            .collect(),
        reported: HashSet::new(),
        new: HashSet::new(),
    };
    let mut heads: Vec<Option<Leg>> = Vec::with_capacity(known.len());
    for mut leg in known {
        let events = std::mem::take(&mut leg.events);
        merge.slots.push(events.into_iter().map(Some).collect());
        heads.push(Some(leg));
    }

    // First every event of the report, since one may come from a leg that is treated later.
    let mut reports = Vec::with_capacity(latest.len());
    for (((mut leg, known_leg), complete), matches) in
        latest.into_iter().zip(pairs).zip(is_complete).zip(matches)
    {
        let events = std::mem::take(&mut leg.events);
        let list = merge.list(&leg, known_leg, complete);
        let events = merge.take_events(events, matches, known_leg, list);
        reports.push((leg, known_leg, list, events));
    }

    let mut seen = Vec::with_capacity(reports.len());
    for (leg, known_leg, list, events) in reports {
        let slots = known_leg.and_then(|index| merge.slots.get_mut(index));
        let slots = slots.map(std::mem::take).unwrap_or_default();
        let known = known_leg.and_then(|index| heads.get_mut(index)?.take());
        let mut joined = merge_head(leg, known, list, source);
        joined.events = merge.join(slots, events, list, joined.listed.is_some());
        seen.push((known_leg, joined));
    }
    let is_gone = source.all_legs && reported_any;
    let mut unseen = Vec::new();
    for (index, (head, slots)) in heads.into_iter().zip(merge.slots).enumerate() {
        let Some(mut leg) = head else { continue };
        leg.events = slots.into_iter().flatten().collect();
        let may_judge = leg
            .listed
            .or(merge.last_listed)
            .is_none_or(|listed| source.seen.age_beside(listed) >= Age::Same);
        if is_gone && may_judge {
            let missing = leg.events.iter_mut();
            missing.for_each(|event| note_missing(event, source.seen.fetched_at));
            // It was listed, and has none of its events.
            leg.listed = Some(source.seen);
        }
        unseen.push((index, leg));
    }

    let legs = order_legs(seen, unseen, source, was_listed);
    let (is_ahead, is_behind) = front(&legs, &merge.new, &merge.reported);
    evidence.is_ahead = is_ahead;
    evidence.is_behind = is_behind;
    // Decided after the merge: it does not lack what it confirms to be gone.
    evidence.is_lacking = legs
        .iter()
        .flat_map(|leg| &leg.events)
        .any(|event| !event.retracted && !merge.reported.contains(&event.key));
    MergedLegs {
        legs,
        evidence,
        reported: merge.reported,
    }
}

fn evidence_of_matches(
    known: &[Leg],
    latest: &[Leg],
    matches: &[Vec<Option<Match>>],
    source: Source,
) -> Evidence {
    let all = || matches.iter().flatten();
    let matched: HashSet<_> = all().flatten().map(|found| found.known).collect();
    let mut kept = known.iter().enumerate().flat_map(|(leg, it)| {
        let events = it
            .events
            .iter()
            .enumerate()
            .filter(|(_, event)| !event.retracted);
        events.map(move |(index, _)| (leg, index))
    });
    let is_lacking = kept.any(|place| !matched.contains(&place));
    let is_partly_read =
        !source.all_legs || latest.iter().any(|leg| !leg.completeness.is_complete());
    let all_complete = source.is_snapshot && !is_partly_read;
    Evidence {
        is_extension: all_complete && !is_lacking && all().any(Option::is_none),
        is_partly_read: source.is_snapshot && is_partly_read,
        ..Evidence::default()
    }
}

fn has_events(leg: &Leg) -> bool {
    leg.events.iter().any(|event| !event.retracted)
}

/// Returns true if a list that was read is empty where events are known: an outage and a purge look
/// the same. Events that another leg has now did not vanish.
fn has_emptied_list(
    known: &[Leg],
    latest: &[Leg],
    pairs: &[Option<usize>],
    matches: &[Vec<Option<Match>>],
) -> bool {
    let moved = |place| {
        let mut found = matches.iter().flatten().flatten();
        found.any(|found| found.known == place)
    };
    let mut lists = latest.iter().zip(pairs).filter_map(|(leg, known_leg)| {
        let is_empty = leg.events.is_empty() && leg.completeness.is_complete();
        let index = known_leg.filter(|_| is_empty)?;
        Some((index, known.get(index)?))
    });
    lists.any(|(leg, known)| {
        let mut events = known.events.iter().enumerate();
        events.any(|(place, event)| !event.retracted && !moved((leg, place)))
    })
}

/// What the list of a leg may do to its known events.
#[derive(Clone, Copy)]
struct List {
    /// It is complete and not older than what is known: what it lacks is missing, and its order is
    /// the order.
    rules: bool,
    complete: bool,
    /// It is complete, and a newer complete list is known: what it has more is withdrawn since.
    is_outdated: bool,
    /// When its events were last reported, where the report is the state of an earlier merge.
    listed: Option<ReportTime>,
}

struct Merge {
    source: Source,
    /// The report is newer, whatever the clocks say.
    is_newer: bool,
    /// The known events of each known leg that no report has taken.
    slots: Vec<Vec<Option<Event>>>,
    listed: Vec<Option<ReportTime>>,
    /// The last one of them: a leg that only messages named is judged by no response that is older.
    last_listed: Option<ReportTime>,
    /// Every key that is given.
    keys: Keys,
    /// The keys of the events that the report has.
    reported: HashSet<EventKey>,
    /// Those among them that were not known.
    new: HashSet<EventKey>,
}

/// An event of the report, and where its known one was.
struct Reported {
    event: Event,
    /// Its index in the known leg that its own leg is.
    known: Option<usize>,
    /// It has to be put in its place: it is new, of another leg, or its time is another one.
    is_moved: bool,
}

impl Merge {
    fn list(&self, leg: &Leg, known_leg: Option<usize>, complete: bool) -> List {
        let known = known_leg.and_then(|index| self.listed.get(index).copied());
        let known = known.and_then(|listed| listed.or(self.last_listed));
        let own = leg.listed.unwrap_or(self.source.seen);
        let is_older = known.is_some_and(|known| own.age_beside(known) < Age::Same);
        let is_older = is_older && !self.is_newer;
        List {
            rules: complete && !is_older,
            complete,
            is_outdated: complete && is_older,
            listed: leg.listed,
        }
    }

    fn take_events(
        &mut self,
        events: Vec<Event>,
        matches: Vec<Option<Match>>,
        known_leg: Option<usize>,
        list: List,
    ) -> Vec<Reported> {
        let mut taken = Vec::with_capacity(events.len());
        for (event, found) in events.into_iter().zip(matches) {
            let known = found.and_then(|found| {
                let (leg, index) = found.known;
                let known = self.slots.get_mut(leg)?.get_mut(index)?.take()?;
                Some((known, found))
            });
            let seen = event.seen.or(list.listed).unwrap_or(self.source.seen);
            let Some((known, found)) = known else {
                if !list.is_outdated {
                    let event = self.new_event(event, seen, list);
                    taken.push(Reported {
                        event,
                        known: None,
                        is_moved: true,
                    });
                }
                continue;
            };
            let known_seen = known
                .seen
                .or(self.listed.get(found.known.0).copied().flatten());
            let time = known.time.clone();
            let report = Report {
                event,
                seen,
                complete: list.complete,
                is_newer: self.is_newer,
                is_earlier: found.is_earlier,
            };
            let event = update(known, report, known_seen);
            let same_leg = known_leg == Some(found.known.0);
            self.reported.insert(event.key.clone());
            taken.push(Reported {
                is_moved: !same_leg || event.time != time,
                event,
                known: same_leg.then_some(found.known.1),
            });
        }
        taken
    }

    fn new_event(&mut self, mut event: Event, seen: ReportTime, list: List) -> Event {
        event.key = self.keys.give(event.key);
        self.reported.insert(event.key.clone());
        // An event that is retracted when we first hear of it came and went unseen.
        if !event.retracted {
            self.new.insert(event.key.clone());
        }
        if event.seen.is_none() && !list.complete {
            event.seen = Some(seen);
        }
        event
    }

    /// Puts the events of one leg in order: those of the report, and the known ones that it lacks.
    fn join(
        &self,
        mut slots: Vec<Option<Event>>,
        reported: Vec<Reported>,
        list: List,
        was_listed: bool,
    ) -> Vec<Event> {
        if list.rules {
            return self.join_complete(slots, reported);
        }
        let mut moved = Vec::new();
        for Reported {
            event,
            known,
            is_moved,
        } in reported
        {
            match known.and_then(|index| slots.get_mut(index)) {
                Some(slot) if !is_moved => *slot = Some(event),
                _ => moved.push(event),
            }
        }
        let kept: Vec<Event> = slots.into_iter().flatten().collect();
        if was_listed {
            placement::place(kept, moved)
        } else {
            // Messages only: no response gave an order.
            let mut events = kept;
            events.append(&mut moved);
            arrange_arrivals(&mut events);
            events
        }
    }

    /// The order of a complete list is the order. A missing event stays behind the one that it
    /// followed.
    fn join_complete(&self, slots: Vec<Option<Event>>, reported: Vec<Reported>) -> Vec<Event> {
        let places = reported.iter().enumerate();
        let places: BTreeMap<usize, usize> = places
            .filter_map(|(place, event)| Some((event.known?, place)))
            .collect();
        let mut missing: BTreeMap<Option<usize>, Vec<Event>> = BTreeMap::new();
        let mut after = None;
        for (index, slot) in slots.into_iter().enumerate() {
            after = places.get(&index).copied().or(after);
            if let Some(mut event) = slot {
                note_missing(&mut event, self.source.seen.fetched_at);
                missing.entry(after).or_default().push(event);
            }
        }
        let mut joined = missing.remove(&None).unwrap_or_default();
        for (place, Reported { event, .. }) in reported.into_iter().enumerate() {
            joined.push(event);
            joined.extend(missing.remove(&Some(place)).unwrap_or_default());
        }
        if joined.iter().all(|event| event.order.is_some()) {
            joined.sort_by_key(|event| event.order);
        } else if joined.iter().all(|event| instant(event).is_some()) {
            joined.sort_by_key(instant);
        }
        joined
    }
}

/// Merges what a leg says beside its events. The newer report decides; what it leaves out is kept.
fn merge_head(mut leg: Leg, known: Option<Leg>, list: List, source: Source) -> Leg {
    let own = leg.seen.unwrap_or(source.seen);
    let listed = list.rules.then(|| leg.listed.unwrap_or(source.seen));
    leg.seen = Some(own);
    leg.listed = listed;
    let Some(known) = known else {
        return leg;
    };
    let is_newer = known
        .seen
        .is_none_or(|seen| own.age_beside(seen) >= Age::Same);
    let listed = match (known.listed, listed) {
        (Some(known), Some(own)) => Some(known.or_newer(own)),
        (known, own) => known.or(own),
    };
    let completeness = known.completeness.min(leg.completeness);
    let seen = known.seen.map_or(own, |known| known.or_newer(own));
    let known_role = known.role;
    let (mut joined, other) = if is_newer { (leg, known) } else { (known, leg) };
    joined.courier = joined.courier.or(other.courier);
    joined.number = joined.number.or(other.number);
    joined.tracking_url = joined.tracking_url.or(other.tracking_url);
    joined.status = joined.status.or(other.status);
    for (status, time) in other.milestones.claimed {
        joined.milestones.claimed.entry(status).or_insert(time);
    }
    // A message names some legs, so it does not say which part of the journey one is.
    if !source.all_legs && known_role != LegRole::Unknown {
        joined.role = known_role;
    }
    joined.completeness = completeness;
    joined.seen = Some(seen);
    joined.listed = listed;
    joined
}

/// A complete response decides the order of the legs, and legs that it does not name follow. Where
/// only messages came, the leg whose first event is the oldest goes first, in whichever order they came.
fn order_legs(
    seen: Vec<(Option<usize>, Leg)>,
    unseen: Vec<(usize, Leg)>,
    source: Source,
    was_listed: bool,
) -> Vec<Leg> {
    if source.all_legs {
        let seen = seen.into_iter().map(|(_, leg)| leg);
        return seen.chain(unseen.into_iter().map(|(_, leg)| leg)).collect();
    }
    let mut known: BTreeMap<usize, Leg> = unseen.into_iter().collect();
    let mut new = Vec::new();
    for (index, leg) in seen {
        match index {
            Some(index) => {
                known.insert(index, leg);
            }
            None => new.push(leg),
        }
    }
    let mut legs: Vec<Leg> = known.into_values().collect();
    if was_listed {
        new.sort_by_cached_key(leg_rank);
        legs.append(&mut new);
    } else {
        legs.append(&mut new);
        legs.sort_by_cached_key(leg_rank);
    }
    legs
}

/// Whether the newest event of a leg is new and nothing known elsewhere is later, and whether the
/// report has events of which none is the newest of its leg.
fn front(legs: &[Leg], new: &HashSet<EventKey>, reported: &HashSet<EventKey>) -> (bool, bool) {
    let known = legs.iter().flat_map(|leg| &leg.events);
    let known = known.filter(|event| !event.retracted && !new.contains(&event.key));
    let latest_known = known.filter_map(instant).max();
    let mut newest = legs.iter().filter_map(Leg::last_event);
    let is_ahead = newest.clone().any(|event| {
        let is_later = instant(event)
            .zip(latest_known)
            .is_none_or(|(own, known)| own >= known);
        new.contains(&event.key) && is_later
    });
    let has_newest = newest.any(|event| reported.contains(&event.key));
    (is_ahead, !reported.is_empty() && !has_newest)
}
