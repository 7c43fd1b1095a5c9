//! `POST /trackings/aircargo`: air waybills.

use serde_json::json;
use trackingmore_sdk::{AirCargoRequest, AirWaybills, Response};

use crate::server::{Enveloped as _, Reply, Server, fixture_json};

fn request() -> AirCargoRequest {
    AirCargoRequest::new(["999-00010002", "999-00010013"])
}

async fn response(name: &str) -> Response<AirWaybills> {
    let server = Server::replying(Reply::fixture(&format!("air-cargo/{name}"))).await;
    server.client().air_cargo(&request()).await.unwrap()
}

#[tokio::test]
async fn numbers_are_an_array_under_the_name_of_this_endpoint() {
    let server = Server::replying(Reply::fixture("air-cargo/200_keyed.json")).await;

    server
        .client()
        .air_cargo(&request().lang("en"))
        .await
        .unwrap();

    let body = fixture_json("air-cargo/request.json");
    server
        .request()
        .assert_json("POST", "/v2/trackings/aircargo", &body);
}

#[tokio::test]
async fn single_number_is_sent_as_array() {
    let server = Server::replying(Reply::fixture("air-cargo/200_keyed.json")).await;

    server
        .client()
        .air_cargo(&AirCargoRequest::new(["999-00010002"]))
        .await
        .unwrap();

    let body = json!({ "track_number": ["999-00010002"] });
    server
        .request()
        .assert_json("POST", "/v2/trackings/aircargo", &body);
}

#[tokio::test]
async fn results_are_keyed_by_air_waybill() {
    let waybills = response("200_keyed.json").await;

    let numbers: Vec<&str> = waybills.keys().map(String::as_str).collect();
    assert_eq!(numbers, ["999-00010002", "999-00010013"]);
    let first = &waybills["999-00010002"];
    let airline = first.airline_info.as_ref().unwrap();
    assert_eq!(airline.name.as_deref(), Some("Sample Air"));
    let result = first.return_data.as_ref().unwrap();
    // A string that carries its unit.
    assert_eq!(result.weight.as_deref(), Some("40.5 K"));
    assert_eq!(
        result.track_info[0].flight_number.as_deref(),
        Some("XX0042")
    );
    let flight = &result.flight_info["XX0042"];
    assert_eq!(flight.depart_station.as_deref(), Some("LIS"));
    assert_eq!(
        flight.plan_depart_time.as_ref().unwrap(),
        &"2026-09-12 10:00"
    );
    let second = waybills["999-00010013"].return_data.as_ref().unwrap();
    assert!(second.flight_info.is_empty());
}

#[tokio::test]
async fn empty_map_is_empty_list_or_empty_object() {
    assert!(response("200_empty_list.json").await.is_empty());
    for empty in [json!({}), json!([]), json!("")] {
        let server = Server::replying(Reply::data(&empty)).await;

        let waybills = server.client().air_cargo(&request()).await.unwrap();

        assert!(waybills.is_empty(), "{empty}");
    }
}

#[tokio::test]
async fn empty_maps_inside_of_waybill_and_list_of_numbers_are_read() {
    let waybills = response("200_number_list.json").await;

    let waybill = &waybills["999-00010002"];
    assert_eq!(waybill.track_number, ["999-00010002"]);
    assert_eq!(
        (&waybill.return_data, &waybill.airline_info),
        (&None, &None)
    );
}

#[tokio::test]
async fn flat_shape_of_documentation_is_read_too() {
    let waybills = response("200_flat.json").await;

    let waybill = &waybills["999-00010002"];
    assert_eq!(waybill.track_number, ["999-00010002"]);
    assert_eq!(
        (waybill.weight.as_deref(), waybill.piece.as_deref()),
        (Some("40.5"), Some("3"))
    );
    assert_eq!(waybill.status_number, Some(4));
    assert_eq!(waybill.track_info.len(), 1);
}

#[tokio::test]
async fn unknown_keys_of_what_costs_twenty_units_are_kept() {
    let waybills = response("200_unknown_fields.json").await;

    let waybill = &waybills["999-00010002"];
    assert_eq!(waybill.extra["cached"], true);
    assert_eq!(waybill.return_data.as_ref().unwrap().extra["volume"], "0.2");
}

#[tokio::test]
async fn both_nothings_of_a_tracking_are_read_as_no_waybill_values() {
    let data = json!({ "999-00010002": { "return_data": null, "track_info": null, "weight": "" } });
    let server = Server::replying(Reply::data(&data)).await;

    let waybills = server.client().air_cargo(&request()).await.unwrap();

    let waybill = &waybills["999-00010002"];
    assert!(waybill.track_info.is_empty());
    assert_eq!(waybill.weight.as_deref(), Some(""));
}
