//! One thing that happened, or will happen, to a parcel.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::clock::parse_rfc3339;

/// What happened. Each provider has its own names for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The sender announced the parcel.
    OrderCreated,
    /// The sender took the announcement back.
    OrderCancelled,
    /// The courier offered ways of delivery.
    DeliveryProposed,
    /// The recipient chose a way of delivery.
    DeliveryDecided,
    /// The courier accepted the parcel.
    Accepted,
    /// The parcel moved; the courier gave no reason to say more.
    Moved,
    /// The parcel was scanned in a hub.
    HubScan,
    /// The parcel left its country of origin.
    DepartedOrigin,
    /// The parcel reached its country of destination.
    ArrivedInDestination,
    /// Customs have the parcel.
    CustomsReceived,
    /// Customs keep the parcel.
    CustomsHeld,
    /// Customs refused the parcel.
    CustomsRejected,
    /// Customs released the parcel.
    CustomsCleared,
    /// The parcel waits to be collected.
    AvailableForPickup,
    /// The parcel is on the delivery vehicle.
    OutForDelivery,
    /// A delivery was tried and failed.
    AttemptFailed,
    /// Delivery met a problem that can be solved.
    DeliveryProblem,
    /// The recipient refused the parcel.
    Refused,
    /// The parcel was handed over.
    Delivered,
    /// The parcel goes back to its sender.
    Returning,
    /// The parcel is lost.
    Lost,
    /// The parcel was destroyed.
    Destroyed,
}

impl Step {
    /// Every step, in the order of declaration.
    pub const ALL: [Self; 22] = [
        Self::OrderCreated,
        Self::OrderCancelled,
        Self::DeliveryProposed,
        Self::DeliveryDecided,
        Self::Accepted,
        Self::Moved,
        Self::HubScan,
        Self::DepartedOrigin,
        Self::ArrivedInDestination,
        Self::CustomsReceived,
        Self::CustomsHeld,
        Self::CustomsRejected,
        Self::CustomsCleared,
        Self::AvailableForPickup,
        Self::OutForDelivery,
        Self::AttemptFailed,
        Self::DeliveryProblem,
        Self::Refused,
        Self::Delivered,
        Self::Returning,
        Self::Lost,
        Self::Destroyed,
    ];

    /// What a courier writes when the scan has no text of its own.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::OrderCreated => "Electronic announcement received",
            Self::OrderCancelled => "Announcement cancelled by sender",
            Self::DeliveryProposed => "Please choose a delivery option",
            Self::DeliveryDecided => "Delivery option chosen",
            Self::Accepted => "Accepted at counter",
            Self::Moved => "In transport",
            Self::HubScan => "Processed at sorting centre",
            Self::DepartedOrigin => "Left the country of origin",
            Self::ArrivedInDestination => "Arrived in the country of destination",
            Self::CustomsReceived => "Handed to customs",
            Self::CustomsHeld => "Held by customs, documents needed",
            Self::CustomsRejected => "Refused by customs",
            Self::CustomsCleared => "Released by customs",
            Self::AvailableForPickup => "Ready for collection",
            Self::OutForDelivery => "On the delivery vehicle",
            Self::AttemptFailed => "Nobody at home, new attempt tomorrow",
            Self::DeliveryProblem => "Address incomplete",
            Self::Refused => "Refused by recipient",
            Self::Delivered => "Delivered",
            Self::Returning => "On the way back to the sender",
            Self::Lost => "Declared lost",
            Self::Destroyed => "Disposed of",
        }
    }
}

/// When something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ScanTimeForm")]
#[non_exhaustive]
pub enum ScanTime {
    /// This long before the time at which the parcel is added.
    Ago(Duration),
    /// This long after the time at which the parcel is added: visible once the clock gets there.
    Ahead(Duration),
    /// At this time.
    At(SystemTime),
}

/// How a time is written for the control paths.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum ScanTimeForm {
    MinutesAgo(u32),
    MinutesAhead(u32),
    At(String),
}

impl TryFrom<ScanTimeForm> for ScanTime {
    type Error = String;

    fn try_from(time: ScanTimeForm) -> Result<Self, Self::Error> {
        let minutes = |count: u32| Duration::from_secs(u64::from(count) * 60);
        Ok(match time {
            ScanTimeForm::MinutesAgo(count) => Self::Ago(minutes(count)),
            ScanTimeForm::MinutesAhead(count) => Self::Ahead(minutes(count)),
            ScanTimeForm::At(time) => {
                Self::At(parse_rfc3339(&time).ok_or_else(|| {
                    format!("`{time}` is not a time such as 2026-03-02T09:00:00Z")
                })?)
            }
        })
    }
}

/// How a courier writes the time of a scan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimeShape {
    /// Wall clock of the place, no zone: `2026-03-02T09:00:00`.
    #[default]
    Naive,
    /// Wall clock with the offset of the place: `2026-03-02T09:00:00+01:00`.
    Offset,
    /// UTC: `2026-03-02T08:00:00Z`.
    Utc,
    /// UTC with milliseconds: `2026-03-02T08:00:00.000Z`.
    UtcMillis,
    /// The date at the place: `2026-03-02`.
    DateOnly,
}

/// One scan of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    pub(crate) step: Step,
    pub(crate) time: ScanTime,
    /// Which leg's courier scanned, counted from 0.
    #[serde(default)]
    pub(crate) leg: usize,
    #[serde(default)]
    pub(crate) shape: TimeShape,
    /// How far the clocks at the place are ahead of UTC.
    #[serde(default)]
    pub(crate) offset_minutes: i32,
    #[serde(default)]
    pub(crate) text: Option<String>,
    #[serde(default)]
    pub(crate) place: Option<String>,
}

impl Scan {
    /// A scan of the first leg at a time of your choice.
    #[must_use]
    pub fn new(time: ScanTime, step: Step) -> Self {
        Self {
            step,
            time,
            leg: 0,
            shape: TimeShape::Naive,
            offset_minutes: 0,
            text: None,
            place: None,
        }
    }

    /// A scan of the past.
    #[must_use]
    pub fn ago(ago: Duration, step: Step) -> Self {
        Self::new(ScanTime::Ago(ago), step)
    }

    /// A scan to come: visible once the clock of the sandbox gets there.
    #[must_use]
    pub fn ahead(ahead: Duration, step: Step) -> Self {
        Self::new(ScanTime::Ahead(ahead), step)
    }

    /// Which leg's courier scanned, counted from 0.
    #[must_use]
    pub fn on_leg(mut self, leg: usize) -> Self {
        self.leg = leg;
        self
    }

    /// How the courier writes the time.
    #[must_use]
    pub fn shape(mut self, shape: TimeShape) -> Self {
        self.shape = shape;
        self
    }

    /// How far the clocks at the place are ahead of UTC, in minutes.
    #[must_use]
    pub fn offset_minutes(mut self, minutes: i32) -> Self {
        self.offset_minutes = minutes;
        self
    }

    /// The courier's own text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The place as the courier writes it.
    #[must_use]
    pub fn place(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}
