//! Values that programs write where they have no date.

use super::parse::{self, Parsed, WallTime, Zone};
use super::{Date, UtcTime};

/// Returns true if a string that has the shape of a time means "no date".
pub(super) fn is_no_date(Parsed { date, time }: Parsed) -> bool {
    match (date.year, date.month, date.day) {
        (..=1, _, _) => true,
        // The clocks of all offsets show one of these days at the begin of Unix time.
        (1970, 1, 1) | (1969, 12, 31) => is_unix_epoch(date, time),
        _ => false,
    }
}

fn is_unix_epoch(date: Date, time: Option<(WallTime, Zone)>) -> bool {
    let reads_as_epoch = date.year == 1970 && time.is_none_or(|(wall, _)| wall.is_midnight());
    let is_epoch = || match time {
        Some((wall, Zone::Offset(offset))) => {
            parse::instant(date, wall, offset) == UtcTime::from_unix_seconds(0)
        }
        _ => false,
    };
    reads_as_epoch || is_epoch()
}

/// Returns true if a string without spaces around it means "no date".
pub(super) fn is_zero_value(text: &str) -> bool {
    let is_zero = !text.is_empty() && text.bytes().all(|byte| byte == b'0');
    // What the calendar has no day for, such as `0000-00-00`, is no `Parsed`.
    let year = text.strip_prefix('-').unwrap_or(text);
    let is_of_first_years = matches!(
        year.as_bytes(),
        [b'0', b'0', b'0', b'0' | b'1', b'-' | b'/', ..]
    );
    is_zero || is_of_first_years || parse::parse(text).is_some_and(is_no_date)
}
