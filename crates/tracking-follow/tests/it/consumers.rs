//! Reading the changes.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use tracking_core::TrackRequest;
use tracking_follow::{NewParcel, Store, StoreErrorKind, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{Memory, found};

on_both_engines!(
    consumer_goes_on_where_it_acknowledged,
    stream_waits_for_what_is_new,
    pruning_keeps_what_somebody_has_not_read,
    unreadable_change_hides_none_before_it,
    readers_of_several_writers_miss_nothing,
);

/// Writes so many changes: a parcel that appears with one event more each time.
pub(crate) async fn write(store: &Store, changes: usize) {
    let known = store.add(NewParcel::new("memory", TrackRequest::number("RA1")));
    let id = known.await.unwrap().id;
    let before = store.parcel(id).await.unwrap().unwrap().shipments;
    let before = before.first().map_or(0, |it| it.events().len());
    for events in before..=before + changes {
        let provider = Memory::new(move |number| found(number, events));
        store.look_now(id).await.unwrap();
        Worker::new(store.clone(), provider.set())
            .once()
            .await
            .unwrap();
    }
}

async fn consumer_goes_on_where_it_acknowledged(database: &Database) {
    let store = database.open().await;
    write(&store, 4).await;
    let consumer = store.consumer("mail").await.unwrap();
    let seqs = async |consumer: &tracking_follow::Consumer| -> Vec<u64> {
        let stream = consumer.stream(Duration::from_millis(1));
        let page: Vec<_> = stream.take(2).collect().await;
        page.into_iter().map(|it| it.unwrap().seq).collect()
    };

    assert_eq!(seqs(&consumer).await, [1, 2]);
    assert_eq!(seqs(&consumer).await, [1, 2], "nothing was acknowledged");
    consumer.acknowledge(2).await.unwrap();
    consumer.acknowledge(1).await.unwrap();

    let again = database.open().await.consumer("mail").await.unwrap();
    assert_eq!((again.name(), again.position().await.unwrap()), ("mail", 2));
    assert_eq!(seqs(&again).await, [3, 4]);
    let other = store.consumer("other").await.unwrap();
    assert_eq!(other.position().await.unwrap(), 0);
    let error = store.consumer("a\0").await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Invalid);
}

async fn stream_waits_for_what_is_new(database: &Database) {
    let store = database.open().await;
    let consumer = store.consumer("mail").await.unwrap();
    let mut stream = pin!(consumer.stream(Duration::from_millis(1)));
    let next = tokio::spawn({
        let store = store.clone();
        async move { write(&store, 3).await }
    });

    let mut seqs = Vec::new();
    while seqs.len() < 3 {
        seqs.push(stream.next().await.unwrap().unwrap().seq);
    }

    next.await.unwrap();
    assert_eq!(seqs, [1, 2, 3]);
}

async fn pruning_keeps_what_somebody_has_not_read(database: &Database) {
    let store = database.open().await;
    write(&store, 4).await;

    assert_eq!(
        store.prune(Duration::ZERO).await.unwrap(),
        0,
        "nobody has read any"
    );
    assert_eq!(store.last_deleted_change().await.unwrap(), 0);
    store
        .consumer("quick")
        .await
        .unwrap()
        .acknowledge(4)
        .await
        .unwrap();
    let slow = store.consumer("slow").await.unwrap();
    slow.acknowledge(1).await.unwrap();
    assert_eq!(
        store.prune(Duration::from_secs(60)).await.unwrap(),
        0,
        "too new"
    );
    assert_eq!(store.prune(Duration::ZERO).await.unwrap(), 1);

    let left = store.changes(0, 10).await.unwrap();
    assert_eq!(left.iter().map(|it| it.seq).collect::<Vec<_>>(), [2, 3, 4]);
    slow.acknowledge(4).await.unwrap();
    assert_eq!(store.last_deleted_change().await.unwrap(), 1);
    assert_eq!(store.prune(Duration::ZERO).await.unwrap(), 3);
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.changes, counts.last_change), (0, 4));
    assert_eq!(store.last_change().await.unwrap(), 4);
    assert_eq!(store.last_deleted_change().await.unwrap(), 4);
    write(&store, 1).await;
    assert_eq!(store.last_deleted_change().await.unwrap(), 4);
    assert_eq!(
        store.changes(0, 10).await.unwrap()[0].seq,
        5,
        "no number comes again"
    );
}

async fn unreadable_change_hides_none_before_it(database: &Database) {
    let store = database.open().await;
    write(&store, 3).await;
    let body = if database.is_sqlite() {
        "x'7b7d'"
    } else {
        "'\\x7b7d'"
    };
    let damage = format!("UPDATE follow_change SET body = {body} WHERE seq = 2");
    database.execute(&damage).await;

    let before = store.changes(0, 10).await.unwrap();
    let error = store.changes(1, 10).await.unwrap_err();

    assert_eq!(before.len(), 1);
    assert_eq!(error.kind(), StoreErrorKind::Damaged);
    assert_eq!(error.to_string(), "change 2 cannot be read by this version");
    assert_eq!(store.changes(2, 10).await.unwrap()[0].seq, 3);
}

/// What `seq > position` over a sequence would lose: changes that are numbered early and committed late.
async fn readers_of_several_writers_miss_nothing(database: &Database) {
    const PARCELS: usize = 60;
    let store = database.open().await;
    let parcels = (0..PARCELS)
        .map(|place| NewParcel::new("memory", TrackRequest::number(format!("N{place:03}"))));
    let added = store.add_all(parcels.collect()).await.unwrap();
    let first = Memory::new(|number| found(number, 0));
    Worker::new(store.clone(), first.set())
        .once()
        .await
        .unwrap();
    for parcel in added {
        store.look_now(parcel.id).await.unwrap();
    }
    let reader = tokio::spawn({
        let consumer = store.consumer("reader").await.unwrap();
        async move {
            let stream = consumer.stream(Duration::from_micros(100));
            let seqs: Vec<u64> = stream
                .map(|it| it.unwrap().seq)
                .take(PARCELS * 3)
                .collect()
                .await;
            seqs
        }
    });
    let writers = (0..6).map(|_| {
        let provider = Memory::new(|number| found(number, 3));
        let worker = Worker::new(store.clone(), provider.set()).with_batch(2);
        tokio::spawn(async move { worker.once().await.unwrap() })
    });
    let writers: Vec<_> = writers.collect();
    for writer in writers {
        writer.await.unwrap();
    }

    let seqs = reader.await.unwrap();

    let all: Vec<u64> = (1..=u64::try_from(PARCELS * 3).unwrap()).collect();
    assert_eq!(seqs, all);
}
