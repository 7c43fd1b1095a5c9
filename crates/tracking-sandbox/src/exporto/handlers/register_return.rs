//! `POST /order/return-shipment`: registers a return; the response has no body.

use http::StatusCode;

use crate::exporto::errors::Refusal;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::requests::input::{self, Object, non_empty};
use crate::exporto::returns::Return;
use crate::exporto::shipments::OrderKey;
use crate::server::{Call, Reply};

pub(crate) fn register(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    input::is_json(call)?;
    let invalid = || Refusal::registration(StatusCode::BAD_REQUEST);
    let body = input::object(call).ok_or_else(invalid)?;
    let shipment_id = non_empty(&body, "shipmentId").ok_or_else(invalid)?;
    let inbound = non_empty(&body, "foreignInboundTrackingId").ok_or_else(invalid)?;
    let order = order_key(&body).ok_or_else(invalid)?;

    let mut state = provider.state();
    if state.settings.registration_outage {
        return Err(Refusal::registration(StatusCode::BAD_GATEWAY));
    }
    let snapshot = provider.snapshot();
    let order = state
        .order(&order, &snapshot)
        .ok_or_else(|| Refusal::registration(StatusCode::NOT_FOUND))?;
    if state.shipment(shipment_id, &snapshot).is_some() {
        return Err(invalid());
    }
    state.returns.push(Return {
        shipment_id: shipment_id.to_owned(),
        order_id: order.id,
        outbound: order.outbound,
        inbound: inbound.to_owned(),
        articles: Vec::new(),
    });
    let assumptions = &state.settings.assumptions;
    let status = assumptions.registration_status;
    if assumptions.registration_body.is_empty() {
        return Ok(Reply::empty(status));
    }
    Ok(Reply::text(status, assumptions.registration_body.clone()))
}

/// The order, named in exactly one way.
fn order_key(body: &Object) -> Option<OrderKey> {
    let named = |key: &str| non_empty(body, key).map(str::to_owned);
    match (
        body.contains_key("orderId"),
        body.contains_key("customerFacingId"),
    ) {
        (true, false) => named("orderId").map(OrderKey::Id),
        (false, true) => named("customerFacingId").map(OrderKey::CustomerFacingId),
        _ => None,
    }
}
