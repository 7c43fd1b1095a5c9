//! Tours: list, shipments of one, create. Paths and shapes are assumed.

use http::StatusCode;
use serde_json::json;

use crate::exporto::errors::Refusal;
use crate::exporto::paging::Page;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::requests::input::{self, Object};
use crate::exporto::shipment::{Direction, Shipment};
use crate::exporto::state::State;
use crate::exporto::tours::Tour;
use crate::server::{Call, Reply};
use crate::snapshot::Snapshot;
use crate::wire_time::compact_day;

pub(crate) fn list(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let page = Page::parse(call, assumptions)?;
    let tours = state.tours(&provider.snapshot());
    let body: Vec<_> = page
        .of(tours.into_keys())
        .iter()
        .map(|id| assumptions.tours.body(id))
        .collect();
    Ok(Reply::json(StatusCode::OK, &body))
}

pub(crate) fn shipments(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let shipments = state
        .tours(&provider.snapshot())
        .remove(call.param("tourId"))
        .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "Tour not found"))?;
    let shape = state.settings.assumptions.tour_shipments;
    Ok(Reply::json(StatusCode::OK, &shape.body(&shipments)))
}

pub(crate) fn create(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    input::is_json(call)?;
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let shipments = input::object(call)
        .and_then(|body| members(&state, &snapshot, &body))
        .ok_or_else(|| Refusal::invalid("Invalid tour"))?;
    let id = format!("{}{:02}", compact_day(snapshot.now), state.tours.len() + 1);
    let body = json!({ "tourId": id });
    state.tours.push(Tour {
        id,
        closed_at: snapshot.now,
        shipments,
    });
    if state.settings.assumptions.empty_tour_response {
        return Ok(Reply::empty(StatusCode::CREATED));
    }
    Ok(Reply::json(StatusCode::CREATED, &body))
}

/// The shipments that a body lists, by exactly one of the two kinds of id; `None` when it does not,
/// or when one of them is unknown.
fn members(state: &State, snapshot: &Snapshot<'_>, body: &Object) -> Option<Vec<String>> {
    let list = |key: &str| body.get(key);
    let (ids, by_number) = match (list("shipmentIds"), list("foreignOutboundTrackingIds")) {
        (Some(ids), None) => (ids, false),
        (None, Some(numbers)) => (numbers, true),
        _ => return None,
    };
    let shipments = state.shipments(snapshot);
    let find = |name: &str| {
        let matches = |shipment: &&Shipment| {
            shipment.direction == Direction::Outbound
                && if by_number {
                    shipment.outbound.as_deref() == Some(name)
                } else {
                    shipment.id == name
                }
        };
        let shipment = shipments.iter().find(matches)?;
        Some(shipment.id.clone())
    };
    let ids = ids.as_array().filter(|ids| !ids.is_empty())?;
    ids.iter().map(|id| find(id.as_str()?)).collect()
}
