//! One line per parcel, and the count of them all.

use std::collections::BTreeMap;

use anstyle::Style;
use textwrap::core::display_width;
use tracking_core::Shipment;

use crate::lookup::Report;
use crate::render::labels::shipment_label;
use crate::render::style::{self, FAINT, STRONG, paint};
use crate::render::time;
use crate::render::wrap::{padded, shortened};
use crate::terminal::clean;

/// Columns between two columns of text.
const GAP: usize = 2;

/// A line for each shipment: number, provider if there are several, status, then when and what
/// happened last.
pub(crate) fn render(found: &[(&str, &Shipment)], width: Option<usize>) -> String {
    let several = found.windows(2).any(|pair| match pair {
        [(one, _), (other, _)] => one != other,
        _ => false,
    });
    let lines: Vec<[Cell; 5]> = found
        .iter()
        .map(|(provider, shipment)| cells(if several { provider } else { "" }, shipment))
        .collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        lines
            .iter()
            .filter_map(|line| line.get(column))
            .map(|(_, text)| display_width(text))
            .max()
            .unwrap_or(0)
    });

    lines
        .iter()
        .map(|line| laid_out(line, &widths, width))
        .collect()
}

type Cell = (Style, String);

fn cells(provider: &str, shipment: &Shipment) -> [Cell; 5] {
    let last = shipment.last_event();
    let time = last
        .and_then(|event| event.time.as_ref())
        .map(time::even)
        .unwrap_or_default();
    let what = last
        .map(|event| [event.description.as_deref(), event.location.as_deref()])
        .into_iter()
        .flatten()
        .flatten()
        .map(clean)
        .collect::<Vec<_>>()
        .join(" · ");

    [
        (STRONG, shipment_label(shipment)),
        (FAINT, provider.to_owned()),
        (
            style::status(&shipment.status),
            shipment.status.status.label().to_owned(),
        ),
        (Style::new(), time),
        (FAINT, what),
    ]
}

fn laid_out(line: &[Cell; 5], widths: &[usize; 5], width: Option<usize>) -> String {
    let mut text = String::new();
    let mut used = 0;

    for ((color, cell), column) in line.iter().zip(widths).filter(|(_, column)| **column > 0) {
        let room = width.map_or(usize::MAX, |width| width.saturating_sub(used));
        let shown = shortened(cell, room);
        text.push_str(&paint(*color, &shown));
        text.push_str(&padded(
            "",
            (column + GAP).saturating_sub(display_width(&shown)),
        ));
        used += column + GAP;
    }
    format!("{}\n", text.trim_end())
}

/// How many parcels are where, as one line.
pub(crate) fn count(reports: &[Report]) -> String {
    let mut statuses: BTreeMap<_, usize> = BTreeMap::new();
    for shipment in reports.iter().flat_map(|report| &report.shipments) {
        *statuses.entry(&shipment.status.status).or_default() += 1;
    }
    let (without_parcel, failed): (Vec<_>, Vec<_>) = reports
        .iter()
        .filter(|report| report.shipments.is_empty())
        .filter_map(|report| report.problem.as_ref())
        .partition(|problem| problem.is_outcome);

    let mut parts: Vec<String> = statuses
        .into_iter()
        .map(|(status, count)| format!("{count} {}", status.label().to_lowercase()))
        .collect();
    for (count, word) in [
        (without_parcel.len(), "without a parcel"),
        (failed.len(), "failed"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    format!("{}\n", paint(FAINT, &parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use tracking_core::{Courier, Leg, LegRole, Status, Target};

    use super::*;
    use crate::problem::Problem;
    use crate::providers;
    use crate::render::samples;

    #[test]
    fn line_shows_where_parcel_is() {
        let shipment = samples::two_legs();

        let text = render(&[("Acme", &shipment)], None);

        assert_eq!(
            samples::plain(&text),
            "RA123456789CN  Out for delivery  2026-03-02 08:15 +01:00  \
             With the courier · Leipzig, DE\n"
        );
    }

    #[test]
    fn freight_without_number_shows_courier() {
        let mut shipment = samples::with_status(Status::PickedUp);
        shipment.number = String::new();
        let mut leg = Leg::new(LegRole::Only);
        leg.courier = Some(Courier::new("Bulk carrier"));
        shipment.legs = vec![leg];

        let text = render(&[("Acme", &shipment)], None);

        assert_eq!(
            samples::plain(&text),
            "Bulk carrier (no number)  Picked up\n"
        );
    }

    #[test]
    fn provider_is_named_where_there_are_several() {
        let shipment = samples::with_status(Status::Delivered);

        let text = render(&[("Acme", &shipment), ("Post", &shipment)], None);

        assert_eq!(
            samples::plain(&text),
            "RA123456789CN  Acme  Delivered\nRA123456789CN  Post  Delivered\n"
        );
    }

    #[test]
    fn line_fits_the_window() {
        let shipment = samples::two_legs();

        let text = render(&[("Acme", &shipment)], Some(60));

        let plain = samples::plain(&text);
        assert!(display_width(plain.trim_end()) <= 60, "{plain}");
        assert!(plain.trim_end().ends_with('…'), "{plain}");
    }

    #[test]
    fn parcels_are_counted_by_status() {
        let report = |shipments, problem| Report {
            entry: &providers::ALL[0],
            target: Target::Number("RA123456789CN".to_owned()),
            shipments,
            problem,
        };
        let found = |status| report(vec![samples::with_status(status)], None);
        let missing = |problem| report(Vec::new(), Some(problem));
        let reports = [
            found(Status::Delivered),
            missing(Problem::outcome("not_found", "none")),
            found(Status::InTransit),
            missing(Problem::new("server", "down")),
            found(Status::Delivered),
        ];

        assert_eq!(
            samples::plain(&count(&reports)),
            "1 in transit, 2 delivered, 1 without a parcel, 1 failed\n"
        );
    }
}
