//! `GET /shipment/{shipmentId}`: one shipment with all that is known.

use http::StatusCode;

use crate::exporto::errors::Refusal;
use crate::exporto::provider::ExportoProvider;
use crate::server::{Call, Reply};

pub(crate) fn get(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let shipment = state
        .shipment(call.param("shipmentId"), &call.shown(provider.snapshot()))
        .ok_or_else(Refusal::shipment_not_found)?;
    let body = shipment.whole(&state.settings.assumptions);
    Ok(Reply::json(StatusCode::OK, &body))
}
