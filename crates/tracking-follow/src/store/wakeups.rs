//! Wakes idle workers and senders before they look by themselves: those of this process at once, those of other processes by
//! NOTIFY of PostgreSQL.
//!
//! It is a help and no promise. NOTIFY takes a lock of the whole server at its commit, so it is never part of a
//! transaction that writes, and it is sent once for all that happens within a short time. What is not heard, such as while
//! a connection is made again, is found by looking.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tracing::debug;

use super::Store;
use crate::StoreError;

/// How long to wait for more of the same before NOTIFY.
const DEBOUNCE: Duration = Duration::from_millis(50);
/// Processes that hear the same wake up at different times, up to so much later.
const JITTER_MILLIS: u64 = 50;
/// How long to wait after an error of the connection that listens.
const RETRY: Duration = Duration::from_secs(5);

/// What may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Parcels are due, or messages wait: for workers.
    Work,
    /// There are changes, or consumers to send to: for senders and readers.
    Changes,
}

impl Topic {
    const ALL: [Self; 2] = [Self::Work, Self::Changes];

    const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Changes => "changes",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// Who waits for which topic.
pub(super) struct Wakeups {
    /// Of PostgreSQL; it may hold a password.
    address: Option<String>,
    topics: [watch::Sender<()>; 2],
    /// Whether a NOTIFY will be sent.
    announced: [AtomicBool; 2],
    listener: Mutex<Option<JoinHandle<()>>>,
}

impl Wakeups {
    pub(super) fn new(address: Option<String>) -> Arc<Self> {
        Arc::new(Self {
            address,
            topics: [watch::Sender::new(()), watch::Sender::new(())],
            announced: [AtomicBool::new(false), AtomicBool::new(false)],
            listener: Mutex::new(None),
        })
    }

    const fn topic(&self, topic: Topic) -> (&watch::Sender<()>, &AtomicBool) {
        let [work, changes] = &self.topics;
        let [of_work, of_changes] = &self.announced;
        match topic {
            Topic::Work => (work, of_work),
            Topic::Changes => (changes, of_changes),
        }
    }

    fn wake(&self, topic: Topic) {
        self.topic(topic).0.send_replace(());
    }

    /// Listens until nobody waits any more.
    async fn listen(&self, address: &str) {
        let [work, changes] = &self.topics;
        let nobody = async {
            while work.receiver_count() + changes.receiver_count() > 0 {
                work.closed().await;
                changes.closed().await;
            }
        };
        let listening = async {
            loop {
                if let Err(error) = self.hear(address).await {
                    debug!(%error, "notifications are not heard for a while");
                }
                sleep(RETRY).await;
            }
        };
        tokio::select! {
            () = nobody => {}
            () = listening => {}
        }
    }

    /// Listens until the connection fails for good.
    async fn hear(&self, address: &str) -> Result<(), StoreError> {
        let mut listener = PgListener::connect(address).await?;
        let select = AssertSqlSafe(format!("SELECT {CHANNEL}"));
        let channel: String = sqlx::query_scalar(select).fetch_one(&mut listener).await?;
        listener.listen(&channel).await?;
        // What was sent before it listened, or while the connection was made again, was not heard.
        let mut heard = Topic::ALL.to_vec();
        loop {
            sleep(jitter()).await;
            while let Some(notification) = listener.next_buffered() {
                heard.extend(Topic::of_name(notification.payload()));
            }
            for topic in Topic::ALL {
                if heard.contains(&topic) {
                    self.wake(topic);
                }
            }
            heard = match listener.try_recv().await? {
                Some(notification) => Vec::from_iter(Topic::of_name(notification.payload())),
                None => Topic::ALL.to_vec(),
            };
        }
    }
}

fn jitter() -> Duration {
    let random = RandomState::new().build_hasher().finish();
    Duration::from_millis(random % JITTER_MILLIS)
}

/// Waits for a topic.
#[derive(Debug)]
pub(crate) struct Waiting(watch::Receiver<()>);

impl Waiting {
    /// Waits until something may have happened. It may be cancelled.
    pub(crate) async fn changed(&mut self) {
        // Without a sender the store is closed, and nothing happens any more.
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Store {
    /// Waits for a topic from now on. On PostgreSQL the first one who waits makes a connection that listens.
    pub(crate) fn wait_for(&self, topic: Topic) -> Waiting {
        let waiting = Waiting(self.wakeups.topic(topic).0.subscribe());
        let listener = self.wakeups.listener.lock();
        let mut listener = listener.unwrap_or_else(PoisonError::into_inner);
        let listens = listener.as_ref().is_some_and(|it| !it.is_finished());
        if let Some(address) = self.wakeups.address.clone().filter(|_| !listens) {
            let wakeups = Arc::clone(&self.wakeups);
            *listener = Some(tokio::spawn(async move {
                wakeups.listen(&address).await;
            }));
        }
        waiting
    }

    /// Wakes those who wait for a topic, in all processes. It is for after the commit.
    pub(super) fn announce(&self, topic: Topic) {
        self.wakeups.wake(topic);
        let (_, announced) = self.wakeups.topic(topic);
        if self.wakeups.address.is_none() || announced.swap(true, Ordering::Relaxed) {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            sleep(DEBOUNCE).await;
            store.wakeups.topic(topic).1.store(false, Ordering::Relaxed);
            let notify = store.statement(&format!("SELECT pg_notify({CHANNEL}, $1)"));
            if let Err(error) = store.all(notify.bind(topic.name())).await {
                debug!(%error, "other processes are not woken");
            }
        });
    }
}

/// A database can have several stores, each in a schema of its own.
const CHANNEL: &str = "'follow_' || md5(current_schema())";

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use sqlx::any::AnyPoolOptions;

    use super::*;
    use crate::store::engine::Engine;

    /// As while its connections are all in use, or cannot be made.
    #[tokio::test]
    async fn store_that_cannot_be_read_is_woken() {
        let Ok(address) = std::env::var("TRACKING_FOLLOW_POSTGRES") else {
            let is_required = cfg!(target_os = "linux") && std::env::var_os("CI").is_some();
            assert!(!is_required, "there is no server; run `bash .ci/run`");
            let mut stderr = std::io::stderr().lock();
            let _ = writeln!(
                stderr,
                "SKIPPED: run `bash .ci/postgres cargo test -p tracking-follow`"
            );
            return;
        };
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().connect_lazy(&address).unwrap();
        pool.close().await;
        let store = Store {
            engine: Engine::Postgres,
            write: pool.clone(),
            read: pool,
            wakeups: Wakeups::new(Some(address)),
        };
        let mut waiting = store.wait_for(Topic::Changes);

        let woken = tokio::time::timeout(Duration::from_secs(60), waiting.changed()).await;

        assert!(woken.is_ok(), "it wakes all when it begins to listen");
    }
}
