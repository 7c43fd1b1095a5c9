//! When new trackings appear: once a day, at 18:00 German time.

use tracking_core::UtcTime;

const DAY: i64 = 24 * 60 * 60;
const HOUR: i64 = 60 * 60;

/// The hour of the upload in German standard time, as seconds of a day in UTC.
const WINTER: i64 = 17 * HOUR;

/// Returns the next upload of tracking data after this moment: 18:00 in the time zone Europe/Berlin,
/// which is 17:00 UTC in winter and 16:00 UTC in summer.
///
/// Documented is that data are uploaded at 18:00 German time. Asking more often brings nothing new;
/// ask a little later, since an upload takes time. The rule of the clock change is the one that the
/// European Union has had since 1996: the last Sundays of March and October, at 01:00 UTC.
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
pub fn next_upload_after(moment: UtcTime) -> UtcTime {
    let seconds = moment.as_unix_seconds();
    let today = seconds.div_euclid(DAY);
    let uploads = [today, today.saturating_add(1)].map(upload_on);
    let next = uploads.into_iter().find(|upload| *upload > seconds);
    // Only at the end of the year 9999 there is none.
    next.and_then(UtcTime::from_unix_seconds).unwrap_or(moment)
}

/// The upload on a day that is counted from 1970-01-01, in Unix seconds.
fn upload_on(day: i64) -> i64 {
    let winter = day.saturating_mul(DAY).saturating_add(WINTER);
    // Clocks change at night, so one look in the evening tells which time it is.
    let (year, month, date) = civil(day);
    let is_summer = match month {
        4..=9 => true,
        3 => date >= last_sunday(year, 3),
        10 => date < last_sunday(year, 10),
        _ => false,
    };
    if is_summer { winter - HOUR } else { winter }
}

/// The date of the last Sunday of a month with 31 days.
fn last_sunday(year: i64, month: i64) -> i64 {
    let last = days_since_epoch(year, month, 31);
    // 1970-01-01 was a Thursday, four days after a Sunday.
    31 - (last + 4).rem_euclid(7)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_epoch(year: i64, month: i64, date: i64) -> i64 {
    // Years begin in March, so that the leap day is the last one.
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

/// Year, month and date of a day that is counted from 1970-01-01.
fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(text: &str) -> String {
        next_upload_after(text.parse().unwrap()).to_string()
    }

    #[test]
    fn the_upload_is_at_17_utc_in_winter_and_at_16_utc_in_summer() {
        for (moment, upload) in [
            ("2026-01-15T12:00:00Z", "2026-01-15T17:00:00Z"),
            ("2026-01-15T17:00:00Z", "2026-01-16T17:00:00Z"),
            ("2026-07-15T15:59:59Z", "2026-07-15T16:00:00Z"),
            ("2026-07-15T16:00:00Z", "2026-07-16T16:00:00Z"),
            ("2026-12-31T23:59:59Z", "2027-01-01T17:00:00Z"),
            ("2028-02-28T20:00:00Z", "2028-02-29T17:00:00Z"),
        ] {
            assert_eq!(next(moment), upload, "{moment}");
        }
    }

    #[test]
    fn the_clock_changes_on_the_last_sundays_of_march_and_october() {
        for (moment, upload) in [
            ("2026-03-28T12:00:00Z", "2026-03-28T17:00:00Z"),
            ("2026-03-28T18:00:00Z", "2026-03-29T16:00:00Z"),
            ("2026-10-24T12:00:00Z", "2026-10-24T16:00:00Z"),
            ("2026-10-24T18:00:00Z", "2026-10-25T17:00:00Z"),
            ("2024-03-30T18:00:00Z", "2024-03-31T16:00:00Z"),
            ("2027-10-31T12:00:00Z", "2027-10-31T17:00:00Z"),
        ] {
            assert_eq!(next(moment), upload, "{moment}");
        }
    }

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for day in (-200_000..400_000).step_by(97) {
            let (year, month, date) = civil(day);

            assert_eq!(days_since_epoch(year, month, date), day);
        }
        assert_eq!(civil(0), (1970, 1, 1));
    }

    #[test]
    fn the_ends_of_time_do_no_harm() {
        let first = UtcTime::from_unix_seconds(-62_135_596_800).unwrap();
        let last: UtcTime = "9999-12-30T22:00:00Z".parse().unwrap();

        assert!(next_upload_after(first) > first);
        let _ = next_upload_after(last);
    }
}
