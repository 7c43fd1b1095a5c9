//! Every operation of Ship24, called by its id through the method of the SDK.

use bytes::Bytes;
use ship24_sdk::{
    Client, CreateTracker, Error, ListTrackersQuery, Response, SearchTracking, UpdateTracker,
};
use tracking_sandbox::Sandbox;

use crate::receiver::Receiver;
use crate::sandboxed::{client, sandbox};

/// An account with one tracker that has something to tell to every operation.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) tracker_id: String,
    // Keeps the address of the webhooks open.
    _receiver: Receiver,
}

/// What a call brought, whatever its type.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
    /// Paths in the body that the SDK's types do not read.
    pub(crate) unmodelled: Vec<String>,
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

    /// Calls an operation by the provider's name for it.
    pub(crate) async fn call(&self, operation: &str) -> Result<Answer, Error> {
        let client = &self.client;
        let id = self.tracker_id.as_str();
        let answer = match operation {
            "create-tracker" => {
                let request = CreateTracker::new("SHIP24_SAMPLE_IN_TRANSIT_101");
                note(&client.create_tracker(&request).await?)
            }
            "list-trackers" => {
                let query = ListTrackersQuery::new();
                note(&client.list_trackers(&query).await?)
            }
            "bulk-create-trackers" => {
                let requests = [
                    CreateTracker::new("BULK-1"),
                    CreateTracker::new(Sandbox::DEMO_NUMBER),
                ];
                note(&client.bulk_create_trackers(&requests).await?)
            }
            "create-tracker-and-get-tracking-results" => {
                let request = CreateTracker::new("SHIP24_SAMPLE_DELIVERED_102");
                let found = client
                    .create_tracker_and_get_tracking_results(&request)
                    .await?;
                note(&found)
            }
            "get-tracker-by-trackerId" => note(&client.get_tracker_by_tracker_id(id).await?),
            "update-tracker-by-trackerId" => {
                let update = UpdateTracker::new().is_subscribed(true);
                let updated = client.update_tracker_by_tracker_id(id, &update).await?;
                note(&updated)
            }
            "get-tracking-results-of-trackers-by-tracking-number" => {
                let found = client
                    .get_tracking_results_of_trackers_by_tracking_number(Sandbox::DEMO_NUMBER)
                    .await?;
                note(&found)
            }
            "get-tracking-results-of-tracker-by-trackerId" => {
                let found = client
                    .get_tracking_results_of_tracker_by_tracker_id(id)
                    .await?;
                note(&found)
            }
            "get-couriers" => note(&client.get_couriers().await?),
            "get-tracking" => {
                let search = SearchTracking::new(Sandbox::DEMO_NUMBER);
                note(&client.get_tracking(&search).await?)
            }
            "resend-webhooks" => note(&client.resend_webhooks(id).await?),
            "download-webhook-history" => note(&client.download_webhook_history(id).await?),
            other => panic!("the operation {other} is new: write its call here"),
        };
        Ok(answer)
    }
}

fn note<T>(response: &Response<T>) -> Answer {
    Answer {
        status: response.status().as_u16(),
        body: response.body().clone(),
        unmodelled: response.unmodelled(),
    }
}
