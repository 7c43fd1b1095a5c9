//! `POST /trackings/batch`: many at once, each with its own outcome.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::created_tracking::CreatedTracking;
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::item_outcome::ItemOutcome;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::tracking::Tracking;

const MAX_ITEMS: usize = 40;

#[derive(Serialize)]
struct Body<'a> {
    submitted: usize,
    added: usize,
    trackings: Vec<CreatedTracking<'a>>,
    errors: Vec<ItemOutcome>,
}

pub(crate) fn create(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let items = input::list(call, Some(MAX_ITEMS))?;
    let mut accepted: Vec<Tracking> = Vec::with_capacity(items.len());
    let mut errors = Vec::new();
    for item in &items {
        let fields = Fields::of(item);
        let checked = fields.and_then(|fields| {
            let tracking = state.acceptable(fields, "order_id", &snapshot)?;
            let is_same = |known: &Tracking| {
                known.number.eq_ignore_ascii_case(&tracking.number)
                    && known.carrier.eq_ignore_ascii_case(&tracking.carrier)
            };
            if accepted.iter().any(is_same) {
                return Err(Refusal::EXISTS);
            }
            Ok(tracking)
        });
        match checked {
            Ok(tracking) => accepted.push(tracking),
            Err(refusal) => errors.push(ItemOutcome::refused(fields.ok(), refusal)),
        }
    }
    // Whether a quota for some of the items helps those is not known; here it is all or none.
    state
        .settings
        .quota
        .pay(accepted.len() as u64 * Quota::ONE)?;
    let mut serials = Vec::with_capacity(accepted.len());
    for tracking in accepted {
        serials.push(state.register(tracking, &snapshot));
    }
    let trackings: Vec<_> = serials
        .iter()
        .filter_map(|serial| state.trackings.get(*serial))
        .map(CreatedTracking::new)
        .collect();
    Ok(envelope::reply(
        201,
        &Body {
            submitted: items.len(),
            added: trackings.len(),
            trackings,
            errors,
        },
    ))
}
