//! Finds shipments by a carrier's number and prints what is known of each.
//!
//! `cargo run -p exporto-sdk --example exporto_track [NUMBER]`

mod account;

use std::env;
use std::error::Error;

use exporto_sdk::{FactTime, SearchShipmentsQuery, ShipmentId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let number = env::args()
        .nth(1)
        .unwrap_or_else(|| tracking_sandbox::exporto::Exporto::DEMO_NUMBER.to_owned());

    // A search finds parts of shipments; the rest is read by their ids.
    let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id(number);
    let hits = account.client.search_shipments(&query).await?;
    for id in hits.iter().filter_map(|hit| hit.shipment_id.as_ref()) {
        let shipment = account.client.get_shipment(id.as_str()).await?;
        let id = shipment.shipment_id.as_ref().map_or("", ShipmentId::as_str);
        println!("{id}");
        for (fact, time) in [
            ("processed", &shipment.processed_at),
            ("cleared through customs", &shipment.declared_at),
            ("with the carrier", &shipment.carrier_received_at),
            ("delivered", &shipment.carrier_delivered_at),
        ] {
            let time = time.as_ref().map_or("unknown", FactTime::as_str);
            println!("  {fact:<24} {time}");
        }
    }
    Ok(())
}
