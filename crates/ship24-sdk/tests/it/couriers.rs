//! `GET /couriers`.

use ship24_sdk::{Courier, CourierRequiredField};
use tracking_core::Provider as _;

use crate::server::{Reply, Server};

async fn couriers(name: &str) -> Vec<Courier> {
    let server = Server::replying(Reply::fixture(&format!("get-couriers/{name}"))).await;

    let couriers = server.client().get_couriers().await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/public/v1/couriers");
    couriers.into_inner()
}

#[tokio::test]
async fn required_fields_are_null_empty_or_a_list() {
    let couriers = couriers("200_newest_2026.json").await;

    let fields: Vec<&[CourierRequiredField]> = couriers
        .iter()
        .map(|courier| courier.required_fields.as_slice())
        .collect();
    assert_eq!(
        fields,
        [
            &[][..],
            &[
                CourierRequiredField::DestinationPostCode,
                CourierRequiredField::DestinationCountryCode,
            ],
            &[CourierRequiredField::CourierAccount],
            &[],
        ]
    );
    assert_eq!(couriers[3].is_deprecated, Some(true));
}

#[tokio::test]
async fn list_of_2024_is_read_as_it_is() {
    let couriers = couriers("200_older_2024.json").await;

    assert_eq!(couriers[0].courier_name.as_deref(), Some("Sample 001 "));
    assert_eq!(couriers[1].country_code.as_deref(), Some("GBR"));
    assert_eq!(
        couriers[2].required_fields,
        [CourierRequiredField::DestinationPostCode]
    );
    assert!(
        couriers
            .iter()
            .all(|courier| courier.is_deprecated.is_none())
    );
}

#[tokio::test]
async fn columns_of_the_csv_file_are_ignored() {
    let couriers = couriers("200_csv_columns.json").await;

    assert_eq!(couriers[0].courier_code.as_deref(), Some("sample-csv"));
    assert!(couriers[0].required_fields.is_empty());
    assert_eq!(couriers[0].is_deprecated, None);
}

#[tokio::test]
async fn unknown_required_field_keeps_raw_value() {
    let couriers = couriers("200_unknown_required_field.json").await;

    let fields: Vec<&str> = couriers[0]
        .required_fields
        .iter()
        .map(CourierRequiredField::as_str)
        .collect();
    assert_eq!(fields, ["destinationPostCode", "shipperPassphrase"]);
    assert!(couriers[0].required_fields[1].is_unknown());
}

#[tokio::test]
async fn odd_courier_does_not_lose_list() {
    let nulls = couriers("200_all_null.json").await;
    let scalars = couriers("200_wrong_scalars.json").await;

    assert_eq!(nulls, [Courier::default()]);
    assert_eq!(scalars[0].courier_code.as_deref(), Some("17001"));
    assert_eq!(scalars[0].courier_name.as_deref(), Some("17"));
    assert_eq!(
        (scalars[0].is_post, scalars[0].is_deprecated),
        (Some(false), Some(false))
    );
}

#[tokio::test]
async fn full_list_is_far_below_limit_for_bodies() {
    let courier = r#"{"courierCode":"sample","courierName":"Sample","website":"https://s.example/",
        "isPost":false,"countryCode":null,"requiredFields":null,"isDeprecated":false}"#;
    let body = format!(
        r#"{{"data":{{"couriers":[{}]}}}}"#,
        vec![courier; 2500].join(",")
    );
    let server = Server::replying(Reply::new(200, body)).await;

    let couriers = server.client().get_couriers().await.unwrap();

    assert_eq!(couriers.len(), 2500);
}

#[tokio::test]
async fn unified_list_has_supported_couriers_with_codes() {
    let listed = async |name: &str| {
        let server = Server::replying(Reply::fixture(&format!("get-couriers/{name}"))).await;
        let couriers = server.client().list_couriers().await.unwrap();
        server
            .request()
            .assert_without_body("GET", "/public/v1/couriers");
        couriers
    };

    let all = couriers("200_newest_2026.json").await;
    let newest = listed("200_newest_2026.json").await;
    let codes: Vec<&str> = newest.iter().map(|it| it.code.as_str()).collect();
    let supported = all[..3].iter();
    let supported: Vec<&str> = supported
        .map(|it| it.courier_code.as_deref().unwrap())
        .collect();
    assert_eq!(codes, supported);

    let older = listed("200_older_2024.json").await;
    assert_eq!(older[0].name.as_deref(), Some("Sample 001"));
    assert!(listed("200_all_null.json").await.is_empty());
}
