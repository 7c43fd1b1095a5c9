//! The course of a watch: look, keep what was seen, report it, wait.
//!
//! Changes are kept together with what they follow from, before anybody is given them, and each one is
//! crossed out after it was given. So a program that is ended at any point loses none; it repeats what was
//! given and not crossed out yet: printed lines, one run of the command, or one webhook with the same id.

use std::collections::HashSet;
use std::io;
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use tracking_core::cadence::Cadence;
use tracking_core::{Error, Lookup, Outcome, ProviderSet, TrackRequest, UtcTime};

use super::item::{Attempts, Item, Waits};
use super::parcel::{Named, Parcel};
use super::store::State;
use super::world::World;
use crate::problem::Problem;

/// How many results are merged before the state is kept and the changes are reported.
const CHUNK: usize = 100;

/// The waits after failed deliveries of a webhook; then it is given up.
const RETRIES: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(5 * 3600),
    Duration::from_secs(10 * 3600),
    Duration::from_secs(10 * 3600),
];

/// What is to be said about the result of a lookup at an account.
pub(crate) type Explain<'a> =
    dyn Fn(&str, TrackRequest, Result<Outcome, Error>) -> Option<Problem> + Sync + 'a;

/// A watch over some parcels of a state.
pub(crate) struct Watch<'a> {
    pub(crate) providers: &'a ProviderSet,
    /// What is to be said about a lookup that brought no parcel, or not all of it.
    pub(crate) problem: &'a Explain<'a>,
    /// The places of the parcels in the state.
    pub(crate) watched: Vec<usize>,
    pub(crate) cadence: Cadence,
    /// Who is given each change.
    pub(crate) waits: Waits,
    pub(crate) world: &'a dyn World,
}

/// How a watch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing is left to do, now or at all.
    Done,
    /// A lookup or a delivery failed in the last round.
    SomeFailed,
}

impl Watch<'_> {
    /// Watches until all parcels rest.
    pub(crate) async fn run(&self, state: &mut State) -> io::Result<Ending> {
        loop {
            let ending = self.once(state).await?;
            let Some(next) = self.next(state) else {
                return Ok(ending);
            };
            self.world.sleep_until(next).await;
        }
    }

    /// Reports what was left, looks at what is due, and reports that.
    pub(crate) async fn once(&self, state: &mut State) -> io::Result<Ending> {
        let left = self.report(state).await?;
        let looked = self.look(state).await?;
        Ok(if left && looked {
            Ending::Done
        } else {
            Ending::SomeFailed
        })
    }

    /// When there is something to do again.
    fn next(&self, state: &State) -> Option<UtcTime> {
        let looks = self.watched(state).filter_map(Parcel::due);
        let webhooks = state.items.iter().filter_map(|item| {
            let attempts = item
                .waits
                .webhook
                .filter(|_| self.waits.webhook.is_some())?;
            Some(attempts.next.unwrap_or(item.time))
        });
        looks.chain(webhooks).min()
    }

    fn watched<'s>(&'s self, state: &'s State) -> impl Iterator<Item = &'s Parcel> {
        self.watched
            .iter()
            .filter_map(|place| state.parcels.get(*place))
    }

    /// Looks at what is due. Returns true if nothing failed.
    async fn look(&self, state: &mut State) -> io::Result<bool> {
        let now = self.world.now();
        let is_due = |place: &usize| {
            let due = state.parcels.get(*place).and_then(Parcel::due);
            due.is_some_and(|due| due <= now)
        };
        let due: Vec<usize> = self.watched.iter().copied().filter(is_due).collect();
        let lookup = |place: &usize| state.parcels.get(*place).map(Parcel::lookup);
        let lookups: Vec<Lookup> = due.iter().filter_map(lookup).collect();
        let mut is_good = true;
        let mut results = pin!(self.providers.track_each(lookups).ready_chunks(CHUNK));
        while let Some(chunk) = results.next().await {
            for result in chunk {
                let place = due.get(result.index).copied();
                let Some(parcel) = place.and_then(|place| state.parcels.get_mut(place)) else {
                    continue;
                };
                is_good &= result.result.is_ok();
                let now = self.world.now();
                let seen = parcel.look(&result.result, now, &self.cadence);
                if !parcel.expects(&result.result) {
                    let request = result.lookup.request;
                    let problem = (self.problem)(&parcel.account, request, result.result);
                    self.say_once(parcel, problem);
                }
                for seen in seen {
                    let Some(shipment) = parcel.shipments.get(seen.index) else {
                        continue;
                    };
                    if seen.is_first {
                        self.world.first(&parcel.account, shipment);
                    }
                    let account = &parcel.account;
                    let items = Item::all(shipment, seen, account, now, &mut state.seq, self.waits);
                    state.items.extend(items);
                }
            }
            self.world.unmapped(self.providers);
            self.world.save(state).await?;
            is_good &= self.report(state).await?;
        }
        if self.settle(state) {
            self.world.save(state).await?;
        }
        Ok(is_good)
    }

    /// Reports a problem when it begins, not at each look.
    fn say_once(&self, parcel: &mut Parcel, problem: Option<Problem>) {
        let kind = problem.as_ref().map(|problem| problem.kind);
        if let Some(problem) = problem.filter(|_| kind != parcel.trouble.as_deref()) {
            self.world.trouble(&problem);
        }
        parcel.trouble = kind.map(str::to_owned);
    }

    /// Lets those parcels rest that their account does not know, where another account follows the same
    /// one. Returns true if there were any.
    fn settle(&self, state: &mut State) -> bool {
        let known = self.watched(state).filter(|it| it.is_known());
        let known: HashSet<Named> = known.map(|it| it.target.key()).collect();
        let mut has_changed = false;
        for place in &self.watched {
            let is_needless = state.parcels.get(*place).is_some_and(|parcel| {
                let is_known_elsewhere = known.contains(&parcel.target.key());
                !parcel.rests() && parcel.is_unknown() && is_known_elsewhere
            });
            // Only what changes is kept again.
            if is_needless && let Some(parcel) = state.parcels.get_mut(*place) {
                parcel.rest();
                has_changed = true;
            }
        }
        has_changed
    }

    /// Gives the changes to everybody who waits for them. Returns true if nothing failed.
    async fn report(&self, state: &mut State) -> io::Result<bool> {
        self.print(state).await?;
        let executed = self.exec(state).await?;
        let sent = self.send(state).await?;
        Ok(executed && sent)
    }

    async fn print(&self, state: &mut State) -> io::Result<()> {
        let unprinted: Vec<&Item> = state.items.iter().filter(|item| item.waits.print).collect();
        if unprinted.is_empty() {
            return Ok(());
        }
        self.world.print(&unprinted).await?;
        for item in &mut state.items {
            item.waits.print = false;
        }
        self.cross_out(state).await
    }

    async fn exec(&self, state: &mut State) -> io::Result<bool> {
        let mut is_good = true;
        while let Some(place) = self.first_waiting(state, |waits| self.waits.exec && waits.exec) {
            let Some(item) = state.items.get_mut(place) else {
                break;
            };
            if let Err(reason) = self.world.exec(item).await {
                is_good = false;
                self.world.trouble(&of_change(item, "exec", &reason));
            }
            item.waits.exec = false;
            self.cross_out(state).await?;
        }
        Ok(is_good)
    }

    async fn send(&self, state: &mut State) -> io::Result<bool> {
        let mut is_good = true;
        loop {
            let now = self.world.now();
            let is_due = |waits: Waits| {
                let attempts = waits.webhook.filter(|_| self.waits.webhook.is_some());
                attempts.is_some_and(|it| it.next.is_none_or(|next| next <= now))
            };
            let Some(place) = self.first_waiting(state, is_due) else {
                return Ok(is_good);
            };
            let id = state.id.clone();
            let Some(item) = state.items.get_mut(place) else {
                return Ok(is_good);
            };
            let id = format!("msg_{id}_{}", item.seq);
            match self.world.send(&id, item).await {
                Ok(()) => item.waits.webhook = None,
                Err(not_sent) => {
                    is_good = false;
                    let attempts = item.waits.webhook.unwrap_or_default();
                    let next = after_failure(attempts, now, not_sent.retry_after);
                    let reason = match next {
                        Some(_) => not_sent.reason,
                        None => format!("{}; given up", not_sent.reason),
                    };
                    if attempts.failed == 0 || next.is_none() {
                        self.world.trouble(&of_change(item, "webhook", &reason));
                    }
                    item.waits.webhook = next;
                    if not_sent.is_unreachable {
                        postpone(&mut state.items, now, next);
                    }
                }
            }
            self.cross_out(state).await?;
        }
    }

    fn first_waiting(&self, state: &State, is_waiting: impl Fn(Waits) -> bool) -> Option<usize> {
        let mut items = state.items.iter();
        items.position(|item| is_waiting(item.waits))
    }

    /// Keeps what is done, and forgets the changes that nobody waits for any more.
    async fn cross_out(&self, state: &mut State) -> io::Result<()> {
        state.items.retain(|item| !item.waits.is_over());
        self.world.save(state).await
    }
}

/// What is known of the attempts after another one failed; `None` when there were enough.
fn after_failure(
    attempts: Attempts,
    now: UtcTime,
    retry_after: Option<Duration>,
) -> Option<Attempts> {
    let index = usize::try_from(attempts.failed).ok()?;
    let wait = (*RETRIES.get(index)?).max(retry_after.unwrap_or_default());
    Some(Attempts {
        failed: attempts.failed.saturating_add(1),
        next: now.checked_add(wait),
    })
}

/// Lets all messages wait that would be sent now, when there is nobody to take them.
fn postpone(items: &mut [Item], now: UtcTime, until: Option<Attempts>) {
    let next = until.and_then(|attempts| attempts.next);
    let until = next.or_else(|| now.checked_add(RETRIES[0]));
    for attempts in items
        .iter_mut()
        .filter_map(|item| item.waits.webhook.as_mut())
    {
        if attempts.next.is_none_or(|next| next <= now) {
            attempts.next = until;
        }
    }
}

fn of_change(item: &Item, kind: &'static str, reason: &str) -> Problem {
    Problem::new(kind, format!("change {}: {reason}", item.seq)).of_number(item.number.as_str())
}
