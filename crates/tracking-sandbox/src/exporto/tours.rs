//! Tours: list, shipments of one, create. Paths and shapes are assumed.

use http::StatusCode;
use serde_json::{Value, json};

use super::book::Book;
use super::input::{self, Object};
use super::module::ExportoModule;
use super::page::Page;
use super::refusal::Refusal;
use super::settings::{TourShape, TourShipmentsShape};
use super::shipment::{Direction, Shipment};
use crate::module::Call;
use crate::reply::Reply;
use crate::wire_time::compact_day;

/// A tour that a caller made: the shipments of one pickup.
#[derive(Debug, Clone)]
pub(crate) struct Tour {
    pub(super) id: String,
    /// When it was handed in; its shipments count as processed from then on.
    pub(super) closed_at: i64,
    pub(super) shipments: Vec<String>,
}

impl Tour {
    pub(super) fn holds(&self, shipment_id: &str) -> bool {
        self.shipments.iter().any(|id| id == shipment_id)
    }
}

pub(super) fn list(module: &ExportoModule, call: &Call<'_>) -> Reply {
    let state = module.state();
    let assumptions = &state.settings.assumptions;
    let page = match Page::read(call, assumptions) {
        Ok(page) => page,
        Err(refusal) => return module.refuse(refusal),
    };
    let tours = module.book(&state).tours();
    let shown: Vec<_> = page
        .of(tours.into_keys())
        .iter()
        .map(|id| assumptions.tours.show(id))
        .collect();
    Reply::json(StatusCode::OK, &shown)
}

pub(super) fn shipments(module: &ExportoModule, call: &Call<'_>) -> Reply {
    let state = module.state();
    let tour = module.book(&state).tours().remove(call.param("tourId"));
    match tour {
        Some(shipments) => {
            let shape = state.settings.assumptions.tour_shipments;
            Reply::json(StatusCode::OK, &shape.show(&shipments))
        }
        None => module.refuse(Refusal::new(StatusCode::NOT_FOUND, "Tour not found")),
    }
}

pub(super) fn create(module: &ExportoModule, call: &Call<'_>) -> Reply {
    let body = match input::is_json(call) {
        Ok(()) => input::object(call),
        Err(refusal) => return module.refuse(refusal),
    };
    let now = module.core.clock.now_millis();
    let mut state = module.state();
    let listed = body.and_then(|body| members(&module.book(&state), &body));
    let Some(shipments) = listed else {
        return module.refuse(Refusal::invalid("Invalid tour"));
    };
    let id = format!("{}{:02}", compact_day(now), state.tours.len() + 1);
    let answer = json!({ "tourId": id });
    state.tours.push(Tour {
        id,
        closed_at: now,
        shipments,
    });
    if state.settings.assumptions.empty_tour_answer {
        return Reply::empty(StatusCode::CREATED);
    }
    Reply::json(StatusCode::CREATED, &answer)
}

/// The shipments that a body lists, by exactly one of the two kinds of id; none when it does not,
/// or when one of them is unknown.
fn members(book: &Book<'_>, body: &Object) -> Option<Vec<String>> {
    let list = |key: &str| body.get(key);
    let (ids, by_number) = match (list("shipmentIds"), list("foreignOutboundTrackingIds")) {
        (Some(ids), None) => (ids, false),
        (None, Some(numbers)) => (numbers, true),
        _ => return None,
    };
    let shipments = book.shipments();
    let known = |wanted: &str| {
        let is_wanted = |shipment: &&Shipment| {
            shipment.direction == Direction::Outbound
                && if by_number {
                    shipment.outbound.as_deref() == Some(wanted)
                } else {
                    shipment.id == wanted
                }
        };
        let shipment = shipments.iter().find(is_wanted)?;
        Some(shipment.id.clone())
    };
    let ids = ids.as_array().filter(|ids| !ids.is_empty())?;
    ids.iter().map(|id| known(id.as_str()?)).collect()
}

impl TourShape {
    fn show(self, id: &str) -> Value {
        match (self, id.parse::<u64>()) {
            (Self::IntegerIds, Ok(id)) => json!({ "tourId": id }),
            (Self::Texts, _) => json!(id),
            _ => json!({ "tourId": id }),
        }
    }
}

impl TourShipmentsShape {
    fn show(self, ids: &[String]) -> Value {
        match self {
            Self::Objects => ids.iter().map(|id| json!({ "shipmentId": id })).collect(),
            Self::Texts => json!(ids),
            Self::ShipmentIds => json!({ "shipmentIds": ids }),
        }
    }
}
