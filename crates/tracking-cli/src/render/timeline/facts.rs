//! What is known about a shipment besides its status.

use tracking_core::model::{EtaPrecision, EtaSource};
use tracking_core::{Eta, Shipment};

use crate::render::time;
use crate::terminal::clean;

/// Short phrases in the order of interest.
pub(crate) fn of(shipment: &Shipment, provider: &str) -> Vec<String> {
    let mut facts = Vec::new();

    match (&shipment.origin_country, &shipment.destination_country) {
        (Some(origin), Some(destination)) => {
            facts.push(format!("{} → {}", clean(origin), clean(destination)));
        }
        (Some(origin), None) => facts.push(format!("from {}", clean(origin))),
        (None, Some(destination)) => facts.push(format!("to {}", clean(destination))),
        (None, None) => {}
    }
    if let Some(eta) = shipment.eta().filter(|_| !shipment.is_terminal()) {
        facts.push(expected(eta, provider));
    }
    if let Some(service) = &shipment.service {
        facts.push(clean(service).into_owned());
    }
    if let Some(name) = &shipment.signed_by {
        facts.push(format!("signed by {}", clean(name)));
    }
    if let Some(reference) = &shipment.reference {
        facts.push(format!("your reference {}", clean(reference)));
    }
    let others: Vec<_> = shipment
        .linked_numbers
        .iter()
        .filter(|number| !is_of_leg(number, shipment))
        .map(|number| clean(number))
        .collect();
    if !others.is_empty() {
        facts.push(format!("also {}", others.join(", ")));
    }
    if let Some(time) = shipment.freshness.provider_updated_at {
        facts.push(format!("as of {time}"));
    }
    facts
}

/// Returns true if the number is shown above a leg anyway.
fn is_of_leg(number: &str, shipment: &Shipment) -> bool {
    shipment
        .legs
        .iter()
        .any(|leg| !leg.events.is_empty() && leg.number.as_deref() == Some(number))
}

fn expected(eta: &Eta, provider: &str) -> String {
    let when = match (&eta.to, eta.precision) {
        (Some(to), _) => time::span(&eta.from, to),
        (None, EtaPrecision::Day) => time::day(&eta.from),
        (None, _) => time::even(&eta.from),
    };
    let who = match eta.source {
        EtaSource::Courier => " (courier)".to_owned(),
        EtaSource::Aggregator => format!(" ({provider})"),
        EtaSource::Predicted => format!(" (predicted by {provider})"),
        _ => String::new(),
    };
    format!("expected {when}{who}")
}
