//! What is on its way to receivers of webhooks, and when the next attempt is due.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::{Notify, watch};

use super::url::WebhookUrl;
use crate::locking::lock;

/// How often a delivery is tried, and how long the pauses are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Schedule {
    /// All attempts, the first included.
    pub(crate) attempts: u32,
    pub(crate) first_pause_ms: f64,
    /// Each pause is this many times as long as the one before.
    pub(crate) growth: f64,
    pub(crate) longest_pause_ms: f64,
}

impl Schedule {
    /// One attempt and this many retries: the first after a minute, each pause twice as long as
    /// the one before.
    pub(crate) fn doubling(retries: u32) -> Self {
        Self {
            attempts: retries.saturating_add(1),
            first_pause_ms: 60_000.0,
            growth: 2.0,
            longest_pause_ms: f64::MAX,
        }
    }

    /// The pause after the attempt with this number, counted from 1.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number too large for the type becomes its largest value"
    )]
    fn pause_ms(&self, attempt: u32) -> i64 {
        let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        (self.first_pause_ms * self.growth.powi(exponent)).min(self.longest_pause_ms) as i64
    }
}

/// One message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivery<T> {
    pub(crate) message: T,
    /// How many attempts have failed.
    failed: u32,
    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    due: i64,
    /// Which life of the queue it belongs to: [`WebhookQueue::clear`] begins a new one.
    life: u64,
}

/// The webhooks of one provider: messages that wait for their time or for an address.
///
/// A push wakes [`run`](super::run). The queue has a lock of its own; whoever holds the state of a
/// provider may push, and the queue never asks for that state.
#[derive(Debug)]
pub(crate) struct WebhookQueue<T> {
    state: Mutex<State<T>>,
    /// Rung when there may be something to deliver.
    work: Notify,
    /// Counts attempts that have ended.
    attempts: watch::Sender<u64>,
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<Delivery<T>>,
    under_way: usize,
    life: u64,
}

impl<T> State<T> {
    fn position_due(&self, now: i64, has_address: impl Fn(&T) -> bool) -> Option<usize> {
        self.waiting
            .iter()
            .position(|delivery| delivery.due <= now && has_address(&delivery.message))
    }
}

impl<T> Default for WebhookQueue<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                under_way: 0,
                life: 0,
            }),
            work: Notify::new(),
            attempts: watch::Sender::new(0),
        }
    }
}

impl<T> WebhookQueue<T> {
    /// How many deliveries wait.
    pub(crate) fn waiting(&self) -> usize {
        lock(&self.state).waiting.len()
    }

    /// How many attempts are being made right now.
    pub(crate) fn under_way(&self) -> usize {
        lock(&self.state).under_way
    }

    /// Queues a message that is due at once.
    pub(crate) fn push(&self, message: T, now: i64) {
        {
            let mut state = lock(&self.state);
            let life = state.life;
            state.waiting.push_back(Delivery {
                message,
                failed: 0,
                due: now,
                life,
            });
        }
        self.wake();
    }

    /// Says that there may be something to deliver, as after a new address.
    pub(crate) fn wake(&self) {
        self.work.notify_one();
    }

    /// Forgets everything. An attempt that is under way ends without a trace.
    pub(crate) fn clear(&self) {
        {
            let mut state = lock(&self.state);
            state.waiting.clear();
            state.under_way = 0;
            state.life = state.life.wrapping_add(1);
        }
        self.ended();
    }

    /// Takes the first delivery that is due and has an address. An attempt begins, which
    /// [`Self::succeeded`] or [`Self::failed`] ends.
    pub(crate) fn take_due(
        &self,
        now: i64,
        address: impl Fn(&T) -> Option<WebhookUrl>,
    ) -> Option<(Delivery<T>, WebhookUrl)> {
        let mut state = lock(&self.state);
        let position = state.position_due(now, |message| address(message).is_some())?;
        let delivery = state.waiting.remove(position)?;
        let url = address(&delivery.message)?;
        state.under_way += 1;
        Some((delivery, url))
    }

    /// Ends an attempt that was the last one needed.
    pub(crate) fn succeeded(&self, delivery: &Delivery<T>) {
        self.end(delivery.life);
        self.ended();
    }

    /// Ends an attempt that failed at `now`; after the last one the delivery is given up.
    pub(crate) fn failed(&self, mut delivery: Delivery<T>, schedule: &Schedule, now: i64) {
        let is_current = self.end(delivery.life);
        delivery.failed += 1;
        if is_current && delivery.failed < schedule.attempts {
            delivery.due = now.saturating_add(schedule.pause_ms(delivery.failed));
            lock(&self.state).waiting.push_back(delivery);
        }
        self.ended();
    }

    /// Returns true if nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self, now: i64, address: impl Fn(&T) -> Option<WebhookUrl>) -> bool {
        let state = lock(&self.state);
        let due = state.position_due(now, |message| address(message).is_some());
        state.under_way == 0 && due.is_none()
    }

    /// Waits for [`Self::wake`].
    pub(super) async fn woken(&self) {
        self.work.notified().await;
    }

    /// Reports the end of each attempt.
    pub(super) fn attempts(&self) -> watch::Receiver<u64> {
        self.attempts.subscribe()
    }

    /// Counts an attempt as ended; returns true if it belongs to this life of the queue.
    fn end(&self, life: u64) -> bool {
        let mut state = lock(&self.state);
        let is_current = state.life == life;
        if is_current {
            state.under_way = state.under_way.saturating_sub(1);
        }
        is_current
    }

    fn ended(&self) {
        self.attempts
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule {
        attempts: 4,
        first_pause_ms: 100.0,
        growth: 3.0,
        longest_pause_ms: 500.0,
    };

    fn somewhere(_message: &&str) -> Option<WebhookUrl> {
        "http://127.0.0.1:1/".parse().ok()
    }

    fn nowhere(_message: &&str) -> Option<WebhookUrl> {
        None
    }

    #[test]
    fn pauses_grow_to_the_longest_until_the_last_attempt() {
        let queue = WebhookQueue::default();
        queue.push("message", 0);
        let mut times = Vec::new();

        let mut now = 0;
        while queue.waiting() > 0 {
            match queue.take_due(now, somewhere) {
                Some((delivery, _)) => {
                    times.push(now);
                    queue.failed(delivery, &SCHEDULE, now);
                }
                None => now += 50,
            }
        }

        assert_eq!(times, [0, 100, 400, 900]);
        assert!(queue.is_settled(now, somewhere));
    }

    #[test]
    fn delivery_without_an_address_waits_and_is_not_due() {
        let queue = WebhookQueue::default();
        queue.push("message", 0);

        assert!(queue.take_due(1, nowhere).is_none());
        assert!(queue.is_settled(1, nowhere));
        assert!(!queue.is_settled(1, somewhere));
    }

    #[test]
    fn cleared_queue_forgets_an_attempt_under_way() {
        let queue = WebhookQueue::default();
        queue.push("message", 0);
        let (delivery, _) = queue.take_due(0, somewhere).unwrap();

        queue.clear();
        queue.failed(delivery, &SCHEDULE, 0);

        assert_eq!([queue.waiting(), queue.under_way()], [0, 0]);
    }
}
