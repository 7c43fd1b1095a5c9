//! The columns of a history: time, status, text.

use textwrap::core::display_width;
use tracking_core::Leg;

use super::GUTTER;
use super::row::Row;
use crate::render::style::{FAINT, STRONG, paint};
use crate::render::time;
use crate::render::wrap::{padded, wrapped};

/// The text column is never narrower than this; a window too small for that gets the text below
/// the status.
const NARROWEST_TEXT: usize = 24;
/// Columns between two columns of text.
const GAP: usize = 2;

/// Where the columns of a history begin.
pub(super) struct Columns {
    time: usize,
    label: usize,
    /// How wide the text may be; `None` for any width.
    text: Option<usize>,
    /// Whether the text is below the status instead of beside it.
    stacked: bool,
}

impl Columns {
    /// Makes room for all events of all legs.
    pub(super) fn of(legs: &[&Leg], width: Option<usize>) -> Self {
        let events = || legs.iter().flat_map(|leg| &leg.events);
        let time = events()
            .map(|event| display_width(&event.time.as_ref().map_or_else(String::new, time::even)))
            .max()
            .unwrap_or(0)
            .max("no time".len());
        let label = events()
            .map(|event| display_width(event.status.status.label()))
            .max()
            .unwrap_or(0);

        let taken = GUTTER + time + GAP + label + GAP;
        let beside = width.map(|width| width.saturating_sub(taken));
        let stacked = beside.is_some_and(|columns| columns < NARROWEST_TEXT);
        Self {
            time,
            label,
            text: if stacked {
                width.map(|width| width.saturating_sub(GUTTER).max(1))
            } else {
                beside
            },
            stacked,
        }
    }

    /// The lines of one event; all but the last event of a leg have a rail down to the next.
    pub(super) fn lay(&self, row: &Row, last: bool) -> Vec<String> {
        let weight = if row.newest {
            STRONG
        } else {
            anstyle::Style::new()
        };
        let head = format!(
            "  {} {}{}{}",
            row.mark(),
            paint(weight, &padded(&row.time, self.time + GAP)),
            paint(
                if row.newest {
                    row.color.bold()
                } else {
                    row.color
                },
                row.label
            ),
            " ".repeat((self.label + GAP).saturating_sub(display_width(row.label))),
        );
        let rail = if last { "   " } else { "  │" };
        let mut text = text_lines(row, weight, self.text).into_iter();

        let mut lines = Vec::new();
        let margin = if self.stacked {
            lines.push(head.trim_end().to_owned());
            GUTTER
        } else {
            let first = text.next().unwrap_or_default();
            lines.push(format!("{head}{first}").trim_end().to_owned());
            GUTTER + self.time + GAP + self.label + GAP
        };
        lines.extend(text.map(|line| {
            format!(
                "{}{}{line}",
                paint(FAINT, rail),
                " ".repeat(margin.saturating_sub(3))
            )
        }));
        lines
    }
}

/// The description, with the place behind it or, where that is too long, below it.
fn text_lines(row: &Row, weight: anstyle::Style, width: Option<usize>) -> Vec<String> {
    let plain = wrapped(&row.text, width);
    let last_width = plain.last().map_or(0, |line| display_width(line));
    let mut lines: Vec<String> = plain.iter().map(|line| paint(weight, line)).collect();
    if row.place.is_empty() {
        return lines;
    }

    let joined = " · ";
    let fits = width.is_none_or(|width| {
        last_width + display_width(joined) + display_width(&row.place) <= width
    });
    match lines.last_mut() {
        Some(line) if fits => line.push_str(&paint(FAINT, &format!("{joined}{}", row.place))),
        _ => lines.extend(
            wrapped(&row.place, width)
                .iter()
                .map(|line| paint(FAINT, line)),
        ),
    }
    lines
}
