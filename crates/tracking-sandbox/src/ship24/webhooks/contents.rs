//! Which webhook messages there are, what they say, and how they are sent again.

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::messages::{Message, MessageRef, Parcelled, Topic};
use crate::ship24::bodies::event::Event;
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Metadata, Tracking};
use crate::ship24::state::{Account, State};
use crate::ship24::statuses::Milestone;
use crate::ship24::tracker::Tracker;
use crate::ship24::view::View;
use crate::wire_time::utc_millis;
use crate::world::{DeliveryProof, ProofContent};

impl State {
    /// Makes the messages about everything that a tracker has seen and not yet told.
    pub(crate) fn announce(&mut self, serial: usize, account: &Account<'_>) {
        let Some(tracker) = self
            .trackers
            .get_mut(serial)
            .filter(|item| item.is_subscribed)
        else {
            return;
        };
        let Some(journey) = account.journey(tracker.number()) else {
            return;
        };
        let view = View::of_tracker(tracker, &journey, account.now);
        let told = |topic: Topic| {
            tracker
                .messages
                .iter()
                .any(|message| message.topic == topic)
        };
        let mut topics: Vec<_> = view
            .scans
            .iter()
            .map(|scan| Topic::Event(scan.serial))
            .filter(|topic| !told(*topic))
            .collect();
        let is_delivered = view.milestone() == Milestone::Delivered;
        // Proof of delivery is a paid add-on with an address of its own.
        if is_delivered && self.outbox.proof_url.is_some() && !told(Topic::Proof) {
            topics.push(Topic::Proof);
        }
        let (mut events, mut proofs) = (Vec::new(), Vec::new());
        for topic in topics {
            let message = tracker.messages.len();
            let reference = MessageRef {
                tracker: serial,
                message,
            };
            let list = if topic == Topic::Proof {
                &mut proofs
            } else {
                &mut events
            };
            list.push(reference);
            let id = account
                .core
                .identities
                .uuid_like("message", &tracker.id, message as u64);
            tracker.messages.push(Message {
                id,
                topic,
                generated_at: account.now,
            });
        }
        self.outbox.send(events, false, account.now);
        self.outbox.send(proofs, true, account.now);
    }

    /// [`Self::announce`] for every tracker.
    pub(crate) fn announce_all(&mut self, account: &Account<'_>) {
        for serial in 0..self.trackers.len() {
            self.announce(serial, account);
        }
    }

    /// The body of a delivery.
    pub(crate) fn webhook_body(&self, delivery: &Parcelled, account: &Account<'_>) -> Bytes {
        let mut trackings = Vec::with_capacity(delivery.messages.len());
        for reference in &delivery.messages {
            let Some(tracker) = self.trackers.get(reference.tracker) else {
                continue;
            };
            let Some(message) = tracker.messages.get(reference.message) else {
                continue;
            };
            let item = match message.topic {
                Topic::Event(scan) => self.event_item(tracker, message, scan, account),
                Topic::Proof => proof_item(tracker, message, account),
            };
            trackings.extend(item);
        }
        serde_json::to_vec(&Webhook { trackings })
            .unwrap_or_default()
            .into()
    }

    fn event_item(
        &self,
        tracker: &Tracker,
        message: &Message,
        scan: u32,
        account: &Account<'_>,
    ) -> Option<Box<RawValue>> {
        let journey = account.journey(tracker.number())?;
        // The shipment is shown as it stood when the message was made.
        let view = View::of_tracker(tracker, &journey, message.generated_at);
        let body = TrackerBody::in_webhook(tracker);
        let shown = self.shown(account.core);
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
struct Webhook {
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
    account: &Account<'_>,
) -> Option<Box<RawValue>> {
    let journey = account.journey(tracker.number())?;
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
