//! Times for readers: how long ago, and never with a zone that nobody stated.

use std::time::Duration;

use maud::{Markup, html};
use tracking_core::time::TimeKind;
use tracking_core::{Timestamp, UtcTime};

use crate::render::time;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A time of the database's clock, seen from its present.
pub(super) fn relative(time: UtcTime, now: UtcTime) -> Markup {
    let text = match (now.since(time), time.since(now)) {
        (Some(ago), _) if ago.as_secs() < 5 => "just now".to_owned(),
        (Some(ago), _) => format!("{} ago", span(ago)),
        (None, Some(ahead)) => format!("in {}", span(ahead)),
        (None, None) => time::second(time),
    };
    html! { time datetime=(time) title=(time::second(time)) { (text) } }
}

/// A time of the database's clock.
pub(super) fn exact(time: UtcTime) -> Markup {
    html! { time datetime=(time) { (time::second(time)) } }
}

/// A duration in its largest unit: `3 min`.
pub(super) fn span(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..MINUTE => format!("{seconds} s"),
        seconds @ MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        seconds @ HOUR..DAY => format!("{} h", seconds / HOUR),
        seconds if seconds < 2 * DAY => "1 day".to_owned(),
        seconds => format!("{} days", seconds / DAY),
    }
}

/// A time as the courier gave it, and what is known of its zone.
pub(super) fn given(time: Option<&Timestamp>) -> Markup {
    let Some(time) = time else {
        return html! { span.faint { "no time" } };
    };
    let text = time::even(time);
    let note = match time.kind() {
        TimeKind::LocalNaive => Some("local time, zone not stated"),
        TimeKind::ClaimedUtc => Some("UTC, as the courier states it"),
        TimeKind::Unparsed => Some("as the courier writes it"),
        _ => None,
    };
    // A machine may know the instant, or the day; nothing that was not stated.
    let machine = time.instant().map(|it| it.to_string()).or_else(|| {
        Some(
            time.date()
                .filter(|_| time.kind() == TimeKind::DateOnly)?
                .to_string(),
        )
    });
    html! {
        @if let Some(machine) = machine {
            time datetime=(machine) { (text) }
        } @else {
            span { (text) }
        }
        @if let Some(note) = note { " " small.faint { (note) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> UtcTime {
        UtcTime::from_unix_seconds(1_772_442_000 + seconds).unwrap()
    }

    #[test]
    fn relative_time_has_one_unit() {
        for (seconds, expected) in [
            (0, "just now"),
            (-59, "59 s ago"),
            (-60, "1 min ago"),
            (-7199, "1 h ago"),
            (-86_400, "1 day ago"),
            (-400_000, "4 days ago"),
            (90, "in 1 min"),
            (200_000, "in 2 days"),
        ] {
            let text = relative(at(seconds), at(0)).0;
            assert!(text.contains(&format!(">{expected}<")), "{text}");
        }
    }

    #[test]
    fn zone_is_shown_only_if_it_was_stated() {
        for (text, machine, note) in [
            (
                "2026-03-02T08:15:00+01:00",
                Some("2026-03-02T07:15:00Z"),
                None,
            ),
            ("2026-03-02T08:15:00", None, Some("zone not stated")),
            ("2026-03-02", Some("2026-03-02"), None),
            ("yesterday <b>", None, Some("as the courier writes it")),
        ] {
            let shown = given(Some(&Timestamp::parse(text))).0;
            match machine {
                Some(machine) => assert!(
                    shown.contains(&format!("datetime=\"{machine}\"")),
                    "{shown}"
                ),
                None => assert!(!shown.contains("datetime"), "{shown}"),
            }
            assert_eq!(shown.contains("<small"), note.is_some(), "{shown}");
            assert!(note.is_none_or(|note| shown.contains(note)), "{shown}");
            assert!(!shown.contains("<b>"), "{shown}");
        }
        assert!(given(None).0.contains("no time"));
    }
}
