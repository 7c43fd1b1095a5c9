//! What a caller asks a provider for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hints::hint_setters;
use crate::kit::fingerprint;
use crate::{Courier, Problem, ProviderId, Shipment, ShipmentHints, Status, UtcTime};

/// Which shipment is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// A tracking number. It may belong to several shipments.
    Number(String),
    /// The provider's own id of a tracker.
    Id(String),
    /// The client's own reference, given when the number was registered.
    Reference(String),
}

impl Target {
    /// Returns the number, id or reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Number(text) | Self::Id(text) | Self::Reference(text) => text,
        }
    }
}

/// Asks for the state of a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TrackRequest {
    /// Which shipment.
    pub target: Target,
    /// What is known of it.
    pub hints: ShipmentHints,
    /// The language of descriptions, as the provider codes it.
    pub language: Option<String>,
    /// May create a tracker at the provider, which may use quota. False by default: then a number that
    /// the provider does not follow yet is [`Outcome::NotRegistered`](crate::Outcome::NotRegistered).
    pub register: bool,
    /// May ask the courier now instead of reading what is stored; slow, and may use quota.
    /// False by default.
    pub realtime: bool,
}

impl TrackRequest {
    /// Asks for a tracking number.
    #[must_use]
    pub fn number(number: impl Into<String>) -> Self {
        Self::new(Target::Number(number.into()))
    }

    /// Asks for the provider's own id of a tracker.
    #[must_use]
    pub fn id(id: impl Into<String>) -> Self {
        Self::new(Target::Id(id.into()))
    }

    /// Asks for the client's own reference.
    #[must_use]
    pub fn reference(reference: impl Into<String>) -> Self {
        Self::new(Target::Reference(reference.into()))
    }

    /// Asks for a target.
    #[must_use]
    pub const fn new(target: Target) -> Self {
        Self {
            target,
            hints: ShipmentHints::NONE,
            language: None,
            register: false,
            realtime: false,
        }
    }

    /// Sets the language of descriptions.
    #[must_use]
    pub fn with_language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Sets whether a tracker may be created, which may use quota.
    #[must_use]
    pub const fn with_register(mut self, register: bool) -> Self {
        self.register = register;
        self
    }

    /// Sets whether the courier may be asked now.
    #[must_use]
    pub const fn with_realtime(mut self, realtime: bool) -> Self {
        self.realtime = realtime;
        self
    }
}

hint_setters!(TrackRequest);

/// Registers a number, so that the provider follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registration {
    /// The tracking number.
    pub number: String,
    /// What is known of it.
    pub hints: ShipmentHints,
    /// The client's own reference, which the provider echoes.
    pub reference: Option<String>,
    /// A title for the provider's dashboard.
    pub title: Option<String>,
}

impl Registration {
    /// Registers what a request asks for: the number or id that it names, with its hints.
    ///
    /// For providers whose lookup registers the number on the way.
    #[must_use]
    pub fn of(request: &TrackRequest) -> Self {
        Self {
            number: request.target.as_str().to_owned(),
            hints: request.hints.clone(),
            reference: None,
            title: None,
        }
    }

    /// Registers a number.
    #[must_use]
    pub fn new(number: impl Into<String>) -> Self {
        Self {
            number: number.into(),
            hints: ShipmentHints::NONE,
            reference: None,
            title: None,
        }
    }

    /// Sets the client's own reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Sets the title for the provider's dashboard.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

hint_setters!(Registration);

/// The result of a [`Registration`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Registered {
    /// The provider.
    pub provider: ProviderId,
    /// The provider's own id of the tracker, where it has ids.
    pub id: Option<String>,
    /// The number as the provider returns it.
    pub number: String,
    /// The client's own reference, as the provider returns it.
    pub reference: Option<String>,
    /// False if the number was registered before; `None` if the provider does not say.
    pub created: Option<bool>,
}

impl Registered {
    /// Creates a result of which only the number is known.
    #[must_use]
    pub fn new(provider: impl Into<ProviderId>, number: impl Into<String>) -> Self {
        Self {
            provider: provider.into(),
            id: None,
            number: number.into(),
            reference: None,
            created: None,
        }
    }
}

/// Asks for a page of the registered shipments.
///
/// Where a provider has no filter by status, its adapter reads whole pages and leaves the other shipments
/// out, and so it does after a filter of the provider. So a page may hold fewer shipments than `limit`, or none, and
/// still have a [next](ShipmentPage::next) one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListRequest {
    /// Where to go on; `None` for the first page.
    pub cursor: Option<Cursor>,
    /// How many shipments a page has; `None` for the provider's default.
    pub limit: Option<u32>,
    /// Only shipments that changed since then, where the provider supports it.
    pub updated_since: Option<UtcTime>,
    /// Only shipments with one of these statuses; all of them when it is empty.
    pub statuses: Vec<Status>,
    /// Only shipments whose journey is open (`true`) or over (`false`), see
    /// [`Shipment::is_terminal`]; both without it.
    pub open: Option<bool>,
}

impl ListRequest {
    /// Asks for the first page.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on at a cursor.
    #[must_use]
    pub fn with_cursor(mut self, cursor: Cursor) -> Self {
        self.cursor = Some(cursor);
        self
    }

    /// Sets how many shipments a page has.
    #[must_use]
    pub const fn with_limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Asks only for shipments with this status; with several calls, with any of these.
    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        self.statuses.push(status);
        self
    }

    /// Asks only for shipments whose journey is open (`true`) or over (`false`).
    #[must_use]
    pub const fn with_open(mut self, open: bool) -> Self {
        self.open = Some(open);
        self
    }

    /// Returns true if a shipment has one of the requested statuses and is as open as requested.
    ///
    /// A shipment that [is incomplete](Shipment::is_incomplete) and of unknown status may be a requested one,
    /// so it is.
    #[must_use]
    pub fn includes(&self, shipment: &Shipment) -> bool {
        let status = &shipment.status.status;
        let is_unread = *status == Status::Unknown && shipment.is_incomplete();
        let has_status = self.statuses.is_empty() || self.statuses.contains(status);
        let is_as_open = self.open.is_none_or(|open| open != shipment.is_terminal());
        is_unread || (has_status && is_as_open)
    }

    /// Asks only for shipments that changed since then.
    #[must_use]
    pub const fn with_updated_since(mut self, time: UtcTime) -> Self {
        self.updated_since = Some(time);
        self
    }
}

/// A place in a list, opaque to the caller; it can be stored to resume later.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// Creates a cursor from the provider's own page number or token.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A page of shipments.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShipmentPage {
    /// The shipments of this page.
    pub shipments: Vec<Shipment>,
    /// The next page; `None` at the end.
    pub next: Option<Cursor>,
    /// Elements of the page that are not shipments. What is wrong with a shipment is in
    /// [`Shipment::problems`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// What distinguishes the page, from before shipments were left out. It is neither stored nor compared.
    #[serde(skip)]
    pub(super) content: Option<u64>,
}

impl ShipmentPage {
    /// Creates a page.
    #[must_use]
    pub const fn new(shipments: Vec<Shipment>, next: Option<Cursor>) -> Self {
        Self {
            shipments,
            next,
            problems: Vec::new(),
            content: None,
        }
    }

    /// Sets the elements that are not shipments.
    #[must_use]
    pub fn with_problems(mut self, problems: Vec<Problem>) -> Self {
        self.problems = problems;
        self
    }

    /// Leaves out the shipments that a request does not [include](ListRequest::includes): for adapters
    /// of providers that do not filter by themselves.
    ///
    /// [`list_all`](crate::ProviderExt::list_all) still compares the page as it arrived, so that it ends
    /// when a provider sends the same page again and again. So call it last, after
    /// [`with_problems`](Self::with_problems).
    #[must_use]
    pub fn filtered(mut self, request: &ListRequest) -> Self {
        self.content = content_of(&self.shipments, &self.problems);
        self.shipments.retain(|it| request.includes(it));
        self
    }
}

impl PartialEq for ShipmentPage {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            shipments,
            next,
            problems,
            content: _,
        } = self;
        *shipments == other.shipments && *next == other.next && *problems == other.problems
    }
}

/// What distinguishes a page from the others.
pub(super) fn content_of(shipments: &[Shipment], problems: &[Problem]) -> Option<u64> {
    let identity = |it: &Shipment| {
        let has_some = it.id.is_some() || it.reference.is_some() || !it.number.is_empty();
        let raw = (!has_some).then(|| it.raw.clone());
        (it.id.clone(), it.number.clone(), it.reference.clone(), raw)
    };
    let shipments = shipments.iter().map(|it| Some((Some(identity(it)), None)));
    fingerprint(shipments.chain(problems.iter().map(|it| Some((None, Some(it))))))
}

/// A courier that a number may belong to. There is often more than one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CourierCandidate {
    /// The courier.
    pub courier: Courier,
    /// Why it is a candidate.
    pub evidence: Evidence,
}

impl CourierCandidate {
    /// Creates a candidate.
    #[must_use]
    pub const fn new(courier: Courier, evidence: Evidence) -> Self {
        Self { courier, evidence }
    }
}

/// Why a courier is a candidate for a number; from strong to weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evidence {
    /// A check digit is right.
    Checksum,
    /// The number has the courier's format.
    Format,
    /// The provider says so.
    Provider,
    /// A reason that this version does not know, from stored data.
    #[serde(other)]
    Unknown,
}
