//! The JSON documents of `track --json` and `detect --json`. Their names are a promise to the
//! programs that read them, so they are written down here and do not follow the types of the model.

mod status;

use std::collections::BTreeMap;

use serde::Serialize;
use tracking_core::{
    Conflict, Courier, CourierCandidate, Direction, Eta, Event, Evidence, Leg, Milestones,
    Shipment, Timestamp,
};

use self::status::StatusView;
use crate::detect::Detection;
use crate::problem::Problem;

/// The document for what was found and what was not, as indented text with a line end.
pub(crate) fn document<'a>(
    shipments: impl IntoIterator<Item = &'a Shipment>,
    problems: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let document = Document {
        shipments: shipments.into_iter().map(ShipmentView::of).collect(),
        errors: problems.into_iter().map(ErrorView::of).collect(),
    };

    // Texts, numbers and maps with text keys can always be written as JSON.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// The document of `detect --json`.
pub(crate) fn couriers<'a>(
    detections: &'a [Detection],
    problems: impl IntoIterator<Item = &'a Problem>,
) -> String {
    let couriers = detections.iter().flat_map(|detection| {
        let of = |candidate| CandidateView::of(detection, candidate);
        detection.couriers.iter().map(of)
    });
    let document = Couriers {
        couriers: couriers.collect(),
        errors: problems.into_iter().map(ErrorView::of).collect(),
    };

    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Couriers<'a> {
    couriers: Vec<CandidateView<'a>>,
    errors: Vec<ErrorView<'a>>,
}

/// A courier that a number may belong to; those of one number stand in the order of the provider.
#[derive(Serialize)]
struct CandidateView<'a> {
    provider: &'a str,
    number: &'a str,
    /// The provider's code of the courier.
    courier: &'a str,
    courier_name: Option<&'a str>,
    evidence: &'static str,
}

impl<'a> CandidateView<'a> {
    fn of(detection: &'a Detection, candidate: &'a CourierCandidate) -> Self {
        Self {
            provider: detection.entry.name,
            number: &detection.number,
            courier: &candidate.courier.code,
            courier_name: candidate.courier.name.as_deref(),
            evidence: match candidate.evidence {
                Evidence::Checksum => "checksum",
                Evidence::Format => "format",
                _ => "provider",
            },
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    shipments: Vec<ShipmentView<'a>>,
    errors: Vec<ErrorView<'a>>,
}

/// A lookup without a parcel, or a reason why nothing was asked.
#[derive(Serialize)]
struct ErrorView<'a> {
    /// Null if it is about no single provider.
    provider: Option<&'a str>,
    /// Null if it is about no single number.
    number: Option<&'a str>,
    kind: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> ErrorView<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            provider: problem.provider,
            number: problem.number.as_deref(),
            kind: &problem.kind,
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct ShipmentView<'a> {
    provider: &'a str,
    number: &'a str,
    id: Option<&'a str>,
    reference: Option<&'a str>,
    linked_numbers: &'a [String],
    #[serde(flatten)]
    status: StatusView<'a>,
    terminal: bool,
    provider_gave_up: bool,
    direction: &'static str,
    origin_country: Option<&'a str>,
    destination_country: Option<&'a str>,
    service: Option<&'a str>,
    signed_by: Option<&'a str>,
    tracking_url: Option<&'a str>,
    /// The best of `etas`.
    eta: Option<EtaView<'a>>,
    etas: Vec<EtaView<'a>>,
    legs: Vec<LegView<'a>>,
    milestones: MilestonesView<'a>,
    conflicts: Vec<ConflictView<'a>>,
    /// Parts of the answer that could not be read.
    problems: Vec<UnreadView<'a>>,
    fetched_at: String,
    provider_updated_at: Option<String>,
}

impl<'a> ShipmentView<'a> {
    fn of(shipment: &'a Shipment) -> Self {
        Self {
            provider: shipment.provider.as_str(),
            number: &shipment.number,
            id: shipment.id.as_deref(),
            reference: shipment.reference.as_deref(),
            linked_numbers: &shipment.linked_numbers,
            status: StatusView::of(&shipment.status),
            terminal: shipment.is_terminal(),
            provider_gave_up: shipment.has_given_up(),
            direction: direction(shipment.direction),
            origin_country: shipment.origin_country.as_deref(),
            destination_country: shipment.destination_country.as_deref(),
            service: shipment.service.as_deref(),
            signed_by: shipment.signed_by.as_deref(),
            tracking_url: shipment.tracking_url.as_deref(),
            eta: shipment.eta().map(EtaView::of),
            etas: shipment.etas.iter().map(EtaView::of).collect(),
            legs: shipment.legs.iter().map(LegView::of).collect(),
            milestones: MilestonesView::of(&shipment.milestones),
            conflicts: shipment.conflicts.iter().map(ConflictView::of).collect(),
            problems: shipment.problems.iter().map(UnreadView::of).collect(),
            fetched_at: shipment.freshness.fetched_at.to_string(),
            provider_updated_at: shipment
                .freshness
                .provider_updated_at
                .map(|time| time.to_string()),
        }
    }
}

#[derive(Serialize)]
struct LegView<'a> {
    /// The provider's code of the courier.
    courier: Option<&'a str>,
    courier_name: Option<&'a str>,
    number: Option<&'a str>,
    role: &'static str,
    status: Option<&'static str>,
    tracking_url: Option<&'a str>,
    /// Oldest first.
    events: Vec<EventView<'a>>,
}

impl<'a> LegView<'a> {
    fn of(leg: &'a Leg) -> Self {
        Self {
            courier: leg.courier.as_ref().map(code),
            courier_name: leg.courier.as_ref().and_then(name),
            number: leg.number.as_deref(),
            role: leg.role.as_str(),
            status: leg.status.as_ref().map(|report| report.status.as_str()),
            tracking_url: leg.tracking_url.as_deref(),
            events: leg.events.iter().map(EventView::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct EventView<'a> {
    /// The text that the provider sent, unchanged.
    time: Option<&'a str>,
    /// What the text says about its zone: `exact`, `claimed_utc`, `local_naive`, `date_only`,
    /// `unparsed`.
    time_kind: Option<&'static str>,
    #[serde(flatten)]
    status: StatusView<'a>,
    description: Option<&'a str>,
    location: Option<&'a str>,
    courier: Option<&'a str>,
    courier_name: Option<&'a str>,
    source: Option<&'a str>,
    signed_by: Option<&'a str>,
    /// Whether the provider took the event back.
    retracted: bool,
    /// Stays the same over all answers that hold this event.
    key: &'a str,
}

impl<'a> EventView<'a> {
    fn of(event: &'a Event) -> Self {
        Self {
            time: event.time.as_ref().map(Timestamp::text),
            time_kind: event.time.as_ref().map(|time| time.kind().as_str()),
            status: StatusView::of(&event.status),
            description: event.description.as_deref(),
            location: event.location.as_deref(),
            courier: event.courier.as_ref().map(code),
            courier_name: event.courier.as_ref().and_then(name),
            source: event.source.as_deref(),
            signed_by: event.signed_by.as_deref(),
            retracted: event.retracted,
            key: event.key.as_str(),
        }
    }
}

#[derive(Serialize)]
struct EtaView<'a> {
    source: &'static str,
    from: &'a str,
    to: Option<&'a str>,
    precision: &'static str,
    field: &'a str,
}

impl<'a> EtaView<'a> {
    fn of(eta: &'a Eta) -> Self {
        Self {
            source: eta.source.as_str(),
            from: eta.from.text(),
            to: eta.to.as_ref().map(Timestamp::text),
            precision: eta.precision.as_str(),
            field: &eta.field,
        }
    }
}

/// When each status was first reached, by the name of the status.
#[derive(Serialize)]
struct MilestonesView<'a> {
    /// As the provider claims.
    claimed: BTreeMap<&'static str, &'a str>,
    /// As the events say.
    computed: BTreeMap<&'static str, &'a str>,
}

impl<'a> MilestonesView<'a> {
    fn of(milestones: &'a Milestones) -> Self {
        let by_name = |times: &'a BTreeMap<tracking_core::Status, Timestamp>| {
            times
                .iter()
                .map(|(status, time)| (status.as_str(), time.text()))
                .collect()
        };
        Self {
            claimed: by_name(&milestones.claimed),
            computed: by_name(&milestones.computed),
        }
    }
}

#[derive(Serialize)]
struct ConflictView<'a> {
    kind: &'static str,
    message: &'a str,
}

impl<'a> ConflictView<'a> {
    fn of(conflict: &'a Conflict) -> Self {
        Self {
            kind: conflict.kind.as_str(),
            message: &conflict.message,
        }
    }
}

#[derive(Serialize)]
struct UnreadView<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> UnreadView<'a> {
    fn of(problem: &'a tracking_core::Problem) -> Self {
        Self {
            path: &problem.path,
            message: &problem.message,
        }
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Outbound => "outbound",
        Direction::Inbound => "inbound",
        _ => "unknown",
    }
}

fn code(courier: &Courier) -> &str {
    &courier.code
}

fn name(courier: &Courier) -> Option<&str> {
    courier.name.as_deref()
}

#[cfg(test)]
mod tests;
