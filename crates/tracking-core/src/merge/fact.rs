//! The facts about a shipment.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A fact about a shipment that changes seldom and has no kind of [`Change`](super::Change) of its own.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fact {
    /// [`Shipment::id`](crate::Shipment::id).
    Id,
    /// [`Shipment::reference`](crate::Shipment::reference).
    Reference,
    /// [`Shipment::linked_numbers`](crate::Shipment::linked_numbers).
    LinkedNumbers,
    /// [`Shipment::direction`](crate::Shipment::direction).
    Direction,
    /// [`Shipment::origin_country`](crate::Shipment::origin_country).
    OriginCountry,
    /// [`Shipment::destination_country`](crate::Shipment::destination_country).
    DestinationCountry,
    /// [`Shipment::service`](crate::Shipment::service).
    Service,
    /// [`Shipment::signed_by`](crate::Shipment::signed_by).
    SignedBy,
    /// [`Shipment::delivery_document`](crate::Shipment::delivery_document).
    DeliveryDocument,
    /// [`Shipment::tracking_url`](crate::Shipment::tracking_url) or that of a leg.
    TrackingUrl,
    /// [`Shipment::provider_gave_up`](crate::Shipment::provider_gave_up).
    ProviderGaveUp,
    /// [`Shipment::registered_at`](crate::Shipment::registered_at).
    RegisteredAt,
    /// The milestones that the provider claims. They come with the events, so their change is not
    /// reported beside them.
    ClaimedMilestones,
    /// The status of a leg that has no events.
    LegStatus,
    /// A fact that this version does not know, from stored data.
    #[default]
    #[serde(other)]
    Unknown,
}

impl Fact {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Reference => "reference",
            Self::LinkedNumbers => "linked_numbers",
            Self::Direction => "direction",
            Self::OriginCountry => "origin_country",
            Self::DestinationCountry => "destination_country",
            Self::Service => "service",
            Self::SignedBy => "signed_by",
            Self::DeliveryDocument => "delivery_document",
            Self::TrackingUrl => "tracking_url",
            Self::ProviderGaveUp => "provider_gave_up",
            Self::RegisteredAt => "registered_at",
            Self::ClaimedMilestones => "claimed_milestones",
            Self::LegStatus => "leg_status",
            Self::Unknown => "unknown",
        }
    }
}

/// The name for people, such as `origin country`.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_str().replace('_', " "))
    }
}
