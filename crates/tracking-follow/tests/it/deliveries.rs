//! Changes out: sent as signed webhooks, in their order, until they are received.

use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use serde_json::Value;
use tracking_follow::{
    ConsumerReport, Sender, Sent, Store, StoreErrorKind, WebhookSecret, WebhookTarget,
};
use tracking_http::bytes::Bytes;
use tracking_http::http::{Request, Response};
use tracking_http::{BoxFuture, SendLimits, Transport, TransportError, TransportErrorKind};

use crate::consumers::write;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    changes_are_sent_in_order_and_signed,
    failed_change_holds_those_after_it_and_comes_again,
    change_that_is_never_received_is_a_dead_letter,
    receiver_decides_how_long_to_wait,
    consumer_without_deliveries_for_five_days_is_disabled,
    unreachable_receiver_keeps_the_other_dead_letters,
    receiver_that_is_gone_ends_the_resending,
    stopped_sender_resends_one_dead_letter_only,
    received_dead_letter_ends_the_failing,
    failure_after_quiet_days_does_not_disable,
    receiver_that_is_gone_is_disabled_at_once,
    consumer_that_always_fails_delays_no_other,
    many_slow_consumers_leave_a_turn_to_others,
    senders_share_the_consumers,
    lost_lease_sends_again_with_the_same_id,
    change_of_a_dead_sender_is_sent_after_the_lease,
    unreadable_change_is_a_dead_letter,
    unreadable_consumer_is_disabled_and_hides_no_other,
    running_sender_sends_what_is_new,
    secrets_and_paths_are_not_shown,
    target_is_replaced_and_consumer_removed,
);

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What a receiver does with the nth request to a path, from 0.
type Respond = dyn Fn(&str, usize) -> Result<Response<Bytes>, TransportError> + Send + Sync;

/// What happens while a request to a path is received.
type Meanwhile = dyn Fn(&str) -> BoxFuture<'static, ()> + Send + Sync;

/// Receivers in the memory of the test.
#[derive(Clone)]
struct Receivers {
    respond: Arc<Respond>,
    received: Arc<Mutex<Vec<Received>>>,
    /// Is called before each response.
    meanwhile: Arc<Meanwhile>,
}

#[derive(Debug, Clone)]
struct Received {
    path: String,
    id: String,
    timestamp: i64,
    signature: String,
    body: Vec<u8>,
}

impl Receivers {
    fn new(
        respond: impl Fn(&str, usize) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            respond: Arc::new(respond),
            received: Arc::default(),
            meanwhile: Arc::new(|_| Box::pin(async {})),
        }
    }

    /// Responds with these statuses one after the other, and with 204 from then on.
    fn with_statuses(statuses: &'static [u16]) -> Self {
        Self::new(|_, place| Ok(status(statuses.get(place).copied().unwrap_or(204))))
    }

    fn received(&self, path: &str) -> Vec<Received> {
        let received = self.received.lock().unwrap();
        let of_path = received.iter().filter(|it| it.path == path);
        of_path.cloned().collect()
    }

    fn ids(&self, path: &str) -> Vec<String> {
        let received = self.received(path).into_iter();
        received.map(|it| it.id).collect()
    }
}

impl std::fmt::Debug for Receivers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Receivers")
    }
}

impl Transport for Receivers {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        let received = Received {
            path: request.uri().path().to_owned(),
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signature: header("webhook-signature"),
            body: request.body().to_vec(),
        };
        Box::pin(async move {
            let path = received.path.clone();
            (self.meanwhile)(&path).await;
            let place = {
                let mut all = self.received.lock().unwrap();
                let before = all.iter().filter(|it| it.path == path).count();
                all.push(received);
                before
            };
            (self.respond)(&path, place)
        })
    }
}

fn status(status: u16) -> Response<Bytes> {
    let response = Response::builder().status(status);
    response.body(Bytes::new()).unwrap()
}

fn target(path: &str) -> WebhookTarget {
    let url = format!("https://shop.example{path}?token=also-a-secret");
    WebhookTarget::new(&url, WebhookSecret::parse(SECRET).unwrap()).unwrap()
}

/// A store with so many changes and a consumer `shop` of them.
async fn open(database: &Database, changes: usize) -> Store {
    let store = database.open().await;
    write(&store, changes).await;
    store.add_webhook("shop", &target("/shop")).await.unwrap();
    store
}

async fn report(store: &Store, name: &str) -> ConsumerReport {
    let consumers = store.consumers().await.unwrap();
    consumers.into_iter().find(|it| it.name == name).unwrap()
}

/// Lets the time for the next attempt come.
async fn wait(database: &Database) {
    let due = "UPDATE follow_consumer SET send_at = 0";
    database.execute(due).await;
}

fn numbers(range: std::ops::RangeInclusive<u64>) -> Vec<String> {
    range.map(|seq| format!("change-{seq}")).collect()
}

async fn changes_are_sent_in_order_and_signed(database: &Database) {
    let store = open(database, 3).await;
    let receivers = Receivers::with_statuses(&[]);
    let sender = Sender::new(store.clone(), receivers.clone());

    let sent = sender.once().await.unwrap();
    let idle = sender.once().await.unwrap();

    assert_eq!((sent.delivered, sent.failed), (3, 0));
    assert_eq!(idle, Sent::default());
    assert_eq!(receivers.ids("/shop"), numbers(1..=3));
    let records = store.changes(0, 10).await.unwrap();
    let secret = WebhookSecret::parse(SECRET).unwrap();
    for (received, record) in receivers.received("/shop").iter().zip(&records) {
        let signature = secret.sign(&received.id, received.timestamp, &received.body);
        assert_eq!(received.signature, signature);
        let body: Value = serde_json::from_slice(&received.body).unwrap();
        assert_eq!(body["type"], "shipment.added");
        assert_eq!(
            body["timestamp"],
            serde_json::to_value(record.time).unwrap()
        );
        assert_eq!(body["data"], serde_json::to_value(record).unwrap());
        assert_eq!(body["data"]["text"], record.text);
    }
    let shop = report(&store, "shop").await;
    assert_eq!((shop.position, shop.behind, shop.failures), (3, 0, 0));
}

async fn failed_change_holds_those_after_it_and_comes_again(database: &Database) {
    let store = open(database, 3).await;
    let receivers = Receivers::with_statuses(&[204, 500]);
    let sender = Sender::new(store.clone(), receivers.clone());

    let sent = sender.once().await.unwrap();
    let shop = report(&store, "shop").await;
    let early = sender.once().await.unwrap();
    wait(database).await;
    let again = sender.once().await.unwrap();

    assert_eq!((sent.delivered, sent.failed), (1, 1));
    assert_eq!((shop.position, shop.behind, shop.failures), (1, 2, 1));
    let problem = "the receiver responded with 500 Internal Server Error";
    assert_eq!(shop.problem.as_deref(), Some(problem));
    assert_eq!(early, Sent::default());
    assert_eq!((again.delivered, again.failed), (2, 0));
    let ids = ["change-1", "change-2", "change-2", "change-3"];
    assert_eq!(receivers.ids("/shop"), ids);
    let shop = report(&store, "shop").await;
    assert_eq!((shop.problem, shop.failing_since), (None, None));
}

async fn change_that_is_never_received_is_a_dead_letter(database: &Database) {
    let store = open(database, 2).await;
    let receivers = Receivers::with_statuses(&[500; 8]);
    let sender = Sender::new(store.clone(), receivers.clone());

    for wait_for in [5, 300, 1800, 7200, 18_000, 36_000, 36_000] {
        sender.once().await.unwrap();
        let shop = report(&store, "shop").await;
        // The database's time is near that of the machine in a test.
        let due = shop.send_at.unwrap().since(tracking_core::UtcTime::now());
        let due = due.unwrap();
        let wait_for = Duration::from_secs(wait_for);
        assert!(
            due <= wait_for && due + Duration::from_secs(4) > wait_for,
            "{due:?}"
        );
        wait(database).await;
    }
    let last = sender.once().await.unwrap();

    assert_eq!(
        (last.delivered, last.failed),
        (1, 1),
        "the next one is sent"
    );
    let shop = report(&store, "shop").await;
    assert_eq!((shop.position, shop.behind, shop.dead_letters), (2, 0, 1));
    let letters = store.dead_letters("shop", 0, 10).await.unwrap();
    assert_eq!((letters.len(), letters[0].seq), (1, 1));
    assert!(letters[0].problem.contains("500"));
    assert_eq!(letters[0].change.as_ref().unwrap().seq, 1);
    assert!(store.dead_letters("shop", 1, 10).await.unwrap().is_empty());

    assert_eq!(store.prune(Duration::ZERO).await.unwrap(), 2);
    assert_eq!(store.resend("shop", Some(2)).await.unwrap(), 0);
    assert_eq!(store.resend("shop", Some(1)).await.unwrap(), 1);
    assert_eq!(sender.once().await.unwrap().delivered, 1);
    assert_eq!(receivers.ids("/shop").last().unwrap(), "change-1");
    assert!(store.dead_letters("shop", 0, 10).await.unwrap().is_empty());
    assert_eq!(sender.once().await.unwrap(), Sent::default());
}

async fn receiver_decides_how_long_to_wait(database: &Database) {
    let store = open(database, 1).await;
    let receivers = Receivers::new(|_, _| {
        let response = Response::builder()
            .status(429)
            .header("retry-after", "3600");
        Ok(response.body(Bytes::new()).unwrap())
    });

    Sender::new(store.clone(), receivers).once().await.unwrap();

    let shop = report(&store, "shop").await;
    let due = shop.send_at.unwrap().since(shop.failing_since.unwrap());
    assert_eq!(due.unwrap().as_secs(), 3600);
}

async fn consumer_without_deliveries_for_five_days_is_disabled(database: &Database) {
    let store = open(database, 2).await;
    let receivers = Receivers::new(|_, place| match place {
        0 | 1 => Err(TransportError::new(TransportErrorKind::Connect)),
        _ => Ok(status(204)),
    });
    let sender = Sender::new(store.clone(), receivers.clone());
    sender.once().await.unwrap();
    assert_eq!(report(&store, "shop").await.disabled_at, None);
    let days =
        "UPDATE follow_consumer SET failing_since = failing_since - 432000000000, send_at = 0";
    database.execute(days).await;

    sender.once().await.unwrap();
    wait(database).await;
    let disabled = sender.once().await.unwrap();

    assert_eq!(disabled, Sent::default());
    let shop = report(&store, "shop").await;
    assert!(shop.disabled_at.is_some());
    assert_eq!(shop.problem.as_deref(), Some("no connection"));
    assert_eq!(
        store.prune(Duration::ZERO).await.unwrap(),
        2,
        "nobody waits for it"
    );
    write(&store, 1).await;
    assert!(store.enable_consumer("shop").await.unwrap());
    assert_eq!(sender.once().await.unwrap().delivered, 1);
    assert_eq!(receivers.ids("/shop").last().unwrap(), "change-3");
    assert_eq!(report(&store, "shop").await.disabled_at, None);
}

/// Makes the first change of a store a dead letter, and the failing begin five days earlier.
async fn fail_for_five_days(database: &Database, sender: &Sender) {
    for _ in 0..8 {
        sender.once().await.unwrap();
        wait(database).await;
    }
    let days = "UPDATE follow_consumer SET failing_since = failing_since - 432000000000";
    database.execute(days).await;
}

async fn received_dead_letter_ends_the_failing(database: &Database) {
    let store = open(database, 1).await;
    let receivers = Receivers::with_statuses(&[500, 500, 500, 500, 500, 500, 500, 500, 204, 500]);
    let sender = Sender::new(store.clone(), receivers.clone());
    fail_for_five_days(database, &sender).await;
    let failing = report(&store, "shop").await;
    assert!(failing.failing_since.is_some());

    assert_eq!(store.resend("shop", None).await.unwrap(), 1);
    assert_eq!(sender.once().await.unwrap().delivered, 1);

    let shop = report(&store, "shop").await;
    assert_eq!((shop.problem, shop.failing_since), (None, None));
    assert_eq!((shop.position, shop.dead_letters), (1, 0));
    write(&store, 1).await;
    assert_eq!(sender.once().await.unwrap().failed, 1);
    wait(database).await;
    assert_eq!(sender.once().await.unwrap().delivered, 1);
}

async fn failure_after_quiet_days_does_not_disable(database: &Database) {
    let store = open(database, 1).await;
    let receivers = Receivers::with_statuses(&[500; 9]);
    let sender = Sender::new(store.clone(), receivers.clone());
    fail_for_five_days(database, &sender).await;
    write(&store, 1).await;

    assert_eq!(sender.once().await.unwrap().failed, 1);
    let shop = report(&store, "shop").await;
    assert_eq!((shop.failures, shop.disabled_at), (1, None));
    wait(database).await;
    assert_eq!(sender.once().await.unwrap().delivered, 1);
}

/// A store with three dead letters that shall be sent once more, and a receiver for that.
async fn open_resending(
    database: &Database,
    respond: impl Fn(&str, usize) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
) -> (Store, Receivers) {
    let store = open(database, 3).await;
    let letters = "INSERT INTO follow_dead_letter \
                   (consumer, seq, parcel_id, account, told_at, body, failed_at, problem, resend) \
                   SELECT 'shop', seq, parcel_id, account, told_at, body, told_at, 'x', 1 FROM follow_change; \
                   UPDATE follow_consumer SET position = 3";
    database.execute(letters).await;
    (store, Receivers::new(respond))
}

async fn unreachable_receiver_keeps_the_other_dead_letters(database: &Database) {
    let (store, receivers) = open_resending(database, |_, place| match place {
        0 => Err(TransportError::new(TransportErrorKind::Connect)),
        1 => {
            let response = Response::builder().status(503);
            let response = response.header("retry-after", "3600");
            Ok(response.body(Bytes::new()).unwrap())
        }
        _ => Ok(status(204)),
    })
    .await;
    let sender = Sender::new(store.clone(), receivers.clone());

    for wait_for in [5, 3600] {
        assert_eq!(sender.once().await.unwrap().failed, 1);
        let shop = report(&store, "shop").await;
        assert_eq!((shop.failures, shop.disabled_at), (0, None));
        let due = shop.send_at.unwrap().since(tracking_core::UtcTime::now());
        let (due, wait_for) = (due.unwrap(), Duration::from_secs(wait_for));
        assert!(due <= wait_for && due + Duration::from_secs(4) > wait_for);
        wait(database).await;
    }
    assert_eq!(sender.once().await.unwrap().delivered, 1);

    assert_eq!(receivers.ids("/shop"), numbers(1..=3));
    let letters = store.dead_letters("shop", 0, 10).await.unwrap();
    assert!(letters.iter().all(|it| !it.is_resent));
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].problem, "no connection");
}

async fn receiver_that_is_gone_ends_the_resending(database: &Database) {
    let (store, receivers) = open_resending(database, |_, _| Ok(status(410))).await;
    let sender = Sender::new(store.clone(), receivers.clone());

    let sent = sender.once().await.unwrap();

    assert_eq!((sent.delivered, sent.failed), (0, 1));
    assert!(report(&store, "shop").await.disabled_at.is_some());
    let letters = store.dead_letters("shop", 1, 10).await.unwrap();
    assert!(letters.iter().all(|it| it.is_resent));
}

async fn stopped_sender_resends_one_dead_letter_only(database: &Database) {
    let (store, mut receivers) = open_resending(database, |_, _| Ok(status(204))).await;
    let (is_sending, is_stopped) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    let (sending, stopped) = (Arc::clone(&is_sending), Arc::clone(&is_stopped));
    receivers.meanwhile = Arc::new(move |_| {
        sending.store(true, Ordering::Release);
        let stopped = Arc::clone(&stopped);
        Box::pin(async move {
            while !stopped.load(Ordering::Acquire) {
                tokio::task::yield_now().await;
            }
        })
    });
    let sender = Sender::new(store.clone(), receivers.clone());

    let stop = async {
        while !is_sending.load(Ordering::Acquire) {
            tokio::task::yield_now().await;
        }
        is_stopped.store(true, Ordering::Release);
    };
    let sent = sender.run(stop).await.unwrap();

    assert_eq!((sent.delivered, sent.failed), (1, 0));
    assert_eq!(sender.once().await.unwrap().delivered, 2);
}

async fn receiver_that_is_gone_is_disabled_at_once(database: &Database) {
    let store = open(database, 2).await;
    let receivers = Receivers::with_statuses(&[410]);
    let sender = Sender::new(store.clone(), receivers.clone());

    sender.once().await.unwrap();
    wait(database).await;
    sender.once().await.unwrap();

    assert_eq!(receivers.ids("/shop"), ["change-1"]);
    assert!(report(&store, "shop").await.disabled_at.is_some());
    assert!(!store.enable_consumer("nobody").await.unwrap());
}

async fn consumer_that_always_fails_delays_no_other(database: &Database) {
    let store = open(database, 50).await;
    store.add_webhook("bad", &target("/bad")).await.unwrap();
    let reader = store.consumer("reader").await.unwrap();
    let receivers = Receivers::new(|path, _| match path {
        "/bad" => Err(TransportError::new(TransportErrorKind::Timeout)),
        _ => Ok(status(200)),
    });

    let sender = Sender::new(store.clone(), receivers.clone());
    let sent = sender.once().await.unwrap();

    assert_eq!((sent.delivered, sent.failed), (50, 1));
    assert_eq!(receivers.ids("/shop"), numbers(1..=50));
    assert_eq!(receivers.ids("/bad"), ["change-1"]);
    assert_eq!(reader.position().await.unwrap(), 0);
    let consumers = store.consumers().await.unwrap();
    let behind: Vec<(&str, u64)> = consumers
        .iter()
        .map(|it| (it.name.as_str(), it.behind))
        .collect();
    assert_eq!(behind, [("bad", 50), ("reader", 50), ("shop", 0)]);
    assert_eq!(store.prune(Duration::ZERO).await.unwrap(), 0);
}

/// Sixteen consumers whose second page is not received before a seventeenth one had its turn.
async fn many_slow_consumers_leave_a_turn_to_others(database: &Database) {
    let store = database.open().await;
    write(&store, 21).await;
    let slow: Vec<String> = (0..16).map(|place| format!("slow{place}")).collect();
    for name in &slow {
        let target = target(&format!("/{name}"));
        store.add_webhook(name, &target).await.unwrap();
    }
    store.add_webhook("last", &target("/last")).await.unwrap();
    let last = "UPDATE follow_consumer SET send_at = 1 WHERE name = 'last'";
    database.execute(last).await;
    let mut receivers = Receivers::with_statuses(&[]);
    let others = receivers.clone();
    receivers.meanwhile = Arc::new(move |path| {
        let (others, path) = (others.clone(), path.to_owned());
        Box::pin(async move {
            let waits = path != "/last" && others.ids(&path).len() == 20;
            while waits && others.ids("/last").is_empty() {
                tokio::task::yield_now().await;
            }
        })
    });
    let sender = Sender::new(store.clone(), receivers.clone());

    let sent = tokio::time::timeout(Duration::from_secs(60), sender.once()).await;

    assert_eq!(sent.unwrap().unwrap().delivered, 17 * 21);
    assert_eq!(receivers.ids("/last"), numbers(1..=21));
    assert_eq!(receivers.ids("/slow15"), numbers(1..=21));
}

async fn senders_share_the_consumers(database: &Database) {
    let store = open(database, 30).await;
    let paths = ["/shop", "/a", "/b", "/c"];
    for path in &paths[1..] {
        let name = path.trim_matches('/');
        store.add_webhook(name, &target(path)).await.unwrap();
    }
    let receivers = Receivers::with_statuses(&[]);
    let senders = (0..4).map(|_| {
        let sender = Sender::new(store.clone(), receivers.clone());
        tokio::spawn(async move { sender.once().await.unwrap() })
    });
    let senders: Vec<_> = senders.collect();
    let mut sent = Sent::default();
    for sender in senders {
        sent += sender.await.unwrap();
    }

    assert_eq!((sent.delivered, sent.failed), (120, 0));
    for path in paths {
        assert_eq!(receivers.ids(path), numbers(1..=30), "{path}");
    }
}

async fn lost_lease_sends_again_with_the_same_id(database: &Database) {
    let store = open(database, 2).await;
    let mut receivers = Receivers::with_statuses(&[]);
    let is_first = Arc::new(AtomicBool::new(true));
    let other = store.clone();
    receivers.meanwhile = Arc::new(move |_| {
        let is_first = is_first.swap(false, Ordering::Relaxed);
        let store = other.clone();
        Box::pin(async move {
            if is_first {
                assert!(store.enable_consumer("shop").await.unwrap());
            }
        })
    });

    let sent = Sender::new(store.clone(), receivers.clone()).once().await;

    assert_eq!(sent.unwrap().delivered, 3);
    assert_eq!(receivers.ids("/shop"), ["change-1", "change-1", "change-2"]);
}

async fn change_of_a_dead_sender_is_sent_after_the_lease(database: &Database) {
    let store = open(database, 1).await;
    let receivers = Receivers::with_statuses(&[]);
    let sender = Sender::new(store.clone(), receivers.clone());
    let taken = "UPDATE follow_consumer SET owner = 'dead', send_at = 9000000000000000";
    database.execute(taken).await;

    assert_eq!(sender.once().await.unwrap(), Sent::default());
    wait(database).await;
    assert_eq!(sender.once().await.unwrap().delivered, 1);
}

async fn unreadable_change_is_a_dead_letter(database: &Database) {
    let store = open(database, 3).await;
    let body = if database.is_sqlite() {
        "x'7b7d'"
    } else {
        "'\\x7b7d'"
    };
    let damage = format!("UPDATE follow_change SET body = {body} WHERE seq = 2");
    database.execute(&damage).await;
    let receivers = Receivers::with_statuses(&[]);
    let sender = Sender::new(store.clone(), receivers.clone());

    let sent = sender.once().await.unwrap();

    assert_eq!(sent.delivered, 2);
    assert_eq!(receivers.ids("/shop"), ["change-1", "change-3"]);
    let letters = store.dead_letters("shop", 0, 10).await.unwrap();
    assert_eq!((letters.len(), letters[0].seq), (1, 2));
    assert_eq!(letters[0].change, None);
    assert_eq!(
        letters[0].problem,
        "change 2 cannot be read by this version"
    );
    assert_eq!(store.resend("shop", None).await.unwrap(), 1);
    assert_eq!(sender.once().await.unwrap().failed, 1);
    let letters = store.dead_letters("shop", 0, 10).await.unwrap();
    assert!(!letters[0].is_resent);
}

async fn unreadable_consumer_is_disabled_and_hides_no_other(database: &Database) {
    let store = open(database, 2).await;
    for name in ["secret", "address", "no-secret"] {
        store.add_webhook(name, &target("/bad")).await.unwrap();
    }
    let damage = "UPDATE follow_consumer SET secret = 'whsec_' WHERE name = 'secret'; \
                  UPDATE follow_consumer SET url = 'shop' WHERE name = 'address'; \
                  UPDATE follow_consumer SET secret = NULL WHERE name = 'no-secret'; \
                  UPDATE follow_consumer SET send_at = 1 WHERE name = 'shop'";
    database.execute(damage).await;
    let receivers = Receivers::with_statuses(&[]);

    let sent = Sender::new(store.clone(), receivers.clone()).once().await;

    assert_eq!(sent.unwrap().delivered, 2);
    assert!(receivers.ids("/bad").is_empty());
    let problem = "the address or the secret of the consumer cannot be read";
    for name in ["secret", "address", "no-secret"] {
        let bad = report(&store, name).await;
        assert_eq!((bad.origin, bad.send_at), (None, None), "{name}");
        assert_eq!(bad.problem.as_deref(), Some(problem), "{name}");
        assert!(bad.disabled_at.is_some(), "{name}");
    }
    assert_eq!(report(&store, "shop").await.disabled_at, None);
    store.add_webhook("secret", &target("/good")).await.unwrap();
    let again = Sender::new(store.clone(), receivers.clone()).once().await;
    assert_eq!(again.unwrap().delivered, 2);
    assert_eq!(report(&store, "secret").await.problem, None);
}

async fn running_sender_sends_what_is_new(database: &Database) {
    let store = open(database, 0).await;
    let receivers = Receivers::with_statuses(&[]);
    let sender = Sender::new(store.clone(), receivers.clone());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        let sender = sender.with_poll(Duration::from_millis(5));
        sender.run(async { drop(stopped.await) }).await
    });

    write(&store, 3).await;
    while receivers.ids("/shop").len() < 3 {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    let sent = running.await.unwrap().unwrap();

    assert_eq!((sent.delivered, sent.failed), (3, 0));
    assert_eq!(report(&store, "shop").await.position, 3);
}

async fn secrets_and_paths_are_not_shown(database: &Database) {
    let store = open(database, 1).await;
    let hook = target("/hook-path");
    store.add_webhook("shop", &hook).await.unwrap();
    let receivers = Receivers::with_statuses(&[500]);
    let sender = Sender::new(store.clone(), receivers);
    sender.once().await.unwrap();

    let consumers = store.consumers().await.unwrap();
    assert_eq!(consumers[0].origin.as_deref(), Some("https://shop.example"));
    let shown = [
        format!("{consumers:?}"),
        serde_json::to_string(&consumers).unwrap(),
        format!("{sender:?} {hook:?}"),
    ];
    for shown in shown {
        for hidden in ["whsec", "MfKQ9r8G", "token", "also-a-secret", "hook-path"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
}

async fn target_is_replaced_and_consumer_removed(database: &Database) {
    let store = open(database, 2).await;
    let receivers = Receivers::new(|path, _| Ok(status(if path == "/shop" { 410 } else { 204 })));
    let sender = Sender::new(store.clone(), receivers.clone());
    sender.once().await.unwrap();

    store.add_webhook("shop", &target("/new")).await.unwrap();
    sender.once().await.unwrap();

    assert_eq!(receivers.ids("/shop"), ["change-1"]);
    assert_eq!(receivers.ids("/new"), ["change-1", "change-2"]);
    assert!(store.remove_consumer("shop").await.unwrap());
    assert!(!store.remove_consumer("shop").await.unwrap());
    assert!(store.consumers().await.unwrap().is_empty());
    let error = store.add_webhook("a\0", &target("/shop")).await;
    assert_eq!(error.unwrap_err().kind(), StoreErrorKind::Invalid);
}

#[tokio::test]
async fn sender_without_its_store_looks_each_poll() {
    let database = Database::sqlite();
    let store = database.open().await;
    store.close().await;
    let sender = Sender::new(store, Receivers::with_statuses(&[]));
    let poll = Duration::from_millis(50);
    let mut end = pin!(tokio::time::sleep(poll * 4));
    let mut turns = 0;
    // It is polled in each turn.
    let stop = poll_fn(|context| {
        turns += 1;
        if turns > 1000 {
            return Poll::Ready(());
        }
        end.as_mut().poll(context)
    });

    let sent = sender.with_poll(poll).run(stop).await.unwrap();

    assert_eq!(sent, Sent::default());
    assert!(turns < 100, "{turns}");
}
