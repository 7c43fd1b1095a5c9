//! Finds for each leg of a response the leg that is already known.

use std::collections::{HashMap, VecDeque};

use super::order::role_rank;
use crate::{Courier, EventKey, Leg};

/// For each leg of `latest` the index of the same leg in `previous`, if it is known.
///
/// Couriers and numbers decide. A leg whose courier or number became known only later is
/// recognised by its events, or because nothing contradicts and no other leg is left.
pub(super) fn match_legs(previous: &[Leg], latest: &[Leg]) -> Vec<Option<usize>> {
    let mut matching = Matching {
        found: vec![None; latest.len()],
        taken: vec![false; previous.len()],
    };
    matching.by_identity(previous, latest);
    matching.by_events(previous, latest);
    matching.by_exclusion(previous, latest);
    matching.found
}

/// What courier, number and role say about a leg: two legs with the same identity are one.
///
/// Numbers and codes are the same in upper and lower case: providers change the case of both. The
/// role counts only where there is neither, since it changes when another leg becomes known.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity {
    courier: Option<String>,
    number: Option<String>,
    role: Option<u8>,
}

impl Identity {
    pub(super) fn of(leg: &Leg) -> Self {
        let (courier, number) = (courier_code(leg), leg.number.as_deref());
        let nameless = courier.is_none() && number.is_none();
        Self {
            courier: courier.map(plain),
            number: number.map(plain),
            role: nameless.then(|| role_rank(&leg.role)),
        }
    }
}

/// Legs that were matched so far. Each step looks at every leg and event once.
struct Matching {
    /// For each leg of the response the known one.
    found: Vec<Option<usize>>,
    /// The known legs that are matched.
    taken: Vec<bool>,
}

impl Matching {
    fn by_identity(&mut self, previous: &[Leg], latest: &[Leg]) {
        let mut known: HashMap<Identity, VecDeque<usize>> = HashMap::new();
        for (index, leg) in previous.iter().enumerate() {
            known.entry(Identity::of(leg)).or_default().push_back(index);
        }
        for (index, leg) in latest.iter().enumerate() {
            let same = known.get_mut(&Identity::of(leg));
            self.set(index, same.and_then(VecDeque::pop_front));
        }
    }

    fn by_events(&mut self, previous: &[Leg], latest: &[Leg]) {
        // For each key the legs that have it, the first one first. A leg that was taken stays
        // taken, so it can be dropped from the front for good.
        let mut known: HashMap<&EventKey, VecDeque<usize>> = HashMap::new();
        for index in self.free() {
            let events = previous.get(index).map(|leg| leg.events.as_slice());
            for event in events.unwrap_or_default() {
                known.entry(&event.key).or_default().push_back(index);
            }
        }
        for index in self.open() {
            let events = latest.get(index).map(|leg| leg.events.as_slice());
            let mut first: Option<usize> = None;
            for event in events.unwrap_or_default() {
                let Some(candidates) = known.get_mut(&event.key) else {
                    continue;
                };
                while candidates.front().is_some_and(|it| self.is_taken(*it)) {
                    candidates.pop_front();
                }
                let candidate = candidates.front().copied();
                first = first.into_iter().chain(candidate).min();
            }
            self.set(index, first);
        }
    }

    /// Matches the only leg that is left on either side, unless courier or number contradict.
    fn by_exclusion(&mut self, previous: &[Leg], latest: &[Leg]) {
        if let ([index], [candidate]) = (self.open().as_slice(), self.free().as_slice())
            && let (Some(leg), Some(known)) = (latest.get(*index), previous.get(*candidate))
            && is_compatible(known, leg)
        {
            self.set(*index, Some(*candidate));
        }
    }

    fn free(&self) -> Vec<usize> {
        let flags = self.taken.iter().enumerate();
        flags
            .filter_map(|(index, taken)| (!taken).then_some(index))
            .collect()
    }

    fn open(&self) -> Vec<usize> {
        let found = self.found.iter().enumerate();
        found
            .filter_map(|(index, known)| known.is_none().then_some(index))
            .collect()
    }

    fn is_taken(&self, known: usize) -> bool {
        self.taken.get(known) == Some(&true)
    }

    fn set(&mut self, index: usize, known: Option<usize>) {
        if let Some(flag) = known.and_then(|known| self.taken.get_mut(known)) {
            *flag = true;
        }
        if let Some(slot) = self.found.get_mut(index) {
            *slot = slot.or(known);
        }
    }
}

fn is_compatible(known: &Leg, leg: &Leg) -> bool {
    let agree = |left: Option<&str>, right: Option<&str>| match (left, right) {
        (Some(left), Some(right)) => left.trim().eq_ignore_ascii_case(right.trim()),
        _ => true,
    };
    agree(courier_code(known), courier_code(leg))
        && agree(known.number.as_deref(), leg.number.as_deref())
}

fn courier_code(leg: &Leg) -> Option<&str> {
    leg.courier
        .as_ref()
        .map(|courier: &Courier| courier.code.as_str())
}

fn plain(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

/// A sort key that does not depend on the order in which legs became known.
pub(super) fn leg_rank(leg: &Leg) -> (u8, String, String) {
    let text = |text: Option<&str>| text.map(plain).unwrap_or_default();
    (
        role_rank(&leg.role),
        text(courier_code(leg)),
        text(leg.number.as_deref()),
    )
}
