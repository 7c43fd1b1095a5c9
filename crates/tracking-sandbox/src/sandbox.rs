//! The sandbox itself: start it, get its addresses, add parcels.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::SystemTime;

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::error::{ParcelError, StartError};
use crate::fault::{FaultQueue, Faults};
use crate::identity::Identities;
use crate::server;
use crate::server::{Providers, RecordedRequest, RequestLog, Traffic, TrafficCounter, base_url};
use crate::world::{Journey, Leg, Parcel, SampleJourney, Scan, ScanEdit, World};

/// The seed of a sandbox that was given none.
const DEFAULT_SEED: u64 = 24;

/// What all providers of one sandbox share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) clock: Clock,
    pub(crate) world: World,
    pub(crate) identities: Identities,
    pub(crate) faults: FaultQueue,
    pub(crate) requests: RequestLog,
    pub(crate) traffic: TrafficCounter,
}

impl Core {
    /// Puts another version of a parcel in the place of the one that is known, and lets webhooks see it.
    pub(crate) fn change_parcel(
        &self,
        number: &str,
        change: impl FnOnce(&Journey, i64) -> Result<Journey, ParcelError>,
    ) -> Result<(), ParcelError> {
        self.world.change(number, &self.clock, change)?;
        self.clock.ring();
        Ok(())
    }
}

/// Tracking APIs on a free port of 127.0.0.1.
///
/// The sandbox runs on a thread of its own and stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    core: Arc<Core>,
    providers: Arc<Providers>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A provider of the sandbox and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProviderInfo {
    /// The name of the provider, such as `ship24`.
    pub name: &'static str,
    /// What to give to a client as base URL, without a slash at the end.
    pub base_url: String,
}

impl Sandbox {
    /// One number of each parcel that every sandbox knows, [`Sandbox::DEMO_NUMBER`] first.
    pub const DEMO_NUMBERS: &'static [&'static str] = &crate::world::DEMO_NUMBERS;

    /// The number of the parcel that every sandbox knows: two couriers, out for delivery, and
    /// delivered four hours later on the clock of the sandbox.
    pub const DEMO_NUMBER: &'static str = crate::world::DEMO_NUMBER;

    /// Starts a sandbox with the default seed and time on a free port.
    ///
    /// # Errors
    ///
    /// No port can be opened on 127.0.0.1, or no thread started.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// A sandbox with a chosen port, seed or time.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            port: 0,
            seed: DEFAULT_SEED,
            time: None,
            running: false,
        }
    }

    /// The address that the sandbox listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port that the sandbox listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The providers that this sandbox plays.
    #[must_use]
    pub fn providers(&self) -> Vec<ProviderInfo> {
        let info = |module: Arc<dyn crate::server::Provider>| ProviderInfo {
            name: module.name(),
            base_url: base_url(&*module, self.address),
        };
        self.providers.all().into_iter().map(info).collect()
    }

    /// The base URL of a provider, `http://127.0.0.1:PORT/ship24/public/v1` for `ship24` and
    /// `http://127.0.0.1:PORT/trackingmore/v2` for `trackingmore`, without a slash at the end. The
    /// URL of a name that is not in [`Sandbox::providers`] gets 404.
    #[must_use]
    pub fn base_url(&self, provider: &str) -> String {
        let known = self.providers.all();
        known
            .iter()
            .find(|module| module.name() == provider)
            .map_or_else(
                || format!("http://{}/{provider}", self.address),
                |module| base_url(&**module, self.address),
            )
    }

    /// The clock that all dates in bodies come from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.core.clock
    }

    /// Faults to come, for any operation of any provider; narrow it with [`Faults::on`].
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.core.faults)
    }

    /// The last thousand requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.core.requests.all()
    }

    /// Forgets the requests recorded so far.
    pub fn clear_requests(&self) {
        self.core.requests.clear();
    }

    /// How many requests there were, also those that [`Sandbox::requests`] no longer has, by provider and operation:
    /// for tests of request limits. It counts on when the recorded requests are forgotten.
    #[must_use]
    pub fn traffic(&self) -> Vec<Traffic> {
        self.core.traffic.all()
    }

    /// Puts a parcel into the world. A parcel that shares a number with an older one takes its
    /// place. Times of the scans are relative to the current time of the clock.
    ///
    /// # Errors
    ///
    /// The parcel has no leg, a leg has an empty number, or a scan names a leg that is not there.
    pub fn add_parcel(&self, parcel: Parcel) -> Result<(), ParcelError> {
        self.core.world.add(parcel, &self.core.clock)?;
        self.core.clock.ring();
        Ok(())
    }

    /// Adds a scan to a parcel of the world; webhooks are sent about it.
    ///
    /// # Errors
    ///
    /// No parcel has this number, or the scan names a leg that the parcel does not have.
    pub fn add_scan(&self, number: &str, scan: Scan) -> Result<(), ParcelError> {
        self.core
            .change_parcel(number, |journey, now| journey.with_scan(scan, now))
    }

    /// Puts a parcel into the world that makes a sample journey under this number, and lets it happen as the clock goes on.
    ///
    /// # Errors
    ///
    /// The number is empty, or the journey ends after the year 9999.
    pub fn play(&self, journey: SampleJourney, number: &str) -> Result<(), ParcelError> {
        self.core.world.play(journey, number, &self.core.clock)?;
        self.core.clock.ring();
        Ok(())
    }

    /// Changes a scan of a parcel, as couriers correct a description, a code, a place or a time. Scans count from 0 in the order in
    /// which they were added: those of the parcel as it was described, then those of [`Sandbox::add_scan`].
    ///
    /// Every provider shows the scan as it is now, under the same id where its events have one. Ship24, TrackingMore and GCL
    /// send webhooks about it, which is assumed.
    ///
    /// # Errors
    ///
    /// No parcel has this number, it has no such scan, or the new time is outside the years 1 to 9999.
    pub fn edit_scan(&self, number: &str, scan: usize, edit: ScanEdit) -> Result<(), ParcelError> {
        self.core
            .change_parcel(number, |journey, now| journey.with_edit(scan, edit, now))
    }

    /// Takes a scan of a parcel back, as couriers do with a delivery that was none. Later responses do not show it, and what
    /// followed from it is as before. Only TrackingMore sends a webhook, because it always sends the whole tracking; that
    /// is assumed.
    ///
    /// # Errors
    ///
    /// No parcel has this number, or it has no such scan.
    pub fn withdraw_scan(&self, number: &str, scan: usize) -> Result<(), ParcelError> {
        self.core
            .change_parcel(number, |journey, _| journey.without_scan(scan))
    }

    /// Reports a scan of a parcel again: one that was withdrawn is back, and webhooks are sent about it once more.
    ///
    /// # Errors
    ///
    /// No parcel has this number, or it has no such scan.
    pub fn resend_scan(&self, number: &str, scan: usize) -> Result<(), ParcelError> {
        self.core
            .change_parcel(number, |journey, _| journey.with_scan_again(scan))
    }

    /// Corrects courier and number of a leg, counted from 0. The parcel is found by the old number too.
    ///
    /// # Errors
    ///
    /// No parcel has this number, it has no such leg, or the new number is empty.
    pub fn correct_leg(&self, number: &str, position: usize, leg: Leg) -> Result<(), ParcelError> {
        self.core
            .change_parcel(number, |journey, _| journey.with_leg(position, leg))
    }

    /// Forgets trackers, parcels, faults, settings and recorded requests. The clock and the
    /// address stay.
    pub fn reset(&self) {
        reset(&self.core, &self.providers);
    }

    pub(crate) fn modules(&self) -> &Providers {
        &self.providers
    }
}

/// Puts a sandbox back to where it started.
pub(crate) fn reset(core: &Core, providers: &Providers) {
    core.world.reset(&core.clock);
    core.faults.clear();
    core.requests.clear();
    core.traffic.clear();
    for module in providers.all() {
        module.reset();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only if the thread has already ended.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // The thread has nothing to hand back, and a panic in it was printed by itself.
            let _ = thread.join();
        }
    }
}

/// Chooses how a [`Sandbox`] starts.
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until `start` is called"]
pub struct SandboxBuilder {
    port: u16,
    seed: u64,
    time: Option<SystemTime>,
    running: bool,
}

impl SandboxBuilder {
    /// The port on 127.0.0.1; 0, the default, takes any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The seed of every generated identifier. The same seed gives the same identifiers.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The time at which the clock of the sandbox starts; 2026-03-02T09:00:00Z by default.
    pub fn clock(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Lets the clock go on with real time instead of standing still.
    pub fn running_clock(mut self) -> Self {
        self.running = true;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// The port cannot be opened on 127.0.0.1, or no thread started.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let clock = Clock::starting_at(self.time);
        if self.running {
            clock.run();
        }
        let core = Arc::new(Core {
            world: World::new(&clock),
            clock,
            identities: Identities::new(self.seed),
            faults: FaultQueue::default(),
            requests: RequestLog::default(),
            traffic: TrafficCounter::default(),
        });
        let providers = Arc::new(Providers::new(&core));
        let (stop, stopped) = oneshot::channel();
        let started = server::start(
            self.port,
            Arc::clone(&core),
            Arc::clone(&providers),
            stopped,
        )?;
        Ok(Sandbox {
            core,
            providers,
            address: started.address,
            stop: Some(stop),
            thread: Some(started.thread),
        })
    }
}
