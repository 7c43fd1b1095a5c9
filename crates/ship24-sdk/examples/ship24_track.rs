//! Tracks a number and prints its events, oldest first.
//!
//! `cargo run -p ship24-sdk --example ship24_track [NUMBER]`

mod account;

use std::env;
use std::error::Error;

use ship24_sdk::{CreateTracker, ErrorKind};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let number = env::args()
        .nth(1)
        .unwrap_or_else(|| "SHIP24_SAMPLE_DELIVERED_001".to_owned());

    // Creates a tracker if there is none, which uses quota, and waits for the couriers.
    let request = CreateTracker::new(number);
    let trackings = match account
        .client
        .create_tracker_and_get_tracking_results(&request)
        .await
    {
        Ok(trackings) => trackings,
        Err(error) if error.kind() == ErrorKind::QuotaExhausted => {
            return Err("the plan is used up; a repeat does not help".into());
        }
        Err(error) => return Err(error.into()),
    };

    for tracking in trackings.iter() {
        let status = tracking
            .shipment
            .as_ref()
            .and_then(|it| it.status_milestone.as_ref());
        println!("{}", status.map_or("no status", |status| status.as_str()));
        for event in tracking.events.iter().rev() {
            // The text as it came: it may be local time without a zone, or a date only.
            let time = event
                .occurrence_datetime
                .as_ref()
                .map_or("", |time| time.as_str());
            let text = event.status.as_deref().unwrap_or_default();
            let place = event.location.as_deref().unwrap_or_default();
            println!("  {time:<26} {text}  {place}");
        }
    }
    Ok(())
}
