//! Which courier said what: Ship24's flat list of events, as legs.

use tracking_core::{
    Conflict, Courier, Event, EventKey, Leg, LegRole, RawJson, RawList, UnmappedCounter,
};

use crate::mapping::timestamp;
use crate::status_table::map_status;
use crate::{LogisticDateTime, StatusCode, StatusMilestone};

/// Groups the events by the number they were found on and the courier that has it, oldest first.
///
/// The leg with the oldest event is the origin. An event without a courier code belongs to the leg
/// of its number. `trackingNumber` plays no part: it may be another number of the shipment.
pub(crate) fn legs_of(
    events: Vec<crate::Event>,
    raws: &RawList,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    // Events come newest first (documented), so the reverse is oldest first.
    for (place, event) in events.into_iter().enumerate().rev() {
        let number = event
            .event_tracking_number
            .as_deref()
            .or(event.tracking_number.as_deref());
        let courier = event.courier_code.as_deref();
        let index = match position(&legs, number, courier) {
            Some(index) => index,
            None => {
                let mut leg = Leg::new(LegRole::Unknown);
                leg.number = number.map(str::to_owned);
                legs.push(leg);
                legs.len() - 1
            }
        };
        let Some(leg) = legs.get_mut(index) else {
            continue;
        };
        if leg.courier.is_none() {
            leg.courier = courier.map(Courier::new);
        }
        let event = unified(event, raws.element(place), unmapped, conflicts);
        leg.events.push(event);
    }
    assign_roles(&mut legs);
    legs
}

fn position(legs: &[Leg], number: Option<&str>, courier: Option<&str>) -> Option<usize> {
    legs.iter().position(|leg| {
        let own = leg.courier.as_ref().map(|courier| courier.code.as_str());
        leg.number.as_deref() == number && (own.is_none() || courier.is_none() || own == courier)
    })
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
    mut event: crate::Event,
    raw: RawJson,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Event {
    // The key is made before the parts of the event are moved out of it.
    let key = match event.event_id.take() {
        Some(id) => EventKey::from_provider_id(id),
        None => key_of_content(&event),
    };
    let mapped = map_status(
        event.status_milestone.as_ref(),
        event.status_category.as_ref(),
        event.status_code.as_ref(),
        event.status.as_deref(),
        unmapped,
    );
    conflicts.extend(mapped.conflict);
    let mut unified = Event::new(key, mapped.report);
    unified.time = event.occurrence_datetime.map(timestamp);
    unified.description = event.status;
    unified.location = event.location;
    unified.courier = event.courier_code.map(Courier::new);
    unified.source = event.source_code;
    unified.order = event.order;
    unified.raw = raw;
    unified
}

/// The key of an event without an id of Ship24.
fn key_of_content(event: &crate::Event) -> EventKey {
    let number = event.event_tracking_number.as_deref().unwrap_or_default();
    let code = event.status_code.as_ref().map(StatusCode::as_str);
    let code = code.or(event.status_milestone.as_ref().map(StatusMilestone::as_str));
    EventKey::from_content(
        number,
        event
            .occurrence_datetime
            .as_ref()
            .map(LogisticDateTime::as_str)
            .unwrap_or_default(),
        code.unwrap_or_default(),
        event.status.as_deref().unwrap_or_default(),
    )
}
