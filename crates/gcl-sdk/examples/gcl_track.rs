//! Tracks a number and prints its checkpoints, oldest first.
//!
//! `cargo run -p gcl-sdk --example gcl_track [NUMBER]`

mod account;

use std::env;
use std::error::Error;

use gcl_sdk::ErrorKind;
use tracking_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let number = env::args()
        .nth(1)
        .unwrap_or_else(|| Sandbox::DEMO_NUMBER.to_owned());

    let tracking = match account.client.get_tracking(&number).await {
        Ok(tracking) => tracking,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err("GCL knows no such parcel; look at the number".into());
        }
        Err(error) => return Err(error.into()),
    };

    let carrier = tracking
        .carrier_name
        .as_deref()
        .unwrap_or("unknown carrier");
    println!("{number}  {carrier}");
    // The newest comes first in every known response, but no order is promised.
    let mut checkpoints: Vec<_> = tracking.checkpoints.iter().collect();
    checkpoints.sort_by_key(|it| {
        it.created_at
            .as_ref()
            .map(|time| time.timestamp().instant())
    });
    for checkpoint in checkpoints {
        // The text as it came: its `Z` is a claim of the data provider.
        let time = checkpoint.created_at.as_ref().map_or("", |it| it.as_str());
        let status = checkpoint.status_uid.as_ref().map_or("", |it| it.as_str());
        let text = checkpoint.message.as_deref().unwrap_or_default();
        let place = checkpoint.location.as_deref().unwrap_or_default();
        println!("  {time:<22} {status:<18} {text}  {place}");
    }
    Ok(())
}
