//! The provider's documented sample numbers, from number to canonical status.

use ship24_sdk::StatusMilestone;
use ship24_sdk::tracking_core::{Status, TrackRequest};

use super::sandboxed::{client, sandbox, track};

const SAMPLES: [(&str, Status); 8] = [
    ("PENDING", Status::Pending),
    ("INFO_RECEIVED", Status::InfoReceived),
    ("IN_TRANSIT", Status::InTransit),
    ("OUT_FOR_DELIVERY", Status::OutForDelivery),
    ("FAILED_ATTEMPT", Status::AttemptFailed),
    ("AVAILABLE_FOR_PICKUP", Status::AvailableForPickup),
    ("DELIVERED", Status::Delivered),
    // The newest scan of this sample says that the parcel goes back.
    ("EXCEPTION", Status::Returning),
];

#[tokio::test]
async fn each_sample_number_has_the_status_that_it_names() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    for (milestone, status) in SAMPLES {
        for digits in ["000", "042", "999"] {
            let number = format!("SHIP24_SAMPLE_{milestone}_{digits}");

            let shipment = track(&client, TrackRequest::number(&number).with_register(true)).await;

            assert_eq!(shipment.status.status, status, "{number}");
            let wire = shipment.status.raw.main.as_deref();
            assert_eq!(wire, Some(milestone.to_lowercase().as_str()), "{number}");
            assert_eq!(shipment.problems, [], "{number}");
            assert_eq!(shipment.conflicts, [], "{number}");
        }
    }
}

#[test]
fn each_milestone_has_sample() {
    let mut samples = SAMPLES.map(|(milestone, _)| milestone.to_lowercase());
    let mut known: Vec<&str> = StatusMilestone::KNOWN
        .iter()
        .map(StatusMilestone::as_str)
        .collect();
    samples.sort_unstable();
    known.sort_unstable();

    assert_eq!(samples.as_slice(), known);
}
