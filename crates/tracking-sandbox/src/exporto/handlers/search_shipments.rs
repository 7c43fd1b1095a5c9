//! `GET /shipment/search`: a bare array of partial shipments.

use http::StatusCode;

use crate::clock::{parse_rfc3339, unix_millis};
use crate::exporto::bodies::shipment::{ShipmentBody, ShownNumber};
use crate::exporto::errors::Refusal;
use crate::exporto::milestones::LocalTime;
use crate::exporto::paging::Page;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::settings::{Assumptions, TimeFilter};
use crate::exporto::shipment::{Direction, Shipment};
use crate::server::{Call, Reply};
use crate::wire_time::compact_day;

/// The parameters of a search.
#[derive(Debug)]
struct Query {
    outbound: Option<String>,
    inbound: Option<String>,
    processed: Option<i64>,
    received: Option<i64>,
    delivered: Option<i64>,
    direction: Option<Direction>,
}

pub(crate) fn search(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let query = Query::parse(call, assumptions)?;
    let page = Page::parse(call, assumptions)?;
    let snapshot = call.shown(provider.snapshot());
    let shipments = match query.outbound.as_ref().or(query.inbound.as_ref()) {
        Some(number) => state.shipments_with(number, &snapshot),
        None => state.shipments(&snapshot),
    };
    let found = shipments
        .iter()
        .filter(|shipment| query.matches(shipment, assumptions.time_filter))
        .map(|shipment| query.body(shipment, assumptions));
    Ok(Reply::json(StatusCode::OK, &page.of(found)))
}

impl Query {
    fn parse(call: &Call<'_>, assumptions: &Assumptions) -> Result<Self, Refusal> {
        let query = Self {
            outbound: non_empty(call, "foreignOutboundTrackingId"),
            inbound: non_empty(call, "foreignInboundTrackingId"),
            processed: time(call, "processedAt")?,
            received: time(call, "carrierReceivedAtUpdatedAt")?,
            delivered: time(call, "carrierDeliveredAtUpdatedAt")?,
            direction: direction(call)?,
        };
        let selects = query.outbound.is_some()
            || query.inbound.is_some()
            || query.processed.is_some()
            || query.received.is_some()
            || query.delivered.is_some()
            || (query.direction.is_some() && assumptions.type_is_selector);
        if selects {
            Ok(query)
        } else {
            Err(Refusal::invalid("A search selector is required"))
        }
    }

    fn matches(&self, shipment: &Shipment, filter: TimeFilter) -> bool {
        let same = |asked: &Option<String>, has: &Option<String>| asked.is_none() || asked == has;
        let happened = |asked: Option<i64>, has: Option<LocalTime>| {
            asked.is_none_or(|asked| has.is_some_and(|has| filter.accepts(asked, has.at)))
        };
        same(&self.outbound, &shipment.outbound)
            && same(&self.inbound, &shipment.inbound)
            && happened(self.processed, shipment.milestones.processed)
            && happened(self.received, shipment.milestones.received)
            && happened(self.delivered, shipment.milestones.delivered)
            && self
                .direction
                .is_none_or(|direction| direction == shipment.direction)
    }

    fn body<'a>(&self, shipment: &'a Shipment, assumptions: &Assumptions) -> ShipmentBody<'a> {
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
    fn accepts(self, asked: i64, happened: i64) -> bool {
        const SECOND: i64 = 1000;
        match self {
            Self::Since => happened >= asked,
            Self::Exactly => happened.div_euclid(SECOND) == asked.div_euclid(SECOND),
            Self::SameDay => compact_day(happened) == compact_day(asked),
        }
    }
}

/// A parameter that is not empty.
fn non_empty(call: &Call<'_>, name: &str) -> Option<String> {
    call.query(name).filter(|value| !value.is_empty())
}

/// A date-time with its offset. A `+` that was not percent-encoded is a space here, and refused.
fn time(call: &Call<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    non_empty(call, name)
        .map(|value| {
            parse_rfc3339(&value)
                .map(unix_millis)
                .ok_or_else(|| Refusal::invalid(format!("Invalid {name}")))
        })
        .transpose()
}

fn direction(call: &Call<'_>) -> Result<Option<Direction>, Refusal> {
    match non_empty(call, "type").as_deref() {
        None => Ok(None),
        Some("outbound") => Ok(Some(Direction::Outbound)),
        Some("inbound") => Ok(Some(Direction::Inbound)),
        Some(_) => Err(Refusal::invalid("Invalid type")),
    }
}
