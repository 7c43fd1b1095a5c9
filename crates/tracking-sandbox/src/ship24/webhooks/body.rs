//! The bodies of webhooks.

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::message::{Message, Topic, Webhook};
use crate::ship24::bodies::event::Event;
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Metadata, Tracking};
use crate::ship24::samples::journey;
use crate::ship24::state::State;
use crate::ship24::tracker::Tracker;
use crate::ship24::view::View;
use crate::snapshot::Snapshot;
use crate::wire_time::utc_millis;
use crate::world::{DeliveryProof, ProofContent};

impl State {
    /// The body of a webhook.
    pub(crate) fn webhook_body(&self, webhook: &Webhook, snapshot: &Snapshot<'_>) -> Bytes {
        let mut trackings = Vec::with_capacity(webhook.messages.len());
        for reference in &webhook.messages {
            let Some(tracker) = self.trackers.get(reference.tracker) else {
                continue;
            };
            let Some(message) = tracker.messages.get(reference.message) else {
                continue;
            };
            let item = match message.topic {
                Topic::Event { scan, .. } => self.event_item(tracker, message, scan, snapshot),
                Topic::Proof => proof_item(tracker, message, snapshot),
            };
            trackings.extend(item);
        }
        serde_json::to_vec(&WebhookBody { trackings })
            .unwrap_or_default()
            .into()
    }

    fn event_item(
        &self,
        tracker: &Tracker,
        message: &Message,
        scan: u32,
        snapshot: &Snapshot<'_>,
    ) -> Option<Box<RawValue>> {
        // The shipment is shown as it was when the message was made.
        let snapshot = &snapshot.as_of(message.generated_at);
        let journey = journey(snapshot, tracker.number())?;
        let view = View::of_tracker(tracker, &journey, message.generated_at);
        let body = TrackerBody::in_webhook(tracker);
        let shown = self.shown(snapshot.core);
        let mut tracking = Tracking::new(Some(body), tracker.number(), Some(&view), &shown);
        tracking.metadata = Some(metadata(message));
        tracking.events.retain(|event| event.serial == scan);
        tracking.events = tracking
            .events
            .into_iter()
            .map(Event::with_deprecated_time)
            .collect();
        to_raw_value(&tracking).ok()
    }
}

/// The body of a webhook. Items are written one by one, because each borrows from its own parcel.
#[derive(Serialize)]
struct WebhookBody {
    trackings: Vec<Box<RawValue>>,
}

fn metadata(message: &Message) -> Metadata<'_> {
    Metadata {
        generated_at: utc_millis(message.generated_at),
        message_id: &message.id,
        topic: message.topic.as_str(),
    }
}

#[derive(Serialize)]
struct ProofItem<'a> {
    metadata: Metadata<'a>,
    tracker: TrackerBody<'a>,
    data: ProofData<'a>,
}

#[derive(Serialize)]
struct ProofData<'a> {
    status: &'static str,
    courier: String,
    /// Null when the courier has no proof. What the provider sends then is not known.
    content: Option<ProofContentBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProofContentBody<'a> {
    #[serde(rename = "type")]
    media_type: &'a str,
    text: Option<&'a str>,
    download_url: Option<&'a str>,
}

fn proof_item(
    tracker: &Tracker,
    message: &Message,
    snapshot: &Snapshot<'_>,
) -> Option<Box<RawValue>> {
    let journey = journey(snapshot, tracker.number())?;
    let proof = journey.parcel().proof.as_ref();
    let courier = journey.legs().last().map_or("", |leg| leg.courier.as_str());
    let item = ProofItem {
        metadata: metadata(message),
        tracker: TrackerBody::in_webhook(tracker),
        data: ProofData {
            status: if proof.is_some() {
                "found"
            } else {
                "unavailable"
            },
            courier: format!("{courier}-tracking"),
            content: proof.map(proof_content),
        },
    };
    to_raw_value(&item).ok()
}

fn proof_content(proof: &DeliveryProof) -> ProofContentBody<'_> {
    let (text, download_url) = match &proof.content {
        ProofContent::Text(text) => (Some(text.as_str()), None),
        ProofContent::DownloadUrl(url) => (None, Some(url.as_str())),
    };
    ProofContentBody {
        media_type: &proof.media_type,
        text,
        download_url,
    }
}
