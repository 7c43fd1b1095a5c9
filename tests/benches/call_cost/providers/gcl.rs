//! GCL: one tracking with fifteen checkpoints.

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use gcl_sdk::tracking_core::UtcTime;
use gcl_sdk::tracking_core::kit::UnmappedCounter;
use gcl_sdk::webhook::WebhookReceiver;
use gcl_sdk::{Client, ConfigureClient as _, Descriptions, TrackingResponse, shipment_from_body};
use http::HeaderMap;
use serde::Deserialize;

use crate::by_hand::{self, Credential, is_equal};
use crate::response;
use crate::subject::Subject;

const API_KEY: &str = "0123456789abcdef0123456789abcdef";
const NUMBER: &str = "QX4471902385";
const WEBHOOK_HEADER: &str = "x-parcel-proof";
const WEBHOOK_SECRET: &str = "whs_0123456789abcdef";

pub(crate) struct Gcl {
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
    receiver: WebhookReceiver,
    headers: HeaderMap,
}

impl Subject for Gcl {
    fn new(base_url: &str) -> Result<Self> {
        let sdk = Client::builder(API_KEY)
            .with_base_url(base_url)
            .with_rate_limit("account", 1_000_000_000, Duration::from_secs(1))
            .build()?;
        let receiver = WebhookReceiver::new(WEBHOOK_HEADER, WEBHOOK_SECRET)?;
        Ok(Self {
            by_hand: by_hand::Client::new(
                base_url,
                Credential::Header("X-API-KEY", API_KEY.to_owned()),
            ),
            sdk,
            body: Bytes::from(response::gcl()),
            unmapped: UnmappedCounter::new(),
            headers: receiver.sign(),
            receiver,
        })
    }

    async fn call_by_hand(&self) -> Result<()> {
        let path = format!("/tracking/{}", black_box(NUMBER));
        black_box(self.by_hand.get::<Tracking>(&path).await?);
        Ok(())
    }

    async fn call_with_sdk(&self) -> Result<()> {
        black_box(self.sdk.get_tracking(black_box(NUMBER)).await?);
        Ok(())
    }

    fn decode_by_hand(&self) -> Result<()> {
        black_box(serde_json::from_slice::<Tracking>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_with_sdk(&self) -> Result<()> {
        use gcl_sdk::tracking_http::decode;
        black_box(decode::<TrackingResponse>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_and_map(&self) -> Result<()> {
        let body = black_box(&self.body);
        let now = UtcTime::now();
        black_box(shipment_from_body(
            body,
            Descriptions::Refine,
            now,
            &self.unmapped,
        )?);
        Ok(())
    }

    fn receive_by_hand(&self) -> Result<()> {
        let proof = self.headers.get(WEBHOOK_HEADER).context("no proof")?;
        ensure!(is_equal(
            proof.as_bytes(),
            black_box(WEBHOOK_SECRET).as_bytes()
        ));
        self.decode_by_hand()
    }

    fn receive_with_sdk(&self) -> Result<()> {
        let message = black_box(&self.body);
        black_box(self.receiver.receive(black_box(&self.headers), message)?);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Tracking {
    short_uid: Option<String>,
    tracking_number: Option<String>,
    tracking_url: Option<String>,
    shipment_method_uid: Option<String>,
    shipment_method_name: Option<String>,
    carrier_uid: Option<String>,
    carrier_name: Option<String>,
    weight_in_grams: Option<String>,
    checkpoints: Vec<CheckPoint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct CheckPoint {
    status: Option<i64>,
    status_uid: Option<String>,
    message: Option<String>,
    description: Option<String>,
    location: Option<String>,
    created_at: Option<String>,
    expected_delivery_date: Option<String>,
    signed_by: Option<String>,
}
