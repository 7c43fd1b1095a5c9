//! Webhook messages: which there are, which wait, what became of each attempt.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::webhooks::{Delivery, LoopbackUrl, RetryQueue, Schedule};

/// The documentation counts 20 retries, the implementation 20 attempts in all; the sandbox follows
/// the implementation. Twelve minutes before the second attempt and never more than twelve hours
/// between two, so that the last one comes after about six days.
pub(crate) const SCHEDULE: Schedule = Schedule {
    attempts: 20,
    first_gap_millis: 12.0 * 60_000.0,
    growth: 1.6,
    longest_gap_millis: 12.0 * 3_600_000.0,
};

/// How long a receiver may take.
const TIME_OUT: Duration = Duration::from_secs(15);

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// A scan, by its serial number in the journey.
    Event(u32),
    Proof,
}

impl Topic {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Event(_) => "tracking/events",
            Self::Proof => "tracking/pod",
        }
    }
}

/// One message about one tracker.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) topic: Topic,
    pub(crate) generated_at: i64,
}

/// One attempt to deliver a message, as the history keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Push {
    pub(crate) succeeded: bool,
    pub(crate) at: i64,
    pub(crate) request_body: Bytes,
    pub(crate) response_body: Value,
    pub(crate) response_headers: Map<String, Value>,
    pub(crate) response_status: Option<u16>,
}

/// A message by its tracker and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageRef {
    pub(crate) tracker: usize,
    pub(crate) message: usize,
}

/// Messages in one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parcelled {
    pub(crate) messages: Vec<MessageRef>,
    pub(crate) is_proof: bool,
}

/// Where messages go, in which manner, and which are still to go.
#[derive(Debug)]
pub(crate) struct Outbox {
    pub(crate) url: Option<LoopbackUrl>,
    pub(crate) proof_url: Option<LoopbackUrl>,
    /// Each delivery is made twice.
    pub(crate) duplicates: bool,
    /// The newest event is told first.
    pub(crate) newest_first: bool,
    /// The most trackings in one body.
    pub(crate) group_size: usize,
    pub(crate) time_out: Duration,
    pub(crate) queue: RetryQueue<Parcelled>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            url: None,
            proof_url: None,
            duplicates: false,
            newest_first: false,
            group_size: 1,
            time_out: TIME_OUT,
            queue: RetryQueue::default(),
        }
    }
}

impl Outbox {
    pub(crate) fn url_for(&self, is_proof: bool) -> Option<&LoopbackUrl> {
        if is_proof {
            self.proof_url.as_ref()
        } else {
            self.url.as_ref()
        }
    }

    /// Queues messages of one topic, oldest first.
    pub(crate) fn send(&mut self, mut messages: Vec<MessageRef>, is_proof: bool, now: i64) {
        if self.url_for(is_proof).is_none() {
            return;
        }
        if self.newest_first {
            messages.reverse();
        }
        let group = if is_proof { 1 } else { self.group_size.max(1) };
        let copies = if self.duplicates { 2 } else { 1 };
        for messages in messages.chunks(group) {
            for _ in 0..copies {
                let parcelled = Parcelled {
                    messages: messages.to_vec(),
                    is_proof,
                };
                self.queue.push(parcelled, now);
            }
        }
    }

    /// Takes the first delivery that is due and has an address.
    pub(crate) fn take_due(&mut self, now: i64) -> Option<(Delivery<Parcelled>, LoopbackUrl)> {
        let (url, proof_url) = (&self.url, &self.proof_url);
        let address = |item: &Parcelled| {
            if item.is_proof {
                proof_url.as_ref()
            } else {
                url.as_ref()
            }
        };
        let delivery = self.queue.take_due(now, |item| address(item).is_some())?;
        let url = address(&delivery.content)?.clone();
        Some((delivery, url))
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self, now: i64) -> bool {
        self.queue
            .is_settled(now, |item| self.url_for(item.is_proof).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_attempts_take_about_six_days() {
        let mut queue = RetryQueue::default();
        queue.push((), 0);
        let mut times = Vec::new();

        let mut now = 0;
        while queue.waiting() > 0 {
            match queue.take_due(now, |()| true) {
                Some(delivery) => {
                    times.push(now);
                    queue.failed(delivery, &SCHEDULE, now);
                }
                None => now += 60_000,
            }
        }

        assert_eq!(times.len(), 20);
        assert_eq!(times.get(1), Some(&(12 * 60_000)));
        let days = *times.last().unwrap() as f64 / 86_400_000.0;
        assert!((5.5..6.5).contains(&days), "{days}");
    }

    #[test]
    fn nothing_is_queued_without_an_address() {
        let mut outbox = Outbox::default();

        outbox.send(
            vec![MessageRef {
                tracker: 0,
                message: 0,
            }],
            false,
            0,
        );

        assert_eq!(outbox.queue.waiting(), 0);
    }

    #[test]
    fn groups_and_duplicates_shape_the_queue() {
        let mut outbox = Outbox {
            url: Some(LoopbackUrl::parse("http://127.0.0.1:1/").unwrap()),
            duplicates: true,
            group_size: 2,
            ..Outbox::default()
        };
        let message = |message| MessageRef {
            tracker: 0,
            message,
        };

        outbox.send(vec![message(0), message(1), message(2)], false, 0);

        let sizes: Vec<_> = std::iter::from_fn(|| outbox.take_due(0))
            .map(|(delivery, _)| delivery.content.messages.len())
            .collect();
        assert_eq!(sizes, [2, 2, 1, 1]);
    }
}
