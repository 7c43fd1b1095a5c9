//! An order on the wire.

use serde_json::{Map, Value, json};

use crate::oneconcepts::bodies::hydra::{self, Resource};
use crate::oneconcepts::order::{CALLER_STRINGS, Order};
use crate::oneconcepts::settings::{Assumptions, PARTNER};
use crate::oneconcepts::tracking::Tracking;

pub(crate) static ORDERS: Resource = Resource {
    path: "/orders",
    name: "Order",
    shows_inline_context: false,
    properties: &[
        ("partner", "#Partner"),
        ("externalOrderNumber", "xmls:string"),
        ("status", "xmls:string"),
        ("trackings", "#Tracking"),
    ],
    filters: &[
        ("externalOrderNumber", Some("externalOrderNumber")),
        ("externalOrderNumber[]", Some("externalOrderNumber")),
        ("status", Some("status")),
    ],
    list_methods: &["GET", "POST"],
    item_methods: &["GET", "PATCH"],
};

impl Order {
    /// The order as a member of a list, with the trackings that can be seen.
    pub(crate) fn body(&self, trackings: &[&Tracking], assumptions: &Assumptions) -> Value {
        let shown: Vec<Value> = trackings
            .iter()
            .map(|tracking| {
                if assumptions.embedded_trackings {
                    tracking.body()
                } else {
                    json!(tracking.iri())
                }
            })
            .collect();
        let mut fields = Map::new();
        for key in CALLER_STRINGS {
            let value = self.caller_strings.get(key).cloned().unwrap_or_default();
            fields.insert(key.to_owned(), value);
        }
        fields.insert("partner".to_owned(), json!(hydra::partner_iri(PARTNER)));
        fields.insert(
            "externalOrderNumber".to_owned(),
            json!(self.external_number),
        );
        fields.insert("status".to_owned(), json!(self.status(trackings).as_str()));
        fields.insert("trackings".to_owned(), json!(shown));
        ORDERS.member(self.id, Value::Object(fields))
    }
}
