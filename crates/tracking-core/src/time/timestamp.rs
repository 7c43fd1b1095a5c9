//! `Timestamp`: a time as it was written, with its text and with how much zone it has.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::no_date;
use super::parse::{self, Parsed, WallTime, Zone};
use super::{Date, UtcTime};
use crate::kit::ShortString;
use crate::model::Restore;

/// A time as a provider wrote it.
///
/// The arm says how much zone the text has; a wall clock without a zone never becomes an instant.
/// Every arm keeps the text, and `Display` prints nothing else.
///
/// # Examples
///
/// ```
/// use tracking_core::Timestamp;
/// use tracking_core::time::TimeKind;
///
/// let scan = Timestamp::parse("2025-12-04T07:16:00+11:00");
/// assert_eq!(scan.kind(), TimeKind::Exact);
/// assert_eq!(scan.to_string(), "2025-12-04T07:16:00+11:00");
///
/// let naive = Timestamp::parse("2025-12-04 07:16");
/// assert_eq!(naive.kind(), TimeKind::LocalNaive);
/// assert_eq!(naive.instant(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timestamp {
    /// Date, time and numeric offset were stated: a proven instant.
    Exact(ExactTime),
    /// The text ends in `Z`: an instant that the provider claims, without proof.
    ClaimedUtc(ClaimedUtcTime),
    /// The wall clock of an unknown place. No instant.
    LocalNaive(LocalTime),
    /// A day of the calendar. No instant.
    DateOnly(CalendarDate),
    /// A string that fits no known shape, or one that [means "no date"](Timestamp::means_no_date).
    Unparsed(UnparsedTime),
}

/// Which arm of [`Timestamp`] a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimeKind {
    /// See [`Timestamp::Exact`].
    Exact,
    /// See [`Timestamp::ClaimedUtc`].
    ClaimedUtc,
    /// See [`Timestamp::LocalNaive`].
    LocalNaive,
    /// See [`Timestamp::DateOnly`].
    DateOnly,
    /// See [`Timestamp::Unparsed`]. Also a name that this version does not know, from stored data.
    #[serde(other)]
    Unparsed,
}

impl TimeKind {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ClaimedUtc => "claimed_utc",
            Self::LocalNaive => "local_naive",
            Self::DateOnly => "date_only",
            Self::Unparsed => "unparsed",
        }
    }
}

/// The payload of [`Timestamp::Exact`]; only parsing makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExactTime {
    clock: Clock,
    instant: UtcTime,
}

/// The payload of [`Timestamp::ClaimedUtc`]; only parsing makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClaimedUtcTime {
    clock: Clock,
    instant: UtcTime,
}

/// The payload of [`Timestamp::LocalNaive`]; only parsing makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocalTime {
    clock: Clock,
}

/// The payload of [`Timestamp::DateOnly`]; only parsing makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CalendarDate {
    text: ShortString,
    date: Date,
}

/// The payload of [`Timestamp::Unparsed`]; only parsing makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnparsedTime {
    text: ShortString,
}

/// A string and the date and wall clock that it shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Clock {
    text: ShortString,
    date: Date,
    wall: WallTime,
}

/// What a `Z` at the end of a string is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Utc {
    Proven,
    Claimed,
    Ignored,
}

impl ExactTime {
    /// Returns the instant.
    #[must_use]
    pub const fn instant(&self) -> UtcTime {
        self.instant
    }
}

impl ClaimedUtcTime {
    /// Returns the claimed instant.
    #[must_use]
    pub const fn instant(&self) -> UtcTime {
        self.instant
    }
}

impl LocalTime {
    /// Returns the date that the clock shows.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.clock.date
    }
}

impl CalendarDate {
    /// Returns the date.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }
}

impl Timestamp {
    /// Reads a time of unknown trust: a `Z` is only a claim.
    ///
    /// Understood are a date alone, a date with hour and minute, optionally with seconds and a
    /// fraction, each optionally with `Z` or a numeric offset; also with a space for the `T`,
    /// lower-case letters, slashes in the date, and one digit for a month, day, hour, minute or
    /// second. Any other string becomes [`Timestamp::Unparsed`], and so does one that
    /// [means "no date"](Timestamp::means_no_date).
    #[must_use]
    pub fn parse(text: impl AsRef<str>) -> Self {
        Self::read(text.as_ref(), Utc::Claimed)
    }

    /// Reads a time of a field that is documented to hold local time: a `Z` proves nothing there,
    /// so it makes no instant.
    ///
    /// A numeric offset is [`Timestamp::Exact`] all the same.
    ///
    /// ```
    /// use tracking_core::Timestamp;
    /// use tracking_core::time::TimeKind;
    ///
    /// let scan = Timestamp::parse_local_documented("2025-12-04T07:16:00Z");
    /// assert_eq!(scan.kind(), TimeKind::LocalNaive);
    /// assert_eq!(scan.instant(), None);
    /// ```
    #[must_use]
    pub fn parse_local_documented(text: impl AsRef<str>) -> Self {
        Self::read(text.as_ref(), Utc::Ignored)
    }

    /// Reads a time of a field that is documented as UTC: a `Z` is [`Timestamp::Exact`].
    ///
    /// A string without a zone stays without one.
    #[must_use]
    pub fn parse_utc_documented(text: impl AsRef<str>) -> Self {
        Self::read(text.as_ref(), Utc::Proven)
    }

    /// Returns true if the string is one that programs write where they have no date.
    ///
    /// These are the zero values of common languages and databases: any day of the years 0 and 1
    /// (`0001-01-01T00:00:00Z`), days that do not exist in them (`0000-00-00 00:00:00`,
    /// `-0001-11-30T00:00:00+00:00`), the begin of Unix time as a date, a clock of any place or an
    /// instant (`1970-01-01T00:00:00`, `1970-01-01T01:00:00+01:00`), and `0`. No parcel was under way
    /// then, so such a string is always [`Timestamp::Unparsed`].
    ///
    /// ```
    /// use tracking_core::Timestamp;
    ///
    /// assert!(Timestamp::parse("0001-01-01T00:00:00").means_no_date());
    /// assert!(!Timestamp::parse("1970-01-01T00:00:01").means_no_date());
    /// assert!(!Timestamp::parse("soon").means_no_date());
    /// ```
    #[must_use]
    pub fn means_no_date(&self) -> bool {
        matches!(self, Self::Unparsed(_)) && no_date::is_zero_value(self.text().trim_ascii())
    }

    fn read(text: &str, utc: Utc) -> Self {
        let parsed = parse::parse(text).filter(|parsed| !no_date::is_no_date(*parsed));
        let text = ShortString::from(text);
        let Some(Parsed { date, time }) = parsed else {
            return Self::Unparsed(UnparsedTime { text });
        };
        let Some((wall, zone)) = time else {
            return Self::DateOnly(CalendarDate { text, date });
        };
        let (offset, proven) = match (zone, utc) {
            (Zone::None, _) | (Zone::Utc, Utc::Ignored) => {
                return Self::LocalNaive(LocalTime {
                    clock: Clock { text, date, wall },
                });
            }
            (Zone::Utc, utc) => (0, utc == Utc::Proven),
            (Zone::Offset(seconds), _) => (seconds, true),
        };
        let Some(instant) = parse::instant(date, wall, offset) else {
            return Self::Unparsed(UnparsedTime { text });
        };
        let clock = Clock { text, date, wall };
        if proven {
            Self::Exact(ExactTime { clock, instant })
        } else {
            Self::ClaimedUtc(ClaimedUtcTime { clock, instant })
        }
    }

    /// Returns how much zone the time has.
    #[must_use]
    pub const fn kind(&self) -> TimeKind {
        match self {
            Self::Exact(_) => TimeKind::Exact,
            Self::ClaimedUtc(_) => TimeKind::ClaimedUtc,
            Self::LocalNaive(_) => TimeKind::LocalNaive,
            Self::DateOnly(_) => TimeKind::DateOnly,
            Self::Unparsed(_) => TimeKind::Unparsed,
        }
    }

    /// Returns the text exactly as it arrived.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Exact(time) => time.clock.text.as_str(),
            Self::ClaimedUtc(time) => time.clock.text.as_str(),
            Self::LocalNaive(time) => time.clock.text.as_str(),
            Self::DateOnly(time) => time.text.as_str(),
            Self::Unparsed(time) => time.text.as_str(),
        }
    }

    /// Returns the text where it is that of the instant, such as `2025-12-04T07:16:00Z`.
    pub(crate) fn canonical(&self) -> Option<&str> {
        let text = self.text();
        let has_shape = matches!(
            text.as_bytes(),
            [
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                b'-',
                _,
                _,
                b'T',
                _,
                _,
                b':',
                _,
                _,
                b':',
                _,
                _,
                b'Z'
            ]
        );
        // A leap second has no instant of its own.
        let is_instant = self.instant().is_some() && self.wall().is_some_and(|it| it.second < 60);
        (has_shape && is_instant).then_some(text)
    }

    /// Returns the instant, proven or claimed; `None` without a zone.
    #[must_use]
    pub const fn instant(&self) -> Option<UtcTime> {
        match self {
            Self::Exact(time) => Some(time.instant),
            Self::ClaimedUtc(time) => Some(time.instant),
            Self::LocalNaive(_) | Self::DateOnly(_) | Self::Unparsed(_) => None,
        }
    }

    /// Returns the date that the text shows, in whatever zone it is.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        match self {
            Self::Exact(time) => Some(time.clock.date),
            Self::ClaimedUtc(time) => Some(time.clock.date),
            Self::LocalNaive(time) => Some(time.clock.date),
            Self::DateOnly(time) => Some(time.date),
            Self::Unparsed(_) => None,
        }
    }

    /// Returns true if the text shows a clock that reads exactly 00:00.
    ///
    /// Couriers write midnight where they know the day only.
    #[must_use]
    pub fn is_midnight(&self) -> bool {
        self.wall().is_some_and(WallTime::is_midnight)
    }

    /// Returns true if the text shows seconds.
    #[must_use]
    pub fn has_seconds(&self) -> bool {
        self.wall().is_some_and(|wall| wall.has_seconds)
    }

    pub(super) const fn wall(&self) -> Option<WallTime> {
        match self {
            Self::Exact(time) => Some(time.clock.wall),
            Self::ClaimedUtc(time) => Some(time.clock.wall),
            Self::LocalNaive(time) => Some(time.clock.wall),
            Self::DateOnly(_) | Self::Unparsed(_) => None,
        }
    }
}

impl fmt::Display for Timestamp {
    /// Prints the text as it arrived.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

#[derive(Serialize)]
struct Stored<'a> {
    kind: TimeKind,
    text: &'a str,
}

impl Serialize for Timestamp {
    /// Writes `{"kind": "exact", "text": "2025-12-04T07:16:00+11:00"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored {
            kind: self.kind(),
            text: self.text(),
        }
        .serialize(serializer)
    }
}

/// A time as it is stored; see [`Timestamp`].
#[derive(Deserialize)]
pub(crate) struct TimeForm {
    kind: Option<String>,
    text: Option<String>,
}

impl Restore for Timestamp {
    type Form = TimeForm;

    fn restore(form: TimeForm) -> Option<Self> {
        let text = form.text?;
        let kind = form.kind.unwrap_or_default();
        let utc = if kind == TimeKind::Exact.as_str() {
            Utc::Proven
        } else if kind == TimeKind::LocalNaive.as_str() {
            Utc::Ignored
        } else {
            Utc::Claimed
        };
        let restored = Self::read(&text, utc);
        if restored.kind().as_str() == kind {
            return Some(restored);
        }
        Some(Self::Unparsed(UnparsedTime { text: text.into() }))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    /// Restores a stored time.
    ///
    /// A kind that does not fit its text becomes [`Timestamp::Unparsed`]: a later version may
    /// have stored a shape that this one cannot read, and that must not cost the shipment.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = TimeForm::deserialize(deserializer)?;
        Self::restore(form).ok_or_else(|| D::Error::missing_field("text"))
    }
}
