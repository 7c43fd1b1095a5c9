//! `Change`: one difference between what was known of a shipment and what is known now.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Fact;
use crate::model::{Clean, Revision, list, null_as_default, optional};
use crate::{Courier, Detail, Eta, Event, EventKey, Reason, Status};

/// One difference between what was known of a shipment and what is known now.
///
/// [`merge`](super::merge) lists changes in a fixed order: first events, leg by leg and oldest first,
/// then couriers and numbers, then the status, then delivery estimates, then other facts. `Display` is
/// a line for people; it holds what the provider wrote, and no name of a person.
///
/// In JSON the variant is the field `kind`, in snake case: `{"kind":"added","event":{…}}`. Changes are read
/// as [stored shipments](crate::Shipment#stored-shipments) are. The kind has to be there, and of a kind that
/// this version knows `needed`, `given_up`, the new number, courier or estimate, and the event except of
/// `late` and `signed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// A new event. Nothing known comes after it.
    #[non_exhaustive]
    Added {
        /// The event, without its raw JSON, as in all variants.
        event: Box<Event>,
    },
    /// A retracted event is reported again.
    #[non_exhaustive]
    Restored {
        /// The event.
        event: Box<Event>,
    },
    /// The provider edited an event. What it said before is in the event's revisions, too.
    #[non_exhaustive]
    Revised {
        /// The event as it is now.
        event: Box<Event>,
        /// What it said before.
        #[serde(default, deserialize_with = "null_as_default")]
        before: Box<Revision>,
        /// What is different.
        #[serde(default, deserialize_with = "list")]
        fields: Vec<EventField>,
    },
    /// A known event is missing from two complete responses in a row. It stays in the timeline, marked
    /// as retracted.
    #[non_exhaustive]
    Retracted {
        /// The event that is gone.
        event: Box<Event>,
    },
    /// Something arrived that is older than the newest thing known: an event, which is put in its
    /// place in the timeline, or (without `event`) a status, which is not taken over.
    #[non_exhaustive]
    Late {
        /// The late event; absent when the whole report is older than what is known.
        #[serde(default)]
        event: Option<Box<Event>>,
        /// The status of the late event or report.
        #[serde(default, deserialize_with = "null_as_default")]
        reported: Status,
    },
    /// The shipment has another status, or its status has become final (an exception that turned
    /// out to be a loss).
    #[non_exhaustive]
    StatusChanged {
        /// The status before.
        #[serde(default, deserialize_with = "null_as_default")]
        from: Status,
        /// The status now.
        #[serde(default, deserialize_with = "null_as_default")]
        to: Status,
        /// The detail of the status before.
        #[serde(default)]
        from_detail: Option<Detail>,
        /// The detail of the status now.
        #[serde(default)]
        to_detail: Option<Detail>,
    },
    /// The finer meaning of the same status is another one.
    #[non_exhaustive]
    DetailChanged {
        /// The detail before.
        from: Option<Detail>,
        /// The detail now.
        to: Option<Detail>,
    },
    /// The reason of the same status is another one.
    #[non_exhaustive]
    ReasonChanged {
        /// The reason before.
        from: Option<Reason>,
        /// The reason now.
        to: Option<Reason>,
    },
    /// A person should look at the shipment now, or no longer; judged without the time that passed,
    /// see [`Shipment::needs_attention`](crate::Shipment::needs_attention).
    #[non_exhaustive]
    AttentionChanged {
        /// Whether a person should look at it.
        needed: bool,
    },
    /// The provider stopped looking before the journey was over, or looks again.
    #[non_exhaustive]
    GaveUp {
        /// Whether it stopped.
        given_up: bool,
    },
    /// A delivery estimate appeared or moved. Another spelling of it is no change.
    #[non_exhaustive]
    EtaChanged {
        /// The latest estimate of the same source and field, if there was one.
        from: Option<Box<Eta>>,
        /// The estimate now.
        to: Box<Eta>,
    },
    /// The shipment or a leg has another number, or a leg has one for the first time.
    #[non_exhaustive]
    NumberChanged {
        /// The number before.
        from: Option<String>,
        /// The number now.
        to: String,
    },
    /// A leg has another courier, or is known for the first time.
    #[non_exhaustive]
    CourierChanged {
        /// The courier before.
        #[serde(default, deserialize_with = "optional")]
        from: Option<Courier>,
        /// The courier now.
        to: Courier,
    },
    /// Somebody signed. The name is in the shipment or the event.
    #[non_exhaustive]
    Signed {
        /// The event with the name; absent where it is a field of the shipment.
        #[serde(default)]
        event: Option<Box<Event>>,
    },
    /// A final status is over: the event that made it final is retracted, or there is an act after it.
    #[non_exhaustive]
    Reopened {
        /// The final status before.
        #[serde(default, deserialize_with = "null_as_default")]
        from: Status,
        /// The status now.
        #[serde(default, deserialize_with = "null_as_default")]
        to: Status,
        /// The detail of the status before.
        #[serde(default)]
        from_detail: Option<Detail>,
        /// The detail of the status now.
        #[serde(default)]
        to_detail: Option<Detail>,
    },
    /// The status would fall to a lower phase, and nothing proves that this is the newer state. It is
    /// not taken over, and not reported again until it differs.
    #[non_exhaustive]
    Regressed {
        /// The status that is known.
        #[serde(default, deserialize_with = "null_as_default")]
        from: Status,
        /// The status that was reported.
        #[serde(default, deserialize_with = "null_as_default")]
        to: Status,
    },
    /// The status would leave a final one. It is not taken over, and not reported again until it
    /// differs.
    #[non_exhaustive]
    LeftTerminal {
        /// The final status that is known.
        #[serde(default, deserialize_with = "null_as_default")]
        from: Status,
        /// The status that was reported.
        #[serde(default, deserialize_with = "null_as_default")]
        to: Status,
        /// The detail of the status that is known.
        #[serde(default)]
        from_detail: Option<Detail>,
        /// The detail of the status that was reported.
        #[serde(default)]
        to_detail: Option<Detail>,
    },
    /// A fact without a kind of its own is another one.
    #[non_exhaustive]
    FactChanged {
        /// Which fact.
        #[serde(default, deserialize_with = "null_as_default")]
        fact: Fact,
    },
    /// A kind that this version does not know, from stored data.
    #[serde(other)]
    Unknown,
}

/// What of an event was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventField {
    /// [`Event::time`].
    Time,
    /// [`Event::status`]: the status, its detail or its reason.
    Status,
    /// [`Event::description`].
    Text,
    /// [`Event::location`].
    Place,
    /// The provider's code of what happened, in [`Event::status`]: the fine value, else the main one. An
    /// event that is [derived](Event::origin) from a field has none of its own.
    Code,
    /// A field that this version does not know, from stored data.
    #[serde(other)]
    Unknown,
}

impl EventField {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Status => "status",
            Self::Text => "text",
            Self::Place => "place",
            Self::Code => "code",
            Self::Unknown => "unknown",
        }
    }
}

macro_rules! kinds {
    ($($(#[$attribute:meta])* $kind:ident = $name:literal,)+) => {
        /// The kind of a [`Change`], without its data.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum ChangeKind {
            $(
                #[doc = concat!("See [`Change::", stringify!($kind), "`].")]
                $(#[$attribute])*
                $kind,
            )+
        }

        impl ChangeKind {
            /// All kinds, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Returns the kind in snake case, as JSON writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }

        impl Change {
            /// Returns the kind of the change.
            #[must_use]
            pub const fn kind(&self) -> ChangeKind {
                match self {
                    $(Self::$kind { .. } => ChangeKind::$kind,)+
                }
            }
        }
    };
}

kinds! {
    Added = "added",
    Restored = "restored",
    Revised = "revised",
    Retracted = "retracted",
    Late = "late",
    StatusChanged = "status_changed",
    DetailChanged = "detail_changed",
    ReasonChanged = "reason_changed",
    AttentionChanged = "attention_changed",
    GaveUp = "gave_up",
    EtaChanged = "eta_changed",
    NumberChanged = "number_changed",
    CourierChanged = "courier_changed",
    Signed = "signed",
    Reopened = "reopened",
    Regressed = "regressed",
    LeftTerminal = "left_terminal",
    FactChanged = "fact_changed",
    #[serde(other)]
    Unknown = "unknown",
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Change {
    /// Returns the event that the change is about, if it is about one.
    #[must_use]
    pub fn event(&self) -> Option<&Event> {
        match self {
            Self::Added { event }
            | Self::Restored { event }
            | Self::Revised { event, .. }
            | Self::Retracted { event } => Some(event),
            Self::Late { event, .. } | Self::Signed { event } => event.as_deref(),
            _ => None,
        }
    }

    /// Returns the key of the event that the change is about, if it is about one.
    #[must_use]
    pub fn event_key(&self) -> Option<&EventKey> {
        self.event().map(|event| &event.key)
    }

    /// Returns true if the merged shipment differs because of this change.
    ///
    /// False only for a status that was reported and not taken over. A late event is in the timeline,
    /// so it is applied.
    #[must_use]
    pub const fn is_applied(&self) -> bool {
        !matches!(
            self,
            Self::Late { event: None, .. } | Self::Regressed { .. } | Self::LeftTerminal { .. }
        )
    }

    pub(super) const fn late_status(reported: Status) -> Self {
        Self::Late {
            event: None,
            reported,
        }
    }
}

/// A line for people, without a full stop.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { event } => write!(f, "new: {}", Line(event)),
            Self::Restored { event } => write!(f, "reported again: {}", Line(event)),
            Self::Retracted { event } => write!(f, "withdrawn: {}", Line(event)),
            Self::Revised {
                event,
                before,
                fields,
            } => {
                let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
                write!(f, "corrected ({}): {}", names.join(", "), Line(event))?;
                let earlier = fields.iter().find_map(|field| match field {
                    EventField::Time => before.time.as_ref().map(ToString::to_string),
                    EventField::Text => before.description.clone(),
                    EventField::Place => before.location.clone(),
                    EventField::Code => before.code.clone(),
                    EventField::Status | EventField::Unknown => None,
                });
                match earlier {
                    Some(earlier) => write!(f, " (before: {})", Clean(&earlier)),
                    None => Ok(()),
                }
            }
            Self::Late {
                event: Some(event), ..
            } => write!(f, "arrived late: {}", Line(event)),
            Self::Late {
                event: None,
                reported,
            } => {
                write!(f, "an old report came late: {}", reported.label())
            }
            Self::StatusChanged {
                from,
                to,
                from_detail,
                to_detail,
            } => {
                let (from, to) = Named::both(from, from_detail, to, to_detail);
                write!(f, "status: {to}, before: {from}")
            }
            Self::DetailChanged { from, to } => {
                let name = |it: &Option<Detail>| {
                    it.as_ref().map_or("none".to_owned(), ToString::to_string)
                };
                write!(
                    f,
                    "detail: {}, before: {}",
                    Clean(&name(to)),
                    Clean(&name(from))
                )
            }
            Self::ReasonChanged { from, to } => {
                let name = |it: &Option<Reason>| {
                    it.as_ref().map_or("none".to_owned(), ToString::to_string)
                };
                write!(
                    f,
                    "reason: {}, before: {}",
                    Clean(&name(to)),
                    Clean(&name(from))
                )
            }
            Self::AttentionChanged { needed: true } => f.write_str("somebody should look at it"),
            Self::AttentionChanged { needed: false } => {
                f.write_str("it needs no attention any more")
            }
            Self::GaveUp { given_up: true } => f.write_str("the provider stopped looking"),
            Self::GaveUp { given_up: false } => f.write_str("the provider looks again"),
            Self::EtaChanged { from, to } => {
                write!(f, "expected {}", Expected(to))?;
                match from {
                    Some(from) => write!(f, ", before: {}", Expected(from)),
                    None => Ok(()),
                }
            }
            Self::NumberChanged { from, to } => {
                write!(f, "number: {}", Clean(to))?;
                match from {
                    Some(from) => write!(f, ", before: {}", Clean(from)),
                    None => Ok(()),
                }
            }
            Self::CourierChanged { from, to } => {
                let name = |courier: &'_ Courier| {
                    courier.name.clone().unwrap_or_else(|| courier.code.clone())
                };
                write!(f, "courier: {}", Clean(&name(to)))?;
                match from {
                    Some(from) => write!(f, ", before: {}", Clean(&name(from))),
                    None => Ok(()),
                }
            }
            Self::Signed { .. } => f.write_str("signed for"),
            Self::Reopened {
                from,
                to,
                from_detail,
                to_detail,
            } => {
                let (from, to) = Named::both(from, from_detail, to, to_detail);
                write!(f, "no longer {from}: {to}")
            }
            Self::Regressed { from, to } => write!(
                f,
                "reported as {}, which is less than {}, and not proven to be newer",
                to.label(),
                from.label()
            ),
            Self::LeftTerminal {
                from,
                to,
                from_detail,
                to_detail,
            } => {
                let (from, to) = Named::both(from, from_detail, to, to_detail);
                write!(f, "reported as {to} although it is {from}")
            }
            Self::FactChanged { fact } => write!(f, "changed: {fact}"),
            Self::Unknown => f.write_str("a change of a kind that this version does not know"),
        }
    }
}

/// A status, and its detail where two statuses have one name.
struct Named<'a>(&'a Status, Option<&'a Detail>);

impl<'a> Named<'a> {
    fn both(
        from: &'a Status,
        from_detail: &'a Option<Detail>,
        to: &'a Status,
        to_detail: &'a Option<Detail>,
    ) -> (Self, Self) {
        let detail = |detail: &'a Option<Detail>| detail.as_ref().filter(|_| from == to);
        (Self(from, detail(from_detail)), Self(to, detail(to_detail)))
    }
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.label())?;
        match self.1 {
            Some(detail) => write!(f, " ({})", Clean(detail.as_str())),
            None => Ok(()),
        }
    }
}

/// An event on one line: time, status, text, place.
pub(super) struct Line<'a>(pub(super) &'a Event);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.0;
        if let Some(time) = &event.time {
            write!(f, "{} ", Clean(time.text()))?;
        }
        f.write_str(event.status.status.label())?;
        if let Some(text) = &event.description {
            write!(f, ": {}", Clean(text))?;
        }
        if let Some(place) = &event.location {
            write!(f, " ({})", Clean(place))?;
        }
        Ok(())
    }
}

/// An estimate as it is written, and its end where it is a window.
pub(super) struct Expected<'a>(pub(super) &'a Eta);

impl fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Clean(self.0.from.text()))?;
        match &self.0.to {
            Some(to) => write!(f, " to {}", Clean(to.text())),
            None => Ok(()),
        }
    }
}
