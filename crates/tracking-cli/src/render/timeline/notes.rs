//! What a reader should know before trusting a status.

use tracking_core::{Origin, Precision, Shipment, Status};

use crate::terminal::clean;

/// Whole sentences, the most important first.
pub(crate) fn of(shipment: &Shipment, provider: &str) -> Vec<String> {
    let report = &shipment.status;
    let mut notes = Vec::new();

    if let Status::Unmapped(value) = &report.status {
        notes.push(format!(
            "{provider} sent the status {:?}, which this program does not know; please report it.",
            value.as_str()
        ));
    } else if report.precision == Precision::Ambiguous {
        let value = report.raw.fine.as_deref();
        let value = value.or(report.raw.main.as_deref());
        notes.push(match value {
            Some(value) => format!(
                "{provider} uses {value:?} for more than one state; the most cautious one is shown."
            ),
            None => format!("The status from {provider} is ambiguous."),
        });
    }
    if let Origin::Derived(field) = &report.origin {
        notes.push(format!(
            "{provider} reports no status of the parcel; this one follows from {}.",
            clean(field)
        ));
    }
    if shipment.has_given_up() {
        notes.push(format!("{provider} no longer follows this parcel."));
    }
    for conflict in &shipment.conflicts {
        notes.push(format!("Contradiction: {}", clean(&conflict.message)));
    }
    for problem in &shipment.problems {
        if problem.path.is_empty() {
            notes.push(format!("{provider}: {}", clean(&problem.message)));
            continue;
        }
        let what = if problem.request_failed {
            "One of the requests failed"
        } else {
            "A part of the response could not be read"
        };
        notes.push(format!(
            "{what}: {}: {}",
            clean(&problem.path),
            clean(&problem.message)
        ));
    }
    notes
}
