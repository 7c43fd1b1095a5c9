//! `Shipment`: everything that is known of one parcel.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use super::{list, null_as_default, optional};
use crate::merge::Memory;
use crate::model::{Conflict, ConflictKind, DeliveryDocument, EtaSource};
use crate::{
    Completeness, Eta, Event, Leg, Milestones, Problem, ProviderId, RawJson, Status, StatusReport,
    UtcTime,
};

/// Everything that one provider knows of one parcel.
///
/// A shipment has legs, and a leg has events. A bare number may belong to several shipments,
/// because couriers reuse numbers.
///
/// # Stored shipments
///
/// A shipment can be stored with serde in any self-describing format, such as JSON, MessagePack and
/// CBOR, and read by any later or earlier version of this crate that has [`Shipment::format`]:
///
/// - a field that is missing or null is empty, and so is a list that is null;
/// - an unknown field is left out, and written back by no version that does not know it;
/// - an unknown name becomes an unknown value: [`Status::Unmapped`], `Unknown` where the enum has such a
///   value, the cautious one where it has not ([`Precision::Ambiguous`](crate::Precision::Ambiguous), [`Completeness::Partial`]);
/// - an optional time, courier or entry of a list of times that cannot be read is none.
///
/// These have to be there, else it is an error: `provider`, `number`, `freshness.fetched_at`, the `key`
/// of each event, and `from` of each estimate with its `text`. A value of another kind, such as a number
/// in the place of a list, is an error too; [`Shipment::from_json`] names the place. Around a shipment an
/// [`Update`](crate::merge::Update) and an [`Outcome`](crate::Outcome) of an unknown name are errors.
///
/// Where fields are stored by position and not by name, as `rmp_serde::to_vec` does, a version reads only
/// what itself or an earlier one wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Shipment {
    /// Who reports all this.
    pub provider: ProviderId,
    /// The tracking number as the provider returns it; it may differ in case from the one sent.
    pub number: String,
    /// The provider's own id of the tracker; an opaque text.
    pub id: Option<String>,
    /// The client's own reference, echoed by the provider.
    pub reference: Option<String>,
    /// Other numbers under which couriers know the parcel.
    #[serde(default, deserialize_with = "list")]
    pub linked_numbers: Vec<String>,
    /// Towards the recipient, or planned as a return.
    #[serde(default, deserialize_with = "null_as_default")]
    pub direction: Direction,
    /// The status of the whole shipment.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: StatusReport,
    /// The parts of the journey.
    #[serde(default, deserialize_with = "list")]
    pub legs: Vec<Leg>,
    /// When each status was reached.
    #[serde(default, deserialize_with = "null_as_default")]
    pub milestones: Milestones,
    /// When the parcel is expected, one entry per source and field.
    #[serde(default, deserialize_with = "list")]
    pub etas: Vec<Eta>,
    /// The country it comes from, as the provider writes it: usually two capital letters.
    pub origin_country: Option<String>,
    /// The country it goes to, as the provider writes it: usually two capital letters.
    pub destination_country: Option<String>,
    /// The courier's service or product.
    pub service: Option<String>,
    /// The person who signed.
    pub signed_by: Option<String>,
    /// The courier's page for the parcel.
    pub tracking_url: Option<String>,
    /// Whether the provider says that it stopped looking; `None` if it says nothing about it.
    ///
    /// [`Shipment::has_given_up`] adds what follows from the status.
    pub provider_gave_up: Option<bool>,
    /// When the number was registered with the provider, where it is known.
    #[serde(default, deserialize_with = "optional")]
    pub registered_at: Option<UtcTime>,
    /// How old the data are.
    pub freshness: Freshness,
    /// Parts of the response that could not be understood.
    #[serde(default, deserialize_with = "list")]
    pub problems: Vec<Problem>,
    /// Statements that contradict each other.
    #[serde(default, deserialize_with = "list")]
    pub conflicts: Vec<Conflict>,
    /// How many events were dropped because they were in the response more than once.
    #[serde(default, deserialize_with = "null_as_default")]
    pub duplicates_dropped: u32,
    /// Whether `legs` holds every leg that the provider knows.
    #[serde(default, deserialize_with = "null_as_default")]
    pub completeness: Completeness,
    /// Whether the provider can be asked for `id`; see [`Shipment::request`].
    #[serde(default = "yes", deserialize_with = "null_as_yes")]
    pub can_ask_by_id: bool,
    /// The version of the stored form, [`Shipment::FORMAT`] when this version wrote it; 0 for one
    /// that was stored without a version.
    #[serde(default, deserialize_with = "null_as_default")]
    pub format: u32,
    /// The provider's own JSON.
    #[serde(default)]
    pub raw: RawJson,
    /// What merges remember; none for an observation that was not merged yet.
    #[serde(default)]
    pub(crate) memory: Option<Memory>,
    // Below: what was added later, since some formats store fields by position.
    /// The name of the account that it was read with, where there are several of one provider;
    /// `None` for what did not come through a [`ProviderSet`](crate::ProviderSet).
    #[serde(default)]
    pub account: Option<String>,
    /// The document that proves the delivery; see [`Shipment::proof_of_delivery`].
    #[serde(default)]
    pub delivery_document: Option<DeliveryDocument>,
}

const fn yes() -> bool {
    true
}

fn null_as_yes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(yes))
}

impl Shipment {
    /// The version of the stored form that this version writes.
    pub const FORMAT: u32 = 1;

    /// How many events of a shipment are kept, the newest ones.
    pub const MAX_EVENTS: usize = 2_000;

    /// How many legs of a shipment are kept, the first ones.
    pub const MAX_LEGS: usize = 64;

    /// Creates a shipment without legs.
    #[must_use]
    pub fn new(
        provider: ProviderId,
        number: impl Into<String>,
        status: StatusReport,
        fetched_at: UtcTime,
    ) -> Self {
        Self {
            provider,
            number: number.into(),
            id: None,
            reference: None,
            linked_numbers: Vec::new(),
            direction: Direction::Unknown,
            status,
            legs: Vec::new(),
            milestones: Milestones::new(),
            etas: Vec::new(),
            origin_country: None,
            destination_country: None,
            service: None,
            signed_by: None,
            tracking_url: None,
            provider_gave_up: None,
            registered_at: None,
            freshness: Freshness::new(fetched_at),
            problems: Vec::new(),
            conflicts: Vec::new(),
            duplicates_dropped: 0,
            completeness: Completeness::Complete,
            can_ask_by_id: true,
            format: Self::FORMAT,
            raw: RawJson::null(),
            memory: None,
            account: None,
            delivery_document: None,
        }
    }

    /// Gives the raw JSON of the shipment, its events and its problems memory of its own.
    ///
    /// Until then each of them keeps the provider's whole response in memory, which may hold many
    /// shipments. To be called for what is kept for long. Parts of the shipment's JSON share the
    /// new memory too.
    pub fn detach_raw(&mut self) {
        let original = std::mem::take(&mut self.raw);
        let copy = original.detached();
        let events = self.legs.iter_mut().flat_map(|leg| &mut leg.events);
        let of_events = events.map(|event| &mut event.raw);
        let of_problems = self.problems.iter_mut().filter_map(|it| it.raw.as_mut());
        for raw in of_events.chain(of_problems) {
            *raw = raw.detached_along(&original, &copy);
        }
        self.raw = copy;
    }

    /// Returns the events of all legs, oldest first.
    ///
    /// Legs are interleaved by instant only if every event has one; otherwise the origin leg
    /// comes before the destination leg. [`Shipment::timeline`] also names the leg of each event.
    #[must_use]
    pub fn events(&self) -> Vec<&Event> {
        if let [leg] = self.legs.as_slice() {
            return leg.events.iter().collect();
        }
        self.timeline()
            .into_iter()
            .map(|reported| reported.event)
            .collect()
    }

    /// Returns the newest event that was not retracted.
    #[must_use]
    pub fn last_event(&self) -> Option<&Event> {
        if let [leg] = self.legs.as_slice() {
            return leg.last_event();
        }
        self.events()
            .into_iter()
            .rev()
            .find(|event| !event.retracted)
    }

    /// Returns the status at the newest event; it may differ from the shipment's.
    #[must_use]
    pub fn last_event_status(&self) -> Option<&StatusReport> {
        self.last_event().map(|event| &event.status)
    }

    /// Returns true if the journey is over; see [`StatusReport::is_terminal`].
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.status.is_terminal()
    }

    /// Returns true if the parcel was handed over, collected, or left as agreed.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.status.is_delivered()
    }

    /// Returns true if the provider stopped looking before the journey was over.
    #[must_use]
    pub fn has_given_up(&self) -> bool {
        let stopped = self.provider_gave_up == Some(true);
        !self.is_terminal() && (stopped || self.status.status == Status::Expired)
    }

    /// Returns true if the provider has heard nothing of the parcel and only keeps its number.
    ///
    /// Some providers register any number that they are asked for, and then say the same of a
    /// wrong number as of a label that was never scanned. So this is a shipment that was found
    /// ([`Outcome::Found`](crate::Outcome::Found)) and that may not exist.
    #[must_use]
    pub fn is_unheard_of(&self) -> bool {
        matches!(self.status.status, Status::Pending | Status::NotFound)
            && self.last_event().is_none()
    }

    /// Returns true if one of several requests for the shipment failed, so that a part of it is missing.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.problems.iter().any(|problem| problem.request_failed)
    }

    /// Returns true if asking the provider again can bring news.
    #[must_use]
    pub fn should_poll(&self) -> bool {
        !self.is_terminal() && !self.has_given_up()
    }

    /// Returns true if a person should look at it.
    ///
    /// True for a status or detail that asks for it; for a delivery after the parcel was on its way
    /// back; for a number that is not found when the
    /// grace period is over, or its begin is unknown; and for a parcel under way without
    /// news for too long.
    #[must_use]
    pub fn needs_attention(&self, limits: &AttentionLimits) -> bool {
        self.asks_for_attention() || self.is_missing(limits) || self.is_stalled(limits)
    }

    /// Returns the best estimate of the delivery: a courier's before an aggregator's before a
    /// prediction, and of one source the last in the list.
    ///
    /// A window that [ends before it begins](Eta::is_reversed) is none.
    #[must_use]
    pub fn eta(&self) -> Option<&Eta> {
        let rank = |eta: &&Eta| match eta.source {
            EtaSource::Courier => 3,
            EtaSource::Aggregator => 2,
            EtaSource::Predicted => 1,
            EtaSource::Unknown => 0,
        };
        let usable = self.current_etas().filter(|eta| !eta.is_reversed());
        usable.max_by_key(rank)
    }

    fn is_missing(&self, limits: &AttentionLimits) -> bool {
        let in_grace = || {
            let age = limits.now.since(self.registered_at?);
            Some(age.is_none_or(|age| age < limits.not_found_grace))
        };
        self.status.status == Status::NotFound && !in_grace().unwrap_or(false)
    }

    fn is_stalled(&self, limits: &AttentionLimits) -> bool {
        // A time without a zone counts with the latest instant that it can mean, so that no
        // parcel is called stalled too early.
        let silence = || {
            let last = self.last_event()?.time.as_ref()?.latest_instant()?;
            limits.now.since(last)
        };
        let under_way = matches!(self.status.phase(), Some(1..=4));
        under_way
            && limits
                .stalled_after
                .is_some_and(|limit| silence().is_some_and(|silence| silence >= limit))
    }

    /// The estimates without earlier ones of the same field.
    pub(crate) fn current_etas(&self) -> impl Iterator<Item = &Eta> {
        let is_replaced = |(index, eta): (usize, &Eta)| {
            let later = self.etas.iter().skip(index + 1);
            let mut of_field = later.filter(|it| it.source == eta.source && it.field == eta.field);
            of_field.next().is_some()
        };
        let etas = self.etas.iter().enumerate();
        etas.filter(move |numbered| !is_replaced(*numbered))
            .map(|(_, eta)| eta)
    }

    /// Returns true if a person should look at it, whatever time has passed.
    pub(crate) fn asks_for_attention(&self) -> bool {
        let mut conflicts = self.conflicts.iter();
        self.status.needs_attention()
            || conflicts.any(|it| it.kind == ConflictKind::DeliveredAfterReturn)
    }
}

/// Towards the recipient, or planned as a return.
///
/// A planned return is no status: the parcel may be moving as smoothly as any other.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// From the shop to the customer.
    Outbound,
    /// From the customer to the shop.
    Inbound,
    /// Not reported, or a name that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

/// How old the data are. An old delivered parcel and a dead feed look different by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Freshness {
    /// When the response was fetched or received, by the clock of this machine.
    pub fetched_at: UtcTime,
    /// When the provider last changed the data, where it says so.
    #[serde(default, deserialize_with = "optional")]
    pub provider_updated_at: Option<UtcTime>,
}

impl Freshness {
    /// Creates a freshness without the provider's own time.
    #[must_use]
    pub const fn new(fetched_at: UtcTime) -> Self {
        Self {
            fetched_at,
            provider_updated_at: None,
        }
    }
}

/// From when on a quiet shipment needs attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttentionLimits {
    /// The present.
    pub now: UtcTime,
    /// How long a registered number may stay unknown to the carrier. Two days by default.
    pub not_found_grace: Duration,
    /// How long a parcel under way may be without a new event; `None` for no limit, the default.
    pub stalled_after: Option<Duration>,
}

impl AttentionLimits {
    /// Creates the default limits: two days of grace, and no limit for parcels under way.
    #[must_use]
    pub const fn new(now: UtcTime) -> Self {
        let not_found_grace = Duration::from_secs(2 * 24 * 60 * 60);
        Self {
            now,
            not_found_grace,
            stalled_after: None,
        }
    }

    /// Sets how long a registered number may stay unknown to the carrier.
    #[must_use]
    pub const fn with_not_found_grace(mut self, grace: Duration) -> Self {
        self.not_found_grace = grace;
        self
    }

    /// Sets how long a parcel under way may be without a new event.
    #[must_use]
    pub const fn with_stalled_after(mut self, limit: Duration) -> Self {
        self.stalled_after = Some(limit);
        self
    }
}
