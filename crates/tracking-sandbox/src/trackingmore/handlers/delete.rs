//! `DELETE /trackings/{carrier_code}/{tracking_number}` and `POST /trackings/delete`.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::provider::TrackingMoreProvider;

pub(crate) fn one(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let mut state = provider.state();
    let removed = state
        .existing(call.param("carrier_code"), call.param("tracking_number"))
        .map(|serial| state.trackings.remove(serial));
    match removed {
        Ok(_) => envelope::success(&envelope::NOTHING),
        Err(refusal) => refusal.into_reply(),
    }
}

#[derive(Serialize)]
struct Answer {
    submitted: usize,
    delete: usize,
    trackings: Vec<Wrapped>,
}

/// Each entry sits in a key of its own. What it holds beside the number is assumed.
#[derive(Serialize)]
struct Wrapped {
    meta: ItemOutcome,
}

pub(crate) fn many(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let deleted = provider.state().for_each(call, |trackings, serial| {
        trackings.remove(serial);
    });
    match deleted {
        Ok(outcomes) => envelope::success(&Answer {
            submitted: outcomes.items.len(),
            delete: outcomes.done,
            trackings: outcomes
                .items
                .into_iter()
                .map(|meta| Wrapped { meta })
                .collect(),
        }),
        Err(refusal) => refusal.into_reply(),
    }
}
