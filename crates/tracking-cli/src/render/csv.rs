//! CSV for a spreadsheet: the rows of `track`, and lists.

use serde::Serialize;
use tracking_core::{Shipment, Timestamp};

use crate::render::labels::detail_label;
use crate::track::Report;

/// The names of the columns. New ones may be added at the end.
const HEAD: [&str; 14] = [
    "line",
    "number",
    "provider",
    "account",
    "outcome",
    "status",
    "detail",
    "courier",
    "event_time",
    "event",
    "location",
    "expected",
    "registered",
    "message",
];

/// The row with the names.
pub(crate) fn head() -> String {
    written([HEAD.map(str::to_owned)])
}

/// A row for each parcel, or one for a lookup without any.
pub(crate) fn rows(report: &Report) -> String {
    if report.shipments.is_empty() {
        return written([row(report, None)]);
    }
    written(report.shipments.iter().map(|it| row(report, Some(it))))
}

fn row(report: &Report, shipment: Option<&Shipment>) -> [String; HEAD.len()] {
    let account = report.account.as_ref();
    let last = shipment.and_then(Shipment::last_event);
    let courier = shipment.and_then(|shipment| {
        let mut couriers = shipment.legs.iter().rev().map(|leg| leg.courier.as_ref());
        couriers.find_map(|courier| courier)
    });
    let status = shipment.map(|shipment| &shipment.status);
    let text = |text: Option<&str>| text.map(harmless).unwrap_or_default();
    let time = |time: Option<&Timestamp>| time.map(|it| it.text().to_owned()).unwrap_or_default();
    [
        report.line.map(|line| line.to_string()).unwrap_or_default(),
        harmless(report.target.as_str()),
        account.map_or("", |account| account.entry.name).to_owned(),
        account
            .map_or("", |account| account.name.as_str())
            .to_owned(),
        report.outcome().to_owned(),
        status
            .map(|it| it.status.as_str().to_owned())
            .unwrap_or_default(),
        status
            .and_then(|it| it.detail.as_ref())
            .map(detail_label)
            .unwrap_or_default(),
        text(courier.map(|courier| courier.code.as_str())),
        time(last.and_then(|event| event.time.as_ref())),
        text(last.and_then(|event| event.description.as_deref())),
        text(last.and_then(|event| event.location.as_deref())),
        time(shipment.and_then(|it| it.etas.first()).map(|eta| &eta.from)),
        report.registered.to_string(),
        text(report.problem.as_ref().map(|it| it.message.as_str())),
    ]
}

/// Text from outside, which a spreadsheet must not take for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The names of the fields, and a row for each of `rows`, which serialize as structs of plain values.
pub(crate) fn list(rows: &[impl Serialize]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail, and a struct of plain values is a row.
        let _ = writer.serialize(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes.as_slice());
    let records = reader.records().filter_map(Result::ok);
    written(records.map(|record| record.iter().map(harmless).collect::<Vec<_>>()))
}

fn written<R: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail, and all rows are of one length.
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tracking_core::Target;

    use super::*;
    use crate::problem::Problem;
    use crate::providers;
    use crate::render::samples;
    use crate::select::Account;

    fn report(shipments: Vec<Shipment>, problem: Option<Problem>) -> Report {
        Report {
            account: Some(Account::of(&providers::ALL[0])),
            target: Target::Number("RA123456789CN".to_owned()),
            place: 2,
            line: Some(3),
            registered: false,
            is_refused: false,
            shipments,
            problem,
        }
    }

    #[test]
    fn parcel_is_a_row() {
        let rows = rows(&report(vec![samples::two_legs()], None));

        assert_eq!(
            rows,
            "3,RA123456789CN,ship24,ship24,found,out_for_delivery,,dhl,2026-03-02T08:15:00+01:00,\
             With the courier,\"Leipzig, DE\",2026-03-02T12:00:00+01:00,false,\n"
        );
    }

    #[test]
    fn lookup_without_parcel_is_a_row_with_its_message() {
        let problem = Problem::outcome("not_found", "=cmd()");

        let rows = rows(&report(Vec::new(), Some(problem)));

        assert_eq!(
            rows,
            "3,RA123456789CN,ship24,ship24,not_found,,,,,,,,false,'=cmd()\n"
        );
    }
}
