//! `POST /orders`.

use serde_json::{Value, json};

use super::partner::Partner;

fn order() -> Value {
    json!({
        "partner": "v2/api/partners/42",
        "externalOrderNumber": "SHOP::3000",
        "recipientName": "Beispiel",
        "recipientStreet": "Musterweg 3",
        "recipientHouseNumber": "",
        "recipientZip": "50667",
        "lines": [{ "sku": 2001, "netCost": null }, { "sku": 2004, "netCost": 3.99 }],
        "giftWrap": true,
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut order = order();
    order[key] = value;
    order
}

#[tokio::test]
async fn order_is_new_until_its_parcels_are_shipped() {
    let partner = Partner::open().await;

    let created = partner.post("/orders", &order()).await;
    let again = partner.post("/orders", &order()).await;
    let parcels = ["LX905174620NL"];
    partner.account().pack("SHOP::3000", &parcels).unwrap();
    let shipped = partner.order("SHOP::3000").await;

    assert_eq!(created.status, 201, "{}", created.text);
    assert_eq!(created.at("/status"), "new");
    assert_eq!(created.at("/partner"), "/oneconcepts/v2/api/partners/42");
    assert_eq!(created.at("/recipientHouseNumber"), "");
    assert_eq!(
        created.at("/giftWrap"),
        Value::Null,
        "unknown keys are ignored"
    );
    assert_eq!(again.status, 422);
    assert_eq!(shipped["@id"], created.at("/@id"));
    assert_eq!(shipped["status"], "shipped");
}

#[tokio::test]
async fn partner_is_own_account_in_any_spelling() {
    let partner = Partner::open().await;
    let spellings = [
        "/v2/api/partners/42",
        "oneconcepts/v2/api/partners/42",
        "/oneconcepts/v2/api/partners/42",
    ];

    for (spelling, number) in spellings.iter().zip(1..) {
        let mut order = with("partner", json!(spelling));
        order["externalOrderNumber"] = json!(format!("SHOP::{number}"));

        let response = partner.post("/orders", &order).await;

        assert_eq!(response.status, 201, "{spelling}");
    }
    for wrong in [json!("v2/api/partners/43"), json!(42), Value::Null] {
        let response = partner.post("/orders", &with("partner", wrong)).await;

        assert_eq!(response.status, 400);
        assert_eq!(response.at("/@type"), "hydra:Error");
    }
}

#[tokio::test]
async fn each_mistake_is_violation_with_its_path() {
    let partner = Partner::open().await;
    let cases = [
        (
            with("externalOrderNumber", json!(" ")),
            "externalOrderNumber",
        ),
        (with("recipientName", Value::Null), "recipientName"),
        (with("recipientZip", json!("")), "recipientZip"),
        (with("lines", json!([])), ""),
        (with("lines", json!([{ "sku": 2001 }])), "lines[0].netCost"),
        (
            with("lines", json!([{ "sku": 2001, "netCost": 0.0 }])),
            "lines[0].netCost",
        ),
    ];

    for (order, path) in cases {
        let response = partner.post("/orders", &order).await;

        assert_eq!(response.status, 422, "{order}");
        assert_eq!(response.at("/violations/0/propertyPath"), path);
        assert_eq!(
            response.at("/violations/1"),
            Value::Null,
            "{}",
            response.text
        );
    }
    let number = with("recipientZip", json!(50667));
    assert_eq!(partner.post("/orders", &number).await.status, 400);
}
