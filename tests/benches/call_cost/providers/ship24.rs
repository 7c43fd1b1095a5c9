//! Ship24: the results of one tracker, with fifteen events.

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde::Deserialize;
use ship24_sdk::tracking_core::UtcTime;
use ship24_sdk::tracking_core::kit::UnmappedCounter;
use ship24_sdk::webhook::WebhookReceiver;
use ship24_sdk::{Client, ConfigureClient as _, TrackingResultsResponse, shipments_from_body};

use crate::by_hand::{self, Credential, is_equal};
use crate::response;
use crate::subject::Subject;

const API_KEY: &str = "apik_0123456789abcdef0123456789abcdef";
const TRACKER_ID: &str = "26148317-7502-4a3c-84a9-546d240ac0de";
const WEBHOOK_SECRET: &str = "whs_0123456789abcdef";

pub(crate) struct Ship24 {
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
    receiver: WebhookReceiver,
    headers: HeaderMap,
    message: String,
}

impl Subject for Ship24 {
    fn new(base_url: &str) -> Result<Self> {
        // The defaults, except that the limit is out of reach; the limiter itself is at work.
        let sdk = Client::builder(API_KEY)
            .with_base_url(base_url)
            .with_rate_limit(
                "get-tracking-results-of-tracker-by-trackerId",
                1_000_000_000,
                Duration::from_secs(1),
            )
            .build()?;
        let receiver = WebhookReceiver::new(WEBHOOK_SECRET)?;
        Ok(Self {
            by_hand: by_hand::Client::new(base_url, Credential::Bearer(API_KEY.to_owned())),
            sdk,
            body: Bytes::from(response::ship24()),
            unmapped: UnmappedCounter::new(),
            headers: receiver.sign(),
            receiver,
            message: response::ship24_message(),
        })
    }

    async fn call_by_hand(&self) -> Result<()> {
        let path = format!("/trackers/{}/results", black_box(TRACKER_ID));
        black_box(self.by_hand.get::<TrackingResults>(&path).await?);
        Ok(())
    }

    async fn call_with_sdk(&self) -> Result<()> {
        let tracker = black_box(TRACKER_ID);
        let call = self
            .sdk
            .get_tracking_results_of_tracker_by_tracker_id(tracker);
        black_box(call.await?);
        Ok(())
    }

    fn decode_by_hand(&self) -> Result<()> {
        black_box(serde_json::from_slice::<TrackingResults>(black_box(
            &self.body,
        ))?);
        Ok(())
    }

    fn decode_with_sdk(&self) -> Result<()> {
        use ship24_sdk::tracking_http::decode;
        black_box(decode::<TrackingResultsResponse>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_and_map(&self) -> Result<()> {
        let body = black_box(&self.body);
        black_box(shipments_from_body(body, UtcTime::now(), &self.unmapped)?);
        Ok(())
    }

    fn receive_by_hand(&self) -> Result<()> {
        let proof = self.headers.get(AUTHORIZATION).context("no proof")?;
        let secret = proof.to_str()?.strip_prefix("Bearer ").unwrap_or_default();
        ensure!(is_equal(
            secret.as_bytes(),
            black_box(WEBHOOK_SECRET).as_bytes()
        ));
        black_box(serde_json::from_str::<Message>(black_box(&self.message))?);
        Ok(())
    }

    fn receive_with_sdk(&self) -> Result<()> {
        let message = black_box(&self.message).as_bytes();
        black_box(self.receiver.receive(black_box(&self.headers), message)?);
        Ok(())
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Message {
    trackings: Vec<Tracking>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct TrackingResults {
    data: Data,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Data {
    trackings: Vec<Tracking>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tracking {
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
