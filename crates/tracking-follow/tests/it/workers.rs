//! What workers do with parcels that are due.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tracking_core::merge::ChangeKind;
use tracking_core::{Error, ErrorKind, Outcome, Status, TrackRequest, UtcTime};
use tracking_follow::{NewParcel, ParcelId, Round, Store, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found};

on_both_engines!(
    changes_are_reported_once_and_in_order,
    first_sight_is_a_state_and_appearing_a_change,
    failing_and_panicking_parcels_delay_no_other,
    parcel_that_panics_in_a_batch_is_asked_apart,
    refused_account_rests_and_its_parcels_wait,
    parcel_of_a_dead_worker_is_taken_by_another,
    late_result_of_a_lost_lease_changes_nothing,
    parcel_made_due_during_a_look_is_looked_at_again,
    removed_parcel_drops_its_look,
    account_without_a_provider_waits,
    stopped_worker_finishes_what_it_has,
    several_workers_share_the_parcels,
    lookup_without_end_fails_before_the_lease_does,
);

async fn follow(store: &Store, number: &str) -> ParcelId {
    let parcel = NewParcel::new("memory", TrackRequest::number(number));
    store.add(parcel).await.unwrap().id
}

/// A provider that knows one more event at each look at a number.
fn growing() -> Arc<Memory> {
    let looks = std::sync::Mutex::new(std::collections::HashMap::new());
    Memory::new(move |number| {
        let mut looks = looks.lock().unwrap();
        let events = looks.entry(number.to_owned()).or_insert(0);
        *events += 1;
        found(number, *events)
    })
}

async fn look_again(store: &Store, worker: &Worker, id: ParcelId) -> Round {
    assert!(store.look_now(id).await.unwrap());
    worker.once().await.unwrap()
}

async fn changes_are_reported_once_and_in_order(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let worker = Worker::new(store.clone(), growing().set());

    let first = worker.once().await.unwrap();
    let idle = worker.once().await.unwrap();
    let second = look_again(&store, &worker, id).await;
    let third = look_again(&store, &worker, id).await;

    assert_eq!((first.looked, first.changes), (1, 0));
    assert_eq!(idle, Round::default());
    assert_eq!((second.changes, third.changes), (1, 1));
    let changes = store.changes(0, 10).await.unwrap();
    let reported: Vec<(u64, &str)> = changes
        .iter()
        .map(|it| (it.seq, it.change.event().unwrap().key.as_str()))
        .collect();
    assert_eq!(reported, [(1, "2"), (2, "3")]);
    assert_eq!(changes[0].change.kind(), ChangeKind::Added);
    assert_eq!(
        (
            changes[0].parcel,
            changes[0].account.as_str(),
            changes[0].provider.as_str()
        ),
        (id, "memory", "memory")
    );
    let parcel = store.parcel(id).await.unwrap().unwrap();
    assert_eq!(parcel.shipments[0].events().len(), 3);
    assert_eq!(parcel.news_at, parcel.looked_at);
    assert_eq!(changes[1].time, parcel.looked_at.unwrap());
    assert_eq!((parcel.attempts, parcel.worker), (3, None));
    let wait = parcel
        .due_at
        .unwrap()
        .since(parcel.looked_at.unwrap())
        .unwrap();
    assert!(
        wait > Duration::from_secs(2 * 3600),
        "by the cadence: {wait:?}"
    );
}

async fn first_sight_is_a_state_and_appearing_a_change(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let looks = AtomicUsize::new(0);
    let provider = Memory::new(move |number| match looks.fetch_add(1, Ordering::Relaxed) {
        0 => Ok(Outcome::NotFound),
        _ => found(number, 1),
    });
    let worker = Worker::new(store.clone(), provider.set());

    let unknown = worker.once().await.unwrap();
    let appeared = look_again(&store, &worker, id).await;

    assert_eq!((unknown.changes, unknown.failed), (0, 0));
    assert_eq!(appeared.changes, 2);
    let changes = store.changes(0, 10).await.unwrap();
    assert_eq!(changes[0].change.kind(), ChangeKind::Added);
    assert_eq!(changes[1].status, Status::InTransit.as_str());
}

async fn failing_and_panicking_parcels_delay_no_other(database: &Database) {
    let store = database.open().await;
    let bad = follow(&store, "FAILS").await;
    let worse = follow(&store, "PANICS").await;
    let good: Vec<ParcelId> = {
        let mut good = Vec::new();
        for place in 0..5 {
            good.push(follow(&store, &format!("GOOD{place}")).await);
        }
        good
    };
    let provider = Memory::new(|number| match number {
        "FAILS" => Err(Error::new(ErrorKind::Server, MEMORY, "is down")),
        "PANICS" => panic!("a bug of the provider's adapter"),
        _ => found(number, 1),
    });
    let worker = Worker::new(store.clone(), provider.set());

    let round = worker.once().await.unwrap();

    assert_eq!((round.looked, round.failed), (7, 2));
    for id in good {
        let parcel = store.parcel(id).await.unwrap().unwrap();
        assert_eq!((parcel.failures, parcel.shipments.len()), (0, 1));
    }
    let mut waits = Vec::new();
    for _ in 0..4 {
        let parcel = store.parcel(worse).await.unwrap().unwrap();
        waits.push(
            parcel
                .due_at
                .unwrap()
                .since(parcel.looked_at.unwrap())
                .unwrap(),
        );
        look_again(&store, &worker, worse).await;
    }
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
    let parcel = store.parcel(worse).await.unwrap().unwrap();
    assert_eq!((parcel.failures, parcel.attempts), (5, 5));
    assert!(parcel.problem.unwrap().contains("internal"));
    let parcel = store.parcel(bad).await.unwrap().unwrap();
    assert_eq!(parcel.problem.as_deref(), Some("memory: server: is down"));
    assert_eq!(store.counts().await.unwrap().failing, 2);
}

async fn parcel_that_panics_in_a_batch_is_asked_apart(database: &Database) {
    let store = database.open().await;
    let mut ids = Vec::new();
    for number in ["GOOD1", "PANICS", "GOOD2", "GOOD3"] {
        ids.push(follow(&store, number).await);
    }
    let provider = Memory::in_batches(|number| match number {
        "PANICS" => panic!("a bug of the provider's adapter"),
        _ => found(number, 1),
    });
    let worker = Worker::new(store.clone(), provider.set());

    let together = worker.once().await.unwrap();
    for id in &ids {
        store.look_now(*id).await.unwrap();
    }
    let apart = worker.once().await.unwrap();

    assert_eq!((together.looked, together.failed), (4, 4));
    assert_eq!((apart.looked, apart.failed), (4, 1));
    let parcel = store.parcel(ids[1]).await.unwrap().unwrap();
    assert_eq!(parcel.failures, 2);
    assert_eq!(store.counts().await.unwrap().failing, 1);
}

async fn refused_account_rests_and_its_parcels_wait(database: &Database) {
    let store = database.open().await;
    for place in 0..30 {
        follow(&store, &format!("N{place}")).await;
    }
    let provider = Memory::new(|_| {
        let error = Error::new(ErrorKind::QuotaExhausted, MEMORY, "no credit");
        Err(error.with_retry_after(Duration::from_secs(3600)))
    });
    let worker = Worker::new(store.clone(), provider.set()).with_batch(20);

    let round = worker.once().await.unwrap();
    let again = worker.once().await.unwrap();

    let asked = provider.asked().len();
    assert!(asked < 20, "{asked}");
    assert_eq!(round.looked, u64::try_from(asked).unwrap());
    assert_eq!(again, Round::default());
    let counts = store.counts().await.unwrap();
    assert_eq!(counts.failing, round.failed);
    assert_eq!(
        counts.due,
        30 - round.failed,
        "the others are due as before"
    );
    assert_eq!(counts.leased, 0);
}

/// A worker that takes parcels, and whose lookups never end.
async fn hang(store: &Store, lease: Duration) -> Worker {
    let started = Arc::new(tokio::sync::Notify::new());
    let provider = Hanging(Arc::clone(&started));
    let mut set = tracking_core::ProviderSet::new();
    set.add(Arc::new(provider)).unwrap();
    let worker = Worker::new(store.clone(), set).with_lease(lease);
    let task = tokio::spawn({
        let worker = worker.clone();
        async move { worker.once().await }
    });
    started.notified().await;
    task.abort();
    worker
}

#[derive(Debug)]
struct Hanging(Arc<tokio::sync::Notify>);

impl tracking_core::Provider for Hanging {
    fn id(&self) -> tracking_core::ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> tracking_core::Capabilities {
        tracking_core::Capabilities::none()
    }

    fn track(
        &self,
        _request: TrackRequest,
    ) -> tracking_core::kit::BoxFuture<'_, Result<Outcome, Error>> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

async fn parcel_of_a_dead_worker_is_taken_by_another(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let dead = hang(&store, Duration::from_secs(3600)).await;
    let provider = growing();
    let worker = Worker::new(store.clone(), provider.set());

    let during = worker.once().await.unwrap();
    let parcel = store.parcel(id).await.unwrap().unwrap();
    database
        .execute("UPDATE follow_look SET due_at = due_at - 3700000000")
        .await;
    let after = worker.once().await.unwrap();

    assert_eq!(during, Round::default(), "the lease holds");
    assert_eq!(parcel.worker.as_deref(), Some(dead.name()));
    assert_eq!(store.counts().await.unwrap().leased, 0);
    assert_eq!((after.looked, after.lost), (1, 0));
    assert_eq!(store.parcel(id).await.unwrap().unwrap().attempts, 2);
}

async fn late_result_of_a_lost_lease_changes_nothing(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let worker = Worker::new(store.clone(), growing().set());
    worker.once().await.unwrap();
    // While this worker looks, its lease ends, and the other one looks and writes.
    let other = Worker::new(store.clone(), Memory::new(|number| found(number, 3)).set());
    let (begun, may_begin) = tokio::sync::oneshot::channel::<()>();
    let (done, may_end) = std::sync::mpsc::channel::<()>();
    let signals = std::sync::Mutex::new((Some(begun), may_end));
    let provider = Memory::new(move |number| {
        let mut signals = signals.lock().unwrap();
        signals.0.take().unwrap().send(()).unwrap();
        signals.1.recv().unwrap();
        found(number, 9)
    });
    let slow = Worker::new(store.clone(), provider.set());
    store.look_now(id).await.unwrap();
    let slow = tokio::spawn(async move { slow.once().await });
    may_begin.await.unwrap();
    database.execute("UPDATE follow_look SET due_at = 0").await;
    let round = other.once().await.unwrap();
    done.send(()).unwrap();
    let lost = slow.await.unwrap().unwrap();

    assert_eq!((round.changes, round.lost), (2, 0));
    assert_eq!((lost.looked, lost.changes, lost.lost), (1, 0, 1));
    assert_eq!(store.changes(0, 10).await.unwrap().len(), 2);
    let parcel = store.parcel(id).await.unwrap().unwrap();
    assert_eq!(parcel.shipments[0].events().len(), 3);
}

async fn parcel_made_due_during_a_look_is_looked_at_again(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let handle = tokio::runtime::Handle::current();
    let looks = AtomicUsize::new(0);
    let inner = store.clone();
    let provider = Memory::new(move |number| {
        if looks.fetch_add(1, Ordering::Relaxed) == 0 {
            tokio::task::block_in_place(|| handle.block_on(inner.look_now(id))).unwrap();
        }
        found(number, 1)
    });
    // One at a time, so that the lane asks for more.
    let worker = Worker::new(store.clone(), provider.set()).with_batch(1);

    let round = worker.once().await.unwrap();

    assert_eq!(round.looked, 2);
    assert_eq!(store.counts().await.unwrap().due, 0);
}

async fn removed_parcel_drops_its_look(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let kept = follow(&store, "RA2").await;
    let handle = tokio::runtime::Handle::current();
    let inner = store.clone();
    let provider = Memory::new(move |number| {
        tokio::task::block_in_place(|| handle.block_on(inner.remove(id))).unwrap();
        found(number, 1)
    });
    let worker = Worker::new(store.clone(), provider.set());

    let round = worker.once().await.unwrap();

    assert_eq!((round.looked, round.lost), (2, 1));
    assert_eq!(store.parcel(id).await.unwrap(), None);
    assert_eq!(
        store.parcel(kept).await.unwrap().unwrap().shipments.len(),
        1
    );
}

async fn account_without_a_provider_waits(database: &Database) {
    let store = database.open().await;
    let parcel = NewParcel::new("elsewhere", TrackRequest::number("RA1"));
    let id = store.add(parcel).await.unwrap().id;
    let worker = Worker::new(store.clone(), growing().set());

    assert_eq!(worker.once().await.unwrap(), Round::default());

    assert_eq!(store.parcel(id).await.unwrap().unwrap().attempts, 0);
    assert_eq!(store.counts().await.unwrap().due, 1);
}

async fn stopped_worker_finishes_what_it_has(database: &Database) {
    let store = database.open().await;
    for place in 0..20 {
        follow(&store, &format!("N{place:02}")).await;
    }
    let stop = Arc::new(tokio::sync::Notify::new());
    let signal = Arc::clone(&stop);
    let provider = Memory::new(move |number| {
        signal.notify_one();
        found(number, 1)
    });
    let worker = Worker::new(store.clone(), provider.set()).with_batch(1);

    let round = worker.run(stop.notified()).await.unwrap();

    let counts = store.counts().await.unwrap();
    assert_eq!(counts.leased, 0);
    assert_eq!(round.lost, 0);
    assert_eq!(round.looked + counts.due, 20);
    assert!(round.looked >= 1);
}

async fn several_workers_share_the_parcels(database: &Database) {
    let store = database.open().await;
    let parcels = (0..200)
        .map(|place| NewParcel::new("memory", TrackRequest::number(format!("N{place:03}"))));
    store.add_all(parcels.collect()).await.unwrap();
    let provider = growing();
    let workers = (0..4).map(|_| {
        let worker = Worker::new(store.clone(), provider.set()).with_batch(7);
        tokio::spawn(async move { worker.once().await.unwrap() })
    });
    let workers: Vec<_> = workers.collect();

    let mut round = Round::default();
    for worker in workers {
        round += worker.await.unwrap();
    }

    assert_eq!((round.looked, round.lost), (200, 0));
    let mut asked = provider.asked();
    asked.dedup();
    assert_eq!(
        (asked.len(), provider.asked().len()),
        (200, 200),
        "each once"
    );
}

async fn lookup_without_end_fails_before_the_lease_does(database: &Database) {
    let store = database.open().await;
    let id = follow(&store, "RA1").await;
    let mut set = tracking_core::ProviderSet::new();
    set.add(Arc::new(Hanging(Arc::default()))).unwrap();
    let worker = Worker::new(store.clone(), set).with_lease(Duration::from_millis(400));

    let round = worker.once().await.unwrap();

    assert_eq!((round.looked, round.failed, round.lost), (1, 1, 0));
    let parcel = store.parcel(id).await.unwrap().unwrap();
    assert!(parcel.problem.unwrap().contains("timeout"));
    assert!(parcel.due_at.unwrap() > UtcTime::now());
}
