//! Lists the account, page by page, as a stream; or only what changed since a time, which is how an
//! incremental synchronisation reads it.
//!
//! `cargo run -p trackingmore-sdk --example trackingmore_list [2026-09-01T00:00:00Z]`

mod account;

use std::env;
use std::error::Error;

use tracking_sandbox::Sandbox;
use trackingmore_sdk::{BatchCreateTracking, ListTrackingsQuery};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let trackings = [BatchCreateTracking::new(
        Sandbox::DEMO_NUMBER,
        "singapore-post",
    )];
    // Numbers that are registered already are reported, and use no quota.
    account.client.batch_create_trackings(&trackings).await?;

    let mut query = ListTrackingsQuery::new().limit(2000);
    if let Some(since) = env::args().nth(1) {
        query = query.updated_since(since.parse()?);
    }
    // One page is held at a time. `resume_at` is the page to go on with after a failure.
    let mut trackings = account.client.list_trackings_pages(&query).items();
    while let Some(tracking) = trackings.next().await {
        let page = *trackings.resume_at();
        let tracking = tracking.map_err(|error| format!("stopped at page {page}: {error}"))?;
        let number = tracking.tracking_number.as_deref().unwrap_or_default();
        let status = tracking
            .status
            .as_ref()
            .map_or("", |status| status.as_str());
        println!("{number:<20} {status}");
    }
    Ok(())
}
