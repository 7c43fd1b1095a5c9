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

pub(crate) fn one(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let updated = (|| {
        let serial = state.existing(call.param("carrier_code"), call.param("tracking_number"))?;
        let body = input::body(call)?;
        state.change(serial, Fields::of(&body)?, account.now)?;
        Ok(serial)
    })();
    let tracking = updated.and_then(|serial| {
        let known = state.trackings.get(serial);
        known.ok_or(Refusal::UNKNOWN_TRACKING)
    });
    match tracking {
        Ok(tracking) => state.with_view(tracking, &account, |view| {
            envelope::success(&UpdatedTracking::new(view))
        }),
        Err(refusal) => refusal.into_reply(),
    }
}

/// What `updatemore` answers is not known; this form is that of its neighbours.
#[derive(Serialize)]
struct Answer<'a> {
    submitted: usize,
    update: usize,
    trackings: Vec<UpdatedTracking<'a>>,
    errors: Vec<ItemOutcome>,
}

pub(crate) fn many(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let items = match input::list(call, None) {
        Ok(items) => items,
        Err(refusal) => return refusal.into_reply(),
    };
    let (mut serials, mut errors) = (Vec::new(), Vec::new());
    for item in &items {
        let fields = Fields::of(item);
        let updated = fields.and_then(|fields| {
            let (carrier, number) = fields.key()?;
            let serial = state.existing(&carrier, &number)?;
            state.change(serial, fields, account.now)?;
            Ok(serial)
        });
        match updated {
            Ok(serial) => serials.push(serial),
            Err(refusal) => errors.push(ItemOutcome::refused(fields.ok(), refusal)),
        }
    }
    if state.settings.assumptions.empty_update_answer {
        return envelope::success(&envelope::NOTHING);
    }
    let followed = state.followed(&serials, &account);
    let views = state.views(&followed, &account);
    envelope::success(&Answer {
        submitted: items.len(),
        update: views.len(),
        trackings: views.iter().map(UpdatedTracking::new).collect(),
        errors,
    })
}

/// A status that a caller may set.
enum Wish {
    Set(Status),
    /// Back to what the carrier says.
    Original,
}

impl State {
    /// Changes what the account says about a tracking. A key that is absent or empty changes
    /// nothing; a wrong one keeps everything as it was.
    fn change(&mut self, serial: u64, fields: Fields<'_>, now: i64) -> Result<(), Refusal> {
        let status = match fields.text("status").as_deref() {
            None => None,
            Some("4") => Some(Wish::Set(Status::Delivered)),
            Some("7") => Some(Wish::Set(Status::Exception)),
            Some("8") => Some(Wish::Original),
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
            if let Some(text) = fields.text(field) {
                *slot = Some(text);
            }
        }
        if let Some(archived) = archived {
            tracking.archived = archived;
        }
        match status {
            Some(Wish::Set(status)) => tracking.manual = Some(status),
            Some(Wish::Original) => tracking.manual = None,
            None => {}
        }
        tracking.changed_at = Some(now);
        Ok(())
    }
}
