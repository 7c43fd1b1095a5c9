//! TrackingMore: a list with one tracking of two legs and fifteen events, looked up by its number.

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Result, ensure};
use bytes::Bytes;
use hmac_sha256::HMAC;
use serde::Deserialize;
use trackingmore_sdk::tracking_core::UtcTime;
use trackingmore_sdk::tracking_core::kit::UnmappedCounter;
use trackingmore_sdk::webhook::WebhookReceiver;
use trackingmore_sdk::{
    Client, ConfigureClient as _, ListTrackingsQuery, TrackingListResponse, shipments_from_body,
};

use crate::by_hand::{self, Credential, is_equal};
use crate::response;
use crate::subject::Subject;

const API_KEY: &str = "0123456789abcdef-0123";
const NUMBER: &str = "RX400218877PT";
const ACCOUNT: &str = "shop@example.com";

pub(crate) struct TrackingMore {
    by_hand: by_hand::Client,
    sdk: Client,
    body: Bytes,
    unmapped: UnmappedCounter,
    receiver: WebhookReceiver,
    message: String,
}

impl Subject for TrackingMore {
    fn new(base_url: &str) -> Result<Self> {
        let sdk = Client::builder(API_KEY)
            .with_base_url(base_url)
            .with_rate_limit("account", 1_000_000_000, Duration::from_secs(1))
            .build()?;
        let receiver = WebhookReceiver::new(ACCOUNT)?;
        let tracking: serde_json::Value = serde_json::from_str(&response::trackingmore_tracking())?;
        Ok(Self {
            by_hand: by_hand::Client::new(
                base_url,
                Credential::Header("Trackingmore-Api-Key", API_KEY.to_owned()),
            ),
            sdk,
            body: Bytes::from(response::trackingmore()),
            unmapped: UnmappedCounter::new(),
            message: receiver.sign(&tracking)?,
            receiver,
        })
    }

    async fn call_by_hand(&self) -> Result<()> {
        let path = format!("/trackings/get?numbers={}", black_box(NUMBER));
        black_box(self.by_hand.get::<ListResponse>(&path).await?);
        Ok(())
    }

    async fn call_with_sdk(&self) -> Result<()> {
        let query = ListTrackingsQuery::new().numbers(black_box(NUMBER));
        black_box(self.sdk.list_trackings(&query).await?);
        Ok(())
    }

    fn decode_by_hand(&self) -> Result<()> {
        black_box(serde_json::from_slice::<ListResponse>(black_box(
            &self.body,
        ))?);
        Ok(())
    }

    fn decode_with_sdk(&self) -> Result<()> {
        use trackingmore_sdk::tracking_http::decode;
        black_box(decode::<TrackingListResponse>(black_box(&self.body))?);
        Ok(())
    }

    fn decode_and_map(&self) -> Result<()> {
        let body = black_box(&self.body);
        black_box(shipments_from_body(body, UtcTime::now(), &self.unmapped)?);
        Ok(())
    }

    fn receive_by_hand(&self) -> Result<()> {
        let message: Message = serde_json::from_str(black_box(&self.message))?;
        let time = message.verify_info.time_str.to_string();
        let proof = HMAC::mac(time, black_box(ACCOUNT));
        let digits: String = proof.iter().map(|byte| format!("{byte:02x}")).collect();
        let sent = message.verify_info.signature.as_bytes();
        ensure!(is_equal(sent, digits.as_bytes()));
        black_box(message);
        Ok(())
    }

    fn receive_with_sdk(&self) -> Result<()> {
        let message = black_box(&self.message).as_bytes();
        black_box(self.receiver.receive(message)?);
        Ok(())
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct ListResponse {
    meta: Option<Meta>,
    data: Option<ListData>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Meta {
    code: Option<i64>,
    r#type: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct ListData {
    page: Option<i64>,
    limit: Option<i64>,
    total: Option<String>,
    count: Option<i64>,
    items: Vec<Tracking>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tracking {
    id: Option<String>,
    tracking_number: Option<String>,
    carrier_code: Option<String>,
    status: Option<String>,
    substatus: Option<String>,
    track_update: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    order_create_time: Option<String>,
    customer_email: Option<String>,
    customer_name: Option<String>,
    customer_phone: Option<String>,
    order_id: Option<String>,
    comment: Option<String>,
    title: Option<String>,
    logistics_channel: Option<String>,
    destination: Option<String>,
    destination_code: Option<String>,
    archived: Option<bool>,
    original_country: Option<String>,
    destination_country: Option<String>,
    #[serde(rename = "itemTimeLength")]
    item_time_length: Option<i64>,
    #[serde(rename = "stayTimeLength")]
    stay_time_length: Option<i64>,
    service_code: Option<String>,
    status_info: Option<String>,
    #[serde(rename = "packageStatus")]
    package_status: Option<String>,
    weight: Option<String>,
    destination_track_number: Option<String>,
    origin_info: Option<Carrier>,
    destination_info: Option<Carrier>,
    #[serde(rename = "lastEvent")]
    last_event: Option<String>,
    #[serde(rename = "lastUpdateTime")]
    last_update_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Carrier {
    reference_number: Option<String>,
    item_received: Option<String>,
    item_dispatched: Option<String>,
    departfrom_airport: Option<String>,
    arrivalfrom_abroad: Option<String>,
    customs_clearance: Option<String>,
    destination_arrived: Option<String>,
    #[serde(rename = "weblink")]
    weblink: Option<String>,
    #[serde(rename = "phone")]
    phone: Option<String>,
    #[serde(rename = "carrier_code")]
    carrier_code: Option<String>,
    #[serde(rename = "trackinfo")]
    trackinfo: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code)]
struct Event {
    date: Option<String>,
    status_description: Option<String>,
    details: Option<String>,
    #[serde(rename = "checkpoint_status")]
    checkpoint_status: Option<String>,
    #[serde(rename = "substatus")]
    substatus: Option<String>,
    item_node: Option<String>,
    #[serde(rename = "substatus_num")]
    substatus_num: Option<i64>,
    act_type: Option<String>,
    country_iso2: Option<String>,
    city: Option<String>,
    raw_status: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Message {
    meta: Option<Meta>,
    data: Tracking,
    #[serde(rename = "verifyInfo")]
    verify_info: VerifyInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct VerifyInfo {
    time_str: i64,
    signature: String,
}
