//! A shipment on the wire, and `GET /shipment/{shipmentId}`.

use http::StatusCode;
use serde::Serialize;

use super::facts::{Facts, Moment};
use super::module::ExportoModule;
use super::refusal::Refusal;
use super::settings::Assumptions;
use crate::module::Call;
use crate::reply::Reply;

/// Which way a shipment goes, as shipments say it. Label methods say it in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Direction {
    Outbound,
    Inbound,
}

/// One shipment of the account.
#[derive(Debug, Clone)]
pub(super) struct Shipment {
    pub(super) id: String,
    pub(super) order_id: String,
    pub(super) direction: Direction,
    pub(super) outbound: Option<String>,
    pub(super) inbound: Option<String>,
    pub(super) domestic: Option<String>,
    pub(super) facts: Facts,
    pub(super) articles: Vec<String>,
    /// The day of the tour that it was processed in, unless a caller made that tour.
    pub(super) processed_on: Option<String>,
}

/// Unknown values are left out, never null.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShipmentBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    shipment_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign_outbound_tracking_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreign_inbound_tracking_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domestic_inbound_tracking_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    processed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier_received_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier_delivered_at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    line_items: Vec<LineItem<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LineItem<'a> {
    article_id: &'a str,
}

/// The tracking number that a search result shows beside the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShownNumber {
    Outbound,
    Inbound,
}

impl Shipment {
    /// All that is known.
    pub(super) fn whole(&self, assumptions: &Assumptions) -> ShipmentBody<'_> {
        let time = |moment: Option<Moment>| {
            moment
                .filter(|_| assumptions.timestamps)
                .map(|moment| moment.text(assumptions.times))
        };
        let facts = self.facts;
        ShipmentBody {
            status: facts.processed.map(|_| "processed"),
            shipment_id: &self.id,
            order_id: Some(&self.order_id),
            direction: Some(self.direction),
            foreign_outbound_tracking_id: self.outbound.as_deref(),
            foreign_inbound_tracking_id: self.inbound.as_deref(),
            domestic_inbound_tracking_id: self.domestic.as_deref(),
            processed_at: time(facts.processed).filter(|_| assumptions.processed_at),
            declared_at: time(facts.declared),
            carrier_state: facts.delivered.map(|_| "delivered"),
            carrier_received_at: time(facts.received),
            carrier_delivered_at: time(facts.delivered),
            line_items: self.line_items(),
        }
    }

    /// What a search tells about the shipment.
    pub(super) fn partial(&self, shown: ShownNumber) -> ShipmentBody<'_> {
        let outbound = self.outbound.as_deref();
        let inbound = self.inbound.as_deref();
        ShipmentBody {
            shipment_id: &self.id,
            foreign_outbound_tracking_id: outbound.filter(|_| shown == ShownNumber::Outbound),
            foreign_inbound_tracking_id: inbound.filter(|_| shown == ShownNumber::Inbound),
            line_items: self.line_items(),
            ..ShipmentBody::default()
        }
    }

    fn line_items(&self) -> Vec<LineItem<'_>> {
        let item = |article_id| LineItem { article_id };
        self.articles.iter().map(String::as_str).map(item).collect()
    }
}

pub(super) fn get(module: &ExportoModule, call: &Call<'_>) -> Reply {
    let state = module.state();
    match module.book(&state).shipment(call.param("shipmentId")) {
        Some(shipment) => {
            let body = shipment.whole(&state.settings.assumptions);
            Reply::json(StatusCode::OK, &body)
        }
        None => module.refuse(Refusal::shipment_not_found()),
    }
}
