//! `POST /trackings/remote` and `POST /trackings/costtime`.

use serde_json::{Value, json};
use trackingmore_sdk::{CostTimeRoute, RemotePlace};

use crate::server::{Reply, Server, fixture_json};

fn places() -> [RemotePlace; 2] {
    [
        RemotePlace::new("PT", "9980024"),
        RemotePlace::new("Norway", "Ny-Sample").company("sample-express"),
    ]
}

#[tokio::test]
async fn places_are_bare_array_and_company_is_sent_only_when_named() {
    let server = Server::replying(Reply::fixture("remote-areas/200_remote.json")).await;

    let areas = server.client().remote_areas(&places()).await.unwrap();

    assert_eq!(areas.submitted, Some(2));
    assert!(areas.other.is_empty());
    let companies: Vec<_> = areas
        .remote
        .iter()
        .map(|area| area.far_express_company.as_deref().unwrap())
        .collect();
    assert_eq!(companies, ["sample-express", "other-express"]);
    assert_eq!(areas.remote[0].two_code.as_deref(), Some("PT"));
    assert_eq!(areas.remote[0].far_country.as_deref(), Some("Portugal"));
    assert_eq!(
        areas.remote[0].far_city_postcode.as_deref(),
        Some("9980024")
    );
    let body = fixture_json("remote-areas/request.json");
    server
        .request()
        .assert_json("POST", "/v2/trackings/remote", &body);
}

#[tokio::test]
async fn missing_remote_area_is_normal_response() {
    let server = Server::replying(Reply::fixture("remote-areas/200_none.json")).await;

    let areas = server.client().remote_areas(&places()).await.unwrap();

    assert!(areas.remote.is_empty());
}

#[tokio::test]
async fn values_under_other_are_kept_unchanged() {
    let server = Server::replying(Reply::fixture("remote-areas/200_other_filled.json")).await;

    let areas = server.client().remote_areas(&places()).await.unwrap();

    assert_eq!(
        areas.other,
        [json!("0150"), json!({ "postcode": "0151" }), json!(7)]
    );
}

#[tokio::test]
async fn routes_are_bare_array_and_other_forms_are_kept_raw() {
    for name in ["200_list.json", "200_wrapped.json"] {
        let path = format!("cost-time/{name}");
        let server = Server::replying(Reply::fixture(&path)).await;
        let routes = [CostTimeRoute::new("PT", "NO", "sample-express")];

        let response: Value = server
            .client()
            .cost_time(&routes)
            .await
            .unwrap()
            .into_inner();

        assert_eq!(response, fixture_json(&path)["data"], "{name}");
        let body = fixture_json("cost-time/request.json");
        server
            .request()
            .assert_json("POST", "/v2/trackings/costtime", &body);
    }
}

#[tokio::test]
async fn ranges_without_a_second_one_are_kept_by_their_names() {
    let server = Server::replying(Reply::fixture("cost-time/200_list.json")).await;
    let routes = [CostTimeRoute::new("PT", "NO", "sample-express")];

    let response = server.client().cost_time(&routes).await.unwrap();

    let row = &response[0];
    assert_eq!((&row["range1"], &row["range3"]), (&json!(80), &json!(30)));
    assert_eq!(row.get("range2"), None);
}
