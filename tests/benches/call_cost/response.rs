//! The responses that everything is measured with: one parcel with fifteen events, as far as a provider has events.

use std::fmt::{self, Write as _};
use std::ops::Range;

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

/// What the server sends where a token is requested.
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The body of the response of a provider at this path; a token for what is posted.
pub(crate) fn body_for(method: &str, path: &str) -> String {
    if method == "POST" {
        return token();
    }
    match path.split('/').nth(1) {
        Some("exporto") => exporto(),
        Some("gcl") => gcl(),
        Some("ship24") => ship24(),
        Some("trackingmore") => trackingmore(),
        Some("oneconcepts") => oneconcepts(),
        _ => "{}".to_owned(),
    }
}

pub(crate) fn token() -> String {
    format!(
        r#"{{"access_token":"{TOKEN}","token":"{TOKEN}","token_type":"bearer","expires_in":86400}}"#
    )
}

/// Ship24's results of one tracker, about 7 kB.
pub(crate) fn ship24() -> String {
    format!(r#"{{"data":{}}}"#, ship24_trackings())
}

/// Ship24's webhook message about the same parcel.
pub(crate) fn ship24_message() -> String {
    ship24_trackings().replacen(
        r#"{"tracker":"#,
        r#"{"metadata":{"generatedAt":"2026-03-12T12:43:00.000Z","messageId":"b21b7d1e-0c39-4a77-a1c4-93a6a9f3f1b2","topic":"tracking/events"},"tracker":"#,
        1,
    )
}

fn ship24_trackings() -> String {
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
        r#"{{"trackings":[{{"tracker":{{"trackerId":"26148317-7502-4a3c-84a9-546d240ac0de","trackingNumber":"RX400218877PT","shipmentReference":"spring-batch-18","clientTrackerId":"shop-order-90412","isSubscribed":true,"isTracked":false,"createdAt":"2026-03-01T09:12:44.120Z"}},"shipment":{{"shipmentId":"8c5b0c39-0f0d-4a77-a1c4-93a6a9f3f1b2","statusCode":"delivery_delivered","statusCategory":"delivery","statusMilestone":"delivered","originCountryCode":"PT","destinationCountryCode":"NO","delivery":{{"estimatedDeliveryDate":"2026-03-12T18:00:00","courierEstimatedDeliveryDate":{{"from":"2026-03-12T09:00:00","to":"2026-03-12T17:00:00"}},"service":"Registered parcel","signedBy":null}},"trackingNumbers":[{{"tn":"RX400218877PT"}},{{"tn":"PX400218877NO"}}],"recipient":{{"name":null,"address":null,"postCode":"5003","city":"Bergen","subdivision":null}}}},"events":[{events}],"statistics":{{"timestamps":{{"infoReceivedDatetime":"2026-03-01T11:41:05","inTransitDatetime":"2026-03-02T12:42:05","outForDeliveryDatetime":"2026-03-09T19:49:05","failedAttemptDatetime":"2026-03-10T10:40:05","availableForPickupDatetime":null,"exceptionDatetime":null,"deliveredDatetime":"2026-03-12T12:42:05"}}}}}}]}}"#
    )
}

/// TrackingMore's list with one tracking, about 4 kB.
pub(crate) fn trackingmore() -> String {
    let tracking = trackingmore_tracking();
    format!(
        r#"{{"meta":{{"code":200,"type":"Success","message":"Success"}},"data":{{"page":1,"limit":100,"total":"1","count":1,"items":[{tracking}]}}}}"#
    )
}

/// The tracking in TrackingMore's list, and in its webhook message.
pub(crate) fn trackingmore_tracking() -> String {
    let mut events = Vec::with_capacity(EVENTS.len());
    for (place, [text, location, _, _, milestone]) in EVENTS.iter().enumerate() {
        let order = EVENTS.len() - place;
        let (status, substatus) = match *milestone {
            "delivered" => ("delivered", "delivered001"),
            "out_for_delivery" => ("pickup", "pickup001"),
            "failed_attempt" => ("undelivered", "undelivered001"),
            "info_received" => ("inforeceived", "notfound001"),
            _ => ("transit", "transit001"),
        };
        events.push(format!(
            r#"{{"Date":"2026-03-{order:02} 1{minute}:4{minute}","StatusDescription":"{text}","Details":"{location}","checkpoint_status":"{status}","substatus":"{substatus}"}}"#,
            minute = order % 10,
        ));
    }
    let origin = events.split_off(FIRST_OF_ORIGIN).join(",");
    let destination = events.join(",");
    format!(
        r#"{{"id":"0f5be2a86c1d4d77b1a9034e9c20f7aa","tracking_number":"RX400218877PT","carrier_code":"ctt","status":"delivered","created_at":"2026-03-01T16:02:48+08:00","updated_at":"2026-03-15T20:15:09+08:00","order_create_time":"2026-03-01 08:48","customer_email":null,"title":null,"order_id":"shop-order-90412","comment":null,"customer_name":null,"archived":false,"original_country":"Portugal","destination_country":"Norway","itemTimeLength":15,"stayTimeLength":0,"service_code":null,"substatus":"delivered001","origin_info":{{"ItemReceived":"2026-03-02 12:42","ItemDispatched":"2026-03-05 15:45","DepartfromAirport":"2026-03-06 16:46","ArrivalfromAbroad":null,"CustomsClearance":null,"DestinationArrived":null,"weblink":"https://ctt.example/","phone":"00 000 0000","carrier_code":"ctt","trackinfo":[{origin}]}},"lastEvent":"Delivered,Bergen, Vestland, NO,2026-03-15 15:45","lastUpdateTime":"2026-03-15 15:45","track_update":false,"destination_info":{{"ItemReceived":null,"ItemDispatched":null,"DepartfromAirport":null,"ArrivalfromAbroad":"2026-03-07 17:47","CustomsClearance":"2026-03-09 19:49","DestinationArrived":"2026-03-11 11:41","weblink":"https://bring.example/","phone":"00 000 0000","carrier_code":"bring","trackinfo":[{destination}]}}}}"#
    )
}

/// GCL's tracking, about 4 kB.
pub(crate) fn gcl() -> String {
    let mut checkpoints = Vec::with_capacity(EVENTS.len());
    for (place, [text, location, _, _, milestone]) in EVENTS.iter().enumerate() {
        let order = EVENTS.len() - place;
        let (status, uid) = match *milestone {
            "delivered" => (5, "delivered"),
            "out_for_delivery" => (2, "out_for_delivery"),
            "failed_attempt" => (3, "attempt_failed"),
            "info_received" => (0, "registered"),
            _ => (1, "in_transit"),
        };
        checkpoints.push(format!(
            r#"{{"status":{status},"message":"{text}","description":"{text}","location":"{location}","createdAt":"2026-03-{order:02}T1{minute}:4{minute}:05Z","expectedDeliveryDate":"2026-03-12","statusUid":"{uid}","signedBy":"aftership"}}"#,
            minute = order % 10,
        ));
    }
    let checkpoints = checkpoints.join(",");
    format!(
        r#"{{"shortUid":"PTS-0009917","trackingNumber":"QX4471902385","trackingUrl":"https://parcels.example/track#/find?no=QX4471902385","shipmentMethodUid":"sample_parcel_eu","shipmentMethodName":"Sample Parcel EU","carrierUid":"sample_parcel","carrierName":"Sample Parcel","weightInGrams":"420","checkpoints":[{checkpoints}]}}"#
    )
}

/// exporto's shipment, half a kB.
pub(crate) fn exporto() -> String {
    r#"{"status":"processed","shipmentId":"return-7201","orderId":"exp-order-88","type":"inbound","foreignOutboundTrackingId":"OUT-5530","foreignInboundTrackingId":"INB-5531","domesticInboundTrackingId":"DOM-5532","processedAt":"2026-10-04T21:05:00Z","declaredAt":"2026-10-05T08:30:00Z","carrierState":"delivered","carrierReceivedAt":"2026-10-06T06:10:00+02:00","carrierDeliveredAt":"2026-10-08T13:45:00.250Z","lineItems":[{"articleId":"shirt-blue-m"},{"articleId":"shirt-red-s"}]}"#.to_owned()
}

/// 1concepts' page with one tracking, about 1 kB.
pub(crate) fn oneconcepts() -> String {
    r#"{"@context":"/v2/api/contexts/Tracking","@id":"/v2/api/trackings","@type":"hydra:Collection","hydra:member":[{"@id":"/v2/api/trackings/31","@type":"Tracking","id":31,"order":"/v2/api/orders/58","createdAt":"2026-03-02T18:04:11+01:00","courier":"DHL","status":"shipped","trackingId":"00340000000000000031"}],"hydra:totalItems":1,"hydra:view":{"@id":"/v2/api/trackings?order.externalOrderNumber=SHOP-1004","@type":"hydra:PartialCollectionView"},"hydra:search":{"@type":"hydra:IriTemplate","hydra:template":"/v2/api/trackings{?createdAt[after],order.externalOrderNumber}","hydra:variableRepresentation":"BasicRepresentation","hydra:mapping":[{"@type":"IriTemplateMapping","variable":"createdAt[after]","property":"createdAt","required":false},{"@type":"IriTemplateMapping","variable":"order.externalOrderNumber","property":"order.externalOrderNumber","required":false}]}}"#.to_owned()
}

/// Ship24's page of trackers, each with an id of its own.
pub(crate) fn trackers(ids: Range<u64>) -> String {
    page(r#"{"data":{"trackers":["#, ids, "]}}", |body, id| {
        write!(
            body,
            r#"{{"trackerId":"26148317-7502-4a3c-84a9-{id:012}","trackingNumber":"RX{id:09}PT","shipmentReference":null,"clientTrackerId":"order-{id}","isSubscribed":true,"isTracked":true,"createdAt":"2026-03-01T09:12:44.120Z"}}"#
        )
    })
}

/// exporto's page of shipments.
pub(crate) fn exporto_shipments(ids: Range<u64>) -> String {
    page("[", ids, "]", |body, id| {
        write!(
            body,
            r#"{{"status":"processed","shipmentId":"return-{id}","orderId":"exp-order-{id}","type":"inbound","foreignInboundTrackingId":"INB-{id:09}","processedAt":"2026-10-04T21:05:00Z","carrierState":"delivered"}}"#
        )
    })
}

/// TrackingMore's page of trackings, of so many in all.
pub(crate) fn trackingmore_trackings(ids: Range<u64>, all: u64) -> String {
    let start = format!(
        r#"{{"meta":{{"code":200,"type":"Success","message":"Success"}},"data":{{"limit":500,"total":"{all}","items":["#
    );
    page(&start, ids, "]}}", |body, id| {
        write!(
            body,
            r#"{{"id":"0f5be2a86c1d4d77b1a9{id:012x}","tracking_number":"RX{id:09}PT","carrier_code":"ctt","status":"transit","created_at":"2026-03-01T16:02:48+08:00","order_id":"order-{id}"}}"#
        )
    })
}

/// 1concepts' page of trackings, of so many in all, with a link to the next page.
pub(crate) fn oneconcepts_trackings(ids: Range<u64>, all: u64, next: u64) -> String {
    let view = if ids.end < all {
        format!(
            r#","hydra:view":{{"hydra:next":"/v2/api/trackings?itemsPerPage=200&page={next}"}}"#
        )
    } else {
        String::new()
    };
    let end = format!(r#"],"hydra:totalItems":{all}{view}}}"#);
    page(r#"{"hydra:member":["#, ids, &end, |body, id| {
        write!(
            body,
            r#"{{"@id":"/v2/api/trackings/{id}","@type":"Tracking","id":{id},"order":"/v2/api/orders/{id}","createdAt":"2026-03-02T18:04:11+01:00","courier":"DHL","status":"shipped","trackingId":"{id:020}"}}"#
        )
    })
}

fn page(
    start: &str,
    ids: Range<u64>,
    end: &str,
    item: impl Fn(&mut String, u64) -> fmt::Result,
) -> String {
    const USUAL_BYTES: usize = 256;
    let count = usize::try_from(ids.end - ids.start).unwrap_or_default();
    let mut body = String::with_capacity(count * USUAL_BYTES);
    body.push_str(start);
    for id in ids.clone() {
        if id > ids.start {
            body.push(',');
        }
        // Writing to a `String` cannot fail.
        let _ = item(&mut body, id);
    }
    body.push_str(end);
    body
}

fn text_or_null(text: &str) -> String {
    match text {
        "" => "null".to_owned(),
        text => format!(r#""{text}""#),
    }
}
