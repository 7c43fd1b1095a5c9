//! Creates several trackers in one request and looks at each item.
//!
//! `cargo run -p ship24-sdk --example ship24_bulk_create`

mod account;

use std::error::Error;

use ship24_sdk::CreateTracker;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let trackers = [
        CreateTracker::new("SHIP24_SAMPLE_IN_TRANSIT_001").client_tracker_id("order-1001"),
        CreateTracker::new("SHIP24_SAMPLE_DELIVERED_002").client_tracker_id("order-1002"),
        // Fits the documented limits, so it is sent; Ship24 refuses it as a dummy.
        CreateTracker::new("00000000"),
    ];

    // A partial success, and a request of which every item failed, are `Ok` too.
    let response = account.client.bulk_create_trackers(&trackers).await?;

    for item in response.created().chain(response.existing()) {
        let tracker = item.tracker.as_ref();
        let id = tracker.and_then(|tracker| tracker.tracker_id.as_ref());
        println!(
            "follows {}",
            id.map_or("an unnamed tracker", |id| id.as_str())
        );
    }
    for item in response.failed() {
        let input = item.input_data.as_ref();
        let number = input.and_then(|input| input.tracking_number.as_deref());
        println!("refused {}", number.unwrap_or_default());
        for reason in &item.errors {
            let code = reason.code.as_ref().map_or("", |code| code.as_str());
            println!(
                "  {code}: {}",
                reason.message.as_deref().unwrap_or_default()
            );
        }
    }
    Ok(())
}
