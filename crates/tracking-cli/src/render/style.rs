//! Colours and weights. Everything is written with colour; the stream removes it where the output is
//! no terminal.

use anstyle::{AnsiColor, Style};
use tracking_core::{Status, StatusReport};

/// Headlines and the newest event.
pub(crate) const STRONG: Style = Style::new().bold();
/// What may be skipped when reading: places, codes, ids.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What is as it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Notes that ask for attention.
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default();
/// The label in front of an error.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// The label in front of a warning.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// The label in front of what to do.
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Text in a style.
pub(crate) fn paint(style: Style, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("{style}{text}{style:#}")
}

/// The colour of a status: green is done, blue moves, yellow wants somebody to act, red is lost
/// or on its way back.
pub(crate) fn status(report: &StatusReport) -> Style {
    match report.status {
        Status::Delivered => AnsiColor::Green.on_default(),
        Status::OutForDelivery => AnsiColor::Cyan.on_default(),
        Status::PickedUp | Status::InTransit => AnsiColor::Blue.on_default(),
        Status::AvailableForPickup | Status::AttemptFailed | Status::Expired => {
            AnsiColor::Yellow.on_default()
        }
        Status::Exception | Status::Returning | Status::Returned | Status::Cancelled => {
            AnsiColor::Red.on_default()
        }
        Status::Pending | Status::InfoReceived | Status::NotFound => Style::new(),
        _ => FAINT,
    }
}
