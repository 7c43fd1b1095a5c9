//! Tours and their shipments on the wire, in the shape that a test assumes.

use serde_json::{Value, json};

use crate::exporto::settings::{TourShape, TourShipmentsShape};

impl TourShape {
    pub(crate) fn body(self, id: &str) -> Value {
        match (self, id.parse::<u64>()) {
            (Self::IntegerIds, Ok(id)) => json!({ "tourId": id }),
            (Self::Strings, _) => json!(id),
            _ => json!({ "tourId": id }),
        }
    }
}

impl TourShipmentsShape {
    pub(crate) fn body(self, ids: &[String]) -> Value {
        match self {
            Self::Objects => ids.iter().map(|id| json!({ "shipmentId": id })).collect(),
            Self::Strings => json!(ids),
            Self::ShipmentIds => json!({ "shipmentIds": ids }),
        }
    }
}
