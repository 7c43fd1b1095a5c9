//! `PATCH /trackers/{trackerId}`: what can change, and until when.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Envelope, OneTracker};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::requests::payload::{CourierCodes, Update};
use crate::ship24::samples::journey;
use crate::ship24::state::State;
use crate::ship24::tracker::Tracker;
use crate::ship24::view::View;
use crate::snapshot::Snapshot;

/// Couriers of one shipment, over all requests.
const MAX_COURIERS: usize = 9;

pub(crate) fn update(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let serial = state.named(call)?;
    let update = state.rules(&snapshot).update(call.body)?;
    state.apply(serial, &update, &snapshot)?;
    state.announce(serial, &snapshot);
    let tracker = state
        .trackers
        .get(serial)
        .ok_or_else(Refusal::tracker_not_found)?;
    let tracker =
        TrackerBody::new(tracker, &snapshot).with_recipient(update.recipient_name.as_deref());
    let data = OneTracker { tracker };
    Ok(Reply::json(StatusCode::OK, &Envelope { data }))
}

impl State {
    /// Changes all that was requested, or nothing.
    fn apply(
        &mut self,
        serial: usize,
        update: &Update,
        snapshot: &Snapshot<'_>,
    ) -> Result<(), Refusal> {
        let tracker = self
            .trackers
            .get(serial)
            .ok_or_else(Refusal::tracker_not_found)?;
        if changes_routing(tracker, update) && has_data(tracker, snapshot) {
            return Err(Refusal::not_updatable());
        }
        let couriers = joined_couriers(tracker, update.courier_codes.as_ref())?;
        self.refuse_taken_client_id(tracker, update)?;
        let Some(tracker) = self.trackers.get_mut(serial) else {
            return Err(Refusal::tracker_not_found());
        };
        match update.is_subscribed {
            Some(false) if tracker.is_subscribed => {
                tracker.is_subscribed = false;
                tracker.archived_at = Some(snapshot.now);
            }
            // It is not documented whether a tracker can be subscribed again; here it can.
            Some(true) => {
                tracker.is_subscribed = true;
                tracker.archived_at = None;
            }
            _ => {}
        }
        let payload = &mut tracker.payload;
        if let Some(couriers) = couriers {
            payload.courier_codes = couriers;
        }
        replace(&mut payload.origin_country, update.origin_country.as_ref());
        replace(
            &mut payload.destination_country,
            update.destination_country.as_ref(),
        );
        replace(&mut payload.post_code, update.post_code.as_ref());
        replace(&mut payload.shipping_day, update.shipping_day.as_ref());
        replace(&mut payload.courier_name, update.courier_name.as_ref());
        replace(&mut payload.tracking_url, update.tracking_url.as_ref());
        Ok(())
    }

    fn refuse_taken_client_id(&self, tracker: &Tracker, update: &Update) -> Result<(), Refusal> {
        let subscribes_again = update.is_subscribed == Some(true) && !tracker.is_subscribed;
        let holder = tracker
            .client_id()
            .and_then(|id| self.trackers.subscribed_with_client_id(id));
        if subscribes_again && holder.is_some() {
            return Err(Refusal::conflict(
                "The clientTrackerId belongs to another tracker now.",
            ));
        }
        Ok(())
    }
}

/// Returns true if the update would change what a courier was asked with.
fn changes_routing(tracker: &Tracker, update: &Update) -> bool {
    fn differs<T: PartialEq>(new: Option<&T>, known: Option<&T>) -> bool {
        new.is_some() && new != known
    }
    let payload = &tracker.payload;
    differs(
        update.origin_country.as_ref(),
        payload.origin_country.as_ref(),
    ) || differs(
        update.destination_country.as_ref(),
        payload.destination_country.as_ref(),
    ) || differs(update.shipping_day.as_ref(), payload.shipping_day.as_ref())
        || update.courier_codes.as_ref().is_some_and(|new| {
            new.codes
                .iter()
                .any(|code| !payload.courier_codes.codes.contains(code))
        })
}

fn has_data(tracker: &Tracker, snapshot: &Snapshot<'_>) -> bool {
    journey(snapshot, tracker.number()).is_some_and(|journey| {
        !View::of_tracker(tracker, &journey, snapshot.now)
            .scans
            .is_empty()
    })
}

/// Couriers are added to those that are there.
fn joined_couriers(
    tracker: &Tracker,
    new: Option<&CourierCodes>,
) -> Result<Option<CourierCodes>, Refusal> {
    let Some(new) = new else {
        return Ok(None);
    };
    let known = &tracker.payload.courier_codes;
    if known.codes.is_empty() {
        return Ok(Some(new.clone()));
    }
    let mut joined = CourierCodes {
        codes: known.codes.clone(),
        as_string: false,
    };
    for code in &new.codes {
        if !joined.codes.contains(code) {
            joined.codes.push(code.clone());
        }
    }
    if joined.codes.len() > MAX_COURIERS {
        return Err(Refusal::invalid(
            "A shipment takes at most 9 couriers in all.",
        ));
    }
    Ok(Some(joined))
}

fn replace<T: Clone>(known: &mut Option<T>, new: Option<&T>) {
    if let Some(new) = new {
        *known = Some(new.clone());
    }
}
