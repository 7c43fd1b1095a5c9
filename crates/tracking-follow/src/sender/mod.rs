//! `Sender`: sends the changes to consumers as webhooks.

mod report;
mod secret;
mod target;

use std::future::Future;
use std::ops::AddAssign;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tracing::warn;
use tracking_core::UtcTime;
use tracking_http::Transport;

pub use self::report::{ConsumerReport, DeadLetter};
pub use self::secret::WebhookSecret;
pub use self::target::{NotDelivered, WebhookTarget};
use crate::store::{Delivery, TakenConsumer, Topic, Waiting};
use crate::worker::unique_name;
use crate::{ChangeRecord, Store, StoreError, StoreErrorKind};

/// The waits after the first failure, the second, and so on. After the last the change is a dead letter.
const WAITS: [Duration; 7] = {
    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }
    [
        seconds(5),
        seconds(5 * 60),
        seconds(30 * 60),
        seconds(2 * 3600),
        seconds(5 * 3600),
        seconds(10 * 3600),
        seconds(10 * 3600),
    ]
};
/// After this time without a delivery a consumer is disabled.
const DISABLE_AFTER: Duration = Duration::from_secs(5 * 24 * 3600);
/// How many consumers are sent to at once.
const MOST: usize = 16;
/// How many changes are in memory for one consumer, and how many it is sent before others have their turn.
const PAGE: u32 = 20;

/// Sends the changes to consumers as signed webhooks.
///
/// Any number of senders, in any number of processes, can share a store. A consumer is added with
/// [`Store::add_webhook`]; each is sent every change, in the order of the numbers, the next one when a response said that the
/// one before was received (status 2xx).
///
/// A sender sends to 16 consumers at once, and to each at most 20 changes, and 20 dead letters, before others have their
/// turn. So one that is slow or fails delays no other; of more than 16 slow ones each waits for its turn.
///
/// Messages have the form of [Standard Webhooks](https://www.standardwebhooks.com): the id is `change-` and the
/// [number](ChangeRecord::seq), the same for each attempt, so that a receiver recognises what comes twice. The body is
///
/// ```json
/// {"type": "shipment.added", "timestamp": "2026-03-01T10:00:00Z", "data": {"seq": 1, "text": "…", …}}
/// ```
///
/// with the kind of the change and a [`ChangeRecord`].
///
/// A change that is not received is sent again after 5 seconds, 5 minutes, 30 minutes, 2, 5, 10 and 10 hours, or later if
/// the receiver asks to wait. Then it is a [dead letter](Store::dead_letters), and the next one is sent. After 5 days without
/// a delivery, or a response 410, the consumer is disabled; see [`Store::consumers`] and [`Store::enable_consumer`].
///
/// ```no_run
/// use tracking_follow::{Sender, Store, WebhookSecret, WebhookTarget};
/// use tracking_http::Transport;
///
/// # async fn example(store: Store, transport: impl Transport + 'static) -> Result<(), Box<dyn std::error::Error>> {
/// let secret = WebhookSecret::parse(&std::env::var("SHOP_WEBHOOK_SECRET")?)?;
/// let shop = WebhookTarget::new("https://shop.example/parcels", secret)?;
/// store.add_webhook("shop", &shop).await?;
/// Sender::new(store, transport).run(std::future::pending()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Sender {
    store: Store,
    transport: Arc<dyn Transport>,
    name: String,
    poll: Duration,
}

/// What senders did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// Changes that were received.
    pub delivered: u64,
    /// Attempts that failed.
    pub failed: u64,
}

impl AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.failed += other.failed;
    }
}

impl Sender {
    /// Makes a sender. Of the transport nothing but one attempt is needed: the sender retries by itself.
    #[must_use]
    pub fn new(store: Store, transport: impl Transport + 'static) -> Self {
        Self {
            store,
            transport: Arc::new(transport),
            name: unique_name(),
            poll: Duration::from_secs(1),
        }
    }

    /// Sets how often it looks for changes to send when there are none: each second unless set.
    #[must_use]
    pub fn with_poll(mut self, poll: Duration) -> Self {
        self.poll = poll;
        self
    }

    /// Sends everything that can be sent now.
    ///
    /// # Errors
    ///
    /// If the database fails. That a receiver fails is none; see [`Sent::failed`].
    pub async fn once(&self) -> Result<Sent, StoreError> {
        let mut lanes = Lanes::new(self);
        loop {
            lanes.open().await?;
            match lanes.running.join_next().await {
                Some(ended) => lanes.take(ended)?,
                None => return Ok(lanes.done),
            }
        }
    }

    /// Sends changes when there are some, until `stop` is ready. It returns when what it has begun to send is received, or
    /// failed.
    ///
    /// A database that is away is no end: the sender goes on when it is back.
    ///
    /// # Errors
    ///
    /// If the database fails in another way, such as one that is full.
    pub async fn run(&self, stop: impl Future<Output = ()>) -> Result<Sent, StoreError> {
        let mut lanes = Lanes::new(self);
        let mut waiting = self.store.wait_for(Topic::Changes);
        let mut stop = pin!(stop);
        let end = loop {
            tokio::select! {
                () = &mut stop => break Ok(()),
                result = lanes.turn(&mut waiting) => match result {
                    Err(error) if error.is_transient() => {
                        warn!(%error, "the store is away; changes wait");
                        tokio::select! {
                            () = &mut stop => break Ok(()),
                            () = sleep(self.poll) => {}
                        }
                    }
                    Err(error) => break Err(error),
                    Ok(()) => {}
                },
            }
        };
        lanes.stop.store(true, Ordering::Relaxed);
        let sent = lanes.finish().await;
        end.and(sent)
    }
}

/// The consumers that are sent to, each in a task of its own.
struct Lanes<'a> {
    sender: &'a Sender,
    running: JoinSet<Result<Sent, StoreError>>,
    stop: Arc<AtomicBool>,
    done: Sent,
}

impl<'a> Lanes<'a> {
    fn new(sender: &'a Sender) -> Self {
        Self {
            sender,
            running: JoinSet::new(),
            stop: Arc::default(),
            done: Sent::default(),
        }
    }

    /// Begins to send to consumers that are due.
    async fn open(&mut self) -> Result<(), StoreError> {
        let due = self.sender.store.due_consumers().await?;
        let free = MOST.saturating_sub(self.running.len());
        for _ in 0..usize::try_from(due).unwrap_or(MOST).min(free) {
            let lane = Lane {
                sender: self.sender.clone(),
                stop: Arc::clone(&self.stop),
            };
            self.running.spawn(async move { lane.serve().await });
        }
        Ok(())
    }

    /// One turn of a sender that runs on. It may be cancelled anywhere: the lanes are tasks of their own.
    async fn turn(&mut self, waiting: &mut Waiting) -> Result<(), StoreError> {
        self.open().await?;
        tokio::select! {
            () = sleep(self.sender.poll) => Ok(()),
            () = waiting.changed() => Ok(()),
            Some(ended) = self.running.join_next() => self.take(ended),
        }
    }

    async fn finish(mut self) -> Result<Sent, StoreError> {
        let mut result = Ok(());
        while let Some(ended) = self.running.join_next().await {
            let ended = self.take(ended);
            result = result.and(ended);
        }
        result.map(|()| self.done)
    }

    fn take(
        &mut self,
        ended: Result<Result<Sent, StoreError>, tokio::task::JoinError>,
    ) -> Result<(), StoreError> {
        self.done += ended.map_err(StoreError::ended)??;
        Ok(())
    }
}

/// A sender's work on one consumer.
struct Lane {
    sender: Sender,
    stop: Arc<AtomicBool>,
}

impl Lane {
    /// Takes a consumer and sends to it until a page of changes is sent, an attempt fails, or the sender is to stop. With
    /// more to send it is due again, after those that were due before.
    async fn serve(&self) -> Result<Sent, StoreError> {
        let mut sent = Sent::default();
        let begin = Instant::now();
        let store = &self.sender.store;
        let Some(mut consumer) = store.take_consumer(&self.sender.name).await? else {
            return Ok(sent);
        };
        if self.resend(&consumer, begin, &mut sent).await? {
            self.send_page(&mut consumer, begin, &mut sent).await?;
        }
        self.write(&consumer, Delivery::Released).await?;
        Ok(sent)
    }

    /// Sends the next changes.
    async fn send_page(
        &self,
        consumer: &mut TakenConsumer,
        begin: Instant,
        sent: &mut Sent,
    ) -> Result<(), StoreError> {
        let page = match self.sender.store.changes(consumer.position, PAGE).await {
            Err(error) if error.kind() == StoreErrorKind::Damaged => {
                let dead = Delivery::Dead {
                    problem: error.to_string(),
                    disable_after: DISABLE_AFTER,
                };
                return self.write(consumer, dead).await.map(drop);
            }
            page => page?,
        };
        if page.is_empty() && consumer.position < consumer.last {
            // They were deleted while the consumer was disabled.
            let seq = consumer.last;
            self.write(consumer, Delivery::Done { seq }).await?;
        }
        for record in page {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let now = consumer.now.checked_add(begin.elapsed());
            let now = now.unwrap_or(consumer.now);
            if !self.send(consumer, &record, now, sent).await? {
                break;
            }
        }
        Ok(())
    }

    /// Sends a change, and returns whether the next one may be sent.
    async fn send(
        &self,
        consumer: &mut TakenConsumer,
        record: &ChangeRecord,
        now: UtcTime,
        sent: &mut Sent,
    ) -> Result<bool, StoreError> {
        let Err(failure) = self.attempt(consumer, record, now).await else {
            sent.delivered += 1;
            consumer.failures = 0;
            consumer.position = record.seq;
            return self
                .write(consumer, Delivery::Done { seq: record.seq })
                .await;
        };
        sent.failed += 1;
        warn!(
            consumer = consumer.name,
            change = record.seq,
            problem = failure.reason,
            "a change was not received"
        );
        let disable_after = disable_after(&failure);
        let place = usize::try_from(consumer.failures).unwrap_or(usize::MAX);
        let wait = wait_after(&failure, place);
        let problem = failure.reason;
        let delivery = if place < WAITS.len() {
            Delivery::Again {
                problem,
                wait,
                disable_after,
            }
        } else {
            Delivery::Dead {
                problem,
                disable_after,
            }
        };
        self.write(consumer, delivery).await?;
        Ok(false)
    }

    /// Sends once more what was a dead letter; each is a dead letter again if that fails. Returns whether changes may be
    /// sent: not to a receiver that cannot be reached, wants no more or asks to wait, which keeps the other letters too.
    async fn resend(
        &self,
        consumer: &TakenConsumer,
        begin: Instant,
        sent: &mut Sent,
    ) -> Result<bool, StoreError> {
        let store = &self.sender.store;
        for letter in store.resent(&consumer.name, PAGE).await? {
            if self.stop.load(Ordering::Relaxed) {
                return Ok(false);
            }
            let now = consumer.now.checked_add(begin.elapsed());
            let result = match &letter.change {
                Some(record) => {
                    let now = now.unwrap_or(consumer.now);
                    self.attempt(consumer, record, now).await
                }
                None => Err(NotDelivered::new("it cannot be read by this version")),
            };
            let problem = result.as_ref().err().map(|failure| failure.reason.clone());
            store
                .resend_ended(&consumer.name, letter.seq, problem)
                .await?;
            let delivery = match result {
                Ok(()) => {
                    sent.delivered += 1;
                    Delivery::Resent
                }
                Err(failure) => {
                    sent.failed += 1;
                    let is_of_all =
                        failure.is_unreachable || failure.is_gone || failure.retry_after.is_some();
                    if is_of_all {
                        let place = usize::try_from(consumer.failures).unwrap_or(usize::MAX);
                        Delivery::Paused {
                            wait: wait_after(&failure, place),
                            disable_after: disable_after(&failure),
                            problem: failure.reason,
                        }
                    } else {
                        Delivery::None
                    }
                }
            };
            let ends = matches!(delivery, Delivery::Paused { .. });
            if !self.write(consumer, delivery).await? || ends {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn attempt(
        &self,
        consumer: &TakenConsumer,
        record: &ChangeRecord,
        now: UtcTime,
    ) -> Result<(), NotDelivered> {
        let id = format!("change-{}", record.seq);
        let message = Message {
            kind: format!("shipment.{}", record.change.kind()),
            timestamp: record.time,
            data: record,
        };
        // Strings, numbers and maps with string keys can always be written as JSON.
        let body = serde_json::to_vec(&message).unwrap_or_default();
        let transport = &*self.sender.transport;
        consumer.target.send(transport, &id, now, body).await
    }

    async fn write(
        &self,
        consumer: &TakenConsumer,
        delivery: Delivery,
    ) -> Result<bool, StoreError> {
        let store = &self.sender.store;
        store
            .delivered(&self.sender.name, &consumer.name, delivery)
            .await
    }
}

/// How long to wait after a failure that is at this place among those of a change, from 0.
fn wait_after(failure: &NotDelivered, place: usize) -> Duration {
    let wait = WAITS.get(place).or(WAITS.last());
    let wait = wait.copied().unwrap_or_default();
    failure.retry_after.unwrap_or_default().max(wait)
}

/// For how long nothing may have been delivered before the consumer is disabled.
const fn disable_after(failure: &NotDelivered) -> Duration {
    if failure.is_gone {
        Duration::ZERO
    } else {
        DISABLE_AFTER
    }
}

#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "type")]
    kind: String,
    timestamp: UtcTime,
    data: &'a ChangeRecord,
}
