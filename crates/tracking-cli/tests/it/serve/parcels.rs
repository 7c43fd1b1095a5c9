//! A store with parcels, made without a provider's API.

use std::fmt;
use std::sync::Arc;

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Executor as _};
use tempfile::TempDir;
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Courier, Error, ErrorKind, Event, EventKey, Leg, LegRole, Outcome, Provider,
    ProviderId, ProviderSet, Shipment, Status, StatusReport, Timestamp, TrackRequest, UtcTime,
};
use tracking_follow::{MessageState, NewParcel, ParcelId, Store, Worker};

const MEMORY: ProviderId = ProviderId::new("memory");

/// What somebody writes who wants to run a script at the reader's.
pub(super) const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;";

/// A store in a folder of its own.
pub(super) struct Parcels {
    runtime: tokio::runtime::Runtime,
    folder: TempDir,
}

impl Parcels {
    pub(super) fn new() -> Self {
        Self {
            runtime: tokio::runtime::Runtime::new().unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The address of the store.
    pub(super) fn store(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("parcels.db").display())
    }

    fn with<T>(&self, work: impl AsyncFnOnce(&Store) -> T) -> T {
        self.runtime.block_on(async {
            let store = Store::open(&self.store()).await.unwrap();
            let result = work(&store).await;
            store.close().await;
            result
        })
    }

    /// Executes statements beside the store.
    pub(super) fn execute(&self, statements: &'static str) {
        self.runtime.block_on(async {
            let mut connection = SqliteConnection::connect(&self.store()).await.unwrap();
            connection.execute(statements).await.unwrap();
        });
    }

    pub(super) fn add(&self, parcel: NewParcel) -> ParcelId {
        self.with(async |store| store.add(parcel).await.unwrap().id)
    }

    /// Reads the changes under a name, and says that it did up to this one.
    pub(super) fn acknowledge(&self, consumer: &str, seq: u64) {
        self.with(async |store| {
            let consumer = store.consumer(consumer).await.unwrap();
            consumer.acknowledge(seq).await.unwrap();
        });
    }

    /// How many messages are in the inbox in this state.
    pub(super) fn messages(&self, state: MessageState) -> usize {
        self.with(async |store| store.messages(state, None, 10_000).await.unwrap().len())
    }

    /// What is looked up for a parcel, and at which account.
    pub(super) fn request(&self, id: i64) -> (String, TrackRequest) {
        self.with(async |store| {
            let parcel = store.parcel(ParcelId::new(id)).await.unwrap().unwrap();
            (parcel.account, parcel.request)
        })
    }

    /// A number of the account `memory`.
    pub(super) fn add_number(&self, number: &str) -> ParcelId {
        self.add(NewParcel::new("memory", TrackRequest::number(number)))
    }

    /// Looks at all parcels once, also at those that are not due.
    pub(super) fn look(&self, respond: fn(&str) -> Result<Outcome, Error>) {
        self.with(async |store| {
            for parcel in store.parcels(None, 1000).await.unwrap() {
                store.look_now(parcel.id).await.unwrap();
            }
            let mut set = ProviderSet::new();
            set.add(Arc::new(Memory(respond))).unwrap();
            Worker::new(store.clone(), set).once().await.unwrap();
        });
    }
}

/// A parcel in this status, with an event for each text.
pub(super) fn shipment(number: &str, status: &Status, events: &[&str]) -> Shipment {
    let report = || StatusReport::new(status.clone());
    let mut shipment = Shipment::new(MEMORY, number, report(), UtcTime::now());
    let mut leg = Leg::new(LegRole::Only);
    for (place, text) in events.iter().enumerate() {
        let mut event = Event::new(EventKey::from_provider_id(place.to_string()), report());
        event.time = Some(Timestamp::parse(format!(
            "2026-03-0{}T10:00:00+01:00",
            place + 1
        )));
        event.description = Some((*text).to_owned());
        event.location = Some("Köln".to_owned());
        leg.events.push(event);
    }
    shipment.legs.push(leg);
    shipment
}

/// Hostile in every field that a provider can fill.
pub(super) fn hostile(number: &str, status: &Status) -> Shipment {
    let mut shipment = shipment(number, status, &[HOSTILE]);
    let hostile = || Some(HOSTILE.to_owned());
    shipment.reference = hostile();
    shipment.linked_numbers = vec![HOSTILE.to_owned()];
    shipment.origin_country = hostile();
    shipment.destination_country = hostile();
    shipment.service = hostile();
    shipment.signed_by = hostile();
    shipment.tracking_url = Some(format!("javascript:alert(3)//{HOSTILE}"));
    let leg = &mut shipment.legs[0];
    leg.courier = Some(Courier::new(HOSTILE).with_name(HOSTILE));
    leg.number = hostile();
    let event = &mut leg.events[0];
    event.location = hostile();
    event.signed_by = hostile();
    event.time = Some(Timestamp::parse(HOSTILE));
    shipment
}

/// An error whose message is hostile.
pub(super) fn refusal() -> Error {
    Error::new(ErrorKind::InvalidRequest, MEMORY, HOSTILE)
}

/// Responds with a function of the number.
struct Memory(fn(&str) -> Result<Outcome, Error>);

impl Provider for Memory {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let response = (self.0)(request.target.as_str());
        Box::pin(std::future::ready(response))
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memory")
    }
}
