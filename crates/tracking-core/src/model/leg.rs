//! `Leg`: the part of a journey that one courier is in charge of.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Restore, list, null_as_default, optional};
use crate::merge::ReportTime;
use crate::model::{Conflict, ConflictKind};
use crate::status::EVENTS;
use crate::{Completeness, Event, Milestones, StatusReport};

/// The part of a journey that one courier is in charge of, under its own number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Leg {
    /// The courier, where it is known.
    #[serde(default, deserialize_with = "optional")]
    pub courier: Option<Courier>,
    /// The number under which this courier knows the parcel.
    pub number: Option<String>,
    /// Which part of the journey it is.
    #[serde(default, deserialize_with = "null_as_default")]
    pub role: LegRole,
    /// The status of this leg alone, from its events.
    pub status: Option<StatusReport>,
    /// When each status was reached on this leg.
    #[serde(default, deserialize_with = "null_as_default")]
    pub milestones: Milestones,
    /// The events, oldest first.
    #[serde(default, deserialize_with = "list")]
    pub events: Vec<Event>,
    /// The courier's page for the parcel.
    pub tracking_url: Option<String>,
    /// Whether `events` holds everything that the provider knows of this leg.
    #[serde(default, deserialize_with = "null_as_default")]
    pub completeness: Completeness,
    /// When it was last reported.
    #[serde(default, deserialize_with = "optional")]
    pub(crate) seen: Option<ReportTime>,
    /// When all its events were last reported together.
    #[serde(default, deserialize_with = "optional")]
    pub(crate) listed: Option<ReportTime>,
}

impl Leg {
    /// Creates a leg without courier, number and events.
    #[must_use]
    pub const fn new(role: LegRole) -> Self {
        Self {
            courier: None,
            number: None,
            role,
            status: None,
            milestones: Milestones::new(),
            events: Vec::new(),
            tracking_url: None,
            completeness: Completeness::Complete,
            seen: None,
            listed: None,
        }
    }

    /// Returns the newest event that was not retracted; events have to be oldest first.
    #[must_use]
    pub fn last_event(&self) -> Option<&Event> {
        self.events.iter().rev().find(|event| !event.retracted)
    }

    /// Computes what follows from the events, which have to be oldest first: the status of the
    /// leg and the computed milestones.
    pub fn compute(&mut self) {
        self.milestones.compute(&self.events);
        let last = self.last_event().map(|event| event.status.clone());
        self.status = last.map(|status| status.derived_from(EVENTS));
    }

    /// Where the times contradict the order of the events.
    pub(crate) fn time_order_conflict(&self) -> Option<Conflict> {
        let mut times = self.events.iter().filter_map(|event| event.time.as_ref());
        let mut older = times.next()?;
        for newer in times {
            if older.compare_within_leg(newer) == Some(Ordering::Greater) {
                let message = format!("the event of {newer} is listed after that of {older}");
                return Some(Conflict::new(ConflictKind::TimeOrder, message));
            }
            older = newer;
        }
        None
    }
}

/// How a response orders the events of a leg. Order numbers and times may say more; see
/// [`Shipment::finish`](crate::Shipment::finish).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventOrder {
    /// The newest event comes first.
    NewestFirst,
    /// The oldest event comes first.
    OldestFirst,
    /// Nothing is promised. Equal times count as newest first.
    ByTime,
}

/// Which part of a journey a leg is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LegRole {
    /// There is no other leg.
    Only,
    /// The first part, in the country of the sender.
    Origin,
    /// The last part, in the country of the recipient.
    Destination,
    /// Not reported, or a name that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

impl LegRole {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::Unknown => "unknown",
        }
    }
}

/// A courier as the provider names it. Codes differ from provider to provider.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Courier {
    /// The provider's code.
    pub code: String,
    /// The provider's name for people.
    pub name: Option<String>,
}

/// A courier as it is stored.
#[derive(Deserialize)]
pub(crate) struct CourierForm {
    code: Option<String>,
    name: Option<String>,
}

impl Restore for Courier {
    type Form = CourierForm;

    fn restore(form: CourierForm) -> Option<Self> {
        let CourierForm { code, name } = form;
        code.map(|code| Self { code, name })
    }
}

impl Courier {
    /// Creates a courier without a name.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: None,
        }
    }

    /// Sets the name for people.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}
