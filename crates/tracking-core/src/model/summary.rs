//! A shipment in plain text: one line, or a timeline.

use std::fmt::{self, Write};

use crate::merge::LegEvent;
use crate::{Event, Shipment, Status, StatusReport, Timestamp};

/// One line about a shipment; see [`Shipment::summary_line`].
#[derive(Debug, Clone, Copy)]
pub struct SummaryLine<'a>(&'a Shipment);

/// Several lines about a shipment; see [`Shipment::summary`].
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a>(&'a Shipment);

impl Shipment {
    /// Returns one line for a log or a list: provider, number, status, last event, estimate.
    ///
    /// `ship24 S24DEMO1: Out for delivery; 2025-12-04T07:16:00+11:00, Sydney; expected 2025-12-04`
    ///
    /// Times are printed as the provider wrote them. The line holds no name and no raw JSON, and
    /// always is one line, whatever the provider sent.
    #[must_use]
    pub fn summary_line(&self) -> SummaryLine<'_> {
        SummaryLine(self)
    }

    /// Returns the shipment as plain text without colour: a head and the timeline, oldest event
    /// first, one line each; retracted events are marked.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        Summary(self)
    }
}

impl fmt::Display for SummaryLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shipment = self.0;
        write!(
            f,
            "{} {}: ",
            Clean(shipment.provider.as_str()),
            Clean(&shipment.number)
        )?;
        write_status(f, &shipment.status)?;
        if let Some(event) = shipment.last_event() {
            write_when_and_where(f, event, "; ")?;
        }
        let expected = shipment.eta().filter(|_| !shipment.is_terminal());
        if let Some(eta) = expected {
            write!(f, "; expected {}", Clean(eta.from.text()))?;
            if let Some(to) = &eta.to {
                write!(f, " to {}", Clean(to.text()))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shipment = self.0;
        write!(f, "{}", SummaryLine(shipment))?;
        let legs = shipment.legs.iter().filter(|leg| !leg.events.is_empty());
        let many_legs = legs.count() > 1;
        for leg_event in shipment.timeline() {
            f.write_str("\n  ")?;
            write_event(f, &leg_event, many_legs)?;
        }
        for conflict in &shipment.conflicts {
            write!(f, "\n  ! {}", Clean(&conflict.to_string()))?;
        }
        for problem in &shipment.problems {
            f.write_str("\n  ! ")?;
            if !problem.path.is_empty() {
                write!(f, "{}: ", Clean(&problem.path))?;
            }
            write!(f, "{}", Clean(&problem.message))?;
        }
        Ok(())
    }
}

fn write_event(
    f: &mut fmt::Formatter<'_>,
    leg_event: &LegEvent<'_>,
    name_leg: bool,
) -> fmt::Result {
    let event = leg_event.event;
    match &event.time {
        Some(time) => write!(f, "{}", Clean(time.text()))?,
        None => f.write_str("(no time)")?,
    }
    f.write_str("  ")?;
    write_status(f, &event.status)?;
    if let Some(text) = &event.description {
        write!(f, ": {}", Clean(text))?;
    }
    if let Some(location) = &event.location {
        write!(f, " ({})", Clean(location))?;
    }
    if name_leg {
        let courier = event.courier.as_ref().or(leg_event.leg.courier.as_ref());
        if let Some(courier) = courier {
            let name = courier.name.as_deref().unwrap_or(&courier.code);
            write!(f, " [{}]", Clean(name))?;
        }
    }
    if event.retracted {
        f.write_str(" (retracted)")?;
    }
    Ok(())
}

fn write_status(f: &mut fmt::Formatter<'_>, report: &StatusReport) -> fmt::Result {
    f.write_str(report.status.label())?;
    if let Status::Unmapped(value) = &report.status {
        write!(f, " `{}`", Clean(value.as_str()))?;
    }
    if let Some(detail) = &report.detail {
        write!(f, " ({})", Clean(detail.as_str()))?;
    }
    Ok(())
}

fn write_when_and_where(f: &mut fmt::Formatter<'_>, event: &Event, separator: &str) -> fmt::Result {
    let time = event.time.as_ref().map(Timestamp::text);
    let reported = [time, event.location.as_deref()];
    for (index, part) in reported.into_iter().flatten().enumerate() {
        f.write_str(if index == 0 { separator } else { ", " })?;
        write!(f, "{}", Clean(part))?;
    }
    Ok(())
}

/// Text of a provider on one line: control characters could forge lines or steer a terminal.
pub(crate) struct Clean<'a>(pub(crate) &'a str);

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_space = false;
        for character in self.0.trim().chars() {
            if is_unsafe(character) || character.is_whitespace() {
                is_space = true;
            } else {
                if is_space {
                    f.write_char(' ')?;
                }
                is_space = false;
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Returns true if it is a control character, or one of the marks that change the direction of the text after
/// them.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
