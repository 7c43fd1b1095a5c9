//! `POST /tracking/search`: the per-call product. No tracker comes of it.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracking::{Envelope, Tracking, Trackings};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::view::View;

pub(crate) fn search(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let mut state = provider.state();
    let payload = match state.rules(&account).search(call.body) {
        Ok(payload) => payload,
        Err(refusal) => return refusal.into_reply(),
    };
    let journey = account.journey(&payload.tracking_number);
    let view = journey
        .as_ref()
        .map(|journey| View::new(journey, account.now, payload.post_code.is_some(), None))
        .filter(|view| !view.scans.is_empty());
    let Some(view) = view else {
        return Refusal::parcel_not_found().into_reply();
    };
    // Whether a search that finds nothing is billed is not documented; here it is free.
    if let Err(refusal) = state.use_quota() {
        return refusal.into_reply();
    }
    let shown = state.shown(account.core);
    let tracking = Tracking::new(None, &payload.tracking_number, Some(&view), &shown);
    let trackings = Trackings {
        trackings: vec![tracking],
    };
    Reply::json(StatusCode::CREATED, &Envelope { data: trackings })
}
