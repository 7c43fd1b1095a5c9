//! Every operation of TrackingMore, called by its id through the method of the SDK.

use std::sync::Arc;

use tracking_http::{Operation, Transport};
use tracking_sandbox::Sandbox;
use tracking_testkit::Called;
use trackingmore_sdk::{
    AirCargoRequest, BatchCreateTracking, Client, ConfigureClient as _, CostTimeRoute,
    CreateTracking, DetectCarrier, Error, GetStatusNumberQuery, ListTrackingsQuery,
    RealtimeTracking, RemotePlace, TrackingKey, UpdateCarrier, UpdateMoreTracking, UpdateTracking,
    operations,
};

use super::sandboxed::{DEMO_CARRIER, builder, client, sandbox};
use crate::caller::Caller;

/// An account with a few trackings, of which the demo parcel has the most data.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Account {
    pub(crate) async fn open() -> Self {
        let sandbox = sandbox().await;
        let client = client(&sandbox);
        let account = Self { sandbox, client };
        account.create(DEMO_CARRIER, Sandbox::DEMO_NUMBER).await;
        account
    }

    async fn create(&self, carrier: &str, number: &str) {
        let tracking = CreateTracking::new(number, carrier)
            .order_id("order-1")
            .customer_email("recipient@shop.example");
        self.client.create_tracking(&tracking).await.unwrap();
    }
}

impl Caller for Account {
    const OPERATIONS: &'static [&'static Operation] = operations::ALL;
    const BASE_PATH: &'static str = "/trackingmore/v2";
    const PROVIDER: &'static str = "trackingmore";

    fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    fn send_through(&mut self, transport: Arc<dyn Transport>) {
        let builder = builder(&self.sandbox).with_transport(transport);
        self.client = builder.without_rate_limits().build().unwrap();
    }

    /// Makes sure that there is something to delete, to change and to create.
    async fn prepare(&self, operation: &str) {
        let client = &self.client;
        match operation {
            "create-tracking" => drop(client.delete_tracking("ups", "CREATED-1").await),
            "delete-tracking" => self.create("ups", "DELETED-1").await,
            "delete-trackings" => self.create("ups", "DELETED-2").await,
            "update-carrier" => {
                // Whichever of the two is left of the last call.
                for carrier in ["ups", "usps"] {
                    drop(client.delete_tracking(carrier, "MOVED-1").await);
                }
                self.create("ups", "MOVED-1").await;
            }
            "not-update-trackings" => {
                drop(client.delete_tracking("ups", "STOPPED-1").await);
                self.create("ups", "STOPPED-1").await;
            }
            _ => {}
        }
    }

    async fn call(&self, operation: &str) -> Result<Called, Error> {
        let client = &self.client;
        let number = Sandbox::DEMO_NUMBER;
        let called: Called = match operation {
            "create-tracking" => {
                let tracking = CreateTracking::new("CREATED-1", "ups");
                client.create_tracking(&tracking).await?.into()
            }
            "get-tracking" => client.get_tracking(DEMO_CARRIER, number).await?.into(),
            "get-tracking-in-language" => {
                let found = client
                    .get_tracking_in_language(DEMO_CARRIER, number, "en")
                    .await?;
                found.into()
            }
            "update-tracking" => {
                let update = UpdateTracking::new().title("Two carriers");
                let updated = client
                    .update_tracking(DEMO_CARRIER, number, &update)
                    .await?;
                updated.into()
            }
            "delete-tracking" => client.delete_tracking("ups", "DELETED-1").await?.into(),
            "batch-create-trackings" => {
                let trackings = [
                    BatchCreateTracking::new("BATCH-1", "ups"),
                    BatchCreateTracking::new(number, DEMO_CARRIER),
                ];
                client.batch_create_trackings(&trackings).await?.into()
            }
            "list-trackings" => {
                let query = ListTrackingsQuery::new();
                client.list_trackings(&query).await?.into()
            }
            "update-more-trackings" => {
                let updates = [UpdateMoreTracking::new(number, DEMO_CARRIER).title("Again")];
                client.update_more_trackings(&updates).await?.into()
            }
            "delete-trackings" => {
                let trackings = [TrackingKey::new("DELETED-2", "ups")];
                client.delete_trackings(&trackings).await?.into()
            }
            "realtime-tracking" => {
                let tracking = RealtimeTracking::new(number, DEMO_CARRIER);
                client.realtime_tracking(&tracking).await?.into()
            }
            "update-carrier" => {
                let update = UpdateCarrier::new("MOVED-1", "ups", "usps");
                client.update_carrier(&update).await?.into()
            }
            "get-user-info" => client.get_user_info().await?.into(),
            "get-status-number" => {
                let query = GetStatusNumberQuery::new();
                client.get_status_number(&query).await?.into()
            }
            "not-update-trackings" => {
                let trackings = [TrackingKey::new("STOPPED-1", "ups")];
                client.not_update_trackings(&trackings).await?.into()
            }
            "remote-areas" => {
                let places = [RemotePlace::new("Japan", "7621094")];
                client.remote_areas(&places).await?.into()
            }
            "cost-time" => {
                let routes = [CostTimeRoute::new("CN", "US", "dhl")];
                client.cost_time(&routes).await?.into()
            }
            "air-cargo" => {
                let request = AirCargoRequest::new(["172-28891936"]);
                client.air_cargo(&request).await?.into()
            }
            "list-carriers" => client.list_carriers().await?.into(),
            "detect-carrier" => {
                let request = DetectCarrier::new(number);
                client.detect_carrier(&request).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(called)
    }
}
