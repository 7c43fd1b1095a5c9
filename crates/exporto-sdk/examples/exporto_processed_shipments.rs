//! Reads all processed shipments through the tours: the documented way for large volumes.
//!
//! `cargo run -p exporto-sdk --example exporto_processed_shipments [SINCE]`, with a time such as
//! `2026-10-05T00:00:00Z`

mod account;

use std::env;
use std::error::Error;

use exporto_sdk::ShipmentId;
use exporto_sdk::tracking_core::UtcTime;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let since: Option<UtcTime> = env::args().nth(1).map(|text| text.parse()).transpose()?;

    let mut shipments = account.client.processed_shipments(since);
    let mut failures = 0;
    while let Some(outcome) = shipments.next().await {
        match outcome {
            Ok(shipment) => {
                let id = shipment.shipment_id.as_ref().map_or("", ShipmentId::as_str);
                let state = match &shipment.carrier_delivered_at {
                    Some(_) => "delivered",
                    None => "on its way",
                };
                println!("{:<12} {id:<28} {state}", shipment.tour_id);
            }
            Err(failed) => {
                failures += 1;
                eprintln!("{failed}");
            }
        }
    }
    println!("{failures} could not be read");
    Ok(())
}
