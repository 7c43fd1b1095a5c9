//! The forms of times on the wire.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::world::TimeShape;

/// A machine time: UTC with milliseconds, `2026-03-02T09:00:00.000Z`.
pub(crate) fn utc_millis(millis: i64) -> String {
    let time = civil(millis, 0);
    format!("{}.{:03}Z", with_t(time), millis.rem_euclid(1000))
}

/// A time of a scan in one of the shapes that couriers use.
pub(crate) fn logistic(millis: i64, shape: TimeShape, offset_minutes: i32) -> String {
    match shape {
        TimeShape::Naive => with_t(civil(millis, offset_minutes)),
        TimeShape::Offset => {
            let sign = if offset_minutes < 0 { '-' } else { '+' };
            let distance = offset_minutes.unsigned_abs();
            let local = with_t(civil(millis, offset_minutes));
            format!("{local}{sign}{:02}:{:02}", distance / 60, distance % 60)
        }
        TimeShape::Utc => format!("{}Z", with_t(civil(millis, 0))),
        TimeShape::UtcMillis => utc_millis(millis),
        TimeShape::DateOnly => {
            let date = civil(millis, offset_minutes).date();
            format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
        }
    }
}

/// The UTC day as eight digits, as in file names.
pub(crate) fn compact_day(millis: i64) -> String {
    let date = civil(millis, 0).date();
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A wall clock with a space and without seconds, `2026-03-02 09:00`.
pub(crate) fn minutes(millis: i64, offset_minutes: i32) -> String {
    let mut time = seconds(millis, offset_minutes);
    time.truncate(16);
    time
}

/// A wall clock with a space and with seconds, `2026-03-02 09:00:00`.
pub(crate) fn seconds(millis: i64, offset_minutes: i32) -> String {
    with_separator(civil(millis, offset_minutes), ' ')
}

fn with_t(time: DateTime) -> String {
    with_separator(time, 'T')
}

fn with_separator(time: DateTime, separator: char) -> String {
    format!(
        "{:04}-{:02}-{:02}{separator}{:02}:{:02}:{:02}",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// The wall clock at an instant. Instants outside the years 1 to 9999 never get here from a
/// parcel; from the clock they show as the Unix epoch.
fn civil(millis: i64, offset_minutes: i32) -> DateTime {
    let instant = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    let offset = Offset::from_seconds(offset_minutes.saturating_mul(60)).unwrap_or(Offset::UTC);
    offset.to_datetime(instant)
}

/// Returns true if an instant can be written with four digits of year in every zone.
pub(crate) fn is_writable(millis: i64) -> bool {
    // 0001-01-02 to 9999-12-30: one day of room for the zones.
    (-62_135_510_400_000..=253_402_128_000_000).contains(&millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-02T09:00:00.250Z
    const MILLIS: i64 = 1_772_442_000_250;

    #[test]
    fn each_shape_has_its_string() {
        let cases = [
            (TimeShape::Naive, 60, "2026-03-02T10:00:00"),
            (TimeShape::Offset, 60, "2026-03-02T10:00:00+01:00"),
            (TimeShape::Offset, -210, "2026-03-02T05:30:00-03:30"),
            (TimeShape::Offset, 330, "2026-03-02T14:30:00+05:30"),
            (TimeShape::Utc, 60, "2026-03-02T09:00:00Z"),
            (TimeShape::UtcMillis, 60, "2026-03-02T09:00:00.250Z"),
            (TimeShape::DateOnly, 960, "2026-03-03"),
        ];

        for (shape, offset, expected) in cases {
            assert_eq!(logistic(MILLIS, shape, offset), expected);
        }
    }

    #[test]
    fn space_separates_date_and_time() {
        assert_eq!(minutes(MILLIS, 480), "2026-03-02 17:00");
        assert_eq!(seconds(MILLIS, 0), "2026-03-02 09:00:00");
    }

    #[test]
    fn file_names_carry_the_utc_day() {
        assert_eq!(compact_day(MILLIS), "20260302");
    }
}
