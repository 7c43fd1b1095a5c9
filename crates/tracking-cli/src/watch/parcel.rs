//! A parcel that is watched at one account, and what a look at it changes.

use serde::{Deserialize, Serialize};
use tracking_core::cadence::Cadence;
use tracking_core::kit::number_key;
use tracking_core::look::{self, Known, Seen};
use tracking_core::{Error, ErrorKind, Lookup, Outcome, Shipment, Target, TrackRequest, UtcTime};

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
        let request = look::request(request, &self.shipments);
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
    ) -> Vec<Seen> {
        if self.registers() && is_final(result) {
            self.registered_with = Some(self.options.clone());
        }
        let key = format!("{} {}", self.account, self.target.as_str());
        let mut known = Known::new(self.since);
        known.news_at = self.news_at;
        known.failures = self.failures;
        known.was_unknown = self.was_unknown;
        known.shipments = std::mem::take(&mut self.shipments);

        let look = known.look(&key, result.as_ref().cloned(), now, cadence);

        self.looked_at = Some(now);
        self.next_look = look.next;
        self.news_at = known.news_at;
        self.failures = known.failures;
        self.was_unknown = known.was_unknown;
        self.shipments = known.shipments;
        look.seen
    }

    /// Stops looking: another account follows the parcel, and this one does not know it.
    pub(crate) fn rest(&mut self) {
        self.next_look = None;
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
