//! Registers several numbers in one request and looks at each item.
//!
//! `cargo run -p trackingmore-sdk --example trackingmore_batch`

mod account;

use std::error::Error;

use tracking_sandbox::Sandbox;
use trackingmore_sdk::{BatchCreateTracking, BatchItem};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let trackings = [
        BatchCreateTracking::new(Sandbox::DEMO_NUMBER, "singapore-post").order_id("order-1001"),
        BatchCreateTracking::new("RN123456785CN", "china-post").order_id("order-1002"),
        // Can be sent; TrackingMore refuses the carrier.
        BatchCreateTracking::new("RN123456785CN", "no-such-carrier"),
    ];

    // A request of which some items were refused is `Ok` too.
    let response = account.client.batch_create_trackings(&trackings).await?;

    for (tracking, item) in response.items(&trackings) {
        let number = &tracking.tracking_number;
        match item {
            BatchItem::Created(created) => println!("{number}: registered, {:?}", created.id),
            BatchItem::Existing(_) => println!("{number}: registered before"),
            BatchItem::Failed(error) => {
                let code = error.code.unwrap_or_default();
                let message = error.message.as_deref().unwrap_or_default();
                println!("{number}: refused, {code} {message}");
            }
            _ => println!("{number}: the response says nothing of it"),
        }
    }
    Ok(())
}
