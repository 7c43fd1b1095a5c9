//! When new trackings appear: once a day, at 18:00 German time.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tracking_core::UtcTime;

/// The time zone Europe/Berlin as a rule, so that no database of time zones is needed. The clocks have changed
/// on the last Sundays of March and October, at 01:00 UTC, since 1996, everywhere in the European Union.
const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The hour of the upload, in German time.
const UPLOAD_HOUR: i8 = 18;

/// Returns the next upload of tracking data after this time: 18:00 in the time zone Europe/Berlin,
/// which is 17:00 UTC in winter and 16:00 UTC in summer.
///
/// Documented is that data are uploaded at 18:00 German time. Asking more often brings nothing new;
/// ask a little later, since an upload takes time. Returns the same time at the end of the year 9999,
/// after which there is no upload.
///
/// ```
/// use oneconcepts_sdk::next_upload_after;
/// use oneconcepts_sdk::tracking_core::UtcTime;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let noon: UtcTime = "2026-07-01T12:00:00Z".parse()?;
///
/// assert_eq!(next_upload_after(noon).to_string(), "2026-07-01T16:00:00Z");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn next_upload_after(time: UtcTime) -> UtcTime {
    upload_after(time).unwrap_or(time)
}

fn upload_after(time: UtcTime) -> Option<UtcTime> {
    let zone = TimeZone::posix(BERLIN).ok()?;
    let now = Timestamp::from_second(time.as_unix_seconds()).ok()?;
    let today = zone.to_datetime(now).date();
    let days = [Some(today), today.tomorrow().ok()];
    let mut uploads = days.into_iter().flatten().filter_map(|day| {
        let local = day.at(UPLOAD_HOUR, 0, 0, 0);
        zone.to_timestamp(local).ok()
    });
    let next = uploads.find(|upload| *upload > now)?;
    UtcTime::from_unix_seconds(next.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(text: &str) -> String {
        next_upload_after(text.parse().unwrap()).to_string()
    }

    #[test]
    fn upload_is_at_17_utc_in_winter_and_at_16_utc_in_summer() {
        for (time, upload) in [
            ("2026-01-15T12:00:00Z", "2026-01-15T17:00:00Z"),
            ("2026-01-15T17:00:00Z", "2026-01-16T17:00:00Z"),
            ("2026-07-15T15:59:59Z", "2026-07-15T16:00:00Z"),
            ("2026-07-15T16:00:00Z", "2026-07-16T16:00:00Z"),
            ("2026-12-31T23:59:59Z", "2027-01-01T17:00:00Z"),
            ("2028-02-28T20:00:00Z", "2028-02-29T17:00:00Z"),
        ] {
            assert_eq!(next(time), upload, "{time}");
        }
    }

    #[test]
    fn clock_changes_on_last_sundays_of_march_and_october() {
        for (time, upload) in [
            ("2026-03-28T12:00:00Z", "2026-03-28T17:00:00Z"),
            ("2026-03-28T18:00:00Z", "2026-03-29T16:00:00Z"),
            ("2026-10-24T12:00:00Z", "2026-10-24T16:00:00Z"),
            ("2026-10-24T18:00:00Z", "2026-10-25T17:00:00Z"),
            ("2024-03-30T18:00:00Z", "2024-03-31T16:00:00Z"),
            ("2027-10-31T12:00:00Z", "2027-10-31T17:00:00Z"),
        ] {
            assert_eq!(next(time), upload, "{time}");
        }
    }

    #[test]
    fn first_and_last_times_do_not_fail() {
        let first = UtcTime::from_unix_seconds(-62_135_596_800).unwrap();
        let last: UtcTime = "9999-12-30T22:00:00Z".parse().unwrap();

        assert!(next_upload_after(first) > first);
        assert_eq!(next_upload_after(last), last);
    }
}
