//! Tours: list, shipments of one, create. Paths and shapes are assumed.

use http::StatusCode;
use serde_json::json;

use crate::exporto::errors::Refusal;
use crate::exporto::input::{self, Object};
use crate::exporto::paging::Page;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::shipment::{Direction, Shipment};
use crate::exporto::state::State;
use crate::exporto::tours::Tour;
use crate::server::{Call, Reply};
use crate::snapshot::Snapshot;
use crate::wire_time::compact_day;

pub(crate) fn list(provider: &ExportoProvider, call: &Call<'_>) -> Reply {
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let page = match Page::parse(call, assumptions) {
        Ok(page) => page,
        Err(refusal) => return provider.refuse(refusal),
    };
    let tours = state.tours(&provider.snapshot());
    let shown: Vec<_> = page
        .of(tours.into_keys())
        .iter()
        .map(|id| assumptions.tours.body(id))
        .collect();
    Reply::json(StatusCode::OK, &shown)
}

pub(crate) fn shipments(provider: &ExportoProvider, call: &Call<'_>) -> Reply {
    let state = provider.state();
    let tour = state
        .tours(&provider.snapshot())
        .remove(call.param("tourId"));
    match tour {
        Some(shipments) => {
            let shape = state.settings.assumptions.tour_shipments;
            Reply::json(StatusCode::OK, &shape.body(&shipments))
        }
        None => provider.refuse(Refusal::new(StatusCode::NOT_FOUND, "Tour not found")),
    }
}

pub(crate) fn create(provider: &ExportoProvider, call: &Call<'_>) -> Reply {
    let body = match input::is_json(call) {
        Ok(()) => input::object(call),
        Err(refusal) => return provider.refuse(refusal),
    };
    let now = provider.core.clock.now_millis();
    let mut state = provider.state();
    let members = body.and_then(|body| members(&state, &provider.snapshot(), &body));
    let Some(shipments) = members else {
        return provider.refuse(Refusal::invalid("Invalid tour"));
    };
    let id = format!("{}{:02}", compact_day(now), state.tours.len() + 1);
    let body = json!({ "tourId": id });
    state.tours.push(Tour {
        id,
        closed_at: now,
        shipments,
    });
    if state.settings.assumptions.empty_tour_answer {
        return Reply::empty(StatusCode::CREATED);
    }
    Reply::json(StatusCode::CREATED, &body)
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
