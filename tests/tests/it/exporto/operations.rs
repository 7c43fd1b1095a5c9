//! Every operation of exporto, called by its id through the method of the SDK.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use exporto_sdk::{
    Client, ConfigureClient as _, CreateLabel, CreateTour, Error, LabelAddress, LabelDirection,
    LabelFormat, LabelOrder, LabelPackage, LabelProduct, ListToursQuery, ReturnShipment,
    SearchShipmentsQuery, operations,
};
use tracking_http::{Operation, Transport};
use tracking_sandbox::Sandbox;
use tracking_sandbox::exporto::{Exporto, ShipmentIds};
use tracking_testkit::Called;

use super::sandboxed::{builder, client};
use crate::caller::Caller;

/// An account that knows the demo parcel.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) demo: ShipmentIds,
    label_method: i64,
    returns: AtomicU32,
}

impl Account {
    pub(crate) async fn open() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let client = client(&sandbox);
        let demo = sandbox.exporto().ids(Sandbox::DEMO_NUMBER).unwrap();
        // Also fetches the token, so that later each call is one request.
        let methods = client.list_label_methods().await.unwrap();
        let inbound = methods
            .iter()
            .find(|method| method.direction == Some(LabelDirection::Inbound));
        let label_method = inbound.and_then(|method| method.method_id).unwrap();
        Self {
            sandbox,
            client,
            demo,
            label_method,
            returns: AtomicU32::new(0),
        }
    }

    fn label(&self) -> CreateLabel {
        CreateLabel::new(
            LabelOrder::new(self.demo.customer_facing_id.as_str()),
            LabelProduct::new(self.label_method, LabelFormat::Pdf),
            LabelPackage::new(850, "R-1"),
            LabelAddress::new(
                "Sample Person",
                "Sample Street 5",
                "Sampletown",
                "0101",
                "NO",
            ),
        )
    }
}

impl Caller for Account {
    const OPERATIONS: &'static [&'static Operation] = operations::ALL;
    const BASE_PATH: &'static str = "/exporto/v1";
    const PROVIDER: &'static str = "exporto";

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
            "create-token" => client.create_token().await?.into(),
            "get-shipment" => client.get_shipment(&self.demo.shipment_id).await?.into(),
            "search-shipments" => {
                let query =
                    SearchShipmentsQuery::new().foreign_outbound_tracking_id(Exporto::DEMO_NUMBER);
                client.search_shipments(&query).await?.into()
            }
            "list-tours" => client.list_tours(&ListToursQuery::new()).await?.into(),
            "list-tour-shipments" => {
                let tour = self.demo.tour_id.as_deref().unwrap();
                client.list_tour_shipments(tour).await?.into()
            }
            "create-tour" => {
                let tour = CreateTour::new().shipment_ids([self.demo.shipment_id.as_str()]);
                client.create_tour(&tour).await?.into()
            }
            "list-label-methods" => client.list_label_methods().await?.into(),
            "create-label" => client.create_label(&self.label()).await?.into(),
            "register-return-shipment" => {
                let serial = self.returns.fetch_add(1, Ordering::SeqCst);
                let shipment = ReturnShipment::new(format!("return-{serial}"), "IN-1")
                    .order_id(self.demo.order_id.as_str());
                client.register_return_shipment(&shipment).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(called)
    }
}
