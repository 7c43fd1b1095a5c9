//! Finds for each leg of a report the known leg that it is.

use std::borrow::Cow;
use std::collections::HashSet;

use super::meaning::{Content, Meaning, plain};
use super::timeline::{instant, role_rank};
use crate::kit::number_key;
use crate::{Leg, UtcTime};

/// For each leg of `latest` the index of the same leg in `known`, if it is known.
///
/// Courier and number decide; then shared events; then that nothing contradicts. At last, where
/// `all_listed`, a known leg without events is taken over by one that contradicts it: its courier or
/// number was corrected, and it must not stay behind.
pub(super) fn pair_legs(known: &[Leg], latest: &[Leg], all_listed: bool) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        known,
        latest,
        found: vec![None; latest.len()],
        taken: vec![false; known.len()],
    };
    pairs.pair(same_identity);
    pairs.pair(shares_events);
    pairs.pair(|known, leg| is_compatible(known, leg) && same_name(known, leg));
    pairs.pair_last(is_compatible);
    if all_listed {
        pairs.pair(|known, leg| known.events.is_empty() && known.role == leg.role);
        pairs.pair_last(|known, _| known.events.is_empty());
    }
    pairs.found
}

struct Pairs<'a> {
    known: &'a [Leg],
    latest: &'a [Leg],
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs<'_> {
    /// Pairs each leg that is left with the first known one that is left and the same.
    fn pair(&mut self, is_same: impl Fn(&Leg, &Leg) -> bool) {
        for (slot, leg) in self.found.iter_mut().zip(self.latest) {
            if slot.is_some() {
                continue;
            }
            let left = self.known.iter().zip(&mut self.taken).enumerate();
            let mut same = left.filter(|(_, (known, taken))| !**taken && is_same(known, leg));
            if let Some((index, (_, taken))) = same.next() {
                *taken = true;
                *slot = Some(index);
            }
        }
    }

    /// Pairs the only leg that is left on either side.
    fn pair_last(&mut self, is_same: impl Fn(&Leg, &Leg) -> bool) {
        let open = self.found.iter().filter(|found| found.is_none()).count();
        let left = self.taken.iter().filter(|taken| !**taken).count();
        if open == 1 && left == 1 {
            self.pair(is_same);
        }
    }
}

/// Returns true if they have the same courier, number and, where there is neither, the role.
///
/// Numbers and codes are the same in upper and lower case: providers change the case of both.
fn same_identity(known: &Leg, leg: &Leg) -> bool {
    let nameless = courier(leg).is_none() && number(leg).is_none();
    courier(known) == courier(leg)
        && number(known) == number(leg)
        && (!nameless || role_rank(&known.role) == role_rank(&leg.role))
}

/// Returns true if the same number or courier is stated on both sides.
fn same_name(known: &Leg, leg: &Leg) -> bool {
    let same = |known: Option<Cow<'_, str>>, own: Option<Cow<'_, str>>| {
        known.zip(own).is_some_and(|(known, own)| known == own)
    };
    same(number(known), number(leg)) || same(courier(known), courier(leg))
}

/// Returns true if neither number nor courier contradicts.
fn is_compatible(known: &Leg, leg: &Leg) -> bool {
    let agree = |known: Option<Cow<'_, str>>, own: Option<Cow<'_, str>>| {
        known.zip(own).is_none_or(|(known, own)| known == own)
    };
    agree(number(known), number(leg)) && agree(courier(known), courier(leg))
}

/// Returns true if an event of both has the same id or, where one has none, the same content.
pub(super) fn shares_events(known: &Leg, leg: &Leg) -> bool {
    let known: Vec<Meaning<'_>> = known.events.iter().map(Meaning::of).collect();
    let ids: HashSet<&str> = known.iter().filter_map(|it| it.id).collect();
    let contents: HashSet<Content<'_>> = known
        .iter()
        .filter(|it| it.has_time())
        .map(|it| it.only(u8::MAX))
        .collect();
    let mut events = leg.events.iter().map(Meaning::of);
    events.any(|event| {
        event.id.is_some_and(|id| ids.contains(id)) || contents.contains(&event.only(u8::MAX))
    })
}

fn courier(leg: &Leg) -> Option<Cow<'_, str>> {
    leg.courier.as_ref().map(|courier| plain(&courier.code))
}

fn number(leg: &Leg) -> Option<Cow<'_, str>> {
    leg.number.as_deref().map(number_key).map(Cow::Owned)
}

/// A sort key that does not depend on the order in which legs became known: the part of the journey,
/// then the first instant, then courier and number.
pub(super) fn leg_rank(leg: &Leg) -> (u8, bool, Option<UtcTime>, String, String) {
    let text = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned).unwrap_or_default();
    let first = leg.events.iter().filter_map(instant).min();
    (
        role_rank(&leg.role),
        first.is_none(),
        first,
        text(courier(leg)),
        text(number(leg)),
    )
}
