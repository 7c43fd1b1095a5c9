//! `GET /v1/tracking/{trackingNumber}`: one parcel with its checkpoints.

use http::StatusCode;

use crate::gcl::errors::Refusal;
use crate::gcl::provider::GclProvider;
use crate::server::{Call, Reply};

pub(crate) fn get(provider: &GclProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let state = provider.state();
    let number = call.param("trackingNumber").trim();
    let journey = snapshot.journey(number);
    let body = journey
        .as_deref()
        .and_then(|journey| state.tracking(number, journey, &snapshot))
        .ok_or_else(|| Refusal::not_found(number, &state.settings.assumptions))?;
    Ok(Reply::json(StatusCode::OK, &body))
}
