//! Workers, senders and readers that look once an hour, and hear of what is new.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use tracking_core::TrackRequest;
use tracking_follow::{NewParcel, Store, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{Memory, found};

on_both_engines!(
    idle_worker_and_reader_hear_of_their_own_store,
    idle_worker_and_reader_hear_of_another_process,
);

const HOUR: Duration = Duration::from_secs(3600);

async fn idle_worker_and_reader_hear_of_their_own_store(database: &Database) {
    let store = database.open().await;
    changes_arrive(&store, &store).await;
}

/// SQLite has no way to say something to another process: there it is found by looking.
async fn idle_worker_and_reader_hear_of_another_process(database: &Database) {
    if !database.is_sqlite() {
        let (here, there) = (database.open().await, database.open().await);
        changes_arrive(&here, &there).await;
    }
}

/// Waits for a change with an idle worker, of a parcel that is made due at the other store.
async fn changes_arrive(here: &Store, there: &Store) {
    let parcel = NewParcel::new("memory", TrackRequest::number("RA1"));
    let id = here.add(parcel).await.unwrap().id;
    let looks = std::sync::atomic::AtomicUsize::new(0);
    let provider = Memory::new(move |number| {
        let look = looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        found(number, look)
    });
    let worker = Worker::new(here.clone(), provider.set()).with_poll(HOUR);
    worker.once().await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move { worker.run(async { drop(stopped.await) }).await });
    let reader = there.consumer("reader").await.unwrap();
    let mut changes = pin!(reader.stream(HOUR));

    // The worker looks when it begins, so one change may be due to that; the second one is not.
    for seq in 1..=2 {
        assert!(there.look_now(id).await.unwrap());
        let change = tokio::time::timeout(Duration::from_secs(60), changes.next()).await;
        assert_eq!(change.unwrap().unwrap().unwrap().seq, seq);
    }

    stop.send(()).unwrap();
    assert_eq!(running.await.unwrap().unwrap().changes, 2);
}
