//! Fetches the trackings of shipped orders. With `--complete` the orders are then set to `complete`.
//!
//! `cargo run -p oneconcepts-sdk --example oneconcepts_shipped_orders [-- --complete]`

mod account;

use std::env;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let accepts = env::args().any(|argument| argument == "--complete");

    let mut orders = account.client.shipped_orders();
    while let Some(order) = orders.next().await {
        let order = order?;
        let number = order.order.external_order_number.as_deref();
        println!("order {}", number.unwrap_or("without a number"));
        for tracking in &order.trackings {
            let courier = tracking
                .courier
                .as_ref()
                .map_or("?", |courier| courier.as_str());
            println!(
                "  {courier:<14} {}",
                tracking.number().unwrap_or("no number")
            );
            if let Some(page) = tracking.tracking_url() {
                println!("  {:<14} {page}", "");
            }
        }
        for problem in &order.problems {
            println!("  problem at {}: {}", problem.path, problem.message);
        }
        // Whoever keeps the numbers stores them before this line.
        if accepts && order.is_complete() {
            order.complete().await?;
            println!("  complete");
        }
    }
    Ok(())
}
