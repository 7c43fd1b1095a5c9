//! `GET /orders` and `GET /orders/{id}`.

use http::StatusCode;

use crate::oneconcepts::bodies::order::ORDERS;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::order::Order;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::oneconcepts::tracking::Tracking;
use crate::server::{Call, Reply};

/// A page of the orders of a status, or with one of several external numbers.
pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let params = Parameters::read(call.query);
    let state = provider.state();
    let now = call.shown(provider.snapshot()).now;
    let assumptions = &state.settings.assumptions;
    let numbers = params.many("externalOrderNumber");
    let status = params.one("status");
    let matching: Vec<_> = state
        .orders
        .all()
        .filter(|order| numbers.is_empty() || numbers.contains(&order.external_number.as_str()))
        .map(|order| (order, state.trackings_of(order, now)))
        .filter(|(order, trackings)| {
            status.is_none_or(|status| order.status(trackings).as_str() == status)
        })
        .collect();
    let show = |(order, trackings): &(&Order, Vec<&Tracking>)| order.body(trackings, assumptions);
    let body = ORDERS.page(&matching, show, &params, assumptions)?;
    response::write(call, StatusCode::OK, body, &state.settings)
}

/// One order.
pub(crate) fn get(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let order = call
        .param("id")
        .parse()
        .ok()
        .and_then(|id| state.orders.get(id))
        .ok_or_else(Refusal::not_found)?;
    let trackings = state.trackings_of(order, call.shown(provider.snapshot()).now);
    let body = ORDERS.item(order.body(&trackings, assumptions), assumptions);
    response::write(call, StatusCode::OK, body, &state.settings)
}
