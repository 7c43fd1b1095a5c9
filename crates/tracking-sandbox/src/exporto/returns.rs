//! `POST /order/return-shipment`: registers a return; the answer has no body.

use http::StatusCode;

use super::book::OrderKey;
use super::input::{self, Object, text};
use super::module::ExportoModule;
use super::refusal::Refusal;
use crate::module::Call;
use crate::reply::Reply;

/// A registered return shipment. The parcel with its tracking number is the return.
#[derive(Debug, Clone)]
pub(crate) struct Return {
    pub(super) shipment_id: String,
    pub(super) order_id: String,
    /// The number that the order went out by.
    pub(super) outbound: Option<String>,
    /// The number of the return label.
    pub(super) inbound: String,
    pub(super) articles: Vec<String>,
}

pub(super) fn register(module: &ExportoModule, call: &Call<'_>) -> Reply {
    match add(module, call) {
        Ok(reply) => reply,
        Err(refusal) => module.refuse(refusal),
    }
}

fn add(module: &ExportoModule, call: &Call<'_>) -> Result<Reply, Refusal> {
    input::is_json(call)?;
    let invalid = || Refusal::registration(StatusCode::BAD_REQUEST);
    let body = input::object(call).ok_or_else(invalid)?;
    let shipment_id = text(&body, "shipmentId").ok_or_else(invalid)?;
    let inbound = text(&body, "foreignInboundTrackingId").ok_or_else(invalid)?;
    let order = order_key(&body).ok_or_else(invalid)?;

    let mut state = module.state();
    if state.settings.registration_outage {
        return Err(Refusal::registration(StatusCode::BAD_GATEWAY));
    }
    let book = module.book(&state);
    let order = book
        .order(&order)
        .ok_or_else(|| Refusal::registration(StatusCode::NOT_FOUND))?;
    if book.shipment(shipment_id).is_some() {
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
    let status = StatusCode::from_u16(assumptions.registration_status);
    let status = status.unwrap_or(StatusCode::CREATED);
    if assumptions.registration_body.is_empty() {
        return Ok(Reply::empty(status));
    }
    Ok(Reply::text(status, assumptions.registration_body.clone()))
}

/// The order, named in exactly one way.
fn order_key(body: &Object) -> Option<OrderKey> {
    let named = |key: &str| text(body, key).map(str::to_owned);
    match (
        body.contains_key("orderId"),
        body.contains_key("customerFacingId"),
    ) {
        (true, false) => named("orderId").map(OrderKey::Id),
        (false, true) => named("customerFacingId").map(OrderKey::CustomerFacingId),
        _ => None,
    }
}
