//! Lanes: one task for each account, so that a slow account delays no other.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval};
use tracing::{debug, warn};

use super::batch::{Ending, Lane};
use super::{Round, Worker};
use crate::StoreError;
use crate::store::{Holder, Waiting};

/// In the place of an account, for the webhook messages of all of them. No account has this id.
const INBOX: i64 = 0;
/// How often what was kept for long enough is deleted.
const PRUNE: Duration = Duration::from_secs(60);

/// The accounts that are worked on.
pub(super) struct Lanes<'a> {
    worker: &'a Worker,
    running: JoinSet<(i64, Result<Round, StoreError>)>,
    accounts: HashSet<i64>,
    /// Says that no more parcels are to be taken.
    stop: Arc<AtomicBool>,
    done: Round,
    poll: Interval,
    /// When what was kept for long enough was last deleted.
    pruned: Option<Instant>,
}

impl<'a> Lanes<'a> {
    pub(super) fn new(worker: &'a Worker) -> Self {
        let mut poll = interval(worker.settings.poll);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            worker,
            running: JoinSet::new(),
            accounts: HashSet::new(),
            stop: Arc::default(),
            done: Round::default(),
            poll,
            pruned: None,
        }
    }

    /// Begins to process messages, and to work on each account that is not worked on.
    pub(super) async fn open(&mut self) -> Result<(), StoreError> {
        if self.accounts.insert(INBOX) {
            let worker = self.worker.clone();
            let prunes = self.pruned.is_none_or(|last| last.elapsed() >= PRUNE);
            if prunes {
                self.pruned = Some(Instant::now());
            }
            let stop = Arc::clone(&self.stop);
            self.running.spawn(async move {
                let done = worker.process_messages(&stop).await;
                match done {
                    Ok(done) if prunes => (INBOX, worker.prune().await.map(|()| done)),
                    done => (INBOX, done),
                }
            });
        }
        for (id, name) in self.worker.store.open_accounts().await? {
            let Ok(account) = self.worker.providers.get(&name) else {
                debug!(
                    account = name,
                    "parcels of an account without a provider wait"
                );
                continue;
            };
            if !self.accounts.insert(id) {
                continue;
            }
            let settings = &self.worker.settings;
            let lane = Lane {
                worker: self.worker.clone(),
                holder: Holder {
                    owner: settings.name.clone(),
                    account: id,
                    name: account.name().to_owned(),
                },
                rules: settings.rules.get(&name).cloned(),
                key: format!("{name} "),
                stop: Arc::clone(&self.stop),
            };
            self.running.spawn(async move { (id, drain(&lane).await) });
        }
        Ok(())
    }

    /// One turn of a worker that runs on: waits until a lane ends, or until it is time to open lanes.
    ///
    /// It may be cancelled anywhere: the lanes are tasks of their own.
    pub(super) async fn turn(&mut self, waiting: &mut Waiting) -> Result<(), StoreError> {
        let result = tokio::select! {
            _ = self.poll.tick() => self.open().await,
            () = waiting.changed() => self.open().await,
            Some(ended) = self.running.join_next() => match self.take(ended) {
                // The parcels that they name are due.
                Ok(ended) if ended.messages > 0 => self.open().await,
                result => result.map(drop),
            },
        };
        match result {
            Err(error) if error.is_transient() => {
                warn!(%error, "the store is away; parcels wait");
                Ok(())
            }
            result => result,
        }
    }

    /// Says that no more parcels are to be taken.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Waits until all lanes end: when nothing is due, or after the batch at which they were stopped.
    pub(super) async fn finish(mut self) -> Result<Round, StoreError> {
        let mut result = Ok(());
        while let Some(ended) = self.running.join_next().await {
            let ended = self.take(ended);
            result = result.and(ended.map(drop));
        }
        result.map(|()| self.done)
    }

    fn take(
        &mut self,
        ended: Result<(i64, Result<Round, StoreError>), tokio::task::JoinError>,
    ) -> Result<Round, StoreError> {
        let (account, result) = ended.map_err(StoreError::ended)?;
        self.accounts.remove(&account);
        let ended = result?;
        self.done += ended;
        Ok(ended)
    }
}

/// Works on an account until nothing is due, it is paused, or the worker is to stop.
async fn drain(lane: &Lane) -> Result<Round, StoreError> {
    let mut done = Round::default();
    while !lane.stop.load(Ordering::Relaxed) {
        match lane.batch(&mut done).await? {
            Ending::More => {}
            Ending::NothingDue | Ending::Paused => break,
        }
    }
    Ok(done)
}
