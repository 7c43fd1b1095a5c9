//! The work beside the answers: tell what the clock has brought up, deliver what is due.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::clock::Clock;

/// How often a running clock is looked at.
const TICK: Duration = Duration::from_millis(500);

/// What wakes those who deliver and those who wait for deliveries.
#[derive(Debug)]
pub(crate) struct Signals {
    /// Rung when there may be something to deliver.
    work: Notify,
    /// Counts finished attempts.
    attempts: watch::Sender<u64>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            work: Notify::new(),
            attempts: watch::Sender::new(0),
        }
    }
}

impl Signals {
    /// Says that there may be something to deliver.
    pub(crate) fn wake(&self) {
        self.work.notify_one();
    }

    /// Says that an attempt has ended, or that what was waited for is gone.
    pub(crate) fn attempted(&self) {
        self.attempts
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// A provider that sends webhooks.
pub(crate) trait SendsWebhooks: Send + Sync {
    fn signals(&self) -> &Signals;

    fn clock(&self) -> &Clock;

    /// Makes the messages that the clock has brought up.
    fn announce_all(&self);

    /// Whether every delivery that is due has been tried.
    fn is_settled(&self) -> bool;

    /// Tries the first delivery that is due; false when there is none.
    fn deliver_one(&self) -> impl Future<Output = bool> + Send;
}

/// Delivers until the sandbox stops.
pub(crate) async fn run(sender: Arc<impl SendsWebhooks>) {
    let mut changes = sender.clock().changes();
    loop {
        while sender.deliver_one().await {}
        let clock_runs = sender.clock().is_running();
        tokio::select! {
            // Whoever rings has made the messages already.
            () = sender.signals().work.notified() => {}
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
                sender.announce_all();
            }
            () = tokio::time::sleep(TICK), if clock_runs => sender.announce_all(),
        }
    }
}

/// Waits until every delivery that is due has been tried.
pub(crate) async fn settled(sender: &impl SendsWebhooks) {
    let mut attempts = sender.signals().attempts.subscribe();
    loop {
        attempts.borrow_and_update();
        sender.announce_all();
        if sender.is_settled() {
            return;
        }
        sender.signals().wake();
        if attempts.changed().await.is_err() {
            return;
        }
    }
}
