//! `GET /orders` and `GET /orders/{id}`.

use super::errors::Refusal;
use super::module::{Answer, OneConceptsModule};
use super::order::{ORDERS, Order};
use super::params::Params;
use super::tracking::Tracking;
use crate::module::Call;
use crate::reply::Reply;

/// A page of the orders of a status or with one of several external numbers.
pub(super) fn list(module: &OneConceptsModule, call: &Call<'_>) -> Reply {
    module.reply(call, page(module, call))
}

fn page(module: &OneConceptsModule, call: &Call<'_>) -> Result<Answer, Refusal> {
    let params = Params::read(call.query);
    let state = module.state();
    let now = module.account().now;
    let assumptions = &state.settings.assumptions;
    let numbers = params.many("externalOrderNumber");
    let status = params.one("status");
    let matching: Vec<_> = state
        .orders
        .all()
        .filter(|order| numbers.is_empty() || numbers.contains(&order.external_number.as_str()))
        .map(|order| (order, state.trackings_of(order, now)))
        .filter(|(order, trackings)| {
            status.is_none_or(|wanted| order.status(trackings).text() == wanted)
        })
        .collect();
    let show = |(order, trackings): &(&Order, Vec<&Tracking>)| order.body(trackings, assumptions);
    let body = ORDERS.page(&matching, show, &params, assumptions)?;
    Ok(Answer::ok(body))
}

/// One order.
pub(super) fn get(module: &OneConceptsModule, call: &Call<'_>) -> Reply {
    module.reply(call, item(module, call))
}

fn item(module: &OneConceptsModule, call: &Call<'_>) -> Result<Answer, Refusal> {
    let state = module.state();
    let assumptions = &state.settings.assumptions;
    let order = call
        .param("id")
        .parse()
        .ok()
        .and_then(|id| state.orders.get(id))
        .ok_or_else(Refusal::not_found)?;
    let trackings = state.trackings_of(order, module.account().now);
    let body = ORDERS.item(order.body(&trackings, assumptions), assumptions);
    Ok(Answer::ok(body))
}
