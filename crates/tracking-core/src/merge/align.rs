//! Which events of a report are which known ones. Six rules, in this order; each event is matched
//! at most once, the n-th of its kind with the n-th:
//!
//! 1. the provider's id is the same;
//! 2. time, code, text and place are the same, or as much of them as both state; of a time that is its
//!    clock without the zone and, in complete lists, its day, with one left on either side;
//! 3. (complete lists) all but the place, with one left on either side: the place was edited (two
//!    different ids are two events here and below);
//! 4. time and place, and code or text, with one left on either side: the rest was edited;
//! 5. (complete lists) code, text and a place, with one left on either side: the time was corrected;
//! 6. what is left of the report is new, and what is left of the known is missing.
//!
//! What an event said earlier takes part, so that an old message finds its event again.

use std::collections::HashMap;
use std::hash::Hash;

use super::meaning::Meaning;
use crate::{Event, Leg};

/// The place of an event: the index of its leg, and that in the leg.
pub(super) type Place = (usize, usize);

/// The known event that a reported one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) known: Place,
    /// The report says what the event said before it was edited.
    pub(super) is_earlier: bool,
}

/// For each leg of `latest` and each of its events the known event, if there is one.
///
/// `legs` names the known leg of each reported one, and `is_complete` whether its list is complete.
pub(super) fn align(
    known: &[Leg],
    latest: &[Leg],
    legs: &[Option<usize>],
    is_complete: &[bool],
) -> Vec<Vec<Option<Match>>> {
    let known_items = known.iter().enumerate();
    let known_items = known_items.flat_map(|(leg, it)| {
        let events = it.events.iter().enumerate();
        events.map(move |(index, event)| Item::new((leg, index), Some(leg), true, event))
    });
    let reported = latest.iter().enumerate().flat_map(|(leg, it)| {
        let events = it.events.iter().enumerate();
        events.map(move |(index, event)| {
            let complete = is_complete.get(leg) == Some(&true);
            let known_leg = legs.get(leg).copied().flatten();
            Item {
                // What is withdrawn by now may be known from before its time was corrected.
                retracted: false,
                is_known: false,
                ..Item::new((leg, index), known_leg, complete, event)
            }
        })
    });
    let mut alignment = Alignment {
        known: known_items.collect(),
        reported: reported.collect(),
    };
    // A retracted event is matched only when no other one is left.
    alignment.known.sort_by_key(|item| item.retracted);
    alignment.apply_rules();

    let mut matches: Vec<Vec<Option<Match>>> = latest
        .iter()
        .map(|leg| vec![None; leg.events.len()])
        .collect();
    for item in alignment.reported {
        let (leg, index) = item.place;
        let slot = matches.get_mut(leg).and_then(|leg| leg.get_mut(index));
        if let Some(slot) = slot {
            *slot = item.found;
        }
    }
    matches
}

/// The bit of the time in [`Meaning::parts`].
const TIME: u8 = 1;

struct Alignment<'a> {
    known: Vec<Item<'a>>,
    reported: Vec<Item<'a>>,
}

/// An event of either side.
struct Item<'a> {
    place: Place,
    /// The known leg that it belongs to; events of different legs are matched by id only.
    leg: Option<usize>,
    complete: bool,
    /// It is known to be retracted.
    retracted: bool,
    /// It is of the known events, not of the report.
    is_known: bool,
    now: Meaning<'a>,
    earlier: Vec<Meaning<'a>>,
    /// For a reported event what it is; for a known one `Some` once it is matched.
    found: Option<Match>,
}

impl<'a> Item<'a> {
    fn new(place: Place, leg: Option<usize>, complete: bool, event: &'a Event) -> Self {
        Self {
            place,
            leg,
            complete,
            retracted: event.retracted,
            is_known: true,
            now: Meaning::of(event),
            earlier: event.revisions.iter().map(Meaning::of_revision).collect(),
            found: None,
        }
    }

    fn all(&self) -> impl Iterator<Item = &Meaning<'a>> {
        std::iter::once(&self.now).chain(&self.earlier)
    }
}

/// How many events may be left on either side of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// Any number: the n-th is matched with the n-th.
    Any,
    /// Exactly one, else it is unknown which one is which.
    One,
}

/// Whether a rule looks at what the known events say now, or at what they said earlier.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Earlier,
}

impl<'a> Alignment<'a> {
    fn apply_rules(&mut self) {
        const CODE: u8 = 2;
        const TEXT: u8 = 4;
        const PLACE: u8 = 8;
        const ALL: u8 = TIME | CODE | TEXT | PLACE;
        let any = |_: &Item<'a>| true;
        let complete = |item: &Item<'a>| item.complete;

        // 1. The id. A leg may be another one now: its courier was corrected.
        self.pair(When::Now, Left::Any, any, |_, it| it.id);
        self.pair(When::Earlier, Left::Any, any, |_, it| it.id);
        // 2. Everything.
        for when in [When::Now, When::Earlier] {
            self.pair(when, Left::Any, any, |item, it| {
                Some((item.leg?, it.only(ALL)))
            });
        }
        self.pair_as_far_as_stated();
        self.pair_by_stated_time();
        // 3. All but the place.
        self.pair(When::Now, Left::One, complete, |item, it| {
            let leg = item.leg.filter(|_| it.has_time())?;
            Some((leg, it.only(TIME | CODE | TEXT)))
        });
        // 4. All but the text, all but the code. A day is no time of one scan: a message may hold
        // another scan of that day, and only a complete list shows that the known one is gone.
        let is_one_time =
            |item: &Item<'a>, it: &Meaning<'a>| it.is_clock() || (item.complete && it.has_time());
        self.pair(When::Now, Left::One, any, |item, it| {
            let applies = it.code.is_some() && is_one_time(item, it);
            Some((item.leg.filter(|_| applies)?, it.only(TIME | PLACE | CODE)))
        });
        self.pair(When::Now, Left::One, any, |item, it| {
            let applies = it.text.is_some() && is_one_time(item, it);
            Some((item.leg.filter(|_| applies)?, it.only(TIME | PLACE | TEXT)))
        });
        // 5. All but the time.
        self.pair(When::Now, Left::One, complete, |item, it| {
            // What was withdrawn did not happen later: that is another event.
            let leg = item.leg.filter(|_| it.place.is_some() && !item.retracted)?;
            Some((leg, it.only(CODE | TEXT | PLACE)))
        });
        // 6. The rest is new or missing.
    }

    /// A field that one side lacks does not count, since it may have been unreadable. Two others
    /// have to be there, one of them the time or the text.
    fn pair_as_far_as_stated(&mut self) {
        let free = |items: &[Item<'_>]| {
            let free = items.iter().filter(|item| item.found.is_none());
            let mut parts: Vec<u8> = free.flat_map(Item::all).map(Meaning::parts).collect();
            parts.sort_unstable();
            parts.dedup();
            parts
        };
        let known = free(&self.known);
        let both = |(reported, known): (u8, u8)| reported & known;
        let mut pairs: Vec<(u8, u8)> = free(&self.reported)
            .into_iter()
            .flat_map(|reported| known.iter().map(move |known| (reported, *known)))
            .filter(|(reported, known)| reported != known)
            .filter(|pair| both(*pair).count_ones() >= 2 && both(*pair) & 0b101 != 0)
            .collect();
        // What has more in common goes first; of as much, what has the time, by which scans differ most, then
        // what lacks less on one side.
        pairs.sort_unstable_by_key(|pair| {
            let both = both(*pair);
            let alike = (pair.0 ^ pair.1).count_zeros();
            std::cmp::Reverse((both.count_ones(), both & TIME, alike, both, *pair))
        });
        for (reported, known) in pairs {
            for when in [When::Now, When::Earlier] {
                self.pair(
                    when,
                    Left::Any,
                    |_| true,
                    |item, it| {
                        // A field that both have counts, so that two times are two events.
                        let parts = if item.is_known { known } else { reported };
                        let leg = item.leg.filter(|_| it.parts() == parts)?;
                        Some((leg, it.only(both((reported, known)))))
                    },
                );
            }
        }
    }

    /// A zone that one side lacks does not count, nor does the clock beside a day. A day is no time of one
    /// scan, so that takes a complete list; another zone does too, since clocks are put back.
    fn pair_by_stated_time(&mut self) {
        let complete = |item: &Item<'a>| item.complete;
        for is_known_finer in [true, false] {
            let is_finer = |item: &Item<'a>| item.is_known == is_known_finer;
            self.pair(
                When::Now,
                Left::One,
                |_| true,
                |item, it| {
                    let leg = item.leg.filter(|_| it.is_instant() == is_finer(item))?;
                    Some((leg, it.by_clock()?))
                },
            );
            self.pair(When::Now, Left::One, complete, |item, it| {
                let leg = item.leg.filter(|_| it.is_clock() == is_finer(item))?;
                Some((leg, it.by_day()?))
            });
        }
        self.pair(When::Now, Left::One, complete, |item, it| {
            Some((item.leg?, it.by_clock()?))
        });
    }

    /// Matches what has the same key on both sides, among the reported events to which the rule
    /// `applies`.
    fn pair<K: Hash + Eq>(
        &mut self,
        when: When,
        left: Left,
        applies: impl Fn(&Item<'a>) -> bool,
        key: impl Fn(&Item<'a>, &Meaning<'a>) -> Option<K>,
    ) {
        let mut known: HashMap<K, Vec<usize>> = HashMap::new();
        for (index, item) in self.known.iter().enumerate() {
            if item.found.is_some() {
                continue;
            }
            let meanings: Vec<&Meaning<'_>> = match when {
                When::Now => vec![&item.now],
                When::Earlier => item.earlier.iter().collect(),
            };
            for key in meanings.into_iter().filter_map(|it| key(item, it)) {
                let indices = known.entry(key).or_default();
                if indices.last() != Some(&index) {
                    indices.push(index);
                }
            }
        }
        if known.is_empty() {
            return;
        }
        let keys_of = |item: &Item<'a>| {
            let mut keys: Vec<K> = Vec::new();
            for key in item.all().filter_map(|it| key(item, it)) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            keys
        };
        let open = self.reported.iter().enumerate();
        let open = open.filter(|(_, item)| item.found.is_none() && applies(item));
        let open: Vec<(usize, Vec<K>)> = open.map(|(index, it)| (index, keys_of(it))).collect();
        let mut counts: HashMap<&K, usize> = HashMap::new();
        for (_, keys) in &open {
            for key in keys {
                *counts.entry(key).or_default() += 1;
            }
        }
        let mut found = Vec::new();
        let mut taken = vec![false; self.known.len()];
        for (index, keys) in &open {
            let Some(item) = self.reported.get(*index) else {
                continue;
            };
            let partner = keys.iter().find_map(|key| {
                let candidates = known.get(key)?;
                if left == Left::One && (candidates.len() > 1 || counts.get(key) > Some(&1)) {
                    return None;
                }
                candidates.iter().copied().find(|candidate| {
                    let known = self.known.get(*candidate);
                    taken.get(*candidate) == Some(&false)
                        && known.is_some_and(|known| may_be_one(known, item, left))
                })
            });
            if let Some(partner) = partner {
                if let Some(flag) = taken.get_mut(partner) {
                    *flag = true;
                }
                found.push((*index, partner));
            }
        }
        for (index, partner) in found {
            let (Some(known), Some(item)) =
                (self.known.get_mut(partner), self.reported.get_mut(index))
            else {
                continue;
            };
            let is_earlier = !known.now.says_the_same_as(&item.now)
                && known
                    .earlier
                    .iter()
                    .any(|it| it.says_the_same_as(&item.now));
            let found = Match {
                known: known.place,
                is_earlier,
            };
            known.found = Some(found);
            item.found = Some(found);
        }
    }
}

/// Returns true if they may be one, which two different ids are only where everything is the same: two ids
/// are two events. In a partial list they are two in any case; a complete one shows that a provider gave its
/// events new ids.
fn may_be_one(known: &Item<'_>, item: &Item<'_>, left: Left) -> bool {
    match (known.now.id, item.now.id) {
        (Some(known_id), Some(id)) if !item.complete || left == Left::One => {
            known_id == id || known.earlier.iter().any(|it| it.id == Some(id))
        }
        _ => true,
    }
}
