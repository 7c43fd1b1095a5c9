//! `Known`: what is known of a parcel from one look at its provider to the next.

use crate::cadence::{Cadence, Followed};
use crate::merge::{Change, Merged, Update, merge};
use crate::{
    Error, Outcome, RawJson, Shipment, Status, StatusReport, Target, TrackRequest, UtcTime,
};

/// Returns the request of the next look at a parcel of which these shipments are known.
///
/// A single known shipment is requested by the provider's id where it has one: that cannot be another
/// parcel. What is known is never registered again.
///
/// ```
/// use tracking_core::{look, TrackRequest};
///
/// let request = TrackRequest::number("RA1").with_register(true);
/// assert!(look::request(request, &[]).register);
/// ```
#[must_use]
pub fn request(mut request: TrackRequest, known: &[Shipment]) -> TrackRequest {
    request.register &= known.is_empty();
    if let [shipment] = known {
        let known = shipment.request().target;
        if matches!(known, Target::Id(_)) {
            request.target = known;
        }
    }
    request
}

/// What is known of a parcel that is looked at again and again.
///
/// It is plain data, to be stored between two looks. [`look`](Self::look) needs neither clock nor database:
///
/// ```
/// use tracking_core::cadence::Cadence;
/// use tracking_core::look::Known;
/// use tracking_core::{Outcome, ProviderId, Shipment, Status, StatusReport, UtcTime};
///
/// let now = UtcTime::now();
/// let mut known = Known::new(now);
/// let status = StatusReport::new(Status::InTransit);
/// let shipment = Shipment::new(ProviderId::new("ship24"), "RA1", status, now);
/// let found = Ok(Outcome::Found(vec![shipment]));
///
/// let look = known.look("ship24 RA1", found, now, &Cadence::default());
///
/// assert!(look.seen[0].is_first);
/// assert!(look.next > Some(now));
/// assert_eq!(known.shipments.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Known {
    /// Since when the parcel is followed.
    pub since: UtcTime,
    /// When a look last brought a change.
    pub news_at: Option<UtcTime>,
    /// How many looks failed in a row, up to the last one.
    pub failures: u32,
    /// Whether a look succeeded without a shipment before one was known, for whatever reason: the number was
    /// unknown, not registered, too new, without a courier or gone.
    pub was_unknown: bool,
    /// The shipments as merged, without the provider's own JSON; a number may be that of several.
    pub shipments: Vec<Shipment>,
}

/// What a look brought.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Look {
    /// The shipments that were seen for the first time or have changed.
    pub seen: Vec<Seen>,
    /// When to look again; `None` if the parcel rests.
    pub next: Option<UtcTime>,
}

/// A shipment that was seen for the first time, or has changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Seen {
    /// The position of the shipment in [`Known::shipments`], from 0.
    pub index: usize,
    /// Whether it was seen for the first time: that is a state, not a change.
    pub is_first: bool,
    /// What has changed; empty if it was seen for the first time.
    pub changes: Vec<Change>,
    /// What the changes mean for a customer, if they mean something; see [`Merged::headline`].
    pub headline: Option<String>,
}

impl Known {
    /// Creates what is known of a parcel that was not looked at yet.
    #[must_use]
    pub const fn new(since: UtcTime) -> Self {
        Self {
            since,
            news_at: None,
            failures: 0,
            was_unknown: false,
            shipments: Vec::new(),
        }
    }

    /// Merges what a look brought into what is known, and computes when to look again.
    ///
    /// `key` distinguishes the parcel from others, see [`Followed::key`]. The time of `now` is that of the
    /// look. A parcel that the provider [no longer keeps](Outcome::Gone) rests.
    pub fn look(
        &mut self,
        key: &str,
        result: Result<Outcome, &Error>,
        now: UtcTime,
        cadence: &Cadence,
    ) -> Look {
        let not_before = match &result {
            Err(error) => error.retry_after().and_then(|wait| now.checked_add(wait)),
            Ok(Outcome::NotYet { retry_at, .. }) => *retry_at,
            Ok(_) => None,
        };
        let is_gone = matches!(result, Ok(Outcome::Gone));
        let mut seen = Vec::new();
        match result {
            Err(_) => self.failures = self.failures.saturating_add(1),
            Ok(outcome) => {
                self.failures = 0;
                if !outcome.is_found() {
                    self.was_unknown |= self.shipments.is_empty();
                }
                let shipments = outcome.into_shipments().into_iter();
                seen.extend(shipments.filter_map(|shipment| self.take(shipment)));
            }
        }
        if seen.iter().any(|it| !it.changes.is_empty()) {
            self.news_at = Some(now);
        }
        let next = if is_gone {
            None
        } else {
            self.next(key, now, not_before, cadence)
        };
        Look { seen, next }
    }

    fn take(&mut self, mut latest: Shipment) -> Option<Seen> {
        remove_raw(&mut latest);
        let mut known = self.shipments.iter();
        let index = known.position(|known| known.is_same_shipment(&latest));
        let Some(index) = index else {
            let index = self.shipments.len();
            let is_news = self.was_unknown && self.shipments.is_empty();
            let changed = is_news.then(|| appeared(latest.clone(), self.since));
            // What the provider has now may say no more than that it was unknown.
            let seen = changed.and_then(|merged| Seen::of(index, &merged));
            let seen = seen.or(Some(Seen::first(index)));
            let merged = merge(None, Update::Snapshot(latest));
            self.shipments.push(merged.shipment);
            return seen;
        };
        let known = self.shipments.remove(index);
        let merged = merge(Some(known), Update::Snapshot(latest));
        let seen = if merged.is_first {
            Some(Seen::first(index))
        } else {
            Seen::of(index, &merged)
        };
        self.shipments.insert(index, merged.shipment);
        seen
    }

    /// The earliest of what the shipments need.
    fn next(
        &self,
        key: &str,
        now: UtcTime,
        not_before: Option<UtcTime>,
        cadence: &Cadence,
    ) -> Option<UtcTime> {
        let mut followed = Followed::new(key, self.since, now);
        followed.news_at = self.news_at;
        followed.failures = self.failures;
        followed.not_before = not_before;
        if self.shipments.is_empty() {
            return cadence.next_look(&followed);
        }
        let looks = self.shipments.iter().filter_map(|shipment| {
            followed.shipment = Some(shipment);
            cadence.next_look(&followed)
        });
        looks.min()
    }
}

impl Seen {
    const fn first(index: usize) -> Self {
        Self {
            index,
            is_first: true,
            changes: Vec::new(),
            headline: None,
        }
    }

    /// `None` if nothing has changed.
    fn of(index: usize, merged: &Merged) -> Option<Self> {
        if merged.changes.is_empty() {
            return None;
        }
        Some(Self {
            index,
            is_first: false,
            changes: merged.changes.clone(),
            headline: merged.headline(),
        })
    }
}

/// The changes from a number that the provider did not know to a parcel.
fn appeared(latest: Shipment, since: UtcTime) -> Merged {
    let status = StatusReport::new(Status::NotFound);
    let mut unknown = Shipment::new(latest.provider.clone(), &latest.number, status, since);
    unknown.reference.clone_from(&latest.reference);
    unknown.account.clone_from(&latest.account);
    merge(Some(unknown), Update::Snapshot(latest))
}

/// The provider's own JSON is no part of a comparison, and the largest part of a shipment.
fn remove_raw(shipment: &mut Shipment) {
    shipment.raw = RawJson::null();
    for event in shipment.legs.iter_mut().flat_map(|leg| &mut leg.events) {
        event.raw = RawJson::null();
    }
    for problem in &mut shipment.problems {
        problem.raw = None;
    }
}
