//! A parcel to follow, and what the store knows of one.

use std::fmt;

use serde::{Deserialize, Serialize};
use tracking_core::kit::number_key;
use tracking_core::{Date, Shipment, ShipmentHints, Status, Target, TrackRequest, UtcTime};

use crate::{StoreError, StoreErrorKind};

/// Identifies a parcel in its store. It is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParcelId(pub(crate) i64);

impl ParcelId {
    /// Makes an id of its number, as [`ParcelId::as_i64`] returns it.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub const fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ParcelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A parcel to follow, as the client names it.
///
/// Account, target and reference distinguish parcels; upper and lower case of the account, and the spelling of a
/// tracking number, do not count. Without a reference, one that is there is meant; see
/// [`Store::add`](crate::Store::add).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NewParcel {
    /// The name of the account that looks it up, as in a [`ProviderSet`](tracking_core::ProviderSet).
    pub account: String,
    /// What to look up, and how.
    pub request: TrackRequest,
    /// The client's own reference, such as the number of an order.
    pub reference: Option<String>,
    /// Strings of the client, which come back with the parcel.
    pub tags: Vec<String>,
}

impl NewParcel {
    /// Names a parcel without reference and tags.
    #[must_use]
    pub fn new(account: impl Into<String>, request: TrackRequest) -> Self {
        Self {
            account: account.into(),
            request,
            reference: None,
            tags: Vec::new(),
        }
    }

    /// Sets the client's own reference.
    #[must_use]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = Some(reference.into());
        self
    }

    /// Adds a tag.
    #[must_use]
    pub fn with_tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }
}

/// The result of adding a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Added {
    /// The parcel.
    pub id: ParcelId,
    /// False if it was there before: then its options and tags are replaced, and nothing else.
    pub is_new: bool,
}

/// A parcel in the store.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parcel {
    /// Identifies it.
    pub id: ParcelId,
    /// The name of the account, in lower case.
    pub account: String,
    /// What is looked up, and how.
    pub request: TrackRequest,
    /// The client's own reference.
    pub reference: Option<String>,
    /// Strings of the client.
    pub tags: Vec<String>,
    /// Since when it is followed.
    pub since: UtcTime,
    /// When it was last looked at, successfully or not.
    pub looked_at: Option<UtcTime>,
    /// When it will be looked at; `None` if it rests. While a worker has it, when its lease ends.
    pub due_at: Option<UtcTime>,
    /// When a look last brought a change.
    pub news_at: Option<UtcTime>,
    /// The worker that has it now.
    pub worker: Option<String>,
    /// How often a worker took it.
    pub attempts: u64,
    /// How many looks failed in a row.
    pub failures: u32,
    /// Why the last look failed, in one line.
    pub problem: Option<String>,
    /// The shipments as merged; a number may be that of several. Empty while the provider knows none.
    pub shipments: Vec<Shipment>,
    /// The status in one of the values of [`Status::ALL`]: [`Pending`](Status::Pending) before the first look,
    /// [`Unknown`](Status::Unknown) for a value that is not mapped. Of several shipments that of the first that needs
    /// attention, or else of the first that is under way.
    pub status: Status,
    /// Whether a person should look at one of the shipments, [judged](Shipment::needs_attention) at the last look.
    pub needs_attention: bool,
}

/// How many parcels there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// All of them.
    pub parcels: u64,
    /// Those that a worker should look at now.
    pub due: u64,
    /// Those that a worker has.
    pub leased: u64,
    /// Those that nobody looks at any more.
    pub resting: u64,
    /// Those whose last look failed.
    pub failing: u64,
    /// Changes in the outbox.
    pub changes: u64,
    /// The number of the last change that was written: how many there were, with those that were deleted.
    pub last_change: u64,
    /// Webhook messages that wait to be processed.
    pub messages_waiting: u64,
    /// Webhook messages that cannot be processed.
    pub messages_aside: u64,
}

/// A target as columns: kind, target, and what all spellings have in common.
#[derive(Debug)]
pub(crate) struct TargetColumns {
    pub(crate) kind: &'static str,
    pub(crate) target: String,
    pub(crate) key: String,
}

/// The longest number, id, reference or tag, in bytes. The index of PostgreSQL takes about 2,700.
const LONGEST: usize = 500;

impl TargetColumns {
    pub(crate) fn of(target: &Target) -> Result<Self, StoreError> {
        let (kind, key) = match target {
            Target::Number(number) => ("number", number_key(number)),
            Target::Id(id) => ("id", id.clone()),
            Target::Reference(reference) => ("reference", reference.clone()),
            _ => {
                return Err(invalid(
                    "it is looked up by something that this version does not know",
                ));
            }
        };
        let target = check("number", target.as_str().trim())?;
        if key.trim().is_empty() {
            return Err(invalid("it has no number"));
        }
        Ok(Self { kind, target, key })
    }

    pub(crate) fn restore(kind: &str, target: String) -> Result<Target, StoreError> {
        match kind {
            "number" => Ok(Target::Number(target)),
            "id" => Ok(Target::Id(target)),
            "reference" => Ok(Target::Reference(target)),
            _ => Err(StoreError::damaged(
                "a parcel has a target of an unknown kind",
            )),
        }
    }
}

/// Returns the text if both engines can store it.
pub(crate) fn check(what: &str, text: &str) -> Result<String, StoreError> {
    if text.contains('\0') {
        return Err(invalid(&format!("the {what} has a letter NUL")));
    }
    if text.len() > LONGEST {
        return Err(invalid(&format!(
            "the {what} is longer than {LONGEST} bytes"
        )));
    }
    Ok(text.to_owned())
}

pub(crate) fn invalid(reason: &str) -> StoreError {
    let message = format!("it cannot be stored: {reason}");
    StoreError::new(StoreErrorKind::Invalid, message)
}

/// What a request says besides its target, as it is stored.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Options {
    #[serde(skip_serializing_if = "Option::is_none")]
    courier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_post_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ship_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    register: bool,
    realtime: bool,
}

impl Options {
    pub(crate) fn of(request: &TrackRequest) -> Self {
        let TrackRequest {
            hints,
            language,
            register,
            realtime,
            ..
        } = request.clone();
        Self {
            courier: hints.courier,
            origin_country: hints.origin_country,
            destination_country: hints.destination_country,
            destination_post_code: hints.destination_post_code,
            ship_date: hints.ship_date,
            language,
            register,
            realtime,
        }
    }

    pub(crate) fn restore(self, target: Target) -> TrackRequest {
        let mut hints = ShipmentHints::default();
        hints.courier = self.courier;
        hints.origin_country = self.origin_country;
        hints.destination_country = self.destination_country;
        hints.destination_post_code = self.destination_post_code;
        hints.ship_date = self.ship_date;
        let mut request = TrackRequest::new(target)
            .with_register(self.register)
            .with_realtime(self.realtime);
        request.hints = hints;
        request.language = self.language;
        request
    }
}
