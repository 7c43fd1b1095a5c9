//! Lists all trackers of the account, page by page, as a stream.
//!
//! `cargo run -p ship24-sdk --example ship24_list_trackers`

mod account;

use std::error::Error;

use ship24_sdk::{CreateTracker, ListTrackersQuery};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    for number in ["SHIP24_SAMPLE_PENDING_001", "SHIP24_SAMPLE_EXCEPTION_002"] {
        // Equal to an earlier request, this returns the same tracker and uses no quota.
        account
            .client
            .create_tracker(&CreateTracker::new(number))
            .await?;
    }

    // One page is held at a time. `resume_at` is the page to go on with after a failure.
    let mut trackers = account
        .client
        .list_trackers_pages(&ListTrackersQuery::new())
        .items();
    while let Some(tracker) = trackers.next().await {
        let page = *trackers.resume_at();
        let tracker = tracker.map_err(|error| format!("stopped at page {page}: {error}"))?;
        let number = tracker.tracking_number.as_deref().unwrap_or_default();
        let state = if tracker.is_tracked == Some(false) {
            "ended"
        } else {
            "followed"
        };
        println!("{number:<30} {state}");
    }
    Ok(())
}
