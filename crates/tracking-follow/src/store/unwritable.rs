//! A database that cannot be written while a worker runs. Only the connection that writes can be made so.

use std::sync::Arc;

use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Error, Event, Leg, LegRole, Outcome, Provider, ProviderId, ProviderSet, Shipment,
    Status, StatusReport, TrackRequest, UtcTime,
};

use super::Store;
use crate::{NewParcel, StoreErrorKind, Worker};

const ACME: ProviderId = ProviderId::new("acme");
const PARCELS: usize = 60;

/// Knows a parcel of each number, which takes some room.
#[derive(Debug)]
struct Acme;

impl Provider for Acme {
    fn id(&self) -> ProviderId {
        ACME
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let status = || StatusReport::new(Status::InTransit);
        let number = request.target.as_str();
        let mut shipment = Shipment::new(ACME, number, status(), UtcTime::now());
        let mut event = Event::without_id(status());
        event.description = Some("a long text ".repeat(500));
        let mut leg = Leg::new(LegRole::Only);
        leg.events.push(event);
        shipment.legs.push(leg);
        Box::pin(std::future::ready(Ok(Outcome::Found(vec![shipment]))))
    }
}

/// A store with parcels, and a worker for it.
async fn scene(folder: &tempfile::TempDir) -> (Store, Worker) {
    let path = folder.path().join("follow.db");
    let store = Store::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    let parcels =
        (0..PARCELS).map(|it| NewParcel::new("acme", TrackRequest::number(format!("N{it}"))));
    store.add_all(parcels.collect()).await.unwrap();
    let mut set = ProviderSet::new();
    set.add(Arc::new(Acme)).unwrap();
    (store.clone(), Worker::new(store, set).with_batch(20))
}

async fn execute(store: &Store, statement: &str) {
    let mut connection = store.write.acquire().await.unwrap();
    let statement = store.statement(statement);
    statement.fetch_all(&mut *connection).await.unwrap();
}

async fn assert_all_is_looked_at(store: &Store, worker: &Worker) {
    // Instead of waiting until the leases are over.
    execute(store, "UPDATE follow_look SET due_at = 0").await;
    let round = worker.once().await.unwrap();
    assert_eq!((round.looked, round.failed, round.lost), (60, 0, 0));
    let parcels = store.parcels(None, 100).await.unwrap();
    assert_eq!(parcels.len(), PARCELS);
    assert!(parcels.iter().all(|it| it.shipments.len() == 1));
}

#[tokio::test]
async fn full_database_ends_a_worker_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, worker) = scene(&folder).await;
    execute(&store, "PRAGMA max_page_count = 1").await;

    let error = worker.run(std::future::pending()).await.unwrap_err();

    assert_eq!(error.kind(), StoreErrorKind::Full, "{error:?}");
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.parcels, counts.failing), (60, 0));
    execute(&store, "PRAGMA max_page_count = 1000000").await;
    assert_all_is_looked_at(&store, &worker).await;
}

#[tokio::test]
async fn read_only_database_ends_a_worker_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, worker) = scene(&folder).await;
    execute(&store, "PRAGMA query_only = true").await;

    let error = worker.run(std::future::pending()).await.unwrap_err();
    let added = store.add(NewParcel::new("acme", TrackRequest::number("N0")));

    assert_eq!(error.kind(), StoreErrorKind::ReadOnly, "{error:?}");
    assert_eq!(added.await.unwrap_err().kind(), StoreErrorKind::ReadOnly);
    assert_eq!(store.counts().await.unwrap().due, 60);
    execute(&store, "PRAGMA query_only = false").await;
    assert_all_is_looked_at(&store, &worker).await;
}
