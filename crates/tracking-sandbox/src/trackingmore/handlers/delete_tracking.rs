//! `DELETE /trackings/{carrier_code}/{tracking_number}` and `POST /trackings/delete`.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;

pub(crate) fn one(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut state = provider.state();
    let serial = state.existing(call.param("carrier_code"), call.param("tracking_number"))?;
    state.trackings.remove(serial);
    Ok(envelope::success(&envelope::NOTHING))
}

#[derive(Serialize)]
struct Body {
    submitted: usize,
    delete: usize,
    trackings: Vec<Wrapped>,
}

/// Each entry is in a key of its own. What it holds beside the number is assumed.
#[derive(Serialize)]
struct Wrapped {
    meta: ItemOutcome,
}

pub(crate) fn many(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let outcomes = provider.state().for_each(call, |trackings, serial| {
        trackings.remove(serial);
    })?;
    let items = outcomes.items.into_iter();
    Ok(envelope::success(&Body {
        submitted: items.len(),
        delete: outcomes.done,
        trackings: items.map(|meta| Wrapped { meta }).collect(),
    }))
}
