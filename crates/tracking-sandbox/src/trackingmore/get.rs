//! `GET /trackings/{carrier_code}/{tracking_number}`, with a language or without.

use super::body::{Form, TrackingBody};
use super::codes::Refusal;
use super::envelope;
use super::module::TrackingMoreModule;
use crate::module::Call;
use crate::reply::Reply;

/// One tracking. No carrier of the sandbox speaks a second language, so that the one asked for
/// changes nothing.
pub(crate) fn get(module: &TrackingMoreModule, call: &Call<'_>) -> Reply {
    let account = module.account();
    let state = module.state();
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
