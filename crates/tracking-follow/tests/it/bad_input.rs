//! Databases that are not as they should be.

use std::time::Duration;

use tracking_core::TrackRequest;
use tracking_follow::{NewParcel, Store, StoreErrorKind, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{Memory, found};

on_both_engines!(
    newer_schema_is_refused_and_stays,
    damaged_parcel_is_kept_and_delays_no_other,
    database_that_is_away_for_a_while_loses_nothing,
);

/// The file holds the secrets of consumers.
#[cfg(unix)]
#[tokio::test]
async fn new_file_is_readable_by_its_owner_only() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("old.db"), "").unwrap();
    fs::set_permissions(path("old.db"), Permissions::from_mode(0o640)).unwrap();
    for (name, expected) in [("new.db", 0o600), ("old.db", 0o640)] {
        let address = format!("sqlite:{}", path(name).display());

        let store = Store::open(&address).await.unwrap();

        let request = TrackRequest::number("RA1");
        store.add(NewParcel::new("memory", request)).await.unwrap();
        for end in ["", "-wal", "-shm"] {
            let file = path(&format!("{name}{end}"));
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, expected, "{name}{end}");
        }
        store.close().await;
    }
}

async fn newer_schema_is_refused_and_stays(database: &Database) {
    database.open().await.close().await;
    let checksum = if database.is_sqlite() {
        "x'00'"
    } else {
        "'\\x00'"
    };
    let newer = format!(
        "INSERT INTO follow_migration (version, description, success, checksum, execution_time) \
         VALUES (999, 'newer', {}, {checksum}, 0)",
        if database.is_sqlite() { "1" } else { "true" },
    );
    database.execute(&newer).await;

    for _ in 0..2 {
        let error = Store::open(&database.address).await.unwrap_err();

        assert_eq!(error.kind(), StoreErrorKind::NewerSchema);
        assert!(error.to_string().contains("version 999"), "{error}");
    }
    database
        .execute("DELETE FROM follow_migration WHERE version = 999")
        .await;
    assert_eq!(database.open().await.counts().await.unwrap().parcels, 0);
}

async fn damaged_parcel_is_kept_and_delays_no_other(database: &Database) {
    let store = database.open().await;
    let numbers = ["SHIPMENT", "OPTIONS", "KIND", "SOUND"];
    let parcels = numbers.map(|it| NewParcel::new("memory", TrackRequest::number(it)));
    let added = store.add_all(parcels.to_vec()).await.unwrap();
    let provider = Memory::new(|number| found(number, 1));
    let worker = Worker::new(store.clone(), provider.set());
    worker.once().await.unwrap();
    // `[{}]`
    let body = if database.is_sqlite() {
        "x'5b7b7d5d'"
    } else {
        "'\\x5b7b7d5d'"
    };
    for (place, damage) in [
        (
            0,
            format!("follow_snapshot SET body = {body} WHERE parcel_id"),
        ),
        (1, "follow_parcel SET options = 'none' WHERE id".to_owned()),
        (2, "follow_parcel SET kind = 'none' WHERE id".to_owned()),
    ] {
        let id = added[place].id;
        database.execute(&format!("UPDATE {damage} = {id}")).await;
    }
    for parcel in &added {
        store.look_now(parcel.id).await.unwrap();
    }

    let round = worker.once().await.unwrap();

    assert_eq!((round.looked, round.failed, round.changes), (4, 3, 0));
    assert_eq!(provider.asked().len(), 5, "there is no use in asking");
    for parcel in &added[..3] {
        let error = store.parcel(parcel.id).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Damaged);
    }
    let error = store.parcel(added[0].id).await.unwrap_err();
    assert!(
        error.to_string().contains("provider"),
        "names the place: {error}"
    );
    let sound = store.parcel(added[3].id).await.unwrap().unwrap();
    assert_eq!((sound.failures, sound.attempts), (0, 2));
}

async fn database_that_is_away_for_a_while_loses_nothing(database: &Database) {
    const PARCELS: usize = 30;
    let store = database.open().await;
    let parcels =
        (0..PARCELS).map(|it| NewParcel::new("memory", TrackRequest::number(format!("N{it}"))));
    store.add_all(parcels.collect()).await.unwrap();
    let (send, mut looked) = tokio::sync::mpsc::unbounded_channel();
    let provider = Memory::new(move |number| {
        let _ = send.send(());
        found(number, 1)
    });
    let worker = Worker::new(store.clone(), provider.set())
        .with_batch(3)
        .with_poll(Duration::from_millis(10));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        let stopped = async { drop(stopped.await) };
        worker.run(stopped).await
    });

    // While a batch is looked up, so that writing it finds no connection.
    for place in 0..PARCELS {
        looked.recv().await.unwrap();
        if place % 10 == 0 {
            database.disconnect().await;
        }
    }
    stop.send(()).unwrap();
    let round = running.await.unwrap().unwrap();

    assert_eq!((round.lost, round.failed), (0, 0));
    let counts = database.open().await.counts().await.unwrap();
    assert_eq!((counts.parcels, counts.due, counts.leased), (30, 0, 0));
    assert_eq!(provider.asked().len(), PARCELS, "each was asked for once");
}

#[tokio::test]
async fn postgres_that_cannot_be_written_is_refused() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let address = format!(
        "{}&options[default_transaction_read_only]=on",
        database.address
    );

    let of_empty = Store::open(&address).await.unwrap_err();
    let store = database.open().await;
    let parcel = NewParcel::new("memory", TrackRequest::number("RA1"));
    store.add(parcel.clone()).await.unwrap();

    assert_eq!(of_empty.kind(), StoreErrorKind::ReadOnly, "{of_empty:?}");
    database.remove().await;
}

#[tokio::test]
async fn unusable_addresses_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let no_database = folder.path().join("text.db");
    std::fs::write(
        &no_database,
        "this is no database, and long enough to be one".repeat(100),
    )
    .unwrap();
    let nowhere = folder.path().join("missing/follow.db");
    let socket = folder.path().display();
    for (address, kind) in [
        (
            format!("sqlite:{}", no_database.display()),
            StoreErrorKind::Damaged,
        ),
        (
            format!("sqlite:{}", nowhere.display()),
            StoreErrorKind::Address,
        ),
        (
            format!("postgres:///follow?host={socket}&user=follow"),
            StoreErrorKind::Unavailable,
        ),
        (
            "postgres://user:secret@127.0.0.1:bad/x".to_owned(),
            StoreErrorKind::Address,
        ),
        (
            "redis://user:secret@127.0.0.1/".to_owned(),
            StoreErrorKind::Address,
        ),
    ] {
        let error = Store::open(&address).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{address}: {error:?}");
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
    }
}
