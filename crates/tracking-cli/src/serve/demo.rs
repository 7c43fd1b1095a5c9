//! The living demo: parcels of a sandbox inside of this process, whose clock runs fast until it has caught up with
//! the present.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tokio::time::sleep;
use tracking_core::cadence::{Cadence, Step};
use tracking_core::{Target, TrackRequest};
use tracking_follow::{NewParcel, StoreError};
use tracking_sandbox::{SampleJourney, Sandbox};

use super::desk::Desk;
use crate::problem::Problem;
use crate::sandbox_command::set_gcl_header;
use crate::select::Account;

/// How far in the past the clock begins.
const PAST: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How many parcels there are at the beginning, and the time from one to the next.
const PARCELS: usize = 25;
const APART: Duration = Duration::from_secs(3 * 60 * 60);

/// After how long every parcel was scanned once.
const FIRST_SCAN: Duration = Duration::from_secs(9 * 60 * 60);

/// How much passes on the clock of the sandbox in each `TICK` of real time.
const PACE: Duration = Duration::from_secs(20 * 60);
const TICK: Duration = Duration::from_secs(1);

/// After how many ticks there is a new parcel, and up to how many parcels in all.
const TICKS_PER_PARCEL: usize = 15;
const MOST_PARCELS: usize = 150;

/// How often a parcel is looked at without a webhook.
const LOOK: Duration = Duration::from_secs(20);

/// What parcels of the demo do. The others need weeks, or two numbers.
const JOURNEYS: [SampleJourney; 7] = [
    SampleJourney::Happy,
    SampleJourney::SecondAttempt,
    SampleJourney::Customs,
    SampleJourney::WestwardFlight,
    SampleJourney::Return,
    SampleJourney::DaysOnly,
    SampleJourney::WrongDelivered,
];

const TAGS: [&str; 3] = ["gift", "express", "spare part"];

/// The sandbox of the demo. Its clock is stopped until the demo begins.
pub(super) async fn sandbox() -> Result<Sandbox, Problem> {
    let begin = SystemTime::now().checked_sub(PAST);
    let sandbox = Sandbox::builder()
        .clock(begin.unwrap_or(SystemTime::UNIX_EPOCH))
        .start()
        .await;
    let sandbox = sandbox.map_err(|error| {
        Problem::new(
            "configuration",
            format!("the sandbox cannot start: {error}"),
        )
    })?;
    set_gcl_header(&sandbox);
    // On a clock that runs this fast, a token would end before the request that it was made for.
    let lifetime = u32::try_from(PAST.as_secs()).unwrap_or(u32::MAX);
    (sandbox.exporto()).configure(|settings| settings.token_lifetime_seconds = lifetime);
    (sandbox.oneconcepts()).configure(|settings| settings.token_lifetime_seconds = lifetime);
    // A busy machine delays one request and not the next, which then seem to come too fast.
    (sandbox.trackingmore()).configure(|settings| settings.rate_limits = false);
    Ok(sandbox)
}

/// Looks at parcels so often that something is to be seen, which a real provider would not like.
pub(super) fn cadence() -> Cadence {
    let every = Step::new(Duration::ZERO, LOOK);
    let mut cadence = Cadence::default();
    cadence.not_found = [every; 3];
    cadence.info_received = [every; 2];
    cadence.in_transit = [every; 3];
    cadence.out_for_delivery = LOOK;
    cadence.out_for_delivery_at_night = LOOK;
    cadence.available_for_pickup = LOOK;
    cadence.exception = LOOK;
    cadence.returning = LOOK;
    cadence
}

/// The parcels of the demo.
pub(super) struct Demo<'a> {
    sandbox: &'a Sandbox,
    desk: &'a Desk,
    parcels: usize,
}

impl<'a> Demo<'a> {
    /// Follows the first parcels, each of which is at another point of its journey. From then on the sandbox sends
    /// webhooks to this server.
    pub(super) async fn begin(
        sandbox: &'a Sandbox,
        desk: &'a Desk,
        server: SocketAddr,
    ) -> Result<Self, StoreError> {
        let mut demo = Self {
            sandbox,
            desk,
            parcels: 0,
        };
        for _ in 0..PARCELS {
            demo.add().await?;
            sandbox.clock().advance(APART);
        }
        sandbox.clock().advance(FIRST_SCAN);
        let receiver = |account: &str| {
            let path = desk.inbox.path_of(account);
            format!("http://{server}{path}").parse().ok()
        };
        let (ship24, trackingmore) = (sandbox.ship24(), sandbox.trackingmore());
        ship24.configure(|settings| settings.webhooks.url = receiver("ship24"));
        trackingmore.configure(|settings| settings.webhooks.url = receiver("trackingmore"));
        // GCL would report the parcels of the other accounts too.
        Ok(demo)
    }

    /// Lets the clock run, and adds a parcel now and then, until the database fails.
    pub(super) async fn run(mut self) -> StoreError {
        for tick in 1_usize.. {
            sleep(TICK).await;
            let clock = self.sandbox.clock();
            if clock.now() + PACE < SystemTime::now() {
                clock.advance(PACE);
            } else {
                clock.run();
            }
            if tick.is_multiple_of(TICKS_PER_PARCEL) && self.parcels < MOST_PARCELS {
                match self.add().await {
                    Err(error) if !error.is_transient() => return error,
                    _ => {}
                }
            }
        }
        // The numbers do not end.
        std::future::pending().await
    }

    /// A parcel sets out, and is followed.
    async fn add(&mut self) -> Result<(), StoreError> {
        let place = self.parcels;
        self.parcels += 1;
        let number = format!("RA{:09}DE", 473_120_000 + place * 137);
        let at = |count: usize| place.checked_rem(count).unwrap_or_default();
        // 1concepts learns of a parcel at the end of a day, which nobody waits for.
        let is_quick = |it: &&Account| place < PARCELS || it.entry.capabilities.track_by_number;
        let accounts: Vec<&Account> = self.desk.accounts.iter().filter(is_quick).collect();
        let Some(account) = accounts.get(at(accounts.len())) else {
            return Ok(());
        };
        // Now and then somebody mistypes a number.
        if at(12) != 11 {
            let journey = JOURNEYS.get(at(JOURNEYS.len())).copied();
            // A number that is there already is no harm.
            let _ = self
                .sandbox
                .play(journey.unwrap_or(SampleJourney::Happy), &number);
        }
        let target = if account.entry.capabilities.track_by_number {
            Target::Number(number)
        } else {
            Target::Reference(number)
        };
        let request = TrackRequest::new(target).with_register(true);
        let mut parcel = NewParcel::new(&account.name, request)
            .with_reference(format!("order {}", 1001 + place));
        if let Some(tag) = TAGS.get(at(5)) {
            parcel = parcel.with_tag(*tag);
        }
        self.desk.store.add(parcel).await.map(drop)
    }
}

/// A folder for the store of the demo, which is removed at the end.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn create() -> Result<Self, Problem> {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let name = format!(
            "tracking-demo-{}-{}",
            std::process::id(),
            since.unwrap_or_default().as_nanos()
        );
        let path = std::env::temp_dir().join(name);
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        // One that is there already is somebody else's.
        builder.create(&path).map_err(|error| {
            let message = format!("cannot create {}: {error}", path.display());
            Problem::new("configuration", message)
        })?;
        Ok(Self(path))
    }

    /// The address of a store in it.
    pub(super) fn store(&self) -> String {
        let file: &Path = &self.0.join("demo.db");
        format!("sqlite:{}", file.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing is left to do if it stays.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demo_is_over_before_its_journeys_are() {
        let longest = JOURNEYS.iter().map(|it| it.duration()).max().unwrap();
        let past = PAST - APART * u32::try_from(PARCELS).unwrap();
        // Something moves for at least half an hour.
        assert!(past.as_secs() / PACE.as_secs() >= 30 * 60, "{past:?}");
        assert!(longest < PAST, "{longest:?}");
    }

    /// Clients keep a token for as long as it says, on a clock that does not run as fast.
    #[tokio::test]
    async fn tokens_outlive_the_demo() {
        let sandbox = sandbox().await.unwrap();
        let lifetimes = [
            sandbox.exporto().settings().token_lifetime_seconds,
            sandbox.oneconcepts().settings().token_lifetime_seconds,
        ];
        for lifetime in lifetimes {
            assert!(u64::from(lifetime) >= PAST.as_secs(), "{lifetime}");
        }
    }

    #[test]
    fn folder_is_gone_at_the_end() {
        let folder = Folder::create().unwrap();
        let path = folder.0.clone();
        assert!(path.is_dir() && folder.store().ends_with("demo.db"));
        drop(folder);
        assert!(!path.exists());
    }
}
