//! The work beside the responses: announce what the clock has brought up, deliver what is due.

use std::sync::Arc;
use std::time::Duration;

use super::delivery::{Outgoing, Response, send};
use super::queue::{Schedule, WebhookQueue};
use super::url::WebhookUrl;
use crate::clock::Clock;

/// How often a running clock is looked at.
const TICK: Duration = Duration::from_millis(500);

/// A provider that sends webhooks.
pub(crate) trait SendsWebhooks: Send + Sync {
    /// What a webhook is about. Its body is written when it is sent.
    type Webhook: Send;

    fn queue(&self) -> &WebhookQueue<Self::Webhook>;

    fn clock(&self) -> &Clock;

    /// Queues the messages that the clock has brought up.
    fn announce_all(&self);

    /// Where messages go by the settings of now. The function holds a copy: it must not lock the
    /// state of the provider, whose holders push into the queue.
    fn addresses(&self) -> impl Fn(&Self::Webhook) -> Option<WebhookUrl> + Send;

    /// The request for a message; `None` when what it is about is gone.
    fn write(&self, message: &Self::Webhook) -> Option<Outgoing>;

    /// Takes note of an attempt; no response when none came completely and in time. Returns true
    /// if the receiver has taken the message.
    fn attempted(
        &self,
        message: &Self::Webhook,
        sent: &Outgoing,
        response: Option<&Response>,
    ) -> bool;

    fn schedule(&self) -> Schedule;
}

/// Delivers until the sandbox stops.
pub(crate) async fn run(sender: Arc<impl SendsWebhooks>) {
    let mut changes = sender.clock().changes();
    loop {
        while deliver_one(&*sender).await {}
        let clock_runs = sender.clock().is_running();
        tokio::select! {
            // Whoever wakes has queued the messages already.
            () = sender.queue().woken() => {}
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

/// Tries the first delivery that is due; returns false if there is none.
async fn deliver_one<S: SendsWebhooks>(sender: &S) -> bool {
    let queue = sender.queue();
    let due = queue.take_due(sender.clock().now_millis(), sender.addresses());
    let Some((delivery, url)) = due else {
        return false;
    };
    let is_received = match sender.write(&delivery.message) {
        Some(outgoing) => {
            let response = send(&url, &outgoing).await;
            sender.attempted(&delivery.message, &outgoing, response.as_ref())
        }
        // What the message is about is gone, and the message with it.
        None => true,
    };
    if is_received {
        queue.succeeded(&delivery);
    } else {
        let now = sender.clock().now_millis();
        queue.failed(delivery, &sender.schedule(), now);
    }
    true
}

/// Waits until every delivery that is due has been tried.
pub(crate) async fn settled<S: SendsWebhooks>(sender: &S) {
    let queue = sender.queue();
    let mut attempts = queue.attempts();
    loop {
        attempts.borrow_and_update();
        sender.announce_all();
        if queue.is_settled(sender.clock().now_millis(), sender.addresses()) {
            return;
        }
        queue.wake();
        if attempts.changed().await.is_err() {
            return;
        }
    }
}
