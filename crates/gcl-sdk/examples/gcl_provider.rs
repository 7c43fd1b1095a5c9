//! Uses GCL through the model that all providers share.
//!
//! `cargo run -p gcl-sdk --example gcl_provider [NUMBER]...`

mod account;

use std::env;
use std::error::Error;

use gcl_sdk::tracking_core::{Outcome, Provider, ProviderExt as _};
use tracking_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    // From here on nothing knows which provider it is.
    let provider: &dyn Provider = &account.client;
    let mut numbers: Vec<String> = env::args().skip(1).collect();
    if numbers.is_empty() {
        numbers = [Sandbox::DEMO_NUMBER, "NOBODY-0001"]
            .map(str::to_owned)
            .to_vec();
    }

    for number in numbers {
        match provider.track_number(&number).await? {
            Outcome::Found(shipments) => {
                for shipment in shipments {
                    println!("{}", shipment.summary());
                    println!("  ask again: {}", shipment.should_poll());
                }
            }
            other => println!("{number}: {}", other.as_str()),
        }
    }

    // States and descriptions that have no agreed meaning yet; worth a report.
    for unmapped in provider.unmapped() {
        println!("{}", unmapped.report_text());
    }
    Ok(())
}
