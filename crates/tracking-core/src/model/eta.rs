//! `Eta`: when a parcel is expected.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{null_as_default, optional};
use crate::Timestamp;
use crate::merge::ReportTime;

/// When a parcel is expected, according to one source.
///
/// A date stays a date: nothing here is more precise than what was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Eta {
    /// Who expects it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub source: EtaSource,
    /// The time or the day, or the begin of a window.
    pub from: Timestamp,
    /// The end of a window.
    #[serde(default, deserialize_with = "optional")]
    pub to: Option<Timestamp>,
    /// How precise the time is.
    #[serde(default, deserialize_with = "null_as_default")]
    pub precision: EtaPrecision,
    /// The provider's field, such as `courierEstimatedDeliveryDate`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub field: Cow<'static, str>,
    /// When it was last reported.
    #[serde(default, deserialize_with = "optional")]
    pub(crate) seen: Option<ReportTime>,
}

impl Eta {
    /// Creates an estimate without an end; the precision is that of the text.
    #[must_use]
    pub fn new(source: EtaSource, from: Timestamp, field: impl Into<Cow<'static, str>>) -> Self {
        let precision = match &from {
            Timestamp::Exact(_) | Timestamp::ClaimedUtc(_) | Timestamp::LocalNaive(_)
                if !from.is_midnight() =>
            {
                EtaPrecision::Instant
            }
            // Midnight is how a field for a date and a time holds a date.
            _ => EtaPrecision::Day,
        };
        Self {
            source,
            from,
            to: None,
            precision,
            field: field.into(),
            seen: None,
        }
    }

    /// Sets the end, which makes the estimate a window.
    #[must_use]
    pub fn with_end(mut self, to: Timestamp) -> Self {
        self.to = Some(to);
        self.precision = EtaPrecision::Window;
        self
    }

    /// Returns true if it is a window that ends before it begins, as far as its zones allow to say.
    ///
    /// It is unknown which of its two times is right, so it is no estimate to act on.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        let order = |to: &Timestamp| to.compare_within_leg(&self.from);
        self.to.as_ref().and_then(order) == Some(Ordering::Less)
    }
}

/// Who expects a parcel at a time.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EtaSource {
    /// The courier says so.
    Courier,
    /// The provider says so, without naming a courier.
    Aggregator,
    /// Computed by a prediction.
    Predicted,
    /// Not reported, or a name that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

impl EtaSource {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Courier => "courier",
            Self::Aggregator => "aggregator",
            Self::Predicted => "predicted",
            Self::Unknown => "unknown",
        }
    }
}

/// How precise an expected time is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EtaPrecision {
    /// A day.
    Day,
    /// From a time to a time.
    Window,
    /// A time of day.
    Instant,
    /// A name that this version does not know, from stored data.
    #[default]
    #[serde(other)]
    Unknown,
}

impl EtaPrecision {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Window => "window",
            Self::Instant => "instant",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Eta, EtaPrecision, EtaSource};
    use crate::Timestamp;

    fn eta(text: &str) -> Eta {
        Eta::new(EtaSource::Courier, Timestamp::parse(text), "field")
    }

    #[test]
    fn date_stays_day() {
        assert_eq!(eta("2025-12-04").precision, EtaPrecision::Day);
    }

    #[test]
    fn midnight_counts_as_a_day() {
        assert_eq!(eta("2025-12-04T00:00:00.000Z").precision, EtaPrecision::Day);
    }

    #[test]
    fn time_of_day_is_instant() {
        assert_eq!(eta("2025-12-04T18:00:00").precision, EtaPrecision::Instant);
    }

    #[test]
    fn end_makes_window() {
        let eta = eta("2025-12-04T17:00:00").with_end(Timestamp::parse("2025-12-04T18:00:00"));

        assert_eq!(eta.precision, EtaPrecision::Window);
        assert!(!eta.is_reversed());
    }

    #[test]
    fn window_is_reversed_if_its_end_is_surely_before_its_begin() {
        for (from, to, expected) in [
            ("2025-12-04T18:00:00", "2025-12-04T14:00:00", true),
            ("2025-12-04", "2025-12-03", true),
            ("2025-12-04T18:00:00+01:00", "2025-12-04T16:59:00Z", true),
            ("2025-12-04T18:00:00+01:00", "2025-12-04T17:00:00Z", false),
            ("2025-12-04T18:00:00", "2025-12-04", false),
            ("2025-12-04T18:00:00Z", "2025-12-04T14:00:00", false),
            ("2025-12-04T18:00:00", "evening", false),
        ] {
            let window = eta(from).with_end(Timestamp::parse(to));

            assert_eq!(window.is_reversed(), expected, "{from} to {to}");
        }
        assert!(!eta("2025-12-04T18:00:00").is_reversed());
    }
}
