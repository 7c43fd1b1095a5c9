//! `Date`: a day of the calendar.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar without a zone. It is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Date {
    /// The year, 0 to 9999.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// Creates a date; `None` if the calendar has no such day.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let in_calendar = (0..=9999).contains(&year) && day >= 1 && day <= days_in(year, month)?;
        in_calendar.then_some(Self { year, month, day })
    }
}

fn days_in(year: i16, month: u8) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn leap_days_follow_the_gregorian_rule() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2000, 2, 29).is_some());
        assert!(Date::new(1900, 2, 29).is_none());
        assert!(Date::new(2025, 2, 29).is_none());
    }

    #[test]
    fn days_outside_the_calendar_do_not_exist() {
        for (year, month, day) in [
            (2025, 0, 1),
            (2025, 13, 1),
            (2025, 4, 31),
            (2025, 1, 0),
            (-1, 1, 1),
        ] {
            assert_eq!(Date::new(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn dates_are_restored() {
        let date = Date::new(987, 6, 5).unwrap();

        assert_eq!(date.to_string(), "0987-06-05");
        assert_eq!("0987-06-05".parse(), Ok(date));
    }

    #[test]
    fn other_strings_are_refused() {
        for text in ["", "2025-12", "2025-12-04T00:00", "20251204", "04.12.2025"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn later_dates_are_greater() {
        assert!(Date::new(2025, 12, 4) > Date::new(2025, 2, 28));
    }
}
