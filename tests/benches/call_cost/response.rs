//! The response that everything is measured with: one tracking of Ship24 with fifteen events.

use std::fmt::Write as _;

/// What happened to the parcel, newest first: courier's text, place, code, category, milestone.
const EVENTS: [[&str; 5]; 15] = [
    [
        "Delivered, left with the neighbour at number 12",
        "Bergen, Vestland, NO",
        "delivery_delivered",
        "delivery",
        "delivered",
    ],
    [
        "Out for delivery",
        "Bergen, Vestland, NO",
        "delivery_out_for_delivery",
        "delivery",
        "out_for_delivery",
    ],
    [
        "The recipient was not at home",
        "Bergen, Vestland, NO",
        "delivery_attempted",
        "delivery",
        "failed_attempt",
    ],
    [
        "Out for delivery",
        "Bergen, Vestland, NO",
        "delivery_out_for_delivery",
        "delivery",
        "out_for_delivery",
    ],
    [
        "Arrived at the delivery terminal",
        "Bergen, Vestland, NO",
        "",
        "transit",
        "in_transit",
    ],
    [
        "Departed from the terminal of the airport",
        "Oslo, NO",
        "",
        "transit",
        "in_transit",
    ],
    [
        "Released by customs",
        "Oslo, NO",
        "customs_cleared",
        "customs",
        "in_transit",
    ],
    [
        "Handed over to customs",
        "Oslo, NO",
        "customs_received",
        "customs",
        "in_transit",
    ],
    [
        "Arrived in the country of destination",
        "Oslo, NO",
        "destination_arrival",
        "destination",
        "in_transit",
    ],
    [
        "Left the country of origin",
        "Lisboa, PT",
        "transit_origin_country_departure",
        "transit",
        "in_transit",
    ],
    [
        "Departed from the outward office of exchange",
        "Lisboa, PT",
        "",
        "transit",
        "in_transit",
    ],
    [
        "Sorted at the outward office of exchange",
        "Lisboa, PT",
        "",
        "transit",
        "in_transit",
    ],
    [
        "Arrived at the sorting centre",
        "Porto, PT",
        "",
        "transit",
        "in_transit",
    ],
    [
        "Accepted at the counter",
        "Porto, PT",
        "transit_handover",
        "transit",
        "in_transit",
    ],
    [
        "The sender announced the parcel electronically",
        "",
        "data_order_created",
        "data",
        "info_received",
    ],
];

/// The events from here on were reported by the courier of the origin.
const FIRST_OF_ORIGIN: usize = 9;

/// The body of tracking results, about 7 kB.
pub(crate) fn results() -> String {
    let mut events = Vec::with_capacity(EVENTS.len());
    for (place, [text, location, code, category, milestone]) in EVENTS.iter().enumerate() {
        let order = EVENTS.len() - place;
        let (number, courier) = if place < FIRST_OF_ORIGIN {
            ("PX400218877NO", "bring")
        } else {
            ("RX400218877PT", "ctt-pt")
        };
        events.push(format!(
            r#"{{"eventId":"5f0c9d1e-7a31-4c55-9b1e-0000000004{order:02}","trackingNumber":"RX400218877PT","eventTrackingNumber":"{number}","status":"{text}","occurrenceDatetime":"2026-03-{order:02}T1{minute}:4{minute}:05","order":{order},"location":{location},"sourceCode":"{courier}-tracking","courierCode":"{courier}","statusCode":{code},"statusCategory":"{category}","statusMilestone":"{milestone}"}}"#,
            minute = order % 10,
            location = text_or_null(location),
            code = text_or_null(code),
        ));
    }
    let events = events.join(",");
    format!(
        r#"{{"data":{{"trackings":[{{"tracker":{{"trackerId":"26148317-7502-4a3c-84a9-546d240ac0de","trackingNumber":"RX400218877PT","shipmentReference":"spring-batch-18","clientTrackerId":"shop-order-90412","isSubscribed":true,"isTracked":false,"createdAt":"2026-03-01T09:12:44.120Z"}},"shipment":{{"shipmentId":"8c5b0c39-0f0d-4a77-a1c4-93a6a9f3f1b2","statusCode":"delivery_delivered","statusCategory":"delivery","statusMilestone":"delivered","originCountryCode":"PT","destinationCountryCode":"NO","delivery":{{"estimatedDeliveryDate":"2026-03-12T18:00:00","courierEstimatedDeliveryDate":{{"from":"2026-03-12T09:00:00","to":"2026-03-12T17:00:00"}},"service":"Registered parcel","signedBy":null}},"trackingNumbers":[{{"tn":"RX400218877PT"}},{{"tn":"PX400218877NO"}}],"recipient":{{"name":null,"address":null,"postCode":"5003","city":"Bergen","subdivision":null}}}},"events":[{events}],"statistics":{{"timestamps":{{"infoReceivedDatetime":"2026-03-01T11:41:05","inTransitDatetime":"2026-03-02T12:42:05","outForDeliveryDatetime":"2026-03-09T19:49:05","failedAttemptDatetime":"2026-03-10T10:40:05","availableForPickupDatetime":null,"exceptionDatetime":null,"deliveredDatetime":"2026-03-12T12:42:05"}}}}}}]}}}}"#
    )
}

/// The body of one page of a list of trackers, each with an id of its own.
pub(crate) fn trackers(ids: std::ops::Range<u64>) -> String {
    const USUAL_BYTES: usize = 256;
    let count = usize::try_from(ids.end - ids.start).unwrap_or_default();
    let mut body = String::with_capacity(count * USUAL_BYTES);
    body.push_str(r#"{"data":{"trackers":["#);
    for id in ids.clone() {
        let comma = if id == ids.start { "" } else { "," };
        // Writing to a `String` cannot fail.
        let _ = write!(
            body,
            r#"{comma}{{"trackerId":"26148317-7502-4a3c-84a9-{id:012}","trackingNumber":"RX{id:09}PT","shipmentReference":null,"clientTrackerId":"order-{id}","isSubscribed":true,"isTracked":true,"createdAt":"2026-03-01T09:12:44.120Z"}}"#
        );
    }
    body.push_str("]}}");
    body
}

fn text_or_null(text: &str) -> String {
    match text {
        "" => "null".to_owned(),
        text => format!(r#""{text}""#),
    }
}
