//! The one sentence for a customer.

use super::change::{Change, Expected, Line};
use super::reduce::Merged;
use crate::model::ConflictKind;
use crate::{Shipment, Status};

impl Merged {
    /// Returns the one sentence for a customer about the changes, or `None` if they
    /// are nothing for a customer: corrections, late scans, refused reports, facts.
    ///
    /// The sentence is in English and holds the provider's own strings. A delivery that contradicts a
    /// return is not reported as a fact.
    #[must_use]
    pub fn headline(&self) -> Option<String> {
        if self.is_first {
            return None;
        }
        let is_status = |change: &&Change| {
            matches!(
                change,
                Change::StatusChanged { .. } | Change::Reopened { .. }
            )
        };
        let status = self.changes.iter().find(is_status);
        if status.is_some() {
            return Some(status_sentence(&self.shipment));
        }
        let mut added = self.changes.iter().rev().filter_map(|change| match change {
            Change::Added { event } => Some(event),
            _ => None,
        });
        if let Some(event) = added.next() {
            return Some(Line(event).to_string());
        }
        let eta = self.changes.iter().find_map(|change| match change {
            Change::EtaChanged { to, .. } => Some(to),
            _ => None,
        });
        let under_way = !self.shipment.is_terminal();
        eta.filter(|_| under_way)
            .map(|eta| format!("Expected {}", Expected(eta)))
    }
}

/// The status, and the newest event where it says the same.
fn status_sentence(shipment: &Shipment) -> String {
    let mut conflicts = shipment.conflicts.iter();
    if conflicts.any(|it| it.kind == ConflictKind::DeliveredAfterReturn) {
        return "Reported as delivered after it was on its way back: probably back at the sender"
            .to_owned();
    }
    let status = &shipment.status.status;
    match shipment.last_event() {
        Some(event) if event.status.status == *status && *status != Status::Unknown => {
            Line(event).to_string()
        }
        _ => status.label().to_owned(),
    }
}
