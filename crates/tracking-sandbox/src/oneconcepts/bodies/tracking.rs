//! A tracking on the wire.

use serde_json::{Value, json};

use crate::oneconcepts::berlin;
use crate::oneconcepts::bodies::hydra::Resource;
use crate::oneconcepts::bodies::order::ORDERS;
use crate::oneconcepts::couriers::{self, BULK_CARRIER, NO_NUMBER};
use crate::oneconcepts::tracking::Tracking;

pub(crate) static TRACKINGS: Resource = Resource {
    path: "/trackings",
    name: "Tracking",
    shows_inline_context: true,
    properties: &[
        ("courier", "xmls:string"),
        ("status", "xmls:string"),
        ("trackingId", "xmls:string"),
        ("order", "#Order"),
        ("createdAt", "xmls:dateTime"),
    ],
    filters: &[
        ("createdAt[before]", Some("createdAt")),
        ("createdAt[strictly_before]", Some("createdAt")),
        ("createdAt[after]", Some("createdAt")),
        ("createdAt[strictly_after]", Some("createdAt")),
        (
            "order.externalOrderNumber",
            Some("order.externalOrderNumber"),
        ),
    ],
    list_methods: &["GET"],
    item_methods: &["GET"],
};

impl Tracking {
    pub(crate) fn iri(&self) -> String {
        TRACKINGS.member_iri(self.id)
    }

    /// The record as a member of a list.
    pub(crate) fn body(&self) -> Value {
        let courier = couriers::name(&self.courier);
        let number = if courier == BULK_CARRIER {
            NO_NUMBER
        } else {
            &self.number
        };
        let fields = json!({
            "order": ORDERS.member_iri(self.order),
            "createdAt": berlin::format(self.created_at),
            "courier": courier,
            "status": "shipped",
            "trackingId": number,
        });
        TRACKINGS.member(self.id, fields)
    }
}
