//! What is on its way to receivers of webhooks, and when the next attempt is due.

use std::collections::VecDeque;

/// How often a delivery is tried, and how long the pauses are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Schedule {
    /// All attempts, the first included.
    pub(crate) attempts: u32,
    pub(crate) first_gap_millis: f64,
    /// Each pause is this many times as long as the one before.
    pub(crate) growth: f64,
    pub(crate) longest_gap_millis: f64,
}

impl Schedule {
    /// The pause after the attempt with this number, counted from 1.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number too large for the type becomes its largest value"
    )]
    fn gap_millis(&self, attempt: u32) -> i64 {
        let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        (self.first_gap_millis * self.growth.powi(exponent)).min(self.longest_gap_millis) as i64
    }
}

/// One webhook on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivery<T> {
    pub(crate) content: T,
    /// How many attempts have failed.
    failed: u32,
    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    due: i64,
}

/// Deliveries that wait for their time or for an address.
#[derive(Debug)]
pub(crate) struct RetryQueue<T> {
    waiting: VecDeque<Delivery<T>>,
    under_way: usize,
}

impl<T> Default for RetryQueue<T> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            under_way: 0,
        }
    }
}

impl<T> RetryQueue<T> {
    /// How many deliveries wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many attempts are being made at this moment.
    pub(crate) fn under_way(&self) -> usize {
        self.under_way
    }

    /// Queues a delivery that is due at once.
    pub(crate) fn push(&mut self, content: T, now: i64) {
        self.waiting.push_back(Delivery {
            content,
            failed: 0,
            due: now,
        });
    }

    /// Takes the first delivery that is due and has an address. An attempt begins, which
    /// [`Self::succeeded`] or [`Self::failed`] ends.
    pub(crate) fn take_due(
        &mut self,
        now: i64,
        has_address: impl Fn(&T) -> bool,
    ) -> Option<Delivery<T>> {
        let position = self.position_due(now, has_address)?;
        let delivery = self.waiting.remove(position)?;
        self.under_way += 1;
        Some(delivery)
    }

    /// Ends an attempt that was the last one needed.
    pub(crate) fn succeeded(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// Ends an attempt that failed at `now`; after the last one the delivery is given up.
    pub(crate) fn failed(&mut self, mut delivery: Delivery<T>, schedule: &Schedule, now: i64) {
        self.under_way = self.under_way.saturating_sub(1);
        delivery.failed += 1;
        if delivery.failed < schedule.attempts {
            delivery.due = now.saturating_add(schedule.gap_millis(delivery.failed));
            self.waiting.push_back(delivery);
        }
    }

    /// Whether nothing is under way and nothing is due.
    pub(crate) fn is_settled(&self, now: i64, has_address: impl Fn(&T) -> bool) -> bool {
        self.under_way == 0 && self.position_due(now, has_address).is_none()
    }

    fn position_due(&self, now: i64, has_address: impl Fn(&T) -> bool) -> Option<usize> {
        self.waiting
            .iter()
            .position(|delivery| delivery.due <= now && has_address(&delivery.content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule {
        attempts: 4,
        first_gap_millis: 100.0,
        growth: 3.0,
        longest_gap_millis: 500.0,
    };

    #[test]
    fn pauses_grow_to_the_longest_and_the_last_attempt_is_the_end() {
        let mut queue = RetryQueue::default();
        queue.push("message", 0);
        let mut times = Vec::new();

        let mut now = 0;
        while queue.waiting() > 0 {
            match queue.take_due(now, |_| true) {
                Some(delivery) => {
                    times.push(now);
                    queue.failed(delivery, &SCHEDULE, now);
                }
                None => now += 50,
            }
        }

        assert_eq!(times, [0, 100, 400, 900]);
        assert!(queue.is_settled(now, |_| true));
    }

    #[test]
    fn without_an_address_a_delivery_waits_and_is_not_due() {
        let mut queue = RetryQueue::default();
        queue.push("message", 0);

        assert!(queue.take_due(1, |_| false).is_none());
        assert!(queue.is_settled(1, |_| false));
        assert!(!queue.is_settled(1, |_| true));
    }
}
