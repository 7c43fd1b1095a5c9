//! Where tours may really be, and what they may really look like.

use serde_json::{Value, json};
use tracking_sandbox::exporto::{Assumptions, TourPaths, TourShape, TourShipmentsShape};

use super::merchant::Merchant;

const TOUR: &str = "20260224";

#[tokio::test]
async fn tours_have_paths_of_one_spelling_only() {
    let merchant = Merchant::open().await;
    let spellings = [
        (
            TourPaths::Assumed,
            "/tour",
            "/tour/20260224/shipment",
            "/tour",
        ),
        (
            TourPaths::Plural,
            "/tours",
            "/tours/20260224/shipments",
            "/tours",
        ),
        (
            TourPaths::Verbs,
            "/tour/list",
            "/tour/20260224",
            "/tour/create",
        ),
    ];

    for (paths, ..) in spellings {
        let mut assumptions = Assumptions::default();
        assumptions.tour_paths = paths;
        merchant
            .account()
            .configure(|settings| settings.assumptions = assumptions);

        for (other, list, shipments, create) in spellings {
            let is_here = other == paths;
            let body = json!({ "shipmentIds": [merchant.demo().shipment_id] });
            let list = merchant.get(list).await.status;
            let shipments = merchant.get(shipments).await.status;
            let create = merchant.post(create, &body).await.status;

            let expected = if is_here { [200, 200, 201] } else { [404; 3] };
            assert_eq!([list, shipments, create], expected, "{paths:?} {other:?}");
        }
    }
}

#[tokio::test]
async fn list_may_hold_objects_integers_or_strings() {
    let merchant = Merchant::open().await;
    let cases = [
        (TourShape::Objects, json!({ "tourId": TOUR })),
        (TourShape::IntegerIds, json!({ "tourId": 20_260_224 })),
        (TourShape::Strings, json!(TOUR)),
    ];

    for (shape, expected) in cases {
        let mut assumptions = Assumptions::default();
        assumptions.tours = shape;
        merchant
            .account()
            .configure(|settings| settings.assumptions = assumptions);

        let tours = merchant.get("/tour").await.json();

        assert!(tours.as_array().unwrap().contains(&expected), "{tours}");
    }
}

#[tokio::test]
async fn shipments_of_tour_may_be_objects_strings_or_wrapped() {
    let merchant = Merchant::open().await;
    let id = merchant.demo().shipment_id;
    let cases = [
        (TourShipmentsShape::Objects, json!([{ "shipmentId": id }])),
        (TourShipmentsShape::Strings, json!([id])),
        (
            TourShipmentsShape::ShipmentIds,
            json!({ "shipmentIds": [id] }),
        ),
    ];

    for (shape, expected) in cases {
        let mut assumptions = Assumptions::default();
        assumptions.tour_shipments = shape;
        merchant
            .account()
            .configure(|settings| settings.assumptions = assumptions);

        let shipments = merchant.get(&format!("/tour/{TOUR}/shipment")).await;

        assert_eq!(shipments.json(), expected);
    }
}

#[tokio::test]
async fn new_tour_response_may_be_empty() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.empty_tour_response = true;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);
    let before = merchant.get("/tour").await.json();

    let body = json!({ "shipmentIds": [merchant.demo().shipment_id] });
    let created = merchant.post("/tour", &body).await;

    let length = |tours: &Value| tours.as_array().unwrap().len();
    let after = merchant.get("/tour").await.json();
    assert_eq!((created.status, created.text.as_str()), (201, ""));
    assert_eq!(length(&after), length(&before) + 1);
}
