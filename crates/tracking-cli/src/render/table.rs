//! One line per parcel, and the count of them all.

use std::collections::BTreeMap;

use anstyle::Style;
use textwrap::core::display_width;
use tracking_core::{Shipment, Status};

use crate::problem::Problem;
use crate::render::labels::shipment_label;
use crate::render::style::{self, FAINT, STRONG, paint};
use crate::render::time;
use crate::render::wrap::{padded, shortened};
use crate::terminal::clean;
use crate::track::Report;

/// Columns between two columns of text.
const GAP: usize = 2;

/// How many lines wait for the widths of their columns.
const PAGE: usize = 100;

/// Lines of a table, which are printed by pages: the columns of a page are as wide as its cells need, and never
/// narrower than those of the pages before it.
#[derive(Debug, Default)]
pub(crate) struct Table {
    lines: Vec<[Cell; 5]>,
    widths: [usize; 5],
    /// The provider of the lines so far.
    provider: Option<String>,
    /// Whether there is another provider.
    has_several: bool,
}

type Cell = (Style, String);

impl Table {
    /// Adds a shipment: number, provider, status, then when and what happened last.
    pub(crate) fn add(&mut self, provider: &str, shipment: &Shipment) {
        self.push(cells(provider, shipment));
    }

    /// Adds a number without a parcel: what became of it, and what that means.
    pub(crate) fn add_outcome(&mut self, provider: &str, number: &str, problem: &Problem) {
        self.push([
            (STRONG, clean(number).into_owned()),
            (FAINT, provider.to_owned()),
            (style::WARNING, problem.label()),
            (Style::new(), String::new()),
            (FAINT, clean(&problem.message).into_owned()),
        ]);
    }

    fn push(&mut self, line: [Cell; 5]) {
        let provider = &line[1].1;
        let known = self.provider.get_or_insert_with(|| provider.clone());
        self.has_several |= known != provider;
        self.lines.push(line);
    }

    /// Returns true if there are enough lines for a page.
    pub(crate) const fn is_full(&self) -> bool {
        self.lines.len() >= PAGE
    }

    /// Takes the lines since the last page, with the provider if there are several.
    pub(crate) fn page(&mut self, width: Option<usize>) -> String {
        let mut lines = std::mem::take(&mut self.lines);
        for line in &mut lines {
            if !self.has_several {
                line[1].1.clear();
            }
            for (widest, (_, text)) in self.widths.iter_mut().zip(line.iter()) {
                *widest = (*widest).max(display_width(text));
            }
        }
        let laid_out = |line| laid_out(line, &self.widths, width);
        lines.iter().map(laid_out).collect()
    }
}

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

/// How many parcels are where.
#[derive(Debug, Default)]
pub(crate) struct Count {
    statuses: BTreeMap<Status, usize>,
    without_parcel: usize,
    failed: usize,
    reports: usize,
}

impl Count {
    /// Counts what a lookup brought.
    pub(crate) fn add(&mut self, report: &Report) {
        self.reports += 1;
        for shipment in &report.shipments {
            let status = shipment.status.status.clone();
            *self.statuses.entry(status).or_default() += 1;
        }
        match &report.problem {
            Some(problem) if report.shipments.is_empty() && problem.is_outcome => {
                self.without_parcel += 1;
            }
            Some(_) if report.shipments.is_empty() => self.failed += 1,
            _ => {}
        }
    }

    /// How many lookups were counted.
    pub(crate) const fn reports(&self) -> usize {
        self.reports
    }

    /// The count as one line.
    pub(crate) fn render(&self) -> String {
        let mut parts: Vec<String> = self
            .statuses
            .iter()
            .map(|(status, count)| format!("{count} {}", status.label().to_lowercase()))
            .collect();
        for (count, word) in [
            (self.without_parcel, "without a parcel"),
            (self.failed, "failed"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        format!("{}\n", paint(FAINT, &parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use tracking_core::{Courier, Leg, LegRole, Target};

    use super::*;
    use crate::providers;
    use crate::render::samples;
    use crate::select::Account;

    fn render(found: &[(&str, &Shipment)], width: Option<usize>) -> String {
        let mut table = Table::default();
        for (provider, shipment) in found {
            table.add(provider, shipment);
        }
        table.page(width)
    }

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
    fn later_page_keeps_wide_columns_and_adds_the_provider() {
        let shipment = samples::with_status(Status::Delivered);
        let mut table = Table::default();
        table.add_outcome("Acme", "A-LONG-NUMBER", &Problem::outcome("not_found", ""));
        assert_eq!(
            samples::plain(&table.page(None)),
            "A-LONG-NUMBER  Not found\n"
        );

        table.add("Post", &shipment);
        table.add_outcome("Post", "B", &Problem::outcome("gone", ""));

        assert_eq!(
            samples::plain(&table.page(None)),
            "RA123456789CN  Post  Delivered\nB              Post  Gone\n"
        );
        assert_eq!(table.page(None), "");
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
            account: Some(Account::of(&providers::ALL[0])),
            target: Target::Number("RA123456789CN".to_owned()),
            place: 0,
            line: None,
            registered: false,
            is_refused: false,
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

        let mut count = Count::default();
        for report in &reports {
            count.add(report);
        }

        assert_eq!(
            samples::plain(&count.render()),
            "1 in transit, 2 delivered, 1 without a parcel, 1 failed\n"
        );
    }
}
