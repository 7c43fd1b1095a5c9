//! A provider in the memory of the test.

use std::fmt;
use std::sync::{Arc, Mutex};

use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Error, Event, EventKey, Leg, LegRole, Outcome, Provider, ProviderId, ProviderSet,
    Shipment, Status, StatusReport, Timestamp, TrackRequest, UtcTime,
};

pub(crate) const MEMORY: ProviderId = ProviderId::new("memory");

type Respond = dyn Fn(&str) -> Result<Outcome, Error> + Send + Sync;

/// Responds with a function of the number, and keeps the numbers.
pub(crate) struct Memory {
    respond: Box<Respond>,
    batch: usize,
    asked: Mutex<Vec<String>>,
}

impl Memory {
    pub(crate) fn new(
        respond: impl Fn(&str) -> Result<Outcome, Error> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            respond: Box::new(respond),
            batch: 1,
            asked: Mutex::default(),
        })
    }

    /// The same in batches: a panic for one number is a panic for all of its batch.
    pub(crate) fn in_batches(
        respond: impl Fn(&str) -> Result<Outcome, Error> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            respond: Box::new(respond),
            batch: 40,
            asked: Mutex::default(),
        })
    }

    pub(crate) fn set(self: &Arc<Self>) -> ProviderSet {
        let mut set = ProviderSet::new();
        set.add(Arc::clone(self) as Arc<dyn Provider>).unwrap();
        set
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = self.order();
        asked.sort();
        asked
    }

    /// The numbers in the order in which they were looked up.
    pub(crate) fn order(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Provider for Memory {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities.batch_size = self.batch;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let number = request.target.as_str().to_owned();
        self.asked.lock().unwrap().push(number.clone());
        Box::pin(async move { (self.respond)(&number) })
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memory")
    }
}

/// A parcel in transit with so many events, one a day.
pub(crate) fn shipment(number: &str, events: usize) -> Shipment {
    let status = || StatusReport::new(Status::InTransit);
    let mut shipment = Shipment::new(MEMORY, number, status(), UtcTime::now());
    let mut leg = Leg::new(LegRole::Only);
    for place in 1..=events {
        let mut event = Event::new(EventKey::from_provider_id(place.to_string()), status());
        event.time = Some(Timestamp::parse(format!("2026-03-{place:02}T10:00:00Z")));
        event.description = Some(format!("Scan {place}"));
        leg.events.push(event);
    }
    shipment.legs.push(leg);
    shipment
}

pub(crate) fn found(number: &str, events: usize) -> Result<Outcome, Error> {
    Ok(Outcome::Found(vec![shipment(number, events)]))
}

/// A parcel with one event, in this status.
pub(crate) fn in_status(number: &str, status: Status) -> Result<Outcome, Error> {
    let mut shipment = shipment(number, 1);
    shipment.status = StatusReport::new(status);
    Ok(Outcome::Found(vec![shipment]))
}
