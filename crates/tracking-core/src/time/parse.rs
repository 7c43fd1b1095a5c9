//! Reads the date and time strings that couriers send. Nothing is guessed: a string that fits no
//! known shape has no time.

use std::str::FromStr;

use jiff::civil;
use jiff::tz::Offset;

use super::{Date, UtcTime};

/// What a string says, before anybody decides how far to trust its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) date: Date,
    /// `None` for a string that is a date only.
    pub(super) time: Option<(WallTime, Zone)>,
}

/// A wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct WallTime {
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// 0 to 60: a leap second is kept.
    pub(super) second: u8,
    pub(super) nanosecond: u32,
    pub(super) has_seconds: bool,
}

impl WallTime {
    /// The first instant of a day.
    pub(super) const FIRST: Self = Self {
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
        has_seconds: true,
    };
    /// The last instant of a day.
    pub(super) const LAST: Self = Self {
        hour: 23,
        minute: 59,
        second: 59,
        nanosecond: 999_999_999,
        has_seconds: true,
    };

    /// Returns true if the clock reads exactly 00:00.
    pub(super) const fn is_midnight(self) -> bool {
        self.hour == 0 && self.minute == 0 && self.second == 0 && self.nanosecond == 0
    }
}

/// What a string says about its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    None,
    /// A `Z` at the end.
    Utc,
    /// A numeric offset, in seconds east of UTC.
    Offset(i32),
}

/// Reads a whole text in one of these shapes; spaces around it are ignored.
///
/// - `2025-12-04`, `2025/12/4`
/// - a date, then `T`, `t` or spaces, then `7:16`, `07:16:00` or `07:16:00.123`; hours, minutes and
///   seconds have one digit or two, since some couriers leave zeros out (`16:58:1`)
/// - the same, then `Z`, `z`, `+11:00`, `+1100` or `+11`, also after a space
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let mut reader = Reader {
        rest: text.trim_ascii().as_bytes(),
    };
    let date = reader.date()?;
    if reader.rest.is_empty() {
        return Some(Parsed { date, time: None });
    }
    if !(reader.take(b'T') || reader.take(b't') || reader.spaces()) {
        return None;
    }
    let wall = reader.wall_time()?;
    reader.spaces();
    let zone = reader.zone()?;
    reader.rest.is_empty().then_some(Parsed {
        date,
        time: Some((wall, zone)),
    })
}

/// Reads a whole string as a date.
fn date(text: &str) -> Option<Date> {
    let mut reader = Reader {
        rest: text.as_bytes(),
    };
    let date = reader.date()?;
    reader.rest.is_empty().then_some(date)
}

/// The string is not a date of the form `2025-12-04`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date; write it as 2025-12-04")]
pub struct ParseDateError {
    text: String,
}

impl FromStr for Date {
    type Err = ParseDateError;

    /// Reads `2025-12-04`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        date(text).ok_or_else(|| ParseDateError {
            text: text.to_owned(),
        })
    }
}

/// Returns the instant at which a clock with this offset shows this time.
///
/// `None` only at the edges of the calendar.
pub(super) fn instant(date: Date, wall: WallTime, offset_seconds: i32) -> Option<UtcTime> {
    // A leap second has no instant of its own in Unix time; it counts as the second before.
    let second = wall.second.min(59);
    let time = civil::DateTime::new(
        date.year,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
        i8::try_from(wall.hour).ok()?,
        i8::try_from(wall.minute).ok()?,
        i8::try_from(second).ok()?,
        i32::try_from(wall.nanosecond).ok()?,
    )
    .ok()?;
    let offset = Offset::from_seconds(offset_seconds).ok()?;
    offset.to_timestamp(time).ok().map(UtcTime::new)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn date(&mut self) -> Option<Date> {
        let year = self.number(4, 4)?;
        let separator = *self
            .rest
            .first()
            .filter(|byte| matches!(byte, b'-' | b'/'))?;
        self.take(separator);
        let month = self.number(1, 2)?;
        if !self.take(separator) {
            return None;
        }
        let day = self.number(1, 2)?;
        Date::new(
            i16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    fn wall_time(&mut self) -> Option<WallTime> {
        let hour = self.number_up_to(1, 23)?;
        if !self.take(b':') {
            return None;
        }
        let minute = self.number_up_to(1, 59)?;
        if !self.take(b':') {
            let (second, nanosecond, has_seconds) = (0, 0, false);
            return Some(WallTime {
                hour,
                minute,
                second,
                nanosecond,
                has_seconds,
            });
        }
        let second = self.number_up_to(1, 60)?;
        let nanosecond = if self.take(b'.') { self.fraction()? } else { 0 };
        Some(WallTime {
            hour,
            minute,
            second,
            nanosecond,
            has_seconds: true,
        })
    }

    fn zone(&mut self) -> Option<Zone> {
        let Some((&first, rest)) = self.rest.split_first() else {
            return Some(Zone::None);
        };
        self.rest = rest;
        let sign = match first {
            b'Z' | b'z' => return Some(Zone::Utc),
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.number_up_to(2, 23)?;
        let minutes = if self.take(b':') || !self.rest.is_empty() {
            self.number_up_to(2, 59)?
        } else {
            0
        };
        Some(Zone::Offset(
            sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60),
        ))
    }

    /// Reads the digits after the point. Digits after the ninth are dropped.
    fn fraction(&mut self) -> Option<u32> {
        let mut nanoseconds = 0;
        let mut weight = 100_000_000;
        let mut any = false;
        while let Some(digit) = self.digit() {
            nanoseconds += digit * weight;
            weight /= 10;
            any = true;
        }
        any.then_some(nanoseconds)
    }

    /// Reads a number of `least` or two digits that is not greater than `limit`.
    fn number_up_to(&mut self, least: usize, limit: u32) -> Option<u8> {
        let number = self.number(least, 2).filter(|number| *number <= limit)?;
        u8::try_from(number).ok()
    }

    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let mut number = 0;
        let mut count = 0;
        while count < most {
            let Some(digit) = self.digit() else { break };
            number = number * 10 + digit;
            count += 1;
        }
        (count >= least).then_some(number)
    }

    fn digit(&mut self) -> Option<u32> {
        let (first, rest) = self.rest.split_first()?;
        let digit = first.is_ascii_digit().then(|| u32::from(first - b'0'))?;
        self.rest = rest;
        Some(digit)
    }

    fn take(&mut self, byte: u8) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn spaces(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_ascii_start();
        self.rest.len() < before
    }
}
