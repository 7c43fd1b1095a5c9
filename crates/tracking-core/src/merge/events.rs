//! Merges the legs and events of two observations: which are the same, new, edited or gone.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::Change;
use super::event_merge::{is_reworded, with_history};
use super::legs::leg_rank;
use super::order::{compare_in_leg, instant};
use super::pairing::Pairing;
use super::placement;
use super::verdict::{Horizon, newest};
use crate::{Event, Leg};

/// What an observation may do to the known events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authority {
    /// It lists every event: a missing one is gone, and its order is the order.
    Complete,
    /// It adds and corrects.
    Partial,
    /// It is older than what is known: it adds, but corrects nothing.
    Outdated,
}

/// Merges `latest` into `known` and lists what changed.
pub(super) fn merge_legs(
    known: Vec<Leg>,
    latest: Vec<Leg>,
    authority: Authority,
) -> (Vec<Leg>, Vec<Change>) {
    let complete = authority == Authority::Complete;
    let pairing = Pairing::new(&known, &latest, complete);
    let mut merge = Merge {
        newest: known.iter().map(|leg| newest(leg).cloned()).collect(),
        horizon: known.iter().map(newest).enumerate().collect(),
        places: pairing.inverse(),
        authority,
        changes: Vec::new(),
    };

    let mut events: Vec<Vec<Option<Event>>> = Vec::with_capacity(known.len());
    let mut heads: Vec<Option<Leg>> = Vec::with_capacity(known.len());
    for mut leg in known {
        let slots = std::mem::take(&mut leg.events);
        events.push(slots.into_iter().map(Some).collect());
        heads.push(Some(leg));
    }

    // First every event of the response, since one may have moved from a leg treated later.
    let mut reported = Vec::with_capacity(latest.len());
    for ((mut leg, known_leg), places) in latest.into_iter().zip(pairing.legs).zip(pairing.events) {
        let mut merged = Vec::with_capacity(leg.events.len());
        for (event, place) in std::mem::take(&mut leg.events).into_iter().zip(places) {
            let earlier =
                place.and_then(|(leg, index)| events.get_mut(leg)?.get_mut(index)?.take());
            let is_known = earlier.is_some();
            let event = match earlier {
                Some(earlier) => merge.known_event(earlier, event),
                None => merge.new_event(event, known_leg),
            };
            merged.push((event, is_known));
        }
        reported.push((leg, known_leg, merged));
    }

    let mut seen = Vec::with_capacity(reported.len());
    for (index, (mut leg, known_leg, merged)) in reported.into_iter().enumerate() {
        let slots = known_leg.and_then(|known_leg| events.get_mut(known_leg));
        let slots = slots.map(std::mem::take).unwrap_or_default();
        let earlier = known_leg.and_then(|known_leg| heads.get_mut(known_leg)?.take());
        leg.events = merge.join_events((known_leg, slots), (index, merged));
        seen.push((known_leg, merge.join_head(leg, earlier)));
    }
    let unseen = heads.into_iter().zip(events).enumerate();
    let unseen: Vec<(usize, Leg)> = unseen
        .filter_map(|(index, (head, slots))| {
            let mut leg = head?;
            let left = slots.into_iter().flatten();
            leg.events = left.map(|event| merge.missing_event(event)).collect();
            Some((index, leg))
        })
        .collect();

    let legs = order_legs(seen, unseen, complete);
    (legs, merge.changes)
}

struct Merge {
    /// The newest known event of each known leg.
    newest: Vec<Option<Event>>,
    /// The latest instant of those, by leg.
    horizon: Horizon<usize>,
    /// For each known event with a partner in the response the place of the partner.
    places: HashMap<(usize, usize), (usize, usize)>,
    authority: Authority,
    changes: Vec<Change>,
}

impl Merge {
    fn known_event(&mut self, earlier: Event, latest: Event) -> Event {
        if self.authority == Authority::Outdated {
            return with_history(earlier, latest);
        }
        let event = latest.key.clone();
        if earlier.retracted && !latest.retracted {
            self.changes.push(Change::Added {
                event: event.clone(),
            });
        } else if !earlier.retracted && latest.retracted {
            self.changes.push(Change::Retracted {
                event: event.clone(),
            });
        }
        let reworded = is_reworded(
            earlier.description.as_deref(),
            latest.description.as_deref(),
        );
        if reworded || earlier.key != latest.key {
            self.changes.push(Change::Revised {
                event,
                previous_key: earlier.key.clone(),
                previous_text: earlier.description.clone(),
            });
        }
        with_history(latest, earlier)
    }

    fn new_event(&mut self, event: Event, known_leg: Option<usize>) -> Event {
        // An event that is already retracted when we first hear of it came and went unseen.
        if !event.retracted {
            let key = event.key.clone();
            self.changes.push(if self.is_late(&event, known_leg) {
                Change::Late {
                    event: Some(key),
                    reported: event.status.status.clone(),
                    applied: false,
                }
            } else {
                Change::Added { event: key }
            });
        }
        event
    }

    fn missing_event(&mut self, mut event: Event) -> Event {
        if self.authority == Authority::Complete && !event.retracted {
            event.retracted = true;
            self.changes.push(Change::Retracted {
                event: event.key.clone(),
            });
        }
        event
    }

    /// Whether something newer is known: in the same leg by any times, in others by instants.
    fn is_late(&self, event: &Event, known_leg: Option<usize>) -> bool {
        let newest = known_leg.and_then(|leg| self.newest.get(leg)?.as_ref());
        let late_in_leg = newest.and_then(|newest| compare_in_leg(event, newest));
        let elsewhere = self.horizon.outside(known_leg.as_ref());
        let late_elsewhere = instant(event)
            .zip(elsewhere)
            .is_some_and(|(own, latest)| own < latest);
        late_in_leg == Some(Ordering::Less) || late_elsewhere
    }

    /// Puts the events of one leg in order: those of the response, and the known ones that the
    /// response does not have.
    fn join_events(
        &mut self,
        (known_leg, slots): (Option<usize>, Vec<Option<Event>>),
        (leg, merged): (usize, Vec<(Event, bool)>),
    ) -> Vec<Event> {
        let partner = |index: usize| {
            let place = self.places.get(&(known_leg?, index))?;
            (place.0 == leg).then_some(place.1)
        };
        let partners: Vec<Option<usize>> = (0..slots.len()).map(partner).collect();
        if self.authority == Authority::Complete {
            // A missing event stays behind the one that it followed.
            let mut missing: BTreeMap<Option<usize>, Vec<Event>> = BTreeMap::new();
            let mut after = None;
            for (slot, partner) in slots.into_iter().zip(partners) {
                after = partner.or(after);
                if let Some(event) = slot {
                    let event = self.missing_event(event);
                    missing.entry(after).or_default().push(event);
                }
            }
            let mut joined = missing.remove(&None).unwrap_or_default();
            for (index, (event, _)) in merged.into_iter().enumerate() {
                joined.push(event);
                joined.extend(missing.remove(&Some(index)).unwrap_or_default());
            }
            return joined;
        }

        let mut merged: Vec<Option<(Event, bool)>> = merged.into_iter().map(Some).collect();
        let mut standing = Vec::with_capacity(slots.len());
        for (slot, partner) in slots.into_iter().zip(partners) {
            let reported = partner.and_then(|partner| merged.get_mut(partner)?.take());
            standing.extend(slot.or(reported.map(|(event, _)| event)));
        }
        let new = merged.into_iter().flatten().map(|(event, _)| event);
        placement::place(standing, new.collect())
    }

    fn join_head(&self, mut latest: Leg, known: Option<Leg>) -> Leg {
        let Some(mut known) = known else {
            return latest;
        };
        let (mut joined, other) = if self.authority == Authority::Outdated {
            known.events = std::mem::take(&mut latest.events);
            (known, latest)
        } else {
            (latest, known)
        };
        joined.courier = joined.courier.or(other.courier);
        joined.number = joined.number.or(other.number);
        joined.tracking_url = joined.tracking_url.or(other.tracking_url);
        joined.status = joined.status.or(other.status);
        for (status, time) in other.milestones.claimed {
            joined.milestones.claimed.entry(status).or_insert(time);
        }
        joined
    }
}

/// A complete response decides the order of the legs, and legs that it does not name follow. New
/// legs of any other response are put where they would also be had they come earlier.
fn order_legs(
    seen: Vec<(Option<usize>, Leg)>,
    unseen: Vec<(usize, Leg)>,
    complete: bool,
) -> Vec<Leg> {
    if complete {
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
    let ranked = |leg: Leg| (leg_rank(&leg), leg);
    let standing = known.into_values().map(ranked).collect();
    let new = new.into_iter().map(ranked).collect();
    let placed = placement::place_by(standing, new, |left, right| left.0.cmp(&right.0));
    placed.into_iter().map(|(_, leg)| leg).collect()
}
