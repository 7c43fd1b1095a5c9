//! exporto: one return shipment, which has four dates and no events.

use std::hint::black_box;

use anyhow::Result;
use bytes::Bytes;
use exporto_sdk::tracking_core::UtcTime;
use exporto_sdk::tracking_core::kit::UnmappedCounter;
use exporto_sdk::{Client, ConfigureClient as _, shipment_from_body};
use serde::Deserialize;

use crate::by_hand::{self, Credential};
use crate::response;
use crate::subject::Subject;

const SHIPMENT_ID: &str = "return-7201";

pub(crate) struct Exporto {
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
}

impl Subject for Exporto {
    fn new(base_url: &str) -> Result<Self> {
        let sdk = Client::builder("shop", "not-a-password")
            .with_base_url(base_url)
            .build()?;
        Ok(Self {
            by_hand: by_hand::Client::new(base_url, Credential::Bearer(response::TOKEN.to_owned())),
            sdk,
            body: Bytes::from(response::exporto()),
            unmapped: UnmappedCounter::new(),
        })
    }

    async fn call_by_hand(&self) -> Result<()> {
        let path = format!("/shipment/{}", black_box(SHIPMENT_ID));
        black_box(self.by_hand.get::<Shipment>(&path).await?);
        Ok(())
    }

    async fn call_with_sdk(&self) -> Result<()> {
        black_box(self.sdk.get_shipment(black_box(SHIPMENT_ID)).await?);
        Ok(())
    }

    fn decode_by_hand(&self) -> Result<()> {
        black_box(serde_json::from_slice::<Shipment>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_with_sdk(&self) -> Result<()> {
        use exporto_sdk::tracking_http::decode;
        black_box(decode::<exporto_sdk::Shipment>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_and_map(&self) -> Result<()> {
        let body = black_box(&self.body);
        black_box(shipment_from_body(body, UtcTime::now(), &self.unmapped)?);
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Shipment {
    shipment_id: Option<String>,
    order_id: Option<String>,
    r#type: Option<String>,
    status: Option<String>,
    foreign_outbound_tracking_id: Option<String>,
    foreign_inbound_tracking_id: Option<String>,
    domestic_inbound_tracking_id: Option<String>,
    processed_at: Option<String>,
    declared_at: Option<String>,
    carrier_state: Option<String>,
    carrier_received_at: Option<String>,
    carrier_delivered_at: Option<String>,
    line_items: Vec<LineItem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct LineItem {
    article_id: Option<String>,
}
