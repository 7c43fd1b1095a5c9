//! Bodies that a third party published, kept outside of this repository.
//!
//! They belong to somebody else, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `exporto` holds JSON files, named by endpoint and case:
//! `shipment_find_error_404.json`. Without the variable the test passes and says that it read nothing.

use exporto_sdk::{
    AccessToken, CarrierState, CreateLabel, CreateToken, ErrorResponse, Label, LabelMethodList,
    ReturnShipment, SearchShipmentsQuery, Shipment, ShipmentList, ShipmentStatus, ShipmentType,
};
use serde_json::{Value, json};
use tracking_testkit::corpus::Open;
use tracking_testkit::suites::corpus::{Findings, Published, every_body_is_modelled};

/// The open enums by the key of their values.
const OPEN: [Open; 3] = [
    ("type", |text| ShipmentType::from(text).is_unknown()),
    ("status", |text| ShipmentStatus::from(text).is_unknown()),
    ("carrierState", |text| CarrierState::from(text).is_unknown()),
];

/// The query is kept as a map of strings: each must be a parameter, and be sent as it is.
fn read_query(body: &Value) -> Vec<String> {
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    let query = SearchShipmentsQuery::new()
        .foreign_outbound_tracking_id(text("foreignOutboundTrackingId"))
        .foreign_inbound_tracking_id(text("foreignInboundTrackingId"))
        .processed_at(text("processedAt"))
        .carrier_received_at_updated_at(text("carrierReceivedAtUpdatedAt"))
        .carrier_delivered_at_updated_at(text("carrierDeliveredAtUpdatedAt"))
        .page(text("page").parse().unwrap_or_default())
        .page_size(text("pageSize").parse().unwrap_or_default())
        .type_(text("type"));
    let sent = serde_json::to_value(query).unwrap();
    let keys = body.as_object().unwrap();
    let as_text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    keys.iter()
        .filter(|(key, value)| as_text(&sent[key.as_str()]) != as_text(value))
        .map(|(key, _)| key.clone())
        .collect()
}

struct Exporto;

impl Published for Exporto {
    const PROVIDER: &'static str = "exporto";
    const OPEN: &'static [Open] = &OPEN;

    fn read(findings: &mut Findings<Self>, body: &Value) {
        match findings.file().as_str() {
            name if name.contains("_error_") || name.starts_with("error_") => {
                findings.read::<ErrorResponse>(body);
            }
            "token_response_200.json" => findings.read::<AccessToken>(body),
            "label_methods_response_200_empty.json" => findings.read::<LabelMethodList>(body),
            "label_create_response_201.json" => findings.read::<Label>(body),
            "shipment_search_response_200_empty.json" => findings.read::<ShipmentList>(body),
            "shipment_search_query.json" => {
                findings.skip();
                for key in read_query(body) {
                    findings.add(key);
                }
            }
            // The body of a superseded path, which names its order in the path: the rest is the same.
            name if name.starts_with("return_shipment_request") => {
                findings.read::<ReturnShipment>(body);
            }
            name if name.starts_with("token_request") => findings.read::<CreateToken>(body),
            name if name.starts_with("label_create_request") => findings.read::<CreateLabel>(body),
            name if name.starts_with("shipment_find_response") => findings.read::<Shipment>(body),
            _ => findings.add_unknown_file(),
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    every_body_is_modelled::<Exporto>();
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let body = json!({ "shipmentId": "p", "colour": "red", "status": "lost" });
    let file = "shipment_find_response_200.json";

    assert_eq!(
        Findings::<Exporto>::of(file, &body),
        [format!("{file}: colour"), format!("{file}: status = lost"),]
    );
    assert_eq!(read_query(&json!({ "tourId": "t" })), ["tourId"]);
    assert_eq!(Findings::<Exporto>::of("orders.json", &body).len(), 1);
}
