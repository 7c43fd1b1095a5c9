//! 1concepts: a list with one tracking, looked up by the number of its order.

use std::hint::black_box;

use anyhow::Result;
use bytes::Bytes;
use oneconcepts_sdk::tracking_core::UtcTime;
use oneconcepts_sdk::tracking_core::kit::UnmappedCounter;
use oneconcepts_sdk::{
    Client, ConfigureClient as _, ListTrackingsQuery, TrackingCollection, shipments_from_body,
};
use serde::Deserialize;

use crate::by_hand::{self, Credential};
use crate::response;
use crate::subject::Subject;

const ORDER_NUMBER: &str = "SHOP-1004";

pub(crate) struct OneConcepts {
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
}

impl Subject for OneConcepts {
    fn new(base_url: &str) -> Result<Self> {
        let sdk = Client::builder("shop@example.com", "not-a-password")
            .with_base_url(base_url)
            .build()?;
        Ok(Self {
            by_hand: by_hand::Client::new(base_url, Credential::Bearer(response::TOKEN.to_owned())),
            sdk,
            body: Bytes::from(response::oneconcepts()),
            unmapped: UnmappedCounter::new(),
        })
    }

    async fn call_by_hand(&self) -> Result<()> {
        let number = black_box(ORDER_NUMBER);
        let path = format!("/api/trackings?order.externalOrderNumber={number}");
        black_box(self.by_hand.get::<Collection>(&path).await?);
        Ok(())
    }

    async fn call_with_sdk(&self) -> Result<()> {
        let query = ListTrackingsQuery::new().order_external_order_number(black_box(ORDER_NUMBER));
        black_box(self.sdk.list_trackings(&query).await?);
        Ok(())
    }

    fn decode_by_hand(&self) -> Result<()> {
        black_box(serde_json::from_slice::<Collection>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_with_sdk(&self) -> Result<()> {
        use oneconcepts_sdk::tracking_http::decode;
        black_box(decode::<TrackingCollection>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_and_map(&self) -> Result<()> {
        let body = black_box(&self.body);
        black_box(shipments_from_body(body, UtcTime::now(), &self.unmapped)?);
        Ok(())
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Collection {
    #[serde(rename = "@context")]
    context: Option<String>,
    #[serde(rename = "@id")]
    iri: Option<String>,
    #[serde(rename = "@type")]
    resource_type: Option<String>,
    #[serde(rename = "hydra:member")]
    members: Vec<Tracking>,
    #[serde(rename = "hydra:totalItems")]
    total_items: Option<i64>,
    #[serde(rename = "hydra:view")]
    view: Option<View>,
    #[serde(rename = "hydra:search")]
    search: Option<Search>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Tracking {
    #[serde(rename = "@id")]
    iri: Option<String>,
    #[serde(rename = "@type")]
    resource_type: Option<String>,
    id: Option<i64>,
    order: Option<String>,
    created_at: Option<String>,
    courier: Option<String>,
    status: Option<String>,
    tracking_id: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct View {
    #[serde(rename = "@id")]
    iri: Option<String>,
    #[serde(rename = "@type")]
    resource_type: Option<String>,
    #[serde(rename = "hydra:first")]
    first: Option<String>,
    #[serde(rename = "hydra:last")]
    last: Option<String>,
    #[serde(rename = "hydra:next")]
    next: Option<String>,
    #[serde(rename = "hydra:previous")]
    previous: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Search {
    #[serde(rename = "@type")]
    resource_type: Option<String>,
    #[serde(rename = "hydra:template")]
    template: Option<String>,
    #[serde(rename = "hydra:variableRepresentation")]
    variable_representation: Option<String>,
    #[serde(rename = "hydra:mapping")]
    mapping: Vec<Mapping>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Mapping {
    #[serde(rename = "@type")]
    resource_type: Option<String>,
    variable: Option<String>,
    property: Option<String>,
    required: Option<bool>,
}
