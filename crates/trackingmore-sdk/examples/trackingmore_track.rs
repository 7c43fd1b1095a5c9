//! Registers a number and prints its events, oldest first, leg by leg.
//!
//! `cargo run -p trackingmore-sdk --example trackingmore_track [NUMBER [CARRIER]]`

mod account;

use std::env;
use std::error::Error;

use tracking_sandbox::Sandbox;
use trackingmore_sdk::{Code, CreateTracking, DetectCarrier};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let client = &account.client;
    let mut arguments = env::args().skip(1);
    let number = arguments
        .next()
        .unwrap_or_else(|| Sandbox::DEMO_NUMBER.to_owned());
    let carrier = match arguments.next() {
        Some(carrier) => carrier,
        None => {
            // Costs 0.2 of quota at each call; name the carrier where it is known.
            let found = client
                .detect_carrier(&DetectCarrier::new(number.as_str()))
                .await?;
            let first = found.iter().find_map(|carrier| carrier.code.clone());
            first.ok_or("no carrier is known for this number; name one")?
        }
    };

    match client
        .create_tracking(&CreateTracking::new(number.as_str(), carrier.as_str()))
        .await
    {
        // Uses no quota.
        Err(error) if Code::of(&error) == Some(Code::TRACKING_EXISTS) => {}
        created => drop(created?),
    }
    let tracking = client.get_tracking(&carrier, &number).await?;

    let status = tracking
        .status
        .as_ref()
        .map_or("no status", |status| status.as_str());
    println!("{number}: {status}");
    let legs = [&tracking.origin_info, &tracking.destination_info];
    for leg in legs.into_iter().flatten() {
        println!(
            "{}",
            leg.carrier_code.as_deref().unwrap_or("unnamed carrier")
        );
        for event in leg.trackinfo.iter().rev() {
            // The text as it came: local time of an unknown zone.
            let time = event.date.as_ref().map_or("", |date| date.as_str());
            let text = event.status_description.as_deref().unwrap_or_default();
            let place = event.details.as_deref().unwrap_or_default();
            println!("  {time:<20} {text}  {place}");
        }
    }
    Ok(())
}
