//! `PUT /trackings/{carrier_code}/{tracking_number}` and `POST /trackings/updatemore`.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::created_tracking::UpdatedTracking;
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::State;
use crate::trackingmore::statuses::Status;

pub(crate) fn one(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let serial = state.existing(call.param("carrier_code"), call.param("tracking_number"))?;
    let body = input::body(call)?;
    state.change(serial, Fields::of(&body)?, snapshot.now)?;
    let tracking = state.trackings.get(serial);
    let tracking = tracking.ok_or(Refusal::UNKNOWN_TRACKING)?;
    Ok(state.with_view(tracking, &snapshot, |view| {
        envelope::success(&UpdatedTracking::new(view))
    }))
}

/// What `updatemore` responds with is not known; this form is that of its neighbours.
#[derive(Serialize)]
struct Body<'a> {
    submitted: usize,
    update: usize,
    trackings: Vec<UpdatedTracking<'a>>,
    errors: Vec<ItemOutcome>,
}

pub(crate) fn many(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let items = input::list(call, None)?;
    let (mut serials, mut errors) = (Vec::new(), Vec::new());
    for item in &items {
        let fields = Fields::of(item);
        let updated = fields.and_then(|fields| {
            let (carrier, number) = fields.key()?;
            let serial = state.existing(&carrier, &number)?;
            state.change(serial, fields, snapshot.now)?;
            Ok(serial)
        });
        match updated {
            Ok(serial) => serials.push(serial),
            Err(refusal) => errors.push(ItemOutcome::refused(fields.ok(), refusal)),
        }
    }
    if state.settings.assumptions.empty_update_response {
        return Ok(envelope::success(&envelope::NOTHING));
    }
    let followed = state.followed(&serials, &snapshot);
    let views = state.views(&followed, &snapshot);
    Ok(envelope::success(&Body {
        submitted: items.len(),
        update: views.len(),
        trackings: views.iter().map(UpdatedTracking::new).collect(),
        errors,
    }))
}

/// A status that a caller may set.
enum NewStatus {
    Set(Status),
    /// Back to what the carrier says.
    Original,
}

impl State {
    /// Changes what the account says about a tracking. A key that is absent or empty changes
    /// nothing; a wrong one keeps everything as it was.
    fn change(&mut self, serial: u64, fields: Fields<'_>, now: i64) -> Result<(), Refusal> {
        let status = match fields.string("status").as_deref() {
            None => None,
            Some("4") => Some(NewStatus::Set(Status::Delivered)),
            Some("7") => Some(NewStatus::Set(Status::Exception)),
            Some("8") => Some(NewStatus::Original),
            Some(_) => return Err(Refusal::STATUS_INVALID),
        };
        let archived = fields.boolean("archived")?;
        let tracking = self
            .trackings
            .get_mut(serial)
            .ok_or(Refusal::UNKNOWN_TRACKING)?;
        let details = &mut tracking.details;
        for (field, slot) in [
            ("title", &mut details.title),
            ("logistics_channel", &mut details.logistics_channel),
            ("customer_name", &mut details.customer_name),
            ("customer_email", &mut details.customer_email),
            ("customer_phone", &mut details.customer_phone),
            ("order_id", &mut details.order_id),
            ("destination_code", &mut details.destination_code),
        ] {
            if let Some(value) = fields.string(field) {
                *slot = Some(value);
            }
        }
        if let Some(archived) = archived {
            tracking.archived = archived;
        }
        match status {
            Some(NewStatus::Set(status)) => tracking.manual = Some(status),
            Some(NewStatus::Original) => tracking.manual = None,
            None => {}
        }
        tracking.changed_at = Some(now);
        Ok(())
    }
}
