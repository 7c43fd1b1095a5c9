//! `UtcTime`: a proven instant.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Restore;

/// A proven instant, such as the time at which a response was fetched.
///
/// Its text is RFC 3339 in UTC: `2025-12-04T07:16:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(jiff::Timestamp);

impl UtcTime {
    /// Returns the time of the system clock.
    #[must_use]
    pub fn now() -> Self {
        Self(jiff::Timestamp::now())
    }

    /// Creates an instant from the seconds since 1970-01-01T00:00:00Z.
    ///
    /// `None` outside the years -9999 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Returns the time that passed since `earlier`, or `None` if `earlier` is the later one.
    #[must_use]
    pub fn since(self, earlier: Self) -> Option<Duration> {
        Duration::try_from(self.0.duration_since(earlier.0)).ok()
    }

    /// Returns the instant this much later; `None` beyond the year 9999.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).ok().map(Self)
    }

    /// Returns the instant this much earlier; `None` before the year -9999.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        self.0.checked_sub(duration).ok().map(Self)
    }

    pub(super) const fn new(time: jiff::Timestamp) -> Self {
        Self(time)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The text is not an RFC 3339 time with a zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a time with a zone; write it as 2025-12-04T07:16:00Z")]
pub struct ParseUtcTimeError {
    text: String,
}

impl FromStr for UtcTime {
    type Err = ParseUtcTimeError;

    /// Reads an RFC 3339 time with `Z` or an offset.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ParseUtcTimeError {
            text: text.to_owned(),
        })
    }
}

/// The time lies outside the years -9999 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time lies outside the years -9999 to 9999")]
pub struct UtcTimeRangeError(());

impl TryFrom<SystemTime> for UtcTime {
    type Error = UtcTimeRangeError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        jiff::Timestamp::try_from(time)
            .map(Self)
            .map_err(|_| UtcTimeRangeError(()))
    }
}

impl From<UtcTime> for SystemTime {
    fn from(time: UtcTime) -> Self {
        time.0.into()
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UtcTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = &"a time with a zone, such as 2025-12-04T07:16:00Z";
        text.parse()
            .map_err(|_| D::Error::invalid_value(Unexpected::Str(&text), expected))
    }
}

impl Restore for UtcTime {
    type Form = String;

    fn restore(text: String) -> Option<Self> {
        text.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::UtcTime;

    #[test]
    fn seconds_are_restored() {
        let time = UtcTime::from_unix_seconds(1_764_832_560).unwrap();

        assert_eq!(time.as_unix_seconds(), 1_764_832_560);
        assert_eq!(time.to_string(), "2025-12-04T07:16:00Z");
    }

    #[test]
    fn seconds_out_of_range_are_none() {
        assert_eq!(UtcTime::from_unix_seconds(i64::MAX), None);
    }

    #[test]
    fn offset_is_applied() {
        let time: UtcTime = "2025-12-04T07:16:00+11:00".parse().unwrap();

        assert_eq!(time.to_string(), "2025-12-03T20:16:00Z");
    }

    #[test]
    fn string_without_zone_is_refused() {
        assert!("2025-12-04T07:16:00".parse::<UtcTime>().is_err());
    }

    #[test]
    fn system_time_and_serde_restore_the_instant() {
        let time: UtcTime = "2025-12-04T07:16:00.123456789Z".parse().unwrap();

        assert_eq!(UtcTime::try_from(SystemTime::from(time)), Ok(time));
        let json = serde_json::to_string(&time).unwrap();
        assert_eq!(serde_json::from_str::<UtcTime>(&json).unwrap(), time);
    }

    #[test]
    fn since_is_none_for_a_later_time() {
        let early = UtcTime::from_unix_seconds(10).unwrap();
        let late = UtcTime::from_unix_seconds(15).unwrap();

        assert_eq!(late.since(early), Some(Duration::from_secs(5)));
        assert_eq!(early.since(late), None);
    }
}
