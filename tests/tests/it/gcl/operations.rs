//! Every operation of GCL, called by its id through the method of the SDK.

use std::sync::Arc;

use gcl_sdk::{
    Address, BoxType, Client, ConfigureClient as _, Error, Options, Package, PackageItem, Partner,
    Person, QuoteShippingMethods, Receiver, Sender, ShippingMethodSelection, Tier, operations,
};
use tracking_http::{Operation, Transport};
use tracking_sandbox::Sandbox;
use tracking_testkit::Called;

use super::sandboxed::{builder, client, sandbox};
use crate::caller::Caller;

/// An account that follows the demo parcel.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Account {
    pub(crate) async fn open() -> Self {
        let sandbox = sandbox().await;
        let client = client(&sandbox);
        Self { sandbox, client }
    }
}

fn quote() -> QuoteShippingMethods {
    let to = Receiver::new(
        Person::new().first_name("Ana").last_name("Muster"),
        Address::new("AT", "Wien", "1010", "Musterring 7"),
    );
    let from = Sender::new(
        Person::new().company("Sample Prints"),
        Address::new("NL", "Utrecht", "0000 AA", "Voorbeeldkade 12a"),
    );
    let poster = PackageItem::new("A-1-ITEM", "Poster", 24.9, 2)
        .weight(395.5)
        .hs_code("04911100")
        .country_of_origin("NL");
    let package = Package::new("A-1", [poster])
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

impl Caller for Account {
    const OPERATIONS: &'static [&'static Operation] = operations::ALL;
    const BASE_PATH: &'static str = "/gcl/v1";
    const PROVIDER: &'static str = "gcl";

    fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    fn send_through(&mut self, transport: Arc<dyn Transport>) {
        let builder = builder(&self.sandbox).with_transport(transport);
        self.client = builder.without_rate_limits().build().unwrap();
    }

    async fn call(&self, operation: &str) -> Result<Called, Error> {
        let client = &self.client;
        let called: Called = match operation {
            "get-tracking" => client.get_tracking(Sandbox::DEMO_NUMBER).await?.into(),
            "quote-shipping-methods" => client.quote_shipping_methods(&quote()).await?.into(),
            "create-shipping-order" => {
                let order = quote().into_order(ShippingMethodSelection::of_tier(Tier::Standard));
                client.create_shipping_order(&order).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(called)
    }
}
