//! A shipment on the wire: complete, and as a search shows it.

use serde::Serialize;

use crate::exporto::milestones::LocalTime;
use crate::exporto::settings::Assumptions;
use crate::exporto::shipment::{Direction, Shipment};

/// The keys of a shipment. Unknown values are left out, never null.
#[serde_with::skip_serializing_none]
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShipmentBody<'a> {
    status: Option<&'static str>,
    shipment_id: &'a str,
    order_id: Option<&'a str>,
    #[serde(rename = "type")]
    direction: Option<Direction>,
    foreign_outbound_tracking_id: Option<&'a str>,
    foreign_inbound_tracking_id: Option<&'a str>,
    domestic_inbound_tracking_id: Option<&'a str>,
    processed_at: Option<String>,
    declared_at: Option<String>,
    carrier_state: Option<&'static str>,
    carrier_received_at: Option<String>,
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
pub(crate) enum ShownNumber {
    Outbound,
    Inbound,
}

impl Shipment {
    /// All that is known.
    pub(crate) fn whole(&self, assumptions: &Assumptions) -> ShipmentBody<'_> {
        let time = |time: Option<LocalTime>| {
            time.filter(|_| assumptions.timestamps)
                .map(|time| time.format(assumptions.times))
        };
        let milestones = self.milestones;
        ShipmentBody {
            status: milestones.processed.map(|_| "processed"),
            shipment_id: &self.id,
            order_id: Some(&self.order_id),
            direction: Some(self.direction),
            foreign_outbound_tracking_id: self.outbound.as_deref(),
            foreign_inbound_tracking_id: self.inbound.as_deref(),
            domestic_inbound_tracking_id: self.domestic.as_deref(),
            processed_at: time(milestones.processed).filter(|_| assumptions.processed_at),
            declared_at: time(milestones.declared),
            carrier_state: milestones.delivered.map(|_| "delivered"),
            carrier_received_at: time(milestones.received),
            carrier_delivered_at: time(milestones.delivered),
            line_items: self.line_items(),
        }
    }

    /// What a search shows of the shipment.
    pub(crate) fn partial(&self, shown: ShownNumber) -> ShipmentBody<'_> {
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
