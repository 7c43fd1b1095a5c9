//! `GET /trackings/{carrier_code}/{tracking_number}`, with a language or without.

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;

/// One tracking. No carrier of the sandbox speaks a second language, so that the one asked for
/// changes nothing.
pub(crate) fn get(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let state = provider.state();
    let found = state
        .trackings
        .find(call.param("carrier_code"), call.param("tracking_number"))
        .and_then(|serial| state.trackings.get(serial));
    let Some(tracking) = found else {
        return Err(Refusal(state.settings.assumptions.unknown_number_code));
    };
    let repeat = state.settings.repeat_handover;
    Ok(state.with_view(tracking, &snapshot, |view| {
        envelope::success(&TrackingBody::new(view, Form::Single, repeat))
    }))
}
