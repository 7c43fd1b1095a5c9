//! A parcel that is watched at one account, and what a look at it changes.

use serde::{Deserialize, Serialize};
use tracking_core::cadence::{Cadence, Followed};
use tracking_core::kit::number_key;
use tracking_core::merge::{Change, Merged, Update, merge};
use tracking_core::{
    Error, ErrorKind, Lookup, Outcome, RawJson, Shipment, Status, StatusReport, Target,
    TrackRequest, UtcTime,
};

use super::store::shipments;

/// What is kept of a parcel between two looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parcel {
    /// The name of the account.
    pub(crate) account: String,
    /// What it is looked up by.
    pub(crate) target: Named,
    /// What is known of it, and what may be done for it.
    #[serde(default)]
    pub(crate) options: Options,
    /// Since when it is watched.
    pub(crate) since: UtcTime,
    /// When it was last looked at.
    #[serde(default)]
    pub(crate) looked_at: Option<UtcTime>,
    /// When to look again; a parcel that was looked at and has no such time rests.
    #[serde(default)]
    pub(crate) next_look: Option<UtcTime>,
    /// When a look last brought a change.
    #[serde(default)]
    pub(crate) news_at: Option<UtcTime>,
    /// How many looks failed in a row.
    #[serde(default)]
    pub(crate) failures: u32,
    /// Whether a provider has said that it does not know the parcel.
    #[serde(default)]
    pub(crate) was_unknown: bool,
    /// The options with which an account was asked to register it: once, since that may use quota also
    /// when it fails.
    #[serde(default)]
    registered_with: Option<Options>,
    /// The kind of the problem that was reported last, so that it is reported once.
    #[serde(default)]
    pub(crate) trouble: Option<String>,
    /// The shipments as merged; a number may be that of several.
    #[serde(default, deserialize_with = "shipments")]
    pub(crate) shipments: Vec<Shipment>,
    /// How often it was changed in this run.
    #[serde(skip)]
    pub(crate) revision: u32,
}

/// The options of the lookups, as they were given when the parcel was last named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Options {
    courier: Option<String>,
    origin_country: Option<String>,
    destination_country: Option<String>,
    destination_post_code: Option<String>,
    language: Option<String>,
    register: bool,
}

impl Options {
    pub(crate) fn of(request: &TrackRequest) -> Self {
        let TrackRequest {
            hints,
            language,
            register,
            ..
        } = request.clone();
        Self {
            courier: hints.courier,
            origin_country: hints.origin_country,
            destination_country: hints.destination_country,
            destination_post_code: hints.destination_post_code,
            language,
            register,
        }
    }

    fn request(&self, target: Target) -> TrackRequest {
        let mut request = TrackRequest::new(target).with_register(self.register);
        let own = self.clone();
        request.hints.courier = own.courier;
        request.hints.origin_country = own.origin_country;
        request.hints.destination_country = own.destination_country;
        request.hints.destination_post_code = own.destination_post_code;
        request.language = own.language;
        request
    }
}

/// A target as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Named {
    Number(String),
    Id(String),
    Reference(String),
}

impl Named {
    /// `None` for a kind of target that this version does not know.
    pub(crate) fn of(target: &Target) -> Option<Self> {
        match target {
            Target::Number(number) => Some(Self::Number(number.clone())),
            Target::Id(id) => Some(Self::Id(id.clone())),
            Target::Reference(reference) => Some(Self::Reference(reference.clone())),
            _ => None,
        }
    }

    /// What the user wrote.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Number(text) | Self::Id(text) | Self::Reference(text) => text,
        }
    }

    /// The same for all spellings of a number.
    pub(crate) fn key(&self) -> Self {
        match self {
            Self::Number(number) => Self::Number(number_key(number)),
            other => other.clone(),
        }
    }

    fn to_target(&self) -> Target {
        match self {
            Self::Number(number) => Target::Number(number.clone()),
            Self::Id(id) => Target::Id(id.clone()),
            Self::Reference(reference) => Target::Reference(reference.clone()),
        }
    }
}

/// What a look brought.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// What is new, for each shipment with something new.
    pub(crate) news: Vec<Found>,
    /// Shipments that were seen for the first time: a state, not a change.
    pub(crate) first: Vec<Shipment>,
}

/// The changes of one shipment.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) shipment: Shipment,
    pub(crate) headline: Option<String>,
    pub(crate) changes: Vec<Change>,
}

impl Parcel {
    /// A parcel that was not looked at yet.
    pub(crate) fn new(account: impl Into<String>, target: Named, now: UtcTime) -> Self {
        Self {
            account: account.into(),
            target,
            options: Options::default(),
            since: now,
            looked_at: None,
            next_look: None,
            news_at: None,
            failures: 0,
            was_unknown: false,
            registered_with: None,
            trouble: None,
            shipments: Vec::new(),
            revision: 0,
        }
    }

    /// What distinguishes it from all others.
    pub(crate) fn key(&self) -> (String, Named) {
        (self.account.to_ascii_lowercase(), self.target.key())
    }

    /// Returns true if nobody looks at it any more.
    pub(crate) const fn rests(&self) -> bool {
        self.looked_at.is_some() && self.next_look.is_none()
    }

    /// Returns true if the provider has news of the parcel itself, not only of its number.
    pub(crate) fn is_known(&self) -> bool {
        self.shipments.iter().any(|it| !it.is_unheard_of())
    }

    /// Returns true if the provider has said that it knows nothing of the parcel.
    pub(crate) fn is_unknown(&self) -> bool {
        let has_responded = self.was_unknown || !self.shipments.is_empty();
        self.failures == 0 && has_responded && !self.is_known()
    }

    /// When to look at it; `None` when it rests.
    pub(crate) fn due(&self) -> Option<UtcTime> {
        match self.looked_at {
            None => Some(self.since),
            Some(_) => self.next_look,
        }
    }

    /// The lookup of the next look. What is known is asked for by the provider's id where it has one:
    /// it cannot be another parcel, and nothing is registered.
    pub(crate) fn lookup(&self) -> Lookup {
        let mut request = self.options.request(self.target.to_target());
        request.register = self.registers();
        if let [shipment] = self.shipments.as_slice() {
            request.register = false;
            let known = shipment.request().target;
            if matches!(known, Target::Id(_)) {
                request.target = known;
            }
        }
        Lookup::new(&self.account, request)
    }

    /// Returns true if the next look registers it, if it has to be.
    fn registers(&self) -> bool {
        let was_tried = self.registered_with.as_ref() == Some(&self.options);
        self.options.register && self.shipments.is_empty() && !was_tried
    }

    /// Returns true if this result is that of a registration which was tried before, and says nothing new.
    pub(crate) fn expects(&self, result: &Result<Outcome, Error>) -> bool {
        matches!(result, Ok(Outcome::NotRegistered))
            && self.shipments.is_empty()
            && self.registered_with.is_some()
    }

    /// Merges what a look brought into what is known, and decides when to look again.
    pub(crate) fn look(
        &mut self,
        result: &Result<Outcome, Error>,
        now: UtcTime,
        cadence: &Cadence,
    ) -> Sight {
        let not_before = match result {
            Err(error) => error.retry_after().and_then(|wait| now.checked_add(wait)),
            Ok(Outcome::NotYet { retry_at, .. }) => *retry_at,
            Ok(_) => None,
        };
        self.looked_at = Some(now);
        if self.registers() && is_final(result) {
            self.registered_with = Some(self.options.clone());
        }
        let mut sight = Sight::default();
        let mut is_gone = false;
        match result {
            Err(_) => self.failures = self.failures.saturating_add(1),
            Ok(outcome) => {
                self.failures = 0;
                is_gone = matches!(outcome, Outcome::Gone);
                if !outcome.is_found() {
                    self.was_unknown |= self.shipments.is_empty();
                }
                for shipment in outcome.shipments() {
                    self.take(shipment.clone(), &mut sight);
                }
            }
        }
        if !sight.news.is_empty() {
            self.news_at = Some(now);
        }
        self.next_look = if is_gone {
            None
        } else {
            self.next(now, not_before, cadence)
        };
        sight
    }

    /// Stops looking: another account follows the parcel, and this one does not know it.
    pub(crate) fn rest(&mut self) {
        self.next_look = None;
    }

    fn take(&mut self, mut latest: Shipment, sight: &mut Sight) {
        remove_raw(&mut latest);
        let mut known = self.shipments.iter();
        let place = known.position(|known| known.is_same_shipment(&latest));
        let Some(place) = place else {
            let merged = merge(None, Update::Snapshot(latest.clone()));
            if self.was_unknown && self.shipments.is_empty() {
                sight.news.extend(Found::of(appeared(latest, self.since)));
            } else {
                sight.first.push(merged.shipment.clone());
            }
            self.shipments.push(merged.shipment);
            return;
        };
        let known = self.shipments.remove(place);
        let merged = merge(Some(known), Update::Snapshot(latest));
        self.shipments.insert(place, merged.shipment.clone());
        if merged.is_first {
            sight.first.push(merged.shipment);
        } else {
            sight.news.extend(Found::of(merged));
        }
    }

    /// The earliest of what the shipments need.
    fn next(
        &self,
        now: UtcTime,
        not_before: Option<UtcTime>,
        cadence: &Cadence,
    ) -> Option<UtcTime> {
        let key = format!("{} {}", self.account, self.target.as_str());
        let mut followed = Followed::new(&key, self.since, now);
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

/// Returns true if another registration with the same options would end in the same way.
fn is_final(result: &Result<Outcome, Error>) -> bool {
    match result {
        Ok(_) => true,
        Err(error) => matches!(
            error.kind(),
            ErrorKind::InvalidRequest | ErrorKind::Conflict | ErrorKind::Unsupported
        ),
    }
}

impl Found {
    fn of(merged: Merged) -> Option<Self> {
        if merged.changes.is_empty() {
            return None;
        }
        Some(Self {
            headline: merged.headline(),
            shipment: merged.shipment,
            changes: merged.changes,
        })
    }
}

/// The changes from a number that the provider did not know to a parcel.
fn appeared(latest: Shipment, since: UtcTime) -> Merged {
    let status = StatusReport::new(Status::NotFound);
    let mut unknown = Shipment::new(latest.provider.clone(), &latest.number, status, since);
    unknown.reference.clone_from(&latest.reference);
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
