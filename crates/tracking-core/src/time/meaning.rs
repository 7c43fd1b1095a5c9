//! What a time means, however it is spelled.

use std::hash::Hash;

use super::{Date, Timestamp, UtcTime};

/// What a time means: two spellings with one meaning are one time.
///
/// `2026-03-02T09:00:00Z`, `2026-03-02T09:00:00.000Z` and `2026-03-02T10:00:00+01:00` are one
/// instant, and `2026-03-02 09:00` and `2026-03-02T09:00:00` are one reading of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TimeMeaning<'a> {
    /// An instant, proven or claimed.
    Instant(UtcTime),
    /// The reading of a clock without a zone, with its seconds filled in.
    Clock {
        date: Date,
        hour: u8,
        minute: u8,
        second: u8,
        nanosecond: u32,
    },
    /// A day.
    Day(Date),
    /// A string that is no time, without the spaces around it.
    Unparsed(&'a str),
}

impl Timestamp {
    /// Returns what the time means.
    pub(crate) fn meaning(&self) -> TimeMeaning<'_> {
        match self.instant() {
            Some(instant) => TimeMeaning::Instant(instant),
            None => self.without_zone(),
        }
    }

    /// Returns what the time means where its zone does not count: the reading of the clock, or the day.
    pub(crate) fn without_zone(&self) -> TimeMeaning<'_> {
        match (self.date(), self.wall()) {
            (Some(date), Some(wall)) => TimeMeaning::Clock {
                date,
                hour: wall.hour,
                minute: wall.minute,
                second: wall.second,
                nanosecond: wall.nanosecond,
            },
            (Some(date), None) => TimeMeaning::Day(date),
            (None, _) => TimeMeaning::Unparsed(self.text().trim()),
        }
    }

    /// Returns true if it is the time of `other` with its zone, or with the clock of its day.
    pub(crate) fn refines(&self, other: &Self) -> bool {
        match (self.meaning(), other.meaning()) {
            (TimeMeaning::Instant(_), clock @ TimeMeaning::Clock { .. }) => {
                self.without_zone() == clock
            }
            (TimeMeaning::Instant(_) | TimeMeaning::Clock { .. }, TimeMeaning::Day(day)) => {
                self.date() == Some(day)
            }
            _ => false,
        }
    }

    /// Returns true if both mean the same time, however they are spelled.
    ///
    /// ```
    /// use tracking_core::Timestamp;
    ///
    /// let with_seconds = Timestamp::parse("2026-03-02 09:00:00");
    ///
    /// assert!(Timestamp::parse("2026-03-02T09:00").means_same(&with_seconds));
    /// assert!(!Timestamp::parse("2026-03-02T09:00Z").means_same(&with_seconds));
    /// ```
    #[must_use]
    pub fn means_same(&self, other: &Self) -> bool {
        self.meaning() == other.meaning()
    }
}
