//! `PATCH /orders`: the status of an order. How the order is named is not documented.

use http::StatusCode;
use serde_json::{Map, Value};

use crate::oneconcepts::bodies::order::ORDERS;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::errors::{Refusal, Violation};
use crate::oneconcepts::media_type::{LD_JSON, MERGE_PATCH};
use crate::oneconcepts::order::{Order, OrderStatus};
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::input;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::oneconcepts::settings::{Assumptions, OrderUpdate};
use crate::oneconcepts::state::State;
use crate::server::{Call, Reply};

/// The order is named by its external number, in the query or in the body.
pub(crate) fn by_number(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    update(provider, call, Route::List)
}

/// The order is named by its own address.
pub(crate) fn by_id(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    update(provider, call, Route::Item)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    List,
    Item,
}

fn update(provider: &OneConceptsProvider, call: &Call<'_>, route: Route) -> Result<Reply, Refusal> {
    let now = provider.snapshot().now;
    let mut state = provider.state();
    let assumptions = &state.settings.assumptions;
    if (assumptions.order_update == OrderUpdate::ItemRoute) != (route == Route::Item) {
        return Err(Refusal::not_allowed());
    }
    let supported = if assumptions.merge_patch {
        MERGE_PATCH
    } else {
        LD_JSON
    };
    let fields = input::object(call, supported)?;
    let order = named(&state, call, &fields)?;
    let id = order.id;
    let current = order.status(&state.trackings_of(order, now));
    let completes = completes(current, fields.get("status"), assumptions)?;
    if let Some(order) = state.orders.get_mut(id) {
        order.complete |= completes;
    }
    let assumptions = &state.settings.assumptions;
    if assumptions.empty_update_response {
        return Ok(Reply::empty(StatusCode::NO_CONTENT));
    }
    let order = state.orders.get(id).ok_or_else(Refusal::not_found)?;
    let trackings = state.trackings_of(order, now);
    let body = ORDERS.item(order.body(&trackings, assumptions), assumptions);
    response::write(call, StatusCode::OK, body, &state.settings)
}

/// The order that a call names in the assumed way.
fn named<'a>(
    state: &'a State,
    call: &Call<'_>,
    fields: &Map<String, Value>,
) -> Result<&'a Order, Refusal> {
    let params = Parameters::read(call.query);
    let number = match state.settings.assumptions.order_update {
        OrderUpdate::NumberInQuery => params.one("externalOrderNumber"),
        OrderUpdate::NumberInBody => fields.get("externalOrderNumber").and_then(Value::as_str),
        OrderUpdate::ItemRoute => {
            let id = call.param("id").parse().map_err(|_| Refusal::not_found())?;
            return state.orders.get(id).ok_or_else(Refusal::not_found);
        }
    };
    let number = number.filter(|number| !number.is_empty()).ok_or_else(|| {
        Refusal::bad_request("The parameter \"externalOrderNumber\" is required.")
    })?;
    state.orders.find(number).ok_or_else(Refusal::not_found)
}

/// Returns true if the order becomes complete, which is the only documented change. A body without a
/// status changes nothing.
fn completes(
    current: OrderStatus,
    status: Option<&Value>,
    assumptions: &Assumptions,
) -> Result<bool, Refusal> {
    let status = match status {
        None => return Ok(false),
        Some(Value::String(status)) => status.as_str(),
        Some(other) => return Err(input::wrong_type("status", "string", other)),
    };
    if status == current.as_str() {
        return Ok(false);
    }
    let is_complete = status == OrderStatus::Complete.as_str();
    if is_complete && current == OrderStatus::Shipped {
        return Ok(true);
    }
    let message = if is_complete {
        "Only shipped orders can become complete."
    } else {
        "The value you selected is not a valid choice."
    };
    Err(Refusal::invalid(
        vec![Violation::new("status", message)],
        assumptions,
    ))
}
