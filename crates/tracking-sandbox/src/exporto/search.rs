//! `GET /shipment/search`: a bare array of partial shipments.

use http::StatusCode;

use super::facts::Moment;
use super::module::ExportoModule;
use super::page::Page;
use super::refusal::Refusal;
use super::settings::{Assumptions, TimeFilter};
use super::shipment::{Direction, Shipment, ShipmentBody, ShownNumber};
use crate::clock::{parse_rfc3339, unix_millis};
use crate::module::Call;
use crate::reply::Reply;
use crate::wire_time::compact_day;

/// What a caller looks for.
#[derive(Debug)]
struct Wanted {
    outbound: Option<String>,
    inbound: Option<String>,
    processed: Option<i64>,
    received: Option<i64>,
    delivered: Option<i64>,
    direction: Option<Direction>,
}

pub(super) fn search(module: &ExportoModule, call: &Call<'_>) -> Reply {
    let state = module.state();
    let assumptions = &state.settings.assumptions;
    let asked = Wanted::read(call, assumptions)
        .and_then(|wanted| Ok((wanted, Page::read(call, assumptions)?)));
    let (wanted, page) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return module.refuse(refusal),
    };
    let shipments = module.book(&state).shipments();
    let found = shipments
        .iter()
        .filter(|shipment| wanted.matches(shipment, assumptions.time_filter))
        .map(|shipment| wanted.shown(shipment, assumptions));
    Reply::json(StatusCode::OK, &page.of(found))
}

impl Wanted {
    fn read(call: &Call<'_>, assumptions: &Assumptions) -> Result<Self, Refusal> {
        let wanted = Self {
            outbound: text(call, "foreignOutboundTrackingId"),
            inbound: text(call, "foreignInboundTrackingId"),
            processed: time(call, "processedAt")?,
            received: time(call, "carrierReceivedAtUpdatedAt")?,
            delivered: time(call, "carrierDeliveredAtUpdatedAt")?,
            direction: direction(call)?,
        };
        let selects = wanted.outbound.is_some()
            || wanted.inbound.is_some()
            || wanted.processed.is_some()
            || wanted.received.is_some()
            || wanted.delivered.is_some()
            || (wanted.direction.is_some() && assumptions.type_is_selector);
        if selects {
            Ok(wanted)
        } else {
            Err(Refusal::invalid("A search selector is required"))
        }
    }

    fn matches(&self, shipment: &Shipment, filter: TimeFilter) -> bool {
        let same =
            |wanted: &Option<String>, has: &Option<String>| wanted.is_none() || wanted == has;
        let happened = |wanted: Option<i64>, has: Option<Moment>| {
            wanted.is_none_or(|wanted| has.is_some_and(|has| filter.accepts(wanted, has.at)))
        };
        same(&self.outbound, &shipment.outbound)
            && same(&self.inbound, &shipment.inbound)
            && happened(self.processed, shipment.facts.processed)
            && happened(self.received, shipment.facts.received)
            && happened(self.delivered, shipment.facts.delivered)
            && self
                .direction
                .is_none_or(|direction| direction == shipment.direction)
    }

    fn shown<'a>(&self, shipment: &'a Shipment, assumptions: &Assumptions) -> ShipmentBody<'a> {
        if assumptions.full_search_results {
            return shipment.whole(assumptions);
        }
        let number = match (&self.outbound, &self.inbound, shipment.direction) {
            (Some(_), None, _) => ShownNumber::Outbound,
            (None, Some(_), _) => ShownNumber::Inbound,
            (_, _, Direction::Outbound) => ShownNumber::Outbound,
            (_, _, Direction::Inbound) => ShownNumber::Inbound,
        };
        shipment.partial(number)
    }
}

impl TimeFilter {
    fn accepts(self, wanted: i64, happened: i64) -> bool {
        const SECOND: i64 = 1000;
        match self {
            Self::Since => happened >= wanted,
            Self::Exactly => happened.div_euclid(SECOND) == wanted.div_euclid(SECOND),
            Self::SameDay => compact_day(happened) == compact_day(wanted),
        }
    }
}

/// A parameter that says something.
fn text(call: &Call<'_>, name: &str) -> Option<String> {
    call.query(name).filter(|text| !text.is_empty())
}

/// A date-time with its offset. A `+` that was not percent-encoded is a blank here, and no time.
fn time(call: &Call<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    text(call, name)
        .map(|text| {
            parse_rfc3339(&text)
                .map(unix_millis)
                .ok_or_else(|| Refusal::invalid(format!("Invalid {name}")))
        })
        .transpose()
}

fn direction(call: &Call<'_>) -> Result<Option<Direction>, Refusal> {
    match text(call, "type").as_deref() {
        None => Ok(None),
        Some("outbound") => Ok(Some(Direction::Outbound)),
        Some("inbound") => Ok(Some(Direction::Inbound)),
        Some(_) => Err(Refusal::invalid("Invalid type")),
    }
}
