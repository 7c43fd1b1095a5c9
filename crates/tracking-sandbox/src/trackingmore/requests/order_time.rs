//! `order_create_time`: a string in several formats, kept as it was sent.

use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The time with leading zeros and hyphens, `2017-08-27 16:51`; the string itself when it is in no
/// known format.
pub(crate) fn tidy(text: &str) -> String {
    match read(text) {
        Some(time) => format!(
            "{:04}-{:02}-{:02} {:02}:{:02}",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute()
        ),
        None => text.to_owned(),
    }
}

/// Unix seconds, for the filters. The zone is not known; UTC is assumed.
pub(crate) fn unix_seconds(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let instant = Offset::UTC.to_timestamp(read(text)?).ok()?;
    Some(instant.as_second())
}

/// Reads `2017/8/27 16:51`, `2018-05-11 12:00`, each with or without time and seconds.
fn read(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let [year, month, day] = numbers(date, ['/', '-'])?;
    let [hour, minute, second] = if time.is_empty() {
        [0; 3]
    } else {
        numbers(time, [':', ':'])?
    };
    let small = |number: i16| i8::try_from(number).ok();
    DateTime::new(
        year,
        small(month)?,
        small(day)?,
        small(hour)?,
        small(minute)?,
        small(second)?,
        0,
    )
    .ok()
}

/// Up to three numbers; those that are missing are zero.
fn numbers(text: &str, between: [char; 2]) -> Option<[i16; 3]> {
    let mut read = [0; 3];
    let parts = text.split(between).map(str::parse);
    if parts.clone().count() > read.len() {
        return None;
    }
    for (slot, part) in read.iter_mut().zip(parts) {
        *slot = part.ok()?;
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_formats_are_tidied_and_others_stay() {
        let cases = [
            ("2017/8/27 16:51", "2017-08-27 16:51"),
            ("2018-05-11 12:00", "2018-05-11 12:00"),
            ("2018/09/08", "2018-09-08 00:00"),
            ("yesterday", "yesterday"),
            ("2018-13-01", "2018-13-01"),
            ("1-2-3-4", "1-2-3-4"),
        ];

        for (text, expected) in cases {
            assert_eq!(tidy(text), expected);
        }
    }

    #[test]
    fn times_and_unix_seconds_name_same_instant() {
        assert_eq!(unix_seconds("2017/8/27 16:51"), Some(1_503_852_660));
        assert_eq!(unix_seconds("1503852660"), Some(1_503_852_660));
        assert_eq!(unix_seconds("soon"), None);
    }
}
