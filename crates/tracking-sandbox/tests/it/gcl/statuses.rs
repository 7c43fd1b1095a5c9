//! The ten statuses and the terms of the data source.

use std::time::Duration;

use tracking_sandbox::{Parcel, Scan, Step};

use super::desk::Desk;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn each_step_has_status_number_and_description() {
    let desk = Desk::open().await;
    let cases = [
        (Step::OrderCreated, "registered", 0, "Info Received"),
        (
            Step::OrderCancelled,
            "shipping_exception",
            4,
            "Shipment cancelled",
        ),
        (Step::DeliveryProposed, "in_transit", 1, "In Transit"),
        (Step::DeliveryDecided, "in_transit", 1, "In Transit"),
        (Step::Accepted, "in_transit", 1, "Acceptance scan"),
        (Step::Moved, "in_transit", 1, ""),
        (Step::HubScan, "in_transit", 1, "Arrival scan"),
        (Step::DepartedOrigin, "in_transit", 1, "Departure Scan"),
        (
            Step::ArrivedInDestination,
            "in_transit",
            1,
            "Arrived at the destination country",
        ),
        (
            Step::CustomsReceived,
            "in_transit",
            1,
            "Customs clearance started",
        ),
        (
            Step::CustomsHeld,
            "shipping_exception",
            4,
            "Delayed (Customs clearance)",
        ),
        (Step::CustomsRejected, "shipping_exception", 4, "Exception"),
        (
            Step::CustomsCleared,
            "in_transit",
            1,
            "Customs clearance completed",
        ),
        (
            Step::AvailableForPickup,
            "available_for_pickup",
            5,
            "Available for pickup",
        ),
        (
            Step::OutForDelivery,
            "out_for_delivery",
            2,
            "Out for Delivery",
        ),
        (
            Step::AttemptFailed,
            "failed_attempt",
            3,
            "Addressee not available",
        ),
        (
            Step::DeliveryProblem,
            "shipping_exception",
            4,
            "Incorrect Address",
        ),
        (
            Step::Refused,
            "shipping_exception",
            4,
            "Customer refused delivery",
        ),
        (Step::Delivered, "delivered", 6, "Delivered"),
        (Step::Returning, "returned", 8, "Returning to sender"),
        (Step::Lost, "shipping_exception", 4, "Shipment lost"),
        (
            Step::Destroyed,
            "shipping_exception",
            4,
            "Shipment disposed",
        ),
    ];
    assert_eq!(cases.len(), Step::ALL.len());

    for (step, uid, number, description) in cases {
        let parcel = Parcel::new("ups", "ONE-STEP-1").scan(Scan::ago(HOUR, step));
        let body = desk.show("ONE-STEP-1", parcel).await;

        let checkpoint = &body["checkpoints"][0];
        assert_eq!(checkpoint["statusUid"], uid, "{step:?}");
        assert_eq!(checkpoint["status"], number, "{step:?}");
        assert_eq!(checkpoint["description"], description, "{step:?}");
        assert_ne!(checkpoint["message"], "", "{step:?}");
    }
}

#[tokio::test]
async fn return_from_pickup_point_is_not_picked_up() {
    let desk = Desk::open().await;
    let parcel = Parcel::new("ups", "LEFT-1")
        .scan(Scan::ago(HOUR * 9, Step::AvailableForPickup))
        .scan(Scan::ago(HOUR, Step::Returning));

    let body = desk.show("LEFT-1", parcel).await;

    assert_eq!(body["checkpoints"][0]["statusUid"], "not_picked_up");
    assert_eq!(body["checkpoints"][0]["status"], 9);
    assert_eq!(body["checkpoints"][0]["description"], "Pick up missed");
}
