//! `GET /shipment/{shipmentId}`: one shipment with all that is known.

use http::StatusCode;

use crate::exporto::errors::Refusal;
use crate::exporto::provider::ExportoProvider;
use crate::server::{Call, Reply};

pub(crate) fn get(provider: &ExportoProvider, call: &Call<'_>) -> Reply {
    let state = provider.state();
    match state.shipment(call.param("shipmentId"), &provider.snapshot()) {
        Some(shipment) => {
            let body = shipment.whole(&state.settings.assumptions);
            Reply::json(StatusCode::OK, &body)
        }
        None => provider.refuse(Refusal::shipment_not_found()),
    }
}
