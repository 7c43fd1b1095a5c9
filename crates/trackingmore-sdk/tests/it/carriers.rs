//! `GET /carriers` and `POST /carriers/detect`.

use serde_json::json;
use tracking_core::Provider as _;
use trackingmore_sdk::{Carrier, CarrierType, DetectCarrier, Response};

use crate::operations::NUMBER;
use crate::server::{Enveloped as _, Reply, Server, fixture_json};

async fn carriers(name: &str) -> Response<Vec<Carrier>> {
    let server = Server::replying(Reply::fixture(&format!("list-carriers/{name}"))).await;
    server.client().list_carriers().await.unwrap()
}

#[tokio::test]
async fn list_comes_with_meta_of_nothing_but_code() {
    let server = Server::replying(Reply::fixture("list-carriers/200_code_only.json")).await;

    let carriers = server.client().list_carriers().await.unwrap();

    assert_eq!(carriers.len(), 2);
    assert_eq!(carriers[0].code.as_deref(), Some("sample-post"));
    assert_eq!(carriers[0].type_, Some(CarrierType::Globalpost));
    assert_eq!(carriers[1].type_, Some(CarrierType::Express));
    server.request().assert_without_body("GET", "/v2/carriers");
}

#[tokio::test]
async fn addresses_have_full_half_or_no_scheme() {
    let carriers = carriers("200_odd_addresses.json").await;

    let homepages: Vec<_> = carriers
        .iter()
        .map(|carrier| carrier.homepage.as_deref())
        .collect();
    assert_eq!(
        homepages,
        [
            Some(""),
            Some("www.0-express.example"),
            Some("http://4px-sample.example/")
        ]
    );
    assert_eq!(carriers[0].phone.as_deref(), Some(""));
    assert_eq!(
        carriers[0].picture.as_deref(),
        Some("//cdn.example/sample-post.png")
    );
    assert_eq!(carriers[0].name_cn.as_deref(), Some("示例邮政"));
    assert_eq!(carriers[1].name_cn, None);
    assert_eq!(carriers[1].code.as_deref(), Some("0-express"));
}

#[tokio::test]
async fn columns_that_some_clients_saw_are_read_and_others_are_found() {
    let carriers = carriers("200_more_columns.json").await;

    assert_eq!(carriers[0].country_code.as_deref(), Some("PT"));
    assert_eq!(
        carriers[0].track_url.as_deref(),
        Some("//sample-post.example/track")
    );
    assert_eq!(carriers.unmodelled(), ["data[].is_new"]);
}

#[tokio::test]
async fn unknown_type_keeps_raw_value() {
    let carriers = carriers("200_unknown_type.json").await;

    let kind = carriers[0].type_.as_ref().unwrap();
    assert!(kind.is_unknown());
    assert_eq!(kind.as_str(), "drone");
}

#[tokio::test]
async fn odd_carrier_does_not_lose_others() {
    let nulls = carriers("200_all_null.json").await;
    let scalars = carriers("200_wrong_scalars.json").await;

    assert_eq!(*nulls, [Carrier::default()]);
    assert_eq!(scalars[0].code.as_deref(), Some("17"));
    assert_eq!(scalars[0].name.as_deref(), Some("4"));
}

#[tokio::test]
async fn empty_object_is_no_carriers() {
    assert!(carriers("200_empty_object.json").await.is_empty());
}

#[tokio::test]
async fn detection_sends_number_and_language_when_named() {
    let response = || Reply::fixture("detect-carrier/200_one.json");
    let server = Server::start([response(), response()]).await;
    let client = server.client();

    client
        .detect_carrier(&DetectCarrier::new(NUMBER).lang("en"))
        .await
        .unwrap();
    client
        .detect_carrier(&DetectCarrier::new(NUMBER))
        .await
        .unwrap();

    let requests = server.requests();
    let body = fixture_json("detect-carrier/request.json");
    requests[0].assert_json("POST", "/v2/carriers/detect", &body);
    let body = json!({ "tracking_number": NUMBER });
    requests[1].assert_json("POST", "/v2/carriers/detect", &body);
}

#[tokio::test]
async fn several_candidates_stay_in_order() {
    let server = Server::replying(Reply::fixture("detect-carrier/200_several.json")).await;

    let found = server
        .client()
        .detect_carrier(&DetectCarrier::new(NUMBER))
        .await
        .unwrap();

    let codes: Vec<_> = found.iter().map(|it| it.code.as_deref().unwrap()).collect();
    assert_eq!(codes, ["sample-post", "other-post"]);
}

#[tokio::test]
async fn missing_carrier_is_empty_list_and_no_failure() {
    let server = Server::replying(Reply::fixture("detect-carrier/4032_none.json")).await;

    let found = server
        .client()
        .detect_carrier(&DetectCarrier::new(NUMBER))
        .await
        .unwrap();

    assert!(found.is_empty());
}

#[tokio::test]
async fn unified_list_has_codes_and_names() {
    let server = Server::replying(Reply::fixture("list-carriers/200_code_only.json")).await;

    let couriers = server.client().list_couriers().await.unwrap();

    server.request().assert_without_body("GET", "/v2/carriers");
    let couriers: Vec<_> = couriers
        .iter()
        .map(|it| (it.code.as_str(), it.name.as_deref()))
        .collect();
    let carriers = carriers("200_code_only.json").await;
    let expected: Vec<_> = carriers
        .iter()
        .map(|it| (it.code.as_deref().unwrap(), it.name.as_deref()))
        .collect();
    assert_eq!(couriers, expected);
    assert_eq!(couriers[0].0, "sample-post");
}

#[tokio::test]
async fn carriers_of_later_version_are_named_as_such() {
    let list = json!([{ "courier_code": "dhl", "courier_name": "DHL" }]);
    let server = Server::start([Reply::data(&list), Reply::data(&list)]).await;
    let client = server.client();

    let listed = client.list_carriers().await.unwrap_err();
    let detected = client.detect_carrier(&DetectCarrier::new(NUMBER)).await;

    for error in [listed, detected.unwrap_err()] {
        assert!(error.is_decode(), "{error:?}");
        assert!(error.to_string().contains("version 3 or 4"), "{error}");
    }
}
