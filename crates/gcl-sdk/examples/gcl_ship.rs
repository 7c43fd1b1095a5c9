//! Quotes shipping methods, orders one, and prints the response as it came.
//!
//! With a key of your own it orders a label, which costs money: use one of the test system.
//! `cargo run -p gcl-sdk --example gcl_ship`

mod account;

use std::error::Error;

use gcl_sdk::{
    Address, BoxType, ErrorKind, Options, Package, PackageItem, Partner, Person,
    QuoteShippingMethods, Receiver, Sender, SenderCustoms, ShippingMethodSelection, Tier,
};

/// What is to be shipped, from where to where.
fn posters() -> QuoteShippingMethods {
    let to = Receiver::new(
        Person::new().first_name("Ana").last_name("Muster"),
        Address::new("AT", "Wien", "1010", "Musterring 7"),
    );
    let from = Sender::new(
        Person::new()
            .company("Sample Prints")
            .email("dock@example.org"),
        Address::new("NL", "Utrecht", "0000 AA", "Voorbeeldkade 12a"),
    )
    .customs(SenderCustoms::new().eori_number("NL000000000"));
    let posters = PackageItem::new("A-1-POSTERS", "Poster", 24.9, 2)
        .weight(395.5)
        .hs_code("04911100")
        .country_of_origin("NL");
    let package = Package::new("A-1", [posters])
        .gross_weight(420.0)
        .net_weight(395.5)
        .volumetric_weight(205.0)
        .length(310.0)
        .width(220.0)
        .height(15.0)
        .box_type(BoxType::Rectangle);
    let options = Options::grams_millimetres_pdf();
    QuoteShippingMethods::new("A", "EUR", options, to, from, [package])
        .partner(Partner::new("Sample Prints"))
}

/// Returns true if the order may have been created although the call failed.
fn may_exist(kind: ErrorKind) -> bool {
    use ErrorKind::{BodyTooLarge, Decode, Server, Timeout, Transport};
    matches!(kind, Timeout | Transport | Server | Decode | BodyTooLarge)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let quote = posters();

    let methods = account.client.quote_shipping_methods(&quote).await?;
    for item in &methods.items {
        let Some(method) = &item.method else { continue };
        println!(
            "{:<30} {:>8} {}  {:?} to {:?} days",
            method.name.as_deref().unwrap_or_default(),
            method.price.as_deref().unwrap_or("?"),
            quote.currency,
            method.min_shipment_days,
            method.max_shipment_days,
        );
    }

    let order = quote.into_order(ShippingMethodSelection::of_tier(Tier::Standard));
    match account.client.create_shipping_order(&order).await {
        Ok(order) => {
            println!("ordered: {:?}", order.order_id);
            // Where label and tracking code are is not published.
            println!("{}", String::from_utf8_lossy(order.body()));
            Ok(())
        }
        // The order may exist: never send it again without a look at the account.
        Err(error) if may_exist(error.kind()) => Err(format!("look for the order: {error}").into()),
        Err(error) => Err(error.into()),
    }
}
