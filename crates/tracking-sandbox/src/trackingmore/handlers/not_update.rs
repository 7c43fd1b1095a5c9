//! `POST /trackings/notupdate`: stops asking the carriers.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::provider::TrackingMoreProvider;

#[derive(Serialize)]
struct Answer {
    submitted: usize,
    change: usize,
    /// What an entry holds beside the number is assumed.
    trackings: Vec<ItemOutcome>,
}

pub(crate) fn stop(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let now = provider.account().now;
    let stopped = provider.state().for_each(call, |trackings, serial| {
        if let Some(tracking) = trackings.get_mut(serial) {
            tracking.stopped_at.get_or_insert(now);
        }
    });
    match stopped {
        Ok(outcomes) => envelope::success(&Answer {
            submitted: outcomes.items.len(),
            change: outcomes.done,
            trackings: outcomes.items,
        }),
        Err(refusal) => refusal.into_reply(),
    }
}
