//! `POST /trackings/costtime`: how long parcels take between two countries.

use serde::Serialize;
use serde_json::Value;

use crate::identity::fingerprint;
use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::input::{self, Fields};

/// Samples of one route. There is no `range2`; the types are assumed.
#[derive(Serialize)]
struct Route {
    carrier_code: String,
    original: String,
    destination: String,
    total: u64,
    delivered: u64,
    /// Up to seven days.
    range1: u64,
    /// Seven to fifteen days.
    range3: u64,
    /// Sixteen to thirty days.
    range4: u64,
    /// Thirty-one to sixty days.
    range5: u64,
}

#[derive(Serialize)]
struct Wrapped {
    submitted: usize,
    items: Vec<Route>,
}

pub(crate) fn look_up(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    if !state.settings.features {
        return Err(Refusal::NOT_ACTIVATED);
    }
    let items = input::list(call, None)?;
    let routes = items.iter().map(route).collect::<Result<Vec<_>, _>>()?;
    if !state.settings.assumptions.wrap_transit_times {
        return Ok(envelope::success(&routes));
    }
    Ok(envelope::success(&Wrapped {
        submitted: routes.len(),
        items: routes,
    }))
}

/// Made-up numbers that are the same for the same route.
fn route(item: &Value) -> Result<Route, Refusal> {
    let fields = Fields::of(item)?;
    let original = fields.string("original").ok_or(Refusal::UNREADABLE)?;
    let destination = fields.string("destination").ok_or(Refusal::UNREADABLE)?;
    let carrier_code = fields
        .string("carrier_code")
        .ok_or(Refusal::CARRIER_INVALID)?;
    let total =
        100 + fingerprint(format!("{carrier_code}/{original}/{destination}").as_bytes()) % 900;
    let delivered = total - total / 10;
    let (range1, range3, range4) = (delivered / 2, delivered / 4, delivered / 8);
    Ok(Route {
        carrier_code,
        original,
        destination,
        total,
        delivered,
        range1,
        range3,
        range4,
        range5: delivered - range1 - range3 - range4,
    })
}
