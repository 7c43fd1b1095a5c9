//! Which courier said what: Ship24's flat list of events, as legs.

use std::collections::HashMap;
use std::mem;

use tracking_core::kit::{UnmappedCounter, dated};
use tracking_core::model::Conflict;
use tracking_core::{Courier, Event, EventKey, Leg, LegRole, Problem};
use tracking_http::json::partial::Partial;

use crate::status_table::map_status;

/// Groups the events by the number they were found on and the courier that has it, oldest first.
///
/// The leg with the oldest event is the origin. An event without a courier code belongs to the leg
/// of its number. `trackingNumber` plays no part: it may be another number of the shipment.
pub(crate) fn legs_of(
    events: Vec<Partial<crate::Event>>,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
    problems: &mut Vec<Problem>,
) -> Vec<Leg> {
    // Events come newest first (documented), so the reverse is oldest first.
    let mut carriers = Carriers::default();
    let indices: Vec<usize> = events
        .iter()
        .rev()
        .map(|event| carriers.index_of(&event.value))
        .collect();
    let mut legs: Vec<Leg> = carriers.list.iter().map(Carrier::leg).collect();
    if legs.len() <= Carriers::FEW {
        for (index, leg) in legs.iter_mut().enumerate() {
            let count = indices.iter().filter(|it| **it == index).count();
            leg.events.reserve_exact(count);
        }
    }
    for (mut event, index) in events.into_iter().rev().zip(indices) {
        let Some(leg) = legs.get_mut(index) else {
            continue;
        };
        leg.events.push(unified(&mut event, unmapped, conflicts));
        problems.append(&mut event.problems);
    }
    assign_roles(&mut legs);
    legs
}

/// The legs of a list of events, as far as they are known.
#[derive(Default)]
struct Carriers<'a> {
    list: Vec<Carrier<'a>>,
    /// The first leg of each number, once there are more than [`Carriers::FEW`].
    by_number: HashMap<Option<&'a str>, usize>,
    by_courier: HashMap<Carrier<'a>, usize>,
}

/// What makes a leg.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Carrier<'a> {
    number: Option<&'a str>,
    courier: Option<&'a str>,
}

impl<'a> Carriers<'a> {
    /// Up to here looking at each leg is cheaper than looking one up.
    const FEW: usize = 16;

    /// The leg that an event belongs to, which may be a new one.
    fn index_of(&mut self, event: &'a crate::Event) -> usize {
        let number = event.event_tracking_number.as_deref();
        let carrier = Carrier {
            number: number.or(event.tracking_number.as_deref()),
            courier: event.courier_code.as_deref(),
        };
        let index = if self.list.len() <= Self::FEW {
            self.list.iter().position(|known| known.takes(carrier))
        } else {
            self.look_up(carrier)
        };
        let index = index.unwrap_or(self.list.len());
        match self.list.get_mut(index) {
            Some(known) if known.courier.is_none() => known.courier = carrier.courier,
            Some(_) => return index,
            None => self.list.push(carrier),
        }
        if self.list.len() == Self::FEW + 1 {
            (0..self.list.len()).for_each(|index| self.note(index));
        } else if self.list.len() > Self::FEW {
            self.note(index);
        }
        index
    }

    fn look_up(&self, carrier: Carrier<'a>) -> Option<usize> {
        let first = *self.by_number.get(&carrier.number)?;
        // Only the first leg of a number can be without a courier: it takes every event.
        let takes = self
            .list
            .get(first)
            .is_some_and(|known| known.takes(carrier));
        if takes {
            return Some(first);
        }
        self.by_courier.get(&carrier).copied()
    }

    fn note(&mut self, index: usize) {
        if let Some(carrier) = self.list.get(index) {
            self.by_number.entry(carrier.number).or_insert(index);
            self.by_courier.insert(*carrier, index);
        }
    }
}

impl Carrier<'_> {
    fn takes(&self, carrier: Self) -> bool {
        let same_courier =
            self.courier.is_none() || carrier.courier.is_none() || self.courier == carrier.courier;
        self.number == carrier.number && same_courier
    }

    fn leg(&self) -> Leg {
        let mut leg = Leg::new(LegRole::Unknown);
        leg.number = self.number.map(str::to_owned);
        leg.courier = self.courier.map(Courier::new);
        leg
    }
}

fn assign_roles(legs: &mut [Leg]) {
    match legs {
        [] => {}
        [only] => only.role = LegRole::Only,
        [first, .., last] => {
            first.role = LegRole::Origin;
            last.role = LegRole::Destination;
        }
    }
}

fn unified(
    read: &mut Partial<crate::Event>,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Event {
    let event = &mut read.value;
    let mapped = map_status(
        event.status_milestone.as_ref(),
        event.status_category.as_ref(),
        event.status_code.as_ref(),
        event.status.as_deref(),
        unmapped,
    );
    conflicts.extend(mapped.conflict);
    let mut unified = match event.event_id.take() {
        Some(id) => Event::new(EventKey::from_provider_id(id), mapped.report),
        None => Event::without_id(mapped.report),
    };
    unified.description = event.status.take();
    unified.location = event.location.take();
    unified.courier = event.courier_code.take().map(Courier::new);
    unified.source = event.source_code.take();
    unified.order = event.order;
    let time = event.occurrence_datetime.take();
    unified.time = time.and_then(|time| {
        dated(time.timestamp(), |message| {
            read.report("occurrenceDatetime", message);
        })
    });
    unified.raw = mem::take(&mut read.raw);
    unified
}

#[cfg(test)]
mod tests {
    use std::iter::zip;

    use super::{Carrier, Carriers};
    use crate::Event;

    fn event(number: Option<&str>, courier: Option<&str>) -> Event {
        Event {
            event_tracking_number: number.map(str::to_owned),
            courier_code: courier.map(str::to_owned),
            ..Event::default()
        }
    }

    fn places(events: &[Event]) -> Vec<usize> {
        let mut carriers = Carriers::default();
        events.iter().map(|it| carriers.index_of(it)).collect()
    }

    #[test]
    fn legs_are_found_the_same_whether_there_are_few_or_many() {
        let numbers = [Some("A"), Some("B"), None];
        let couriers = [None, Some("x"), Some("y"), Some("z")];
        let mixed: Vec<Event> = (0..60)
            .map(|turn| event(numbers[turn * 7 % 3], couriers[turn * 5 % 4]))
            .collect();
        let others: Vec<String> = (0..40).map(|other| format!("other{other}")).collect();
        let crowd: Vec<Event> = others.iter().map(|it| event(Some(it), Some("x"))).collect();
        let crowded: Vec<Event> = crowd.iter().chain(&mixed).cloned().collect();

        let few = places(&mixed);
        let many = places(&crowded);

        let many: Vec<usize> = many[crowd.len()..]
            .iter()
            .map(|it| it - crowd.len())
            .collect();
        assert_eq!(few, many);
        assert!(few.iter().any(|place| *place > 3));
    }

    #[test]
    fn leg_is_same_after_index_is_made() {
        let events: Vec<Event> = (0..50)
            .map(|it| event(Some(&it.to_string()), None))
            .collect();
        let again: Vec<Event> = (0..50)
            .map(|it| event(Some(&it.to_string()), Some("x")))
            .collect();
        let all: Vec<Event> = events
            .iter()
            .chain(&again)
            .chain(&events)
            .cloned()
            .collect();

        let places = places(&all);

        for (index, place) in zip(0..150, places) {
            assert_eq!(index % 50, place);
        }
    }

    #[test]
    fn many_legs_take_no_more_than_a_look_each() {
        let events: Vec<Event> = (0..200_000)
            .map(|it| event(Some(&it.to_string()), Some("x")))
            .collect();

        let places = places(&events);

        assert!(places.into_iter().eq(0..200_000));
    }

    #[test]
    fn event_without_courier_belongs_to_leg_of_its_number() {
        let known = Carrier {
            number: Some("A"),
            courier: Some("x"),
        };

        assert!(known.takes(Carrier {
            number: Some("A"),
            courier: None
        }));
        assert!(!known.takes(Carrier {
            number: None,
            courier: None
        }));
        assert!(!known.takes(Carrier {
            number: Some("A"),
            courier: Some("y")
        }));
    }
}
