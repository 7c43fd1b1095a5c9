//! `POST /tracking/search`: the per-call product. No tracker comes of it.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracking::{Envelope, Tracking, Trackings};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::samples::journey;
use crate::ship24::view::View;

pub(crate) fn search(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let mut state = provider.state();
    let payload = state.rules(&snapshot).search(call.body)?;
    let journey = journey(&snapshot, &payload.tracking_number);
    let view = journey
        .as_ref()
        .map(|journey| View::new(journey, snapshot.now, payload.post_code.is_some(), None))
        .filter(|view| !view.scans.is_empty());
    // Whether a search that gets 404 is billed is not documented; here it is free.
    if view.is_none() && !state.settings.assumptions.pending_search {
        return Err(Refusal::parcel_not_found());
    }
    state.use_quota()?;
    let shown = state.shown(snapshot.core);
    let tracking = Tracking::new(None, &payload.tracking_number, view.as_ref(), &shown);
    let trackings = Trackings {
        trackings: vec![tracking],
    };
    Ok(Reply::json(
        StatusCode::CREATED,
        &Envelope { data: trackings },
    ))
}
