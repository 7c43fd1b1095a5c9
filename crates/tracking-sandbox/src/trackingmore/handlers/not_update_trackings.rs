//! `POST /trackings/notupdate`: stops asking the carriers.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;

#[derive(Serialize)]
struct Body {
    submitted: usize,
    change: usize,
    /// What an entry holds beside the number is assumed.
    trackings: Vec<ItemOutcome>,
}

pub(crate) fn stop(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let now = provider.snapshot().now;
    let outcomes = provider.state().for_each(call, |trackings, serial| {
        if let Some(tracking) = trackings.get_mut(serial) {
            tracking.stopped_at.get_or_insert(now);
        }
    })?;
    Ok(envelope::success(&Body {
        submitted: outcomes.items.len(),
        change: outcomes.done,
        trackings: outcomes.items,
    }))
}
