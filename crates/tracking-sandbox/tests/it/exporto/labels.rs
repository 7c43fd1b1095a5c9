//! `GET /label/methods` and `POST /label`.

use serde_json::{Value, json};
use tracking_sandbox::exporto::Assumptions;

use super::merchant::{Merchant, keys, label_request, refused};

#[tokio::test]
async fn methods_are_bare_array_with_upper_case_directions() {
    let merchant = Merchant::open().await;

    let response = merchant.get("/label/methods").await;

    let methods = response.json();
    let methods = methods.as_array().unwrap();
    for method in methods {
        let expected = ["carrierName", "direction", "methodId", "name"];
        assert_eq!(keys(method), expected);
        assert!(method["methodId"].is_u64());
    }
    for direction in ["OUTBOUND", "INBOUND"] {
        assert!(
            methods
                .iter()
                .any(|method| method["direction"] == direction)
        );
    }
}

#[tokio::test]
async fn account_may_have_no_methods() {
    let merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.label_methods = false);

    let methods = merchant.get("/label/methods").await;
    let label = merchant.post("/label", &label_request()).await;

    assert_eq!((methods.status, methods.text.as_str()), (200, "[]"));
    assert_eq!(label.status, 400);
}

#[tokio::test]
async fn label_is_made_with_201() {
    let merchant = Merchant::open().await;

    let response = merchant.post("/label", &label_request()).await;

    assert_eq!(response.status, 201);
    assert_eq!(response.at("/carrierName"), "PostNord");
    let code = response.at("/trackingCode").as_str().unwrap().to_owned();
    assert!(
        response
            .at("/trackingUrl")
            .as_str()
            .unwrap()
            .ends_with(&code)
    );
    // "%PDF-" in base64.
    assert!(
        response
            .at("/label")
            .as_str()
            .unwrap()
            .starts_with("JVBERi0")
    );
}

#[tokio::test]
async fn some_labels_have_neither_carrier_nor_address() {
    let merchant = Merchant::open().await;
    let mut body = label_request();
    body["product"]["methodId"] = json!(327);

    let response = merchant.post("/label", &body).await;

    assert_eq!(keys(&response.json()), ["label", "trackingCode"]);
}

#[tokio::test]
async fn each_call_makes_another_label() {
    let merchant = Merchant::open().await;

    let first = merchant.post("/label", &label_request()).await;
    let second = merchant.post("/label", &label_request()).await;

    assert_ne!(first.at("/trackingCode"), second.at("/trackingCode"));
    assert_eq!(merchant.account().labels_created(), 2);
}

#[tokio::test]
async fn base64_may_have_line_breaks() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.wrapped_labels = true;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);

    let response = merchant.post("/label", &label_request()).await;

    let label = response.at("/label");
    let mut lines = label.as_str().unwrap().split("\r\n");
    assert_eq!(lines.next().map(str::len), Some(76));
    assert!(lines.next().is_some());
}

#[tokio::test]
async fn optional_parts_of_address_may_be_there_but_not_null() {
    let merchant = Merchant::open().await;

    for key in ["line2", "email", "phone"] {
        let mut body = label_request();
        body["address"][key] = json!("+46 000");
        let there = merchant.post("/label", &body).await;
        body["address"][key] = Value::Null;
        let null = merchant.post("/label", &body).await;

        assert_eq!([there.status, null.status], [201, 400], "{key}");
    }
}

#[tokio::test]
async fn incomplete_body_fails_with_one_message() {
    let merchant = Merchant::open().await;
    let cases = [
        ("/order/customerFacingId", json!("")),
        ("/order", Value::Null),
        ("/product/methodId", json!(1)),
        ("/product/methodId", json!("342")),
        ("/product/format", json!("pdf")),
        ("/package/weight", json!(0)),
        ("/package/weight", json!(0.5)),
        ("/package/reference", json!(" ")),
        ("/address/name", Value::Null),
        ("/address/line1", json!("")),
        ("/address/city", json!("")),
        ("/address/postCode", json!(90326)),
        ("/address/countryCode", json!("se")),
        ("/address/countryCode", json!("SWE")),
    ];

    for (pointer, value) in cases {
        let mut body = label_request();
        *body.pointer_mut(pointer).unwrap() = value;
        let response = merchant.post("/label", &body).await;

        let expected = (400, "Label creation failed".to_owned());
        assert_eq!(refused(&response), expected, "{body}");
    }
    assert_eq!(merchant.account().labels_created(), 0);
}

#[tokio::test]
async fn outage_has_message_of_wrong_label() {
    let merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.label_outage = true);

    let response = merchant.post("/label", &label_request()).await;

    let expected = (503, "Label creation failed".to_owned());
    assert_eq!(refused(&response), expected);
    assert_eq!(merchant.account().labels_created(), 0);
}
