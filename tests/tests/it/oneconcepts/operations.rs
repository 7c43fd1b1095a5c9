//! Every operation of 1concepts, called by its id through the method of the SDK.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, Client, ConfigureClient as _, CreateOrder, Error,
    ListCategoryTreeQuery, ListOrdersQuery, ListProductsQuery, ListTrackingsQuery, NetCost, Order,
    OrderLine, OrderStatus, OrderUpdateForm, ProductSelection, operations,
};
use tracking_http::{Operation, Transport};
use tracking_sandbox::Sandbox;
use tracking_sandbox::oneconcepts::OrderUpdate;
use tracking_testkit::Called;

use super::sandboxed::{builder, client};
use crate::caller::Caller;

/// An account with the orders of the demo parcels.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    by_id: Client,
    shipped: Mutex<Option<Order>>,
    serial: AtomicU32,
}

impl Account {
    pub(crate) async fn open() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let by_id = builder(&sandbox)
            .without_rate_limits()
            .with_order_update_form(OrderUpdateForm::ItemPath)
            .build()
            .unwrap();
        let account = Self {
            client: client(&sandbox),
            by_id,
            shipped: Mutex::default(),
            sandbox,
            serial: AtomicU32::new(1),
        };
        // Fetches the tokens, so that later each call is one request.
        for client in [&account.client, &account.by_id] {
            client
                .list_category_tree(&ListCategoryTreeQuery::new())
                .await
                .unwrap();
        }
        account
    }

    fn order_number(&self) -> String {
        format!("TEST::{}", self.serial.load(Ordering::SeqCst))
    }

    /// Packs the demo parcel into an order of its own, which is shipped and not complete.
    async fn ship(&self) {
        self.serial.fetch_add(1, Ordering::SeqCst);
        let account = self.sandbox.oneconcepts();
        account
            .pack(&self.order_number(), &[Sandbox::DEMO_NUMBER])
            .unwrap();
        let query = ListOrdersQuery::new().external_order_number(self.order_number());
        let orders = self.client.list_orders(&query).await.unwrap().into_inner();
        *self.shipped.lock().unwrap() = orders.members.into_iter().next();
    }

    fn new_order(&self) -> CreateOrder {
        let serial = self.serial.fetch_add(1, Ordering::SeqCst);
        let line = OrderLine::new(2001, NetCost::priced_by_provider());
        CreateOrder::new("v2/api/partners/42", format!("NEW::{serial}"))
            .recipient_name("Beispiel")
            .recipient_street("Musterweg 3")
            .recipient_zip("50667")
            .with_lines("lines", [&line])
    }
}

impl Caller for Account {
    const OPERATIONS: &'static [&'static Operation] = operations::ALL;
    const BASE_PATH: &'static str = "/oneconcepts/v2";
    const PROVIDER: &'static str = "oneconcepts";

    fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    fn send_through(&mut self, transport: Arc<dyn Transport>) {
        let builder = builder(&self.sandbox)
            .without_rate_limits()
            .with_transport(transport);
        self.client = builder.clone().build().unwrap();
        let by_id = builder.with_order_update_form(OrderUpdateForm::ItemPath);
        self.by_id = by_id.build().unwrap();
    }

    async fn prepare(&self, operation: &str) {
        let form = if operation == "update-order-status-by-id" {
            OrderUpdate::ItemRoute
        } else {
            OrderUpdate::NumberInQuery
        };
        self.sandbox
            .oneconcepts()
            .configure(|settings| settings.assumptions.order_update = form);
        if operation.starts_with("update-order-status") {
            self.ship().await;
        }
    }

    async fn call(&self, operation: &str) -> Result<Called, Error> {
        let client = &self.client;
        let called: Called = match operation {
            "create-token" => client.create_token().await?.into(),
            "list-trackings" => {
                let query = ListTrackingsQuery::new();
                client.list_trackings(&query).await?.into()
            }
            "get-tracking" => client.get_tracking("1").await?.into(),
            "list-orders" => {
                let query = ListOrdersQuery::new().status(OrderStatus::Shipped);
                client.list_orders(&query).await?.into()
            }
            "create-order" => client.create_order(&self.new_order()).await?.into(),
            "update-order-status" => {
                let number = self.order_number();
                let updated = client
                    .update_order_status(&number, OrderStatus::Complete)
                    .await?;
                updated.into()
            }
            "update-order-status-by-id" => {
                let order = self.shipped.lock().unwrap().clone().unwrap();
                let updated = self
                    .by_id
                    .update_order_status(&order, OrderStatus::Complete)
                    .await?;
                updated.into()
            }
            "list-category-tree" => {
                let query = ListCategoryTreeQuery::new();
                client.list_category_tree(&query).await?.into()
            }
            "list-products" => {
                let all = ProductSelection::all();
                let query = ListProductsQuery::new();
                client.list_products(&all, &query).await?.into()
            }
            "check-availability" => {
                let articles = CheckAvailability::new([2001]);
                let query = CheckAvailabilityQuery::new().check_all(true);
                client.check_availability(&articles, &query).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(called)
    }
}
