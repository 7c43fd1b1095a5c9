//! Which webhook messages there are, and how they wait.

use super::message::{Message, MessageRef, Topic, Webhook};
use crate::ship24::samples::journey;
use crate::ship24::state::State;
use crate::ship24::statuses::Milestone;
use crate::ship24::view::View;
use crate::snapshot::Snapshot;

impl State {
    /// Makes a message about everything that a tracker has seen and no message is about yet. That an event which the
    /// courier changed is sent again, under its id, is assumed; none is sent about one that the courier withdrew.
    pub(crate) fn announce(&mut self, serial: usize, snapshot: &Snapshot<'_>) {
        let Some(tracker) = self
            .trackers
            .get_mut(serial)
            .filter(|item| item.is_subscribed)
        else {
            return;
        };
        let Some(journey) = journey(snapshot, tracker.number()) else {
            return;
        };
        let view = View::of_tracker(tracker, &journey, snapshot.now);
        let has_message = |topic: Topic| {
            tracker
                .messages
                .iter()
                .any(|message| message.topic == topic)
        };
        let mut topics: Vec<_> = view
            .scans
            .iter()
            .map(|scan| Topic::Event {
                scan: scan.serial,
                revision: scan.revision,
            })
            .filter(|topic| !has_message(*topic))
            .collect();
        let is_delivered = view.milestone() == Milestone::Delivered;
        // Proof of delivery is a paid add-on with an address of its own.
        if is_delivered && self.settings.webhooks.proof_url.is_some() && !has_message(Topic::Proof)
        {
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
            let id = snapshot
                .core
                .identities
                .uuid_like("message", &tracker.id, message as u64);
            tracker.messages.push(Message {
                id,
                topic,
                generated_at: snapshot.now,
            });
        }
        self.send(events, false, snapshot.now);
        self.send(proofs, true, snapshot.now);
    }

    /// [`Self::announce`] for every tracker.
    pub(crate) fn announce_all(&mut self, snapshot: &Snapshot<'_>) {
        for serial in 0..self.trackers.len() {
            self.announce(serial, snapshot);
        }
    }

    /// Queues messages of one topic, oldest first. Without an address nothing is queued.
    pub(crate) fn send(&self, mut messages: Vec<MessageRef>, is_proof: bool, now: i64) {
        let settings = &self.settings.webhooks;
        if settings.url_for(is_proof).is_none() {
            return;
        }
        if settings.newest_first {
            messages.reverse();
        }
        let group = if is_proof {
            1
        } else {
            settings.group_size.max(1)
        };
        let copies = if settings.duplicates { 2 } else { 1 };
        for messages in messages.chunks(group) {
            for _ in 0..copies {
                let webhook = Webhook {
                    messages: messages.to_vec(),
                    is_proof,
                };
                self.queue.push(webhook, now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhooks::WebhookQueue;
    use std::sync::Arc;

    fn messages(count: usize) -> Vec<MessageRef> {
        let messages = 0..count;
        messages
            .map(|message| MessageRef {
                tracker: 0,
                message,
            })
            .collect()
    }

    #[test]
    fn webhooks_are_not_queued_without_address() {
        let state = State::new(&Arc::default());

        state.send(messages(1), false, 0);

        assert_eq!(state.queue.waiting(), 0);
    }

    #[test]
    fn groups_and_duplicates_shape_the_queue() {
        let queue = Arc::new(WebhookQueue::default());
        let mut state = State::new(&queue);
        let webhooks = &mut state.settings.webhooks;
        webhooks.url = "http://127.0.0.1:1/".parse().ok();
        webhooks.duplicates = true;
        webhooks.group_size = 2;
        let settings = webhooks.clone();

        state.send(messages(3), false, 0);

        let address = |webhook: &Webhook| settings.url_for(webhook.is_proof).cloned();
        let sizes: Vec<_> = std::iter::from_fn(|| queue.take_due(0, address))
            .map(|(delivery, _)| delivery.message.messages.len())
            .collect();
        assert_eq!(sizes, [2, 2, 1, 1]);
    }
}
