//! Finds for each event of a response the event that is already known.

use std::collections::HashMap;

use super::legs::match_legs;
use crate::{Event, EventKey, Leg, Timestamp};

/// The place of an event: index of the leg, index in the leg.
pub(super) type Place = (usize, usize);

/// How the legs and events of a response relate to the known ones.
pub(super) struct Pairing {
    /// For each leg of the response the same known leg.
    pub(super) legs: Vec<Option<usize>>,
    /// For each event of the response the same known event.
    pub(super) events: Vec<Vec<Option<Place>>>,
}

impl Pairing {
    /// Pairs by key. With `edits`, what is left is paired as edited events; that needs a response
    /// that lists every event, else a missing key says nothing.
    pub(super) fn new(known: &[Leg], latest: &[Leg], edits: bool) -> Self {
        let mut pairing = Self {
            legs: match_legs(known, latest),
            events: latest
                .iter()
                .map(|leg| vec![None; leg.events.len()])
                .collect(),
        };
        let taken = pairing.pair_by_key(known, latest);
        if edits {
            pairing.pair_edited(known, latest, &taken);
        }
        pairing
    }

    /// The known places that have a partner, with the place of the partner in the response.
    pub(super) fn inverse(&self) -> HashMap<Place, Place> {
        let mut inverse = HashMap::new();
        for (leg, events) in self.events.iter().enumerate() {
            for (index, known) in events.iter().enumerate() {
                if let Some(known) = known {
                    inverse.insert(*known, (leg, index));
                }
            }
        }
        inverse
    }

    fn pair_by_key(&mut self, known: &[Leg], latest: &[Leg]) -> Vec<Vec<bool>> {
        let mut taken: Vec<Vec<bool>> = known
            .iter()
            .map(|leg| vec![false; leg.events.len()])
            .collect();
        let mut places: HashMap<&EventKey, Vec<Place>> = HashMap::new();
        let mut by_leg: HashMap<(&EventKey, usize), Vec<Place>> = HashMap::new();
        for (leg, index, event) in places_of(known) {
            let place = (leg, index);
            places.entry(&event.key).or_default().push(place);
            by_leg.entry((&event.key, leg)).or_default().push(place);
        }
        for (leg, index, event) in places_of(latest) {
            let same_leg = self.legs.get(leg).copied().flatten();
            let in_leg = same_leg.and_then(|leg| by_leg.get_mut(&(&event.key, leg)));
            // An event may move to another leg, when its courier becomes known.
            let place = in_leg
                .and_then(|places| free(places, &taken))
                .or_else(|| free(places.get_mut(&event.key)?, &taken));
            if let Some(place) = place {
                mark(&mut taken, place);
                self.set((leg, index), place);
            }
        }
        taken
    }

    /// Pairs edited events: as many keys gone as came, in one leg, at one time, with one code.
    /// With unequal numbers nobody can say which became which.
    fn pair_edited(&mut self, known: &[Leg], latest: &[Leg], taken: &[Vec<bool>]) {
        for (leg, events) in latest.iter().map(|leg| &leg.events).enumerate() {
            let Some(known_leg) = self.legs.get(leg).copied().flatten() else {
                continue;
            };
            let known_events = known.get(known_leg).map(|leg| leg.events.as_slice());
            let is_taken = |index: usize| {
                let flags = taken.get(known_leg);
                flags.and_then(|flags| flags.get(index)).copied() == Some(true)
            };
            let gone = by_signature(known_events.unwrap_or_default(), |index, event| {
                !event.retracted && !is_taken(index)
            });
            let came = by_signature(events, |index, _| self.get((leg, index)).is_none());
            for (signature, came) in came {
                match gone.get(&signature) {
                    Some(gone) if gone.len() == came.len() => {
                        for (index, known_index) in came.into_iter().zip(gone) {
                            self.set((leg, index), (known_leg, *known_index));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn get(&self, (leg, index): Place) -> Option<Place> {
        self.events.get(leg)?.get(index).copied().flatten()
    }

    fn set(&mut self, (leg, index): Place, known: Place) {
        if let Some(slot) = self.events.get_mut(leg).and_then(|leg| leg.get_mut(index)) {
            *slot = Some(known);
        }
    }
}

/// What an edit of the text leaves as it was: the time and the code.
type Signature<'a> = (Option<&'a str>, Option<&'a str>);

fn by_signature(
    events: &[Event],
    counts: impl Fn(usize, &Event) -> bool,
) -> HashMap<Signature<'_>, Vec<usize>> {
    let mut found: HashMap<Signature<'_>, Vec<usize>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        if counts(index, event) {
            let raw = &event.status.raw;
            let time = event.time.as_ref().map(Timestamp::text);
            let code = raw.fine.as_deref().or(raw.main.as_deref());
            found.entry((time, code)).or_default().push(index);
        }
    }
    found
}

fn places_of(legs: &[Leg]) -> impl Iterator<Item = (usize, usize, &Event)> {
    legs.iter().enumerate().flat_map(|(leg, known)| {
        let events = known.events.iter().enumerate();
        events.map(move |(index, event)| (leg, index, event))
    })
}

/// Takes the last place that has no partner yet. What has one is dropped for good.
fn free(places: &mut Vec<Place>, taken: &[Vec<bool>]) -> Option<Place> {
    std::iter::from_fn(|| places.pop())
        .find(|(leg, index)| taken.get(*leg).and_then(|leg| leg.get(*index)) == Some(&false))
}

fn mark(taken: &mut [Vec<bool>], (leg, index): Place) {
    if let Some(flag) = taken.get_mut(leg).and_then(|leg| leg.get_mut(index)) {
        *flag = true;
    }
}
