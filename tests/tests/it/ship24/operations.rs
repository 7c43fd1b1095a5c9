//! Every operation of Ship24, called by its id through the method of the SDK.

use std::sync::Arc;

use ship24_sdk::{
    Client, ConfigureClient as _, CreateTracker, Error, ListTrackersQuery, SearchTracking,
    UpdateTracker, operations,
};
use tracking_http::{Operation, Transport};
use tracking_sandbox::Sandbox;
use tracking_testkit::Called;

use super::receiver::Receiver;
use super::sandboxed::{builder, client, sandbox};
use crate::caller::Caller;

/// An account with one tracker that has data for every operation.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) tracker_id: String,
    // Keeps the address of the webhooks open.
    _receiver: Receiver,
}

impl Account {
    pub(crate) async fn open() -> Self {
        let sandbox = sandbox().await;
        let client = client(&sandbox);
        let receiver = Receiver::of(&sandbox).await;
        let tracker = client
            .create_tracker(
                &CreateTracker::new(Sandbox::DEMO_NUMBER)
                    .client_tracker_id("order-1")
                    .title("Two couriers"),
            )
            .await
            .unwrap();
        let tracker_id = tracker.tracker_id.as_ref().unwrap().to_string();
        sandbox.ship24().webhooks_settled().await;
        Self {
            sandbox,
            client,
            tracker_id,
            _receiver: receiver,
        }
    }
}

impl Caller for Account {
    const OPERATIONS: &'static [&'static Operation] = operations::ALL;
    const BASE_PATH: &'static str = "/ship24/public/v1";
    const PROVIDER: &'static str = "ship24";

    fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    fn send_through(&mut self, transport: Arc<dyn Transport>) {
        let builder = builder(&self.sandbox).with_transport(transport);
        self.client = builder.without_rate_limits().build().unwrap();
    }

    async fn call(&self, operation: &str) -> Result<Called, Error> {
        let client = &self.client;
        let id = self.tracker_id.as_str();
        let called: Called = match operation {
            "create-tracker" => {
                let request = CreateTracker::new("SHIP24_SAMPLE_IN_TRANSIT_101");
                client.create_tracker(&request).await?.into()
            }
            "list-trackers" => {
                let query = ListTrackersQuery::new();
                client.list_trackers(&query).await?.into()
            }
            "bulk-create-trackers" => {
                let requests = [
                    CreateTracker::new("BULK-1"),
                    CreateTracker::new(Sandbox::DEMO_NUMBER),
                ];
                client.bulk_create_trackers(&requests).await?.into()
            }
            "create-tracker-and-get-tracking-results" => {
                let request = CreateTracker::new("SHIP24_SAMPLE_DELIVERED_102");
                let found = client
                    .create_tracker_and_get_tracking_results(&request)
                    .await?;
                found.into()
            }
            "get-tracker-by-trackerId" => client.get_tracker_by_tracker_id(id).await?.into(),
            "update-tracker-by-trackerId" => {
                let update = UpdateTracker::new().is_subscribed(true);
                let updated = client.update_tracker_by_tracker_id(id, &update).await?;
                updated.into()
            }
            "get-tracking-results-of-trackers-by-tracking-number" => {
                let found = client
                    .get_tracking_results_of_trackers_by_tracking_number(Sandbox::DEMO_NUMBER)
                    .await?;
                found.into()
            }
            "get-tracking-results-of-tracker-by-trackerId" => {
                let found = client
                    .get_tracking_results_of_tracker_by_tracker_id(id)
                    .await?;
                found.into()
            }
            "get-couriers" => client.get_couriers().await?.into(),
            "get-tracking" => {
                let search = SearchTracking::new(Sandbox::DEMO_NUMBER);
                client.get_tracking(&search).await?.into()
            }
            "resend-webhooks" => client.resend_webhooks(id).await?.into(),
            "download-webhook-history" => client.download_webhook_history(id).await?.into(),
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(called)
    }
}
