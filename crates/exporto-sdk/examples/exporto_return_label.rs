//! Creates a label for a return, stores the document and registers the return shipment.
//!
//! `cargo run -p exporto-sdk --example exporto_return_label [ORDER_NUMBER]`. With an account of your own this
//! creates a real label.

mod account;

use std::error::Error;
use std::{env, fs};

use exporto_sdk::{
    CreateLabel, LabelAddress, LabelDirection, LabelFormat, LabelOrder, LabelPackage, LabelProduct,
    ReturnShipment,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let account = account::open().await?;
    let client = &account.client;
    let order = env::args()
        .nth(1)
        .unwrap_or_else(|| "ORDER-LX905174620NL".to_owned());

    let methods = client.list_label_methods().await?;
    let method = methods
        .iter()
        .find(|method| method.direction == Some(LabelDirection::Inbound))
        .and_then(|method| method.method_id)
        .ok_or("the account has no method for returns")?;

    // For a return the address is that of the customer who sends it.
    let label = client
        .create_label(&CreateLabel::new(
            LabelOrder::new(order.as_str()),
            LabelProduct::new(method, LabelFormat::Pdf),
            LabelPackage::new(850, "RETURN-1"),
            LabelAddress::new(
                "Sample Person",
                "Sample Street 5",
                "Sampletown",
                "0101",
                "NO",
            ),
        ))
        .await?;
    let number = label
        .tracking_code
        .as_deref()
        .ok_or("the label has no number")?;
    let file = env::temp_dir().join("return-label.pdf");
    fs::write(&file, label.pdf()?)?;
    println!("{number}: {}", file.display());

    // The id is yours to choose; under it the shipment can be read later.
    let shipment =
        ReturnShipment::new(format!("return-{number}"), number).customer_facing_id(order);
    client.register_return_shipment(&shipment).await?;
    let registered = client.get_shipment(shipment.shipment_id.as_str()).await?;
    println!("registered: {:?}", registered.type_);
    Ok(())
}
