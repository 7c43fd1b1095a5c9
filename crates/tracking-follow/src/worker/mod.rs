//! `Worker`: looks at due parcels, and writes what it finds.

mod batch;
mod inbox;
mod lanes;

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::future::Future;
use std::hash::{BuildHasher as _, Hasher as _};
use std::ops::AddAssign;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tracking_core::ProviderSet;
use tracking_core::cadence::Cadence;

use self::lanes::Lanes;
use crate::store::Topic;
use crate::{AccountRules, Store, StoreError};

/// Looks at the parcels of a [`Store`] when they are due, and writes shipments and changes.
///
/// Any number of workers, in any number of processes, can share a store. Each takes a batch of due parcels of one
/// account, for a limited time: the lease. It looks them up, merges what it finds into what is known, and writes
/// shipments, next looks and changes in one transaction. When it dies before, the parcels are due again after the
/// lease, and nothing is lost; when it is merely slow and another worker has taken the parcels, its results are
/// dropped. So each change is in the outbox once.
///
/// Accounts are independent of each other: a slow one delays no other. A parcel whose lookup fails, panics, or ends
/// the process is looked at less and less often, and apart from the others.
///
/// ```no_run
/// use tracking_core::ProviderSet;
/// use tracking_follow::{Store, StoreError, Worker};
///
/// # async fn example(providers: ProviderSet) -> Result<(), StoreError> {
/// let store = Store::open("sqlite:parcels.db").await?;
/// let worker = Worker::new(store, providers);
/// // Until somebody presses Ctrl-C, or whatever ends this future.
/// worker.run(std::future::pending()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Worker {
    store: Store,
    providers: Arc<ProviderSet>,
    settings: Settings,
}

#[derive(Clone, Debug)]
struct Settings {
    name: String,
    cadence: Cadence,
    batch: usize,
    lease: Duration,
    poll: Duration,
    retention: Duration,
    /// By the name of the account, in lower case.
    rules: HashMap<String, Arc<AccountRules>>,
}

/// For how long what is done is kept, unless set.
const RETENTION: Duration = Duration::from_secs(30 * 24 * 3600);

/// What workers did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Round {
    /// Parcels that were looked at, successfully or not.
    pub looked: u64,
    /// Those of them whose lookup failed.
    pub failed: u64,
    /// Changes that were written.
    pub changes: u64,
    /// Results that were dropped: the lease was over and another worker has the parcel, or it was removed.
    pub lost: u64,
    /// Webhook messages that were processed or set aside.
    pub messages: u64,
}

impl AddAssign for Round {
    fn add_assign(&mut self, other: Self) {
        self.looked += other.looked;
        self.failed += other.failed;
        self.changes += other.changes;
        self.lost += other.lost;
        self.messages += other.messages;
    }
}

impl Worker {
    /// Makes a worker with the default settings.
    #[must_use]
    pub fn new(store: Store, providers: ProviderSet) -> Self {
        Self {
            store,
            providers: Arc::new(providers),
            settings: Settings {
                name: unique_name(),
                cadence: Cadence::default(),
                batch: 40,
                lease: Duration::from_secs(10 * 60),
                poll: Duration::from_secs(1),
                retention: RETENTION,
                rules: HashMap::new(),
            },
        }
    }

    /// Sets when to look at a parcel again; [`Cadence::default`] unless set.
    #[must_use]
    pub fn with_cadence(mut self, cadence: Cadence) -> Self {
        self.settings.cadence = cadence;
        self
    }

    /// Sets how many parcels are taken at once: 40 unless set; 0 counts as 1, and 1,000 is the most.
    #[must_use]
    pub fn with_batch(mut self, parcels: usize) -> Self {
        self.settings.batch = parcels.clamp(1, 1000);
        self
    }

    /// Sets for how long parcels are taken: 10 minutes unless set.
    ///
    /// It has to be longer than looking up a batch takes, with all waiting for limits: a lookup without a result
    /// after three quarters of it has failed.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.settings.lease = lease;
        self
    }

    /// Sets how often it looks for due parcels when there are none: each second unless set.
    #[must_use]
    pub fn with_poll(mut self, poll: Duration) -> Self {
        self.settings.poll = poll;
        self
    }

    /// Sets for how long things are kept that are dealt with: 30 days unless set. These are webhook messages that are done or
    /// set aside, and changes that every consumer has [acknowledged](Store::prune).
    ///
    /// Meanwhile a repeat of a message is recognised, so keep them for longer than providers repeat (Ship24: about six
    /// days).
    #[must_use]
    pub fn with_retention(mut self, retention: Duration) -> Self {
        self.settings.retention = retention;
        self
    }

    /// Sets how much may be looked up of an account, and when; without limits unless set.
    ///
    /// Looks are counted in the store, so that a quota holds over all workers. Give all of them the same rules.
    #[must_use]
    pub fn with_rules(mut self, account: &str, rules: AccountRules) -> Self {
        let account = account.trim().to_ascii_lowercase();
        let settings = &mut self.settings.rules;
        if rules.is_empty() {
            settings.remove(&account);
        } else {
            settings.insert(account, Arc::new(rules));
        }
        self
    }

    /// Returns the name under which it takes parcels, which no other worker has; see
    /// [`Parcel::worker`](crate::Parcel::worker).
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Processes the webhook messages that wait, and looks at everything that is due, until nothing is.
    ///
    /// # Errors
    ///
    /// If the database fails. What was not written is looked at again after the lease.
    pub async fn once(&self) -> Result<Round, StoreError> {
        let messages = self.process_messages(&AtomicBool::new(false)).await?;
        let mut lanes = Lanes::new(self);
        lanes.open().await?;
        let mut done = lanes.finish().await?;
        done += messages;
        Ok(done)
    }

    /// Looks at parcels when they are due, until `stop` is ready. Then it takes no more, and returns when those that
    /// it has are looked at and written.
    ///
    /// A database that is away is no end: the worker goes on when it is back.
    ///
    /// # Errors
    ///
    /// If the database fails in another way, such as one that is full, and only after all parcels that it has are
    /// dealt with.
    pub async fn run(&self, stop: impl Future<Output = ()>) -> Result<Round, StoreError> {
        let mut lanes = Lanes::new(self);
        let mut waiting = self.store.wait_for(Topic::Work);
        let mut stop = std::pin::pin!(stop);
        let end = loop {
            tokio::select! {
                () = &mut stop => break Ok(()),
                result = lanes.turn(&mut waiting) => if result.is_err() {
                    break result;
                },
            }
        };
        lanes.stop();
        let done = lanes.finish().await;
        end.and(done)
    }
}

/// A name that no other worker or sender has: of this process, and random.
pub(crate) fn unique_name() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!(
        "{}-{:016x}",
        std::process::id(),
        random() ^ random().rotate_left(32)
    )
}
