//! Webhooks in: kept, replied to, and processed later.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tracking_core::kit::BoxFuture;
use tracking_core::merge::Update;
use tracking_core::webhook::{
    Received, WebhookDelivery, WebhookOutcome, WebhookProof, WebhookRequest, WebhookUpdate,
};
use tracking_core::{
    Capabilities, Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet, TrackRequest,
};
use tracking_follow::{Inbox, MessageId, MessageState, NewParcel, Store, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found, shipment};

on_both_engines!(
    message_makes_its_parcel_due,
    message_finds_parcels_by_number_id_and_reference,
    repeat_is_kept_once_by_all_inboxes,
    message_that_is_not_genuine_is_not_kept,
    body_of_32_megabytes_is_refused,
    store_that_is_away_makes_the_message_come_again,
    unreadable_message_is_set_aside_and_retried,
    message_of_unknown_parcel_is_set_aside_and_retried,
    message_that_panics_is_set_aside_alone,
    message_that_ends_the_process_is_set_aside,
    message_of_another_worker_s_account_waits,
    storm_of_repeats_stays_bounded,
    settled_message_is_deleted_after_the_retention,
    running_worker_processes_what_arrives,
    stopped_worker_leaves_further_messages,
);

const SECRET: &str = "secret-that-nobody-sees";

/// A provider whose messages are a list of words: the id of the message, then numbers.
#[derive(Debug)]
struct Notifier {
    memory: Arc<Memory>,
    /// Whether it reads what its earlier version could not.
    is_updated: AtomicBool,
    /// Whether a message that says HOLD was read, and whether it may go on.
    is_held: AtomicBool,
    is_free: AtomicBool,
}

impl Notifier {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            memory: Memory::new(|number| found(number, 1)),
            is_updated: AtomicBool::new(false),
            is_held: AtomicBool::new(false),
            is_free: AtomicBool::new(false),
        })
    }

    fn set(self: &Arc<Self>) -> ProviderSet {
        let mut set = ProviderSet::new();
        set.add(Arc::clone(self) as Arc<dyn Provider>).unwrap();
        set
    }
}

impl Provider for Notifier {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = self.memory.capabilities();
        capabilities.track_by_id = true;
        capabilities.track_by_reference = true;
        capabilities.webhook = Some(WebhookProof::SharedSecret);
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        self.memory.track(request)
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        if request.header("x-secret") != Some(SECRET.as_bytes()) {
            return Err(Error::new(ErrorKind::Webhook, MEMORY, "wrong secret"));
        }
        let body = String::from_utf8_lossy(request.body())
            .replace("PANIC", "")
            .replace("HOLD", "");
        self.read_webhook(body.as_bytes(), WebhookProof::SharedSecret)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let body = String::from_utf8_lossy(body);
        assert!(!body.contains("PANIC"), "a bug of the adapter");
        if body.contains("HOLD") {
            self.is_held.store(true, Ordering::Release);
            while !self.is_free.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
        }
        if body.contains("NEW-FORM") && !self.is_updated.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Decode, MEMORY, "an unknown form"));
        }
        let mut delivery = WebhookDelivery::new(proof);
        let mut words = body
            .split_whitespace()
            .filter(|it| !["NEW-FORM", "HOLD"].contains(it));
        let message = words.next().unwrap_or_default();
        for word in words {
            let (number, id) = word.split_once('#').unwrap_or((word, ""));
            let mut shipment = shipment(number, 1);
            shipment.id = Some(id.to_owned()).filter(|id| !id.is_empty());
            shipment.reference = number.strip_prefix("ref:").map(str::to_owned);
            let item = WebhookUpdate::new(Update::Partial(shipment));
            delivery
                .items
                .push(item.with_message_id(format!("{message}-{word}")));
        }
        Ok(delivery)
    }
}

async fn send(inbox: &Inbox, body: &str) -> Received {
    let headers = [("X-Secret", SECRET)];
    let request = WebhookRequest::from_pairs(body.as_bytes(), &headers);
    inbox
        .receive(request.with_target("POST", "/webhooks/Memory"))
        .await
}

/// A store with parcels that were looked at once, its inbox and its worker.
async fn open(
    database: &Database,
    notifier: &Arc<Notifier>,
    parcels: &[TrackRequest],
) -> (Store, Inbox, Worker) {
    let store = database.open().await;
    let parcels = parcels
        .iter()
        .map(|it| NewParcel::new("memory", it.clone()));
    store.add_all(parcels.collect()).await.unwrap();
    let worker = Worker::new(store.clone(), notifier.set());
    worker.once().await.unwrap();
    let inbox = Inbox::new(store.clone(), notifier.set());
    (store, inbox, worker)
}

/// Ids, attempts and problems of the messages of a state.
async fn listed(store: &Store, state: MessageState) -> Vec<(MessageId, u64, Option<String>)> {
    let messages = store.messages(state, None, 10_000).await.unwrap();
    let messages = messages.into_iter();
    messages
        .map(|it| (it.id, it.attempts, it.problem))
        .collect()
}

async fn message_makes_its_parcel_due(database: &Database) {
    let notifier = Notifier::new();
    let parcels = ["RA1", "RA2"].map(TrackRequest::number);
    let (store, inbox, worker) = open(database, &notifier, &parcels).await;

    let received = send(&inbox, "m1 ra-1").await;
    let waiting = store.messages(MessageState::Waiting, None, 10).await;
    let round = worker.once().await.unwrap();

    assert_eq!(
        (received.outcome, received.reply.status(), received.handled),
        (WebhookOutcome::Accepted, 200, 1)
    );
    let waiting = waiting.unwrap();
    assert_eq!(
        (waiting.len(), waiting[0].account.as_str(), waiting[0].bytes),
        (1, "memory", 7)
    );
    assert_eq!((round.messages, round.looked), (1, 1));
    assert_eq!(notifier.memory.asked(), ["RA1", "RA1", "RA2"]);
    let done = store.messages(MessageState::Done, None, 10).await.unwrap();
    assert_eq!(
        (done.len(), done[0].bytes, done[0].attempts),
        (1, 0, 1),
        "its body is deleted"
    );
    assert_eq!(worker.once().await.unwrap().looked, 0);
}

async fn message_finds_parcels_by_number_id_and_reference(database: &Database) {
    let notifier = Notifier::new();
    let parcels = [
        TrackRequest::number("RA1"),
        TrackRequest::id("tracker-2"),
        TrackRequest::reference("order-3"),
        TrackRequest::number("RA4"),
    ];
    let (store, inbox, worker) = open(database, &notifier, &parcels).await;
    let other = NewParcel::new("other", TrackRequest::number("RA1"));
    store.add(other).await.unwrap();

    let body = "m1 RA1 RA2#tracker-2 ref:order-3 RA9";
    assert_eq!(send(&inbox, body).await.handled, 4);
    let round = worker.once().await.unwrap();

    assert_eq!((round.messages, round.looked), (1, 3));
    let done = listed(&store, MessageState::Done).await;
    assert_eq!(
        done[0].2.as_deref(),
        Some("1 of 4 shipments are not followed")
    );
}

async fn repeat_is_kept_once_by_all_inboxes(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    let other = Inbox::new(database.open().await, notifier.set());

    let first = send(&inbox, "m1 RA1").await;
    let again = send(&other, "m1   RA1").await;
    let round = worker.once().await.unwrap();
    let late = send(&inbox, "m1 RA1").await;
    let news = send(&inbox, "m2 RA1").await;

    for (received, counts) in [
        (&first, (1, 0)),
        (&again, (0, 1)),
        (&late, (0, 1)),
        (&news, (1, 0)),
    ] {
        assert_eq!((received.handled, received.repeats), counts);
        assert_eq!(received.reply.status(), 200);
    }
    assert_eq!((round.messages, round.looked), (1, 1));
    assert_eq!(store.message_counts().await.unwrap().waiting, 1);
}

async fn message_that_is_not_genuine_is_not_kept(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, _) = open(database, &notifier, &[]).await;
    let headers = [("X-Secret", "guessed")];
    let request = |method, path| {
        let request = WebhookRequest::from_pairs(b"m1 RA1", &headers);
        request.with_target(method, path)
    };

    for (method, path, outcome, status) in [
        ("POST", "/webhooks/memory", WebhookOutcome::Forged, 401),
        ("POST", "/webhooks/other", WebhookOutcome::UnknownPath, 404),
        ("GET", "/webhooks/memory", WebhookOutcome::Probe, 200),
        (
            "DELETE",
            "/webhooks/memory",
            WebhookOutcome::MethodNotAllowed,
            405,
        ),
    ] {
        let received = inbox.receive(request(method, path)).await;
        assert_eq!(
            (received.outcome, received.reply.status()),
            (outcome, status)
        );
    }

    for state in [MessageState::Waiting, MessageState::Aside] {
        assert!(listed(&store, state).await.is_empty());
    }
    assert!(!format!("{inbox:?}").contains(SECRET));
}

async fn body_of_32_megabytes_is_refused(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, _) = open(database, &notifier, &[]).await;

    let received = send(&inbox, &"x".repeat(32 * 1024 * 1024)).await;

    assert_eq!(
        (received.outcome, received.reply.status()),
        (WebhookOutcome::TooLarge, 413)
    );
    assert_eq!(listed(&store, MessageState::Aside).await, []);
    let strict = inbox.with_max_body(5).with_path("/in");
    assert_eq!(
        (strict.max_body(), strict.path_of("a")),
        (5, "/in/a".to_owned())
    );
}

async fn store_that_is_away_makes_the_message_come_again(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, _) = open(database, &notifier, &[]).await;
    store.close().await;

    let received = send(&inbox, "m1 RA1").await;

    assert_eq!(
        (received.outcome, received.reply.status()),
        (WebhookOutcome::Failed, 503)
    );
    assert_eq!(received.failures.len(), 1);
    let inbox = Inbox::new(database.open().await, notifier.set());
    assert_eq!(send(&inbox, "m1 RA1").await.handled, 1);
}

async fn unreadable_message_is_set_aside_and_retried(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;

    let received = send(&inbox, "NEW-FORM m1 RA1").await;
    let again = send(&inbox, "NEW-FORM m1 RA1").await;
    let idle = worker.once().await.unwrap();

    assert_eq!(
        (received.outcome, received.reply.status(), again.handled),
        (WebhookOutcome::Unreadable, 200, 0)
    );
    assert_eq!(idle.messages, 0);
    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!(aside.len(), 1, "a repeat is none here either");
    let problem = aside[0].2.as_deref().unwrap();
    assert!(problem.contains("an unknown form"), "{problem}");

    let id = aside[0].0;
    assert!(store.retry_message(id).await.unwrap());
    worker.once().await.unwrap();
    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!(
        (aside[0].0, aside[0].1),
        (id, 1),
        "read and set aside again"
    );
    notifier.is_updated.store(true, Ordering::Relaxed);
    assert!(store.retry_message(id).await.unwrap());
    let round = worker.once().await.unwrap();
    assert_eq!((round.messages, round.looked), (1, 1));
    assert!(!store.retry_message(id).await.unwrap(), "it is done");
}

async fn message_of_unknown_parcel_is_set_aside_and_retried(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[]).await;

    send(&inbox, "m1 RA1").await;
    send(&inbox, "m2 RA2").await;
    worker.once().await.unwrap();

    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!(aside.len(), 2);
    let problem = "no parcel of the account has the number, id or reference that it names";
    assert_eq!(aside[0].2.as_deref(), Some(problem));
    let counts = store.message_counts().await.unwrap();
    assert_eq!((counts.waiting, counts.aside), (0, 2));

    let parcel = NewParcel::new("memory", TrackRequest::number("RA2"));
    store.add(parcel).await.unwrap();
    assert_eq!(store.retry_messages().await.unwrap(), 2);
    let round = worker.once().await.unwrap();
    assert_eq!((round.messages, round.looked), (2, 1));
    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!((aside.len(), aside[0].1), (1, 1));
}

async fn message_that_panics_is_set_aside_alone(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;

    send(&inbox, "m1 PANIC RA1").await;
    send(&inbox, "m2 RA1").await;
    let round = worker.once().await.unwrap();

    assert_eq!((round.messages, round.looked), (2, 1));
    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!(aside.len(), 1);
    assert_eq!(
        aside[0].2.as_deref(),
        Some("the provider's adapter panicked")
    );
}

async fn message_that_ends_the_process_is_set_aside(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    send(&inbox, "m1 RA1").await;
    // As five workers leave it that end while they read it.
    let taken = "UPDATE follow_inbox SET attempts = 5";
    database.execute(taken).await;
    send(&inbox, "m2 RA1").await;

    let round = worker.once().await.unwrap();

    assert_eq!((round.messages, round.looked), (2, 1));
    let aside = listed(&store, MessageState::Aside).await;
    assert_eq!(aside.len(), 1);
    let problem = aside[0].2.as_deref().unwrap();
    assert!(problem.contains("begun 5 times"), "{problem}");
}

async fn message_of_another_worker_s_account_waits(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, _) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    send(&inbox, "m1 RA1").await;
    let mut others = ProviderSet::new();
    let other: Arc<dyn Provider> = notifier.clone();
    others.add_account("second", other).unwrap();

    let round = Worker::new(store.clone(), others).once().await.unwrap();
    let empty = Worker::new(store.clone(), ProviderSet::new());

    assert_eq!((round.messages, round.looked), (0, 0));
    assert_eq!(empty.once().await.unwrap().messages, 0);
    assert_eq!(listed(&store, MessageState::Waiting).await.len(), 1);
}

/// 10,000 messages, of which 9,000 are repeats, about 100 parcels.
async fn storm_of_repeats_stays_bounded(database: &Database) {
    const SENDERS: usize = 8;
    let notifier = Notifier::new();
    let numbers = (0..100).map(|place| TrackRequest::number(format!("N{place:03}")));
    let numbers: Vec<TrackRequest> = numbers.collect();
    let (store, inbox, worker) = open(database, &notifier, &numbers).await;
    let asked_before = notifier.memory.asked().len();

    let senders = (0..SENDERS).map(|sender| {
        let inbox = inbox.clone();
        tokio::spawn(async move {
            let mut counts = (0, 0);
            for place in (0..10_000).filter(|place| place % SENDERS == sender) {
                let message = place % 1_000;
                let body = format!("m{message} N{:03}", message % 100);
                let received = send(&inbox, &body).await;
                assert_eq!(received.reply.status(), 200);
                counts = (counts.0 + received.handled, counts.1 + received.repeats);
            }
            counts
        })
    });
    let senders: Vec<_> = senders.collect();
    let (mut handled, mut repeats) = (0, 0);
    for sender in senders {
        let counts = sender.await.unwrap();
        (handled, repeats) = (handled + counts.0, repeats + counts.1);
    }
    let waiting = store.counts().await.unwrap().messages_waiting;
    let round = worker.once().await.unwrap();

    assert_eq!((handled, repeats, waiting), (1_000, 9_000, 1_000));
    assert_eq!((round.messages, round.looked), (1_000, 100));
    assert_eq!(notifier.memory.asked().len() - asked_before, 100);
    assert_eq!(listed(&store, MessageState::Done).await.len(), 1_000);
}

async fn settled_message_is_deleted_after_the_retention(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    send(&inbox, "m1 RA1").await;
    send(&inbox, "m2 RA2").await;
    worker.once().await.unwrap();
    assert_eq!(listed(&store, MessageState::Done).await.len(), 1);
    assert_eq!(listed(&store, MessageState::Aside).await.len(), 1);
    send(&inbox, "m3 RA1").await;

    let strict = worker.with_retention(Duration::ZERO);
    strict.once().await.unwrap();

    for state in [
        MessageState::Waiting,
        MessageState::Done,
        MessageState::Aside,
    ] {
        assert_eq!(listed(&store, state).await, []);
    }
    assert_eq!(send(&inbox, "m1 RA1").await.handled, 1, "it is forgotten");
}

async fn running_worker_processes_what_arrives(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        let worker = worker.with_poll(Duration::from_millis(5));
        worker.run(async { drop(stopped.await) }).await
    });

    send(&inbox, "m1 RA1").await;
    while notifier.memory.asked().len() < 2 {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    let round = running.await.unwrap().unwrap();

    assert_eq!((round.messages, round.looked), (1, 1));
    assert_eq!(listed(&store, MessageState::Done).await.len(), 1);
}

async fn stopped_worker_leaves_further_messages(database: &Database) {
    let notifier = Notifier::new();
    let (store, inbox, worker) = open(database, &notifier, &[TrackRequest::number("RA1")]).await;
    send(&inbox, "m HOLD RA1").await;
    for message in 0..149 {
        send(&inbox, &format!("m{message} RA1")).await;
    }
    let stop = async {
        while !notifier.is_held.load(Ordering::Acquire) {
            tokio::task::yield_now().await;
        }
        notifier.is_free.store(true, Ordering::Release);
    };

    let round = worker.run(stop).await.unwrap();

    assert_eq!(round.messages, 100, "those that it had");
    assert_eq!(store.message_counts().await.unwrap().waiting, 50);
}
