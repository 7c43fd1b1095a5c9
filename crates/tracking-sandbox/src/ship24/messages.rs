//! Webhook messages: which there are, which wait, what became of each attempt.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::loopback_url::LoopbackUrl;

/// All attempts of a delivery. The documentation counts 20 retries, the implementation 20 attempts
/// in all; the sandbox follows the implementation.
const MAX_ATTEMPTS: u32 = 20;

/// Twelve minutes before the second attempt.
const FIRST_GAP_MILLIS: f64 = 12.0 * 60_000.0;

/// Never more than twelve hours between two attempts.
const LONGEST_GAP_MILLIS: f64 = 12.0 * 3_600_000.0;

/// With this factor the last attempt comes after about six days.
const GROWTH: f64 = 1.6;

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

/// Messages on their way to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) messages: Vec<MessageRef>,
    pub(crate) is_proof: bool,
    /// How many attempts have failed.
    pub(crate) failed: u32,
    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    pub(crate) due: i64,
}

impl Delivery {
    /// The next attempt after one that failed at `now`; none after the last.
    pub(crate) fn retry(mut self, now: i64) -> Option<Self> {
        self.failed += 1;
        if self.failed >= MAX_ATTEMPTS {
            return None;
        }
        self.due = now.saturating_add(gap_millis(self.failed));
        Some(self)
    }
}

/// The pause after the attempt with this number, counted from 1.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a gap is at most twelve hours"
)]
fn gap_millis(attempt: u32) -> i64 {
    let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
    (FIRST_GAP_MILLIS * GROWTH.powi(exponent)).min(LONGEST_GAP_MILLIS) as i64
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
    pub(crate) waiting: VecDeque<Delivery>,
    /// Attempts that are being made at this moment.
    pub(crate) under_way: usize,
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
            waiting: VecDeque::new(),
            under_way: 0,
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
                self.waiting.push_back(Delivery {
                    messages: messages.to_vec(),
                    is_proof,
                    failed: 0,
                    due: now,
                });
            }
        }
    }

    /// Takes the first delivery that is due and has an address.
    pub(crate) fn take_due(&mut self, now: i64) -> Option<(Delivery, LoopbackUrl)> {
        let position = self.position_due(now)?;
        let delivery = self.waiting.remove(position)?;
        let url = self.url_for(delivery.is_proof)?.clone();
        self.under_way += 1;
        Some((delivery, url))
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self, now: i64) -> bool {
        self.under_way == 0 && self.position_due(now).is_none()
    }

    fn position_due(&self, now: i64) -> Option<usize> {
        self.waiting
            .iter()
            .position(|delivery| delivery.due <= now && self.url_for(delivery.is_proof).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_attempts_take_about_six_days() {
        let mut delivery = Delivery {
            messages: Vec::new(),
            is_proof: false,
            failed: 0,
            due: 0,
        };
        let mut gaps = Vec::new();

        while let Some(next) = delivery.clone().retry(delivery.due) {
            gaps.push(next.due - delivery.due);
            delivery = next;
        }

        assert_eq!(gaps.len(), 19);
        assert_eq!(gaps.first(), Some(&(12 * 60_000)));
        assert!(gaps.is_sorted());
        assert_eq!(gaps.last(), Some(&(12 * 3_600_000)));
        let days = delivery.due as f64 / 86_400_000.0;
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

        assert!(outbox.waiting.is_empty());
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

        let sizes: Vec<_> = outbox
            .waiting
            .iter()
            .map(|item| item.messages.len())
            .collect();
        assert_eq!(sizes, [2, 2, 1, 1]);
    }
}
