//! `POST /trackings/notupdate`: stops asking the carriers.

use serde::Serialize;

use super::envelope;
use super::item_outcome::ItemOutcome;
use super::module::TrackingMoreModule;
use crate::module::Call;
use crate::reply::Reply;

#[derive(Serialize)]
struct Answer {
    submitted: usize,
    change: usize,
    /// What an entry holds beside the number is assumed.
    trackings: Vec<ItemOutcome>,
}

pub(crate) fn stop(module: &TrackingMoreModule, call: &Call<'_>) -> Reply {
    let now = module.account().now;
    let stopped = module.state().for_each(call, |trackings, serial| {
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
