//! Times for people: the provider's own text in an even shape, never with a zone it did not state.

use tracking_core::{Timestamp, UtcTime};

use crate::terminal::clean;

/// `2026-03-02T08:15:00+01:00` as `2026-03-02 08:15 +01:00`; text of another shape as it is.
pub(crate) fn even(time: &Timestamp) -> String {
    let text = clean(time.text());

    Parts::of(&text).map_or_else(
        || text.to_string(),
        |Parts {
             date,
             minutes,
             zone,
         }| format!("{date} {minutes}{}", spaced(zone)),
    )
}

/// A time of this machine's clock as `2026-03-02 09:00:00Z`.
pub(crate) fn second(time: UtcTime) -> String {
    let text = time.to_string();
    match (text.get(..10), text.get(11..19)) {
        (Some(day), Some(second)) => format!("{day} {second}Z"),
        _ => text,
    }
}

/// Two times as a span, without repeating the day and the zone that they share.
pub(crate) fn span(from: &Timestamp, to: &Timestamp) -> String {
    let (start, end) = (clean(from.text()), clean(to.text()));

    match (Parts::of(&start), Parts::of(&end)) {
        (Some(start), Some(end)) if start.date == end.date && start.zone == end.zone => {
            let Parts {
                date,
                minutes,
                zone,
            } = start;
            format!("{date} {minutes} to {}{}", end.minutes, spaced(zone))
        }
        _ if start == end => even(from),
        _ => format!("{} to {}", even(from), even(to)),
    }
}

/// The calendar day alone.
pub(crate) fn day(time: &Timestamp) -> String {
    let text = clean(time.text());

    Parts::of(&text).map_or_else(|| text.to_string(), |parts| parts.date.to_owned())
}

/// A time in the usual shape, cut into what is shown of it.
struct Parts<'a> {
    date: &'a str,
    /// Hours and minutes.
    minutes: &'a str,
    /// Empty if the text states none.
    zone: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let date = text.get(..10)?;
        let separator = text.get(10..11)?;
        let minutes = text.get(11..16)?;
        let rest = text.get(16..)?;

        let shaped = has_shape(date, "0000-00-00")
            && matches!(separator, "T" | "t" | " ")
            && has_shape(minutes, "00:00");
        shaped.then(|| Self {
            date,
            minutes,
            zone: rest.trim_start_matches(|letter: char| {
                letter.is_ascii_digit() || matches!(letter, ':' | '.' | ' ')
            }),
        })
    }
}

fn spaced(zone: &str) -> String {
    match zone {
        "" => String::new(),
        "z" | "Z" => "Z".to_owned(),
        zone => format!(" {zone}"),
    }
}

fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, model)| match model {
                b'0' => byte.is_ascii_digit(),
                model => byte == model,
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_show_minutes_and_given_zone() {
        let cases = [
            ("2026-03-02T08:15:30", "2026-03-02 08:15"),
            ("2026-03-02 08:15", "2026-03-02 08:15"),
            ("2026-03-02T08:15:30.123Z", "2026-03-02 08:15Z"),
            ("2026-03-02T08:15:00+05:30", "2026-03-02 08:15 +05:30"),
            ("2026-03-02T08:15-0300", "2026-03-02 08:15 -0300"),
            ("2026-03-02", "2026-03-02"),
            ("2017/8/27 16:51", "2017/8/27 16:51"),
            ("yesterday", "yesterday"),
            ("", ""),
        ];

        for (text, expected) in cases {
            assert_eq!(even(&Timestamp::parse(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn span_shows_shared_day_once() {
        let cases = [
            (
                "2026-03-02T12:00:00+01:00",
                "2026-03-02T16:00:00+01:00",
                "2026-03-02 12:00 to 16:00 +01:00",
            ),
            (
                "2026-03-02T12:00:00",
                "2026-03-03T16:00:00",
                "2026-03-02 12:00 to 2026-03-03 16:00",
            ),
            ("2026-03-02", "2026-03-04", "2026-03-02 to 2026-03-04"),
            ("2026-03-02", "2026-03-02", "2026-03-02"),
        ];

        for (from, to, expected) in cases {
            assert_eq!(
                span(&Timestamp::parse(from), &Timestamp::parse(to)),
                expected
            );
        }
    }

    #[test]
    fn day_shows_no_time() {
        assert_eq!(
            day(&Timestamp::parse("2026-03-02T00:00:00.000Z")),
            "2026-03-02"
        );
        assert_eq!(day(&Timestamp::parse("2026-03-02")), "2026-03-02");
    }
}
