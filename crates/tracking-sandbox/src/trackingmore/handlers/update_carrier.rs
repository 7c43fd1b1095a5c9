//! `POST /trackings/update`: gives a number another carrier.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::input::{self, Fields};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    usertag: &'static str,
}

pub(crate) fn change(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let body = input::body(call)?;
    let fields = Fields::of(&body)?;
    let (carrier, number) = fields.key()?;
    let new = fields
        .string("update_carrier_code")
        .ok_or(Refusal::CARRIER_INVALID)?;
    let serial = state.existing(&carrier, &number)?;
    state.known_carrier(&new, &number, &snapshot)?;
    if state.trackings.find(&new, &number).is_some() {
        return Err(Refusal::EXISTS);
    }
    state.trackings.change_carrier(serial, &new);
    state.announce(serial, &snapshot);
    Ok(envelope::success(&Body { usertag: "" }))
}
