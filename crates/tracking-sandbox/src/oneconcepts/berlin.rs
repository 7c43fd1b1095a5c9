//! Clocks in Germany: the offset of dates, and the hour at which tracking data are uploaded.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::wire_time::logistic;
use crate::world::TimeShape;

/// Central European time: the last Sundays of March and October change the clocks.
static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| {
    // UTC would be wrong but usable; the rule is a constant and is read by a test.
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
});

/// Data are uploaded once a day, at this hour.
const UPLOAD_HOUR: i8 = 18;

/// The first upload at or after an instant, in milliseconds since the Unix epoch; `None` at the end
/// of representable time.
pub(crate) fn next_upload(millis: i64) -> Option<i64> {
    let local = local(millis)?;
    let today = local.date().at(UPLOAD_HOUR, 0, 0, 0);
    let upload = if local <= today {
        today
    } else {
        today.checked_add(1.day()).ok()?
    };
    instant(upload)
}

/// The last upload at or before an instant.
pub(crate) fn last_upload(millis: i64) -> Option<i64> {
    let local = local(millis)?;
    let today = local.date().at(UPLOAD_HOUR, 0, 0, 0);
    let upload = if today <= local {
        today
    } else {
        today.checked_sub(1.day()).ok()?
    };
    instant(upload)
}

/// A date with the German offset, never with `Z`.
pub(crate) fn format(millis: i64) -> String {
    logistic(millis, TimeShape::Offset, offset_minutes(millis))
}

/// Parses a date of a filter: with an offset, without one (then German time), or a day (then its
/// midnight). `None` for what PHP's `DateTime` could not parse either; that parses much more.
pub(crate) fn parse(text: &str) -> Option<i64> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_millisecond());
    }
    instant(text.parse::<DateTime>().ok()?)
}

fn offset_minutes(millis: i64) -> i32 {
    Timestamp::from_millisecond(millis)
        .map(|instant| BERLIN.to_offset(instant).seconds() / 60)
        .unwrap_or_default()
}

fn local(millis: i64) -> Option<DateTime> {
    let instant = Timestamp::from_millisecond(millis).ok()?;
    Some(BERLIN.to_datetime(instant))
}

fn instant(local: DateTime) -> Option<i64> {
    let instant = BERLIN.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(instant.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_are_at_18_in_winter_and_summer() {
        let cases = [
            ("2026-03-02T09:00:00Z", "2026-03-02T18:00:00+01:00"),
            ("2026-03-02T17:00:00Z", "2026-03-02T18:00:00+01:00"),
            ("2026-03-02T17:00:01Z", "2026-03-03T18:00:00+01:00"),
            ("2026-03-28T20:00:00Z", "2026-03-29T18:00:00+02:00"),
            ("2026-07-31T16:00:01Z", "2026-08-01T18:00:00+02:00"),
            ("2026-10-24T22:00:00Z", "2026-10-25T18:00:00+01:00"),
        ];

        for (from, expected) in cases {
            let upload = next_upload(parse(from).unwrap()).unwrap();

            assert_eq!(format(upload), expected, "{from}");
            assert_eq!(last_upload(upload), Some(upload), "{from}");
        }
        let before = last_upload(parse("2026-03-02T09:00:00Z").unwrap()).unwrap();
        assert_eq!(format(before), "2026-03-01T18:00:00+01:00");
    }

    #[test]
    fn filter_dates_are_parsed_in_three_forms() {
        let cases = [
            ("2026-07-01T12:00:00Z", Some("2026-07-01T14:00:00+02:00")),
            (
                "2026-07-01T12:00:00+01:00",
                Some("2026-07-01T13:00:00+02:00"),
            ),
            ("2026-07-01T12:00:00", Some("2026-07-01T12:00:00+02:00")),
            ("2026-07-01 12:00", Some("2026-07-01T12:00:00+02:00")),
            ("2026-01-01", Some("2026-01-01T00:00:00+01:00")),
            ("2026-07-01T12:00:00 01:00", None),
            ("soon", None),
            ("", None),
        ];

        for (from, expected) in cases {
            assert_eq!(parse(from).map(format).as_deref(), expected, "{from}");
        }
    }

    #[test]
    fn uploads_end_with_representable_time() {
        assert_eq!(next_upload(i64::MAX), None);
        assert_eq!(last_upload(i64::MIN), None);
        assert_eq!(format(i64::MAX), "1970-01-01T00:00:00+00:00");
    }
}
