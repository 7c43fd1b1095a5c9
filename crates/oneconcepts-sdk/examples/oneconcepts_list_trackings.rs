//! Lists what was created since a time, page by page, as a stream.
//!
//! `cargo run -p oneconcepts-sdk --example oneconcepts_list_trackings [SINCE]`, for example `2026-03-01T18:00:00+01:00`

mod account;

use std::env;
use std::error::Error;

use oneconcepts_sdk::tracking_core::UtcTime;
use oneconcepts_sdk::{ListTrackingsQuery, next_upload_after};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let mut query = ListTrackingsQuery::new().items_per_page(200);
    if let Some(since) = env::args().nth(1) {
        query = query.created_at_after(since);
    }

    // One page is held at a time. `resume_at` is the page to go on with after a failure.
    let mut trackings = account.client.list_trackings_pages(&query).items();
    while let Some(tracking) = trackings.next().await {
        let page = trackings.resume_at().clone();
        let tracking = tracking.map_err(|error| format!("stopped at page {page:?}: {error}"))?;
        let created = tracking
            .created_at
            .as_ref()
            .map_or("?", |time| time.as_str());
        let courier = tracking
            .courier
            .as_ref()
            .map_or("?", |courier| courier.as_str());
        println!(
            "{created}  {courier:<14} {}",
            tracking.number().unwrap_or("no number")
        );
    }
    println!("look again after {}", next_upload_after(UtcTime::now()));
    Ok(())
}
