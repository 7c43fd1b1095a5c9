//! Uses 1concepts through the model that all providers share.
//!
//! `cargo run -p oneconcepts-sdk --example oneconcepts_provider [ORDER_NUMBER]...`

mod account;

use std::env;
use std::error::Error;

use oneconcepts_sdk::tracking_core::{Outcome, Provider, TrackRequest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    // From here on nothing knows which provider it is.
    let provider: &dyn Provider = &account.client;
    let mut numbers: Vec<String> = env::args().skip(1).collect();
    if numbers.is_empty() {
        numbers = ["SHOP::1001", "SHOP::1002", "SHOP::unknown"]
            .map(str::to_owned)
            .to_vec();
    }

    for number in numbers {
        // 1concepts finds orders by your own number, which is a reference.
        match provider
            .track(TrackRequest::reference(number.as_str()))
            .await?
        {
            Outcome::Found(shipments) => {
                for shipment in shipments {
                    println!("{number}: {}", shipment.summary());
                    println!(
                        "  {}",
                        shipment.tracking_url.as_deref().unwrap_or("no page known")
                    );
                }
            }
            other => println!("{number}: {}", other.as_str()),
        }
    }

    // Statuses that have no agreed meaning yet; worth a report.
    for unmapped in provider.unmapped() {
        println!("{}", unmapped.report_text());
    }
    Ok(())
}
