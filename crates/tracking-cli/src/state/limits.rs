//! Request limits that several runs of the program keep together.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use gcl_sdk::tracking_http::{Clock, LimitKey, Limiter, SystemClock, TokenBuckets};
use gcl_sdk::{Error, ErrorKind};
use tokio::task::JoinError;
use tokio::time::sleep;
use tracking_core::kit::BoxFuture;

use super::bucket::{Account, Bucket, Limits, Turn};
use super::files::{self, Durability, Lock};
use crate::problem;

/// The limits of [`TokenBuckets`], with the times of the last request and of pauses in a file for each
/// account: a run that follows another one begins where that ended, and runs at the same time share
/// the limits.
///
/// An account is a credential at an address, and its file has the name of [`LimitKey::credential`]. A file
/// that cannot be read counts as none. Where nothing can be saved, the limits hold for this run alone.
#[derive(Debug)]
pub(crate) struct SavedLimits {
    folder: PathBuf,
    limits: Limits,
    clock: Arc<dyn Clock>,
    in_memory: TokenBuckets,
    /// Whose turn it is among the requests of this run, for each credential.
    queues: Mutex<HashMap<u64, Arc<tokio::sync::Mutex<()>>>>,
    is_broken: AtomicBool,
    has_warned: AtomicBool,
}

/// How long another run may keep the lock, which it needs for less than a millisecond.
const LONGEST_LOCK: Duration = Duration::from_secs(2);

/// How often the lock is tried meanwhile.
const LOCK_INTERVAL: Duration = Duration::from_millis(2);

impl SavedLimits {
    /// Keeps the files in this folder, which is made when it is needed.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self::with_clock(folder, Arc::new(SystemClock))
    }

    fn with_clock(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder,
            limits: Limits::new(TokenBuckets::USUAL_SLACK, TokenBuckets::USUAL_MAX_PAUSE),
            clock,
            in_memory: TokenBuckets::new(),
            queues: Mutex::default(),
            is_broken: AtomicBool::new(false),
            has_warned: AtomicBool::new(false),
        }
    }

    async fn acquire_saved(&self, key: LimitKey<'_>) -> Result<(), Error> {
        loop {
            // Requests of this run come here in order, and not faster than they may be sent.
            self.in_memory.acquire(key).await?;
            loop {
                let class = *key.class;
                let (now, limits) = (self.now(), self.limits);
                let turn = self
                    .update(key, move |bucket| bucket.take(now, &limits, &class))
                    .await;
                match turn {
                    None | Some(Turn::Taken) => return Ok(()),
                    Some(Turn::Wait(wait)) => sleep(wait).await,
                    Some(Turn::Paused { pause, asked }) => {
                        if key.max_wait.is_some_and(|max_wait| pause > max_wait) {
                            return Err(paused(asked));
                        }
                        self.in_memory.pause(key, pause).await;
                        break;
                    }
                }
            }
        }
    }

    /// Changes what is saved of a bucket; `None` where nothing can be saved.
    async fn update<T: Send + 'static>(
        &self,
        key: LimitKey<'_>,
        change: impl FnOnce(&mut Bucket) -> T + Send + 'static,
    ) -> Option<T> {
        if self.is_broken.load(Ordering::Relaxed) {
            return None;
        }
        let folder = self.folder.clone();
        let name = format!("{:016x}", key.credential);
        let class = key.class.name;
        // The lock of a file knows no order: without a queue, one of many requests could try in vain for
        // seconds while the others take turns.
        let queue = self.queue(key.credential);
        let _turn = queue.lock().await;
        let lock = match self.lock(&name).await {
            Ok(lock) => lock,
            Err(error) => return self.give_up(&error),
        };
        let updated = tokio::task::spawn_blocking(move || {
            let path = folder.join(format!("{name}.json"));
            let (mut account, is_damaged) = read(&path)?;
            let bucket = account.classes.entry(class.to_owned()).or_default();
            let result = change(bucket);
            let content = serde_json::to_vec(&account)?;
            files::replace(&path, &content, Durability::Process)?;
            drop(lock);
            Ok((result, is_damaged.then_some(path)))
        });
        match joined(updated.await) {
            Ok((result, damaged)) => {
                if let Some(path) = damaged {
                    self.warn(&format!(
                        "the request limits of earlier runs cannot be read, so they do not count: {}",
                        path.display()
                    ));
                }
                Some(result)
            }
            Err(error) => self.give_up(&error),
        }
    }

    fn queue(&self, credential: u64) -> Arc<tokio::sync::Mutex<()>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(credential).or_default())
    }

    async fn lock(&self, name: &str) -> io::Result<Lock> {
        let path = self.folder.join(format!("{name}.lock"));
        let begun = tokio::time::Instant::now();
        loop {
            let (folder, path) = (self.folder.clone(), path.clone());
            let attempt = tokio::task::spawn_blocking(move || {
                files::make_folder(&folder)?;
                Lock::take(&path)
            });
            if let Some(lock) = joined(attempt.await)? {
                return Ok(lock);
            }
            if begun.elapsed() > LONGEST_LOCK {
                return Err(io::Error::other(
                    "another run of the program keeps the lock",
                ));
            }
            sleep(LOCK_INTERVAL).await;
        }
    }

    fn give_up<T>(&self, error: &io::Error) -> Option<T> {
        self.is_broken.store(true, Ordering::Relaxed);
        self.warn(&format!(
            "request limits are kept for this run alone, since they cannot be saved in {}: {error}",
            self.folder.display()
        ));
        None
    }

    /// Once in a run is enough.
    fn warn(&self, text: &str) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            problem::report_warning(text);
        }
    }

    /// Microseconds of Unix time.
    fn now(&self) -> u64 {
        let now = self.clock.now().duration_since(SystemTime::UNIX_EPOCH);
        u64::try_from(now.unwrap_or_default().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Limiter for SavedLimits {
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.acquire_saved(key))
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            self.in_memory.pause(key, wait).await;
            let (now, limits) = (self.now(), self.limits);
            self.update(key, move |bucket| bucket.pause(now, &limits, wait))
                .await;
        })
    }
}

/// A blocking task fails as a whole only when it panics.
fn joined<T>(result: Result<io::Result<T>, JoinError>) -> io::Result<T> {
    result.map_err(io::Error::other)?
}

fn paused(asked: Duration) -> Error {
    let message = "an earlier response asked to slow down for longer than this call can wait";
    Error::new(ErrorKind::RateLimited, message).with_retry_after(asked)
}

/// What is saved of an account, and whether the file is damaged.
fn read(path: &Path) -> io::Result<(Account, bool)> {
    let Some(content) = files::read(path)? else {
        return Ok((Account::default(), false));
    };
    Ok(match serde_json::from_slice(&content) {
        Ok(account) => (account, false),
        Err(_) => (Account::default(), true),
    })
}

#[cfg(test)]
mod tests;
