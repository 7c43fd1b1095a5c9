//! One batch: lease, look up, merge, write.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{info, warn};
use tracking_core::look::{self, Known, Look};
use tracking_core::{Error, ErrorKind, Lookup, Outcome, UtcTime};

use super::{Round, Worker};
use crate::StoreError;
use crate::change::NewChange;
use crate::rules::AccountRules;
use crate::store::{Finished, FinishedLook, Holder, Lease, Leased, Snapshot};

/// From how many leases without a result on a parcel is looked up apart, after the others: the last one may have
/// ended the process, or panicked together with the rest of its batch.
const SUSPECT: i64 = 3;
/// How long an account rests whose key is refused.
const REFUSED: Duration = Duration::from_secs(15 * 60);
/// How long an account rests whose quota is used up, if the provider does not say.
const EXHAUSTED: Duration = Duration::from_secs(60 * 60);
/// How long an account rests at most because of its rules: a worker that starts again may have others.
const RULED_OUT: Duration = Duration::from_secs(15 * 60);
/// The wait before what could not be written is written again.
const RETRY: Duration = Duration::from_millis(500);

/// A worker's work on one account.
pub(super) struct Lane {
    pub(super) worker: Worker,
    pub(super) holder: Holder,
    pub(super) rules: Option<Arc<AccountRules>>,
    /// The begin of the key of each parcel for the cadence.
    pub(super) key: String,
    pub(super) stop: Arc<AtomicBool>,
}

/// What came of a lookup; `None` if the provider was not asked.
type Found = Option<Result<Outcome, Error>>;

/// How a batch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// There may be more due parcels.
    More,
    NothingDue,
    /// The provider refuses the account, or its rules allow nothing now.
    Paused,
}

/// When the database's time was read, by the clock of this machine, which only measures how long it is ago.
#[derive(Clone, Copy)]
struct Begin {
    at: Instant,
    deadline: Instant,
}

impl Lane {
    /// Takes a batch of due parcels, and does everything for them.
    pub(super) async fn batch(&self, done: &mut Round) -> Result<Ending, StoreError> {
        let settings = &self.worker.settings;
        let at = Instant::now();
        let lease = self.worker.store.lease(
            self.holder.clone(),
            settings.batch,
            settings.lease,
            self.rules.clone(),
        );
        let leased = match lease.await? {
            Lease::Parcels(leased) if leased.is_empty() => return Ok(Ending::NothingDue),
            Lease::Parcels(leased) => leased,
            Lease::Closed {
                until,
                wait,
                reason,
            } => {
                info!(account = self.holder.name, reason, %until, "the account rests");
                let rest = wait.min(RULED_OUT);
                self.pause(rest, format!("{reason} until {until}")).await?;
                return Ok(Ending::Paused);
            }
        };
        // With rules it may be few because they allow no more.
        let is_last = leased.len() < settings.batch && self.rules.is_none();
        let begin = Begin {
            at,
            deadline: at + settings.lease.mul_f32(0.75),
        };
        let (mut suspects, others): (Vec<Leased>, Vec<Leased>) =
            leased.into_iter().partition(|it| it.unfinished >= SUSPECT);
        // The one that ended the process comes to be the last: the others are looked at before it by chance, and
        // then are no suspects any more.
        let lot = RandomState::new();
        suspects.sort_by_cached_key(|it| (it.unfinished, lot.hash_one(it.id)));
        let apart = suspects.into_iter().map(|suspect| vec![suspect]);
        let mut refusal = None;
        for part in std::iter::once(others).chain(apart) {
            let mut results: Vec<Found> = part.iter().map(|_| None).collect();
            if refusal.is_none() && Instant::now() < begin.deadline {
                refusal = self.ask(&part, &mut results, begin.deadline).await;
            }
            self.finish(part, results, begin, done).await?;
        }
        let Some(refusal) = refusal else {
            return Ok(if is_last {
                Ending::NothingDue
            } else {
                Ending::More
            });
        };
        warn!(account = self.holder.name, %refusal, "the account rests");
        let wait = match refusal.kind() {
            ErrorKind::QuotaExhausted => EXHAUSTED,
            _ => REFUSED,
        };
        let wait = refusal.retry_after().unwrap_or(wait);
        self.pause(wait, refusal.to_string()).await?;
        Ok(Ending::Paused)
    }

    async fn pause(&self, wait: Duration, problem: String) -> Result<(), StoreError> {
        let store = &self.worker.store;
        store.pause(self.holder.account, wait, problem).await
    }

    /// Looks parcels up, and returns the error with which the provider refuses the account, if it does. What was
    /// not asked for has no result; what has none at the deadline has failed.
    async fn ask(
        &self,
        leased: &[Leased],
        results: &mut [Found],
        deadline: Instant,
    ) -> Option<Error> {
        let mut places = Vec::new();
        let mut lookups = Vec::new();
        for (place, (leased, result)) in leased.iter().zip(&mut *results).enumerate() {
            match &leased.known {
                Ok((request, shipments)) => {
                    let request = look::request(request.clone(), shipments);
                    places.push(place);
                    lookups.push(Lookup::new(&self.holder.name, request));
                }
                // What cannot be read is not overwritten, so there is no use in asking.
                Err(error) => *result = Some(Err(self.bug(error.to_string()))),
            }
        }
        let mut refusal = None;
        let mut stream = pin!(self.worker.providers.track_each(lookups));
        while let Ok(Some(found)) = timeout_at(deadline, stream.next()).await {
            let error = found.result.as_ref().err();
            let refuses_all = |error: &&Error| {
                let kinds = [ErrorKind::Authentication, ErrorKind::QuotaExhausted];
                error.is_not_asked() || kinds.contains(&error.kind())
            };
            refusal = refusal.or_else(|| error.filter(refuses_all).cloned());
            let is_asked = !error.is_some_and(Error::is_not_asked);
            let place = places
                .get(found.index)
                .and_then(|place| results.get_mut(*place));
            if let Some(slot) = place.filter(|_| is_asked) {
                *slot = Some(found.result);
            }
        }
        if Instant::now() >= deadline {
            let message = "there was no result before the end of the lease";
            let late = Error::new(ErrorKind::Timeout, self.holder.name.clone(), message);
            for slot in results.iter_mut().filter(|slot| slot.is_none()) {
                *slot = Some(Err(late.clone()));
            }
        }
        refusal
    }

    fn bug(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Internal, self.holder.name.clone(), message)
    }

    /// Writes what came of parcels. A database that is away is asked again, as long as the lease lasts.
    async fn finish(
        &self,
        leased: Vec<Leased>,
        results: Vec<Found>,
        begin: Begin,
        done: &mut Round,
    ) -> Result<(), StoreError> {
        let Some(leased_at) = leased.first().map(|it| it.now) else {
            return Ok(());
        };
        let finished = leased.into_iter().zip(results);
        let finished = finished.map(|(leased, result)| self.finished(leased, result, begin));
        let finished: Arc<[Finished]> = finished.collect();
        let looked = finished.iter().filter_map(|it| it.look.as_ref());
        let (looked, failed) = looked.fold((0, 0), |(looked, failed), it| {
            (looked + 1, failed + u64::from(it.failures > 0))
        });
        let written = loop {
            let store = &self.worker.store;
            let finish = store.finish(self.holder.clone(), leased_at, Arc::clone(&finished));
            match finish.await {
                Err(error) if error.is_transient() && Instant::now() + RETRY < begin.deadline => {
                    warn!(%error, "what was found cannot be written yet");
                    sleep(RETRY).await;
                }
                result => break result?,
            }
        };
        *done += Round {
            looked,
            failed,
            changes: written.changes,
            lost: written.lost,
            messages: 0,
        };
        Ok(())
    }

    fn finished(&self, leased: Leased, result: Found, begin: Begin) -> Finished {
        let now = leased.now.checked_add(begin.at.elapsed());
        let now = now.unwrap_or(leased.now);
        let key = format!("{}{}", self.key, leased.id);
        let mut known = Known::new(leased.since);
        known.news_at = leased.news_at;
        known.failures = leased.failures;
        known.was_unknown = leased.was_unknown;
        known.shipments = leased.known.map(|(_, known)| known).unwrap_or_default();
        Finished {
            id: leased.id,
            attempt: leased.attempt,
            look: result.map(|result| {
                let mut look = self.look(&key, known, result, now);
                if let Some(rules) = &self.rules {
                    look.due_at = look.due_at.map(|due| rules.not_quiet(due, &key));
                }
                look
            }),
        }
    }

    /// Merges a result. A panic in there is a failure of this parcel only.
    fn look(
        &self,
        key: &str,
        known: Known,
        result: Result<Outcome, Error>,
        now: UtcTime,
    ) -> FinishedLook {
        let cadence = &self.worker.settings.cadence;
        // The shipments are those of the merge, and left as they are if there is none.
        let mut failing = Known::new(known.since);
        failing.news_at = known.news_at;
        failing.failures = known.failures;
        failing.was_unknown = known.was_unknown;
        let error = match result {
            Ok(outcome) => {
                let merged = catch_unwind(AssertUnwindSafe(|| {
                    let mut known = known;
                    let look = known.look(key, Ok(outcome), now, cadence);
                    let changes = changes(&known, &look);
                    let snapshot = Snapshot::of(&known.shipments, now);
                    (known, look.next, changes, snapshot)
                }));
                match merged {
                    Ok((known, due_at, changes, Some(snapshot))) => {
                        return FinishedLook {
                            looked_at: now,
                            due_at,
                            news_at: known.news_at,
                            failures: 0,
                            unfinished: 0,
                            was_unknown: known.was_unknown,
                            problem: None,
                            snapshot: Some(snapshot),
                            changes,
                        };
                    }
                    _ => self.bug("the shipment cannot be merged into what is known of it"),
                }
            }
            Err(error) => error,
        };
        let look = failing.look(key, Err(&error), now, cadence);
        // A panic may be that of another parcel of the same batch.
        let is_suspect = error.kind() == ErrorKind::Internal;
        FinishedLook {
            looked_at: now,
            due_at: look.next,
            news_at: failing.news_at,
            failures: failing.failures,
            unfinished: if is_suspect { SUSPECT - 1 } else { 0 },
            was_unknown: failing.was_unknown,
            problem: Some(error.to_string()),
            snapshot: None,
            changes: Vec::new(),
        }
    }
}

/// The changes of a look, for the outbox.
fn changes(known: &Known, look: &Look) -> Vec<NewChange> {
    let mut changes = Vec::new();
    for seen in &look.seen {
        let Some(shipment) = known.shipments.get(seen.index) else {
            continue;
        };
        let of_shipment = |it| NewChange::of(shipment, seen.headline.as_deref(), it);
        changes.extend(seen.changes.iter().filter_map(of_shipment));
    }
    changes
}
