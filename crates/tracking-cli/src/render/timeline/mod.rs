//! One shipment for people: where it is, what is known about it, and its history.

mod columns;
pub(crate) mod facts;
pub(crate) mod notes;
mod row;
#[cfg(test)]
mod tests;

use tracking_core::{Leg, LegRole, Shipment};

use self::columns::Columns;
use self::row::Row;
use crate::problem::Problem;
use crate::render::labels::{detail_label, reason_label, shipment_label};
use crate::render::style::{self, FAINT, NOTE, STRONG, paint};
use crate::render::wrap::wrapped;
use crate::terminal::clean;

/// Columns in front of the text: the margin and the mark.
const GUTTER: usize = 4;

/// The shipment as text with colours and a line end, at most `width` columns wide, with the outcome of
/// the lookup if there is nothing to know of a parcel.
pub(crate) fn render(
    shipment: &Shipment,
    provider: &str,
    outcome: Option<&Problem>,
    width: Option<usize>,
) -> String {
    let mut lines = headline(shipment, provider);

    lines.extend(indented(
        &facts::of(shipment, provider).join(" · "),
        FAINT,
        width,
    ));
    if let Some(url) = &shipment.tracking_url {
        // In one piece, however wide: terminals make it a link.
        lines.push(format!("  {}", paint(FAINT, &clean(url))));
    }
    lines.extend(history(shipment, width));
    let mut notes = notes::of(shipment, provider);
    notes.extend(outcome.map(|outcome| clean(&outcome.message).into_owned()));
    if !notes.is_empty() {
        lines.push(String::new());
    }
    for note in notes {
        lines.extend(marked_note(&note, width));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A number without a parcel: what became of it, and what that means.
pub(crate) fn without_parcel(
    number: &str,
    provider: &str,
    outcome: &Problem,
    width: Option<usize>,
) -> String {
    let mut lines = vec![
        title(&clean(number), provider),
        paint(NOTE.bold(), &format!("○ {}", outcome.label())),
    ];
    lines.extend(indented(&clean(&outcome.message), FAINT, width));
    lines.push(String::new());
    lines.join("\n")
}

fn title(number: &str, provider: &str) -> String {
    let provider = paint(FAINT, &format!("at {provider}"));
    format!("{} {provider}", paint(STRONG, number))
}

fn headline(shipment: &Shipment, provider: &str) -> Vec<String> {
    let report = &shipment.status;
    let color = style::status(report);
    let mut state = paint(color.bold(), &format!("● {}", report.status.label()));
    for more in [
        report.detail.as_ref().map(detail_label),
        report.reason.as_ref().and_then(reason_label),
    ]
    .into_iter()
    .flatten()
    {
        state.push_str(&paint(color, &format!(" · {more}")));
    }

    vec![title(&shipment_label(shipment), provider), state]
}

fn history(shipment: &Shipment, width: Option<usize>) -> Vec<String> {
    let mut legs: Vec<&Leg> = shipment
        .legs
        .iter()
        .filter(|leg| !leg.events.is_empty())
        .collect();
    legs.sort_by_key(|leg| match leg.role {
        LegRole::Origin => 0,
        LegRole::Destination => 2,
        _ => 1,
    });
    if legs.is_empty() {
        let couriers = shipment
            .legs
            .iter()
            .filter_map(|leg| leg_title(leg, shipment));
        let mut lines = vec![String::new()];
        lines.extend(couriers);
        lines.push(paint(FAINT, "  No events so far."));
        return lines;
    }

    let newest = shipment.last_event();
    let columns = Columns::of(&legs, width);
    let mut lines = Vec::new();
    for leg in legs {
        lines.push(String::new());
        lines.extend(leg_title(leg, shipment));
        let rows: Vec<Row> = leg
            .events
            .iter()
            .map(|event| Row::of(event, newest.is_some_and(|one| std::ptr::eq(one, event))))
            .collect();
        for (index, row) in rows.iter().enumerate() {
            lines.extend(columns.lay(row, index + 1 == rows.len()));
        }
    }
    lines
}

fn leg_title(leg: &Leg, shipment: &Shipment) -> Option<String> {
    let mut title = match &leg.courier {
        Some(courier) => {
            let code = clean(&courier.code);
            match &courier.name {
                Some(name) if !name.eq_ignore_ascii_case(&code) => {
                    format!(
                        "{} {}",
                        paint(STRONG, &clean(name)),
                        paint(FAINT, &format!("({code})"))
                    )
                }
                _ => paint(STRONG, &code),
            }
        }
        None if shipment.legs.len() > 1 => paint(STRONG, "Unknown courier"),
        None => return None,
    };
    if let Some(number) = leg.number.as_deref().filter(|one| *one != shipment.number) {
        title.push_str(&paint(FAINT, &format!(" · {}", clean(number))));
    }
    Some(format!("  {title}"))
}

fn indented(text: &str, color: anstyle::Style, width: Option<usize>) -> Vec<String> {
    wrapped(text, width.map(|width| width.saturating_sub(2)))
        .iter()
        .map(|line| format!("  {}", paint(color, line)))
        .collect()
}

fn marked_note(note: &str, width: Option<usize>) -> Vec<String> {
    wrapped(note, width.map(|width| width.saturating_sub(GUTTER)))
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let mark = if index == 0 { "!" } else { " " };
            paint(NOTE, &format!("  {mark} {line}"))
        })
        .collect()
}
