//! The yardstick: what a competent engineer writes for one endpoint with reqwest and serde.

use reqwest::header::ACCEPT;
use serde::Deserialize;

pub(crate) struct Client {
    http: reqwest::Client,
    base_url: String,
    api_key: String,
}

impl Client {
    pub(crate) fn new(base_url: &str, api_key: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base_url: base_url.to_owned(),
            api_key: api_key.to_owned(),
        }
    }

    pub(crate) async fn results(
        &self,
        tracker_id: &str,
    ) -> Result<TrackingResults, reqwest::Error> {
        let url = format!("{}/public/v1/trackers/{tracker_id}/results", self.base_url);
        self.http
            .get(url)
            .header(ACCEPT, "application/json")
            .bearer_auth(&self.api_key)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
pub(crate) struct TrackingResults {
    pub(crate) data: Data,
}

#[derive(Deserialize)]
#[allow(dead_code)]
pub(crate) struct Data {
    pub(crate) trackings: Vec<Tracking>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
pub(crate) struct Tracking {
    metadata: Option<Metadata>,
    tracker: Option<Tracker>,
    shipment: Option<Shipment>,
    events: Vec<Event>,
    statistics: Option<Statistics>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Metadata {
    generated_at: Option<String>,
    message_id: Option<String>,
    topic: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Tracker {
    tracker_id: Option<String>,
    tracking_number: Option<String>,
    shipment_reference: Option<String>,
    client_tracker_id: Option<String>,
    #[serde(default)]
    courier_code: Vec<String>,
    is_subscribed: Option<bool>,
    is_tracked: Option<bool>,
    created_at: Option<String>,
    recipient: Option<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Shipment {
    shipment_id: Option<String>,
    status_code: Option<String>,
    status_category: Option<String>,
    status_milestone: Option<String>,
    origin_country_code: Option<String>,
    destination_country_code: Option<String>,
    delivery: Option<Delivery>,
    tracking_numbers: Vec<TrackingNumber>,
    recipient: Option<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Delivery {
    estimated_delivery_date: Option<String>,
    courier_estimated_delivery_date: Option<Window>,
    ai_predictive_delivery_date: Option<Window>,
    service: Option<String>,
    signed_by: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Window {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct TrackingNumber {
    tn: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Recipient {
    name: Option<String>,
    address: Option<String>,
    post_code: Option<String>,
    city: Option<String>,
    subdivision: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Event {
    event_id: Option<String>,
    tracking_number: Option<String>,
    event_tracking_number: Option<String>,
    status: Option<String>,
    occurrence_datetime: Option<String>,
    order: Option<i64>,
    location: Option<String>,
    source_code: Option<String>,
    courier_code: Option<String>,
    status_code: Option<String>,
    status_category: Option<String>,
    status_milestone: Option<String>,
    datetime: Option<String>,
    utc_offset: Option<String>,
    has_no_time: Option<bool>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Statistics {
    timestamps: Option<Timestamps>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Timestamps {
    info_received_datetime: Option<String>,
    in_transit_datetime: Option<String>,
    out_for_delivery_datetime: Option<String>,
    failed_attempt_datetime: Option<String>,
    available_for_pickup_datetime: Option<String>,
    exception_datetime: Option<String>,
    delivered_datetime: Option<String>,
}
