//! Which webhook messages there are, what they say, and how they are sent again.

use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::errors::Refusal;
use super::event::Event;
use super::messages::{Message, MessageRef, Parcelled, Topic};
use super::module::{Account, Ship24Module, State};
use super::statuses::Milestone;
use super::tracker::Tracker;
use super::tracker_body::TrackerBody;
use super::tracking::{Envelope, Metadata, Tracking};
use super::view::View;
use crate::module::Call;
use crate::reply::Reply;
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

#[derive(Serialize)]
struct Resent {
    summary: ResentSummary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResentSummary {
    total_resent: usize,
}

/// `POST /trackers/{trackerId}/webhook-events/resend`: every message once more, with its old id.
pub(crate) fn resend(module: &Ship24Module, call: &Call<'_>) -> Reply {
    let mut state = module.state();
    let answered = (|| {
        let serial = state.named(call)?;
        if state.outbox.url.is_none() {
            return Err(Refusal::webhook_url_missing());
        }
        let tracker = state
            .trackers
            .get(serial)
            .ok_or_else(Refusal::tracker_not_found)?;
        let references = tracker.messages.iter().enumerate().map(|(message, item)| {
            (
                item.topic == Topic::Proof,
                MessageRef {
                    tracker: serial,
                    message,
                },
            )
        });
        let (proofs, events): (Vec<_>, Vec<_>) = references.partition(|(is_proof, _)| *is_proof);
        let plain = |list: Vec<(bool, MessageRef)>| -> Vec<MessageRef> {
            list.into_iter().map(|(_, reference)| reference).collect()
        };
        let proofs = if state.outbox.proof_url.is_some() {
            plain(proofs)
        } else {
            Vec::new()
        };
        let events = plain(events);
        let total_resent = events.len() + proofs.len();
        let now = module.account().now;
        state.outbox.send(events, false, now);
        state.outbox.send(proofs, true, now);
        Ok(Resent {
            summary: ResentSummary { total_resent },
        })
    })();
    drop(state);
    module.signals.wake();
    match answered {
        Ok(data) => Reply::json(StatusCode::CREATED, &Envelope { data }),
        Err(refusal) => refusal.into_reply(),
    }
}
