//! `GET /trackings/{carrier_code}/{tracking_number}`, with a language or without.

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;

/// One tracking. No carrier of the sandbox speaks a second language, so that the one asked for
/// changes nothing.
pub(crate) fn get(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let state = provider.state();
    let found = state
        .trackings
        .find(call.param("carrier_code"), call.param("tracking_number"))
        .and_then(|serial| state.trackings.get(serial));
    let Some(tracking) = found else {
        return Refusal(state.settings.assumptions.unknown_number_code).into_reply();
    };
    let repeat = state.settings.repeat_handover;
    state.with_view(tracking, &account, |view| {
        envelope::success(&TrackingBody::new(view, Form::Single, repeat))
    })
}
