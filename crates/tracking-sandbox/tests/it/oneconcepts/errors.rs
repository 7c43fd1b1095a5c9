//! The two shapes of errors.

use serde_json::{Value, json};

use super::partner::Partner;

#[tokio::test]
async fn error_of_api_is_hydra_error() {
    let partner = Partner::open().await;

    let response = partner.get("/trackings?page=0").await;

    assert_eq!(
        response.header("content-type"),
        "application/ld+json; charset=utf-8"
    );
    assert_eq!(
        response.json(),
        json!({
            "@context": "/oneconcepts/v2/api/contexts/Error",
            "@type": "hydra:Error",
            "hydra:title": "An error occurred",
            "hydra:description": "Page should not be less than 1",
        })
    );
}

#[tokio::test]
async fn violations_come_with_422_and_codes_or_with_400_and_without() {
    let partner = Partner::open().await;
    let order = json!({
        "partner": "v2/api/partners/42",
        "externalOrderNumber": "SHOP::1001",
        "recipientName": "Beispiel",
        "recipientStreet": "",
        "recipientZip": "50667",
        "lines": [{ "sku": 2001, "netCost": null }],
    });

    let late = partner.post("/orders", &order).await;
    partner.assume(|it| it.violation_status = reqwest::StatusCode::BAD_REQUEST);
    let early = partner.post("/orders", &order).await;

    assert_eq!((late.status, early.status), (422, 400));
    assert_eq!(late.at("/@type"), "ConstraintViolationList");
    assert_eq!(
        late.at("/hydra:description"),
        "externalOrderNumber: This value is already used.\n\
         recipientStreet: This value should not be blank."
    );
    assert_eq!(late.at("/violations/0/code"), Value::Null);
    assert!(late.at("/violations/1/code").is_string());
    assert_eq!(
        early.at("/violations/1"),
        json!({
            "propertyPath": "recipientStreet",
            "message": "This value should not be blank.",
        })
    );
}
