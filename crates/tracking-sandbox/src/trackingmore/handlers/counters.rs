//! `GET /trackings/getuserinfo` and `GET /trackings/getstatusnumber`.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::filter::Filter;
use crate::trackingmore::requests::parameters::Parameters;
use crate::trackingmore::statuses::Status;

/// What the account shows as money while its quota has no end. The unit is not known.
const MONEY: f64 = 999.0;

#[derive(Serialize)]
struct UserInfo<'a> {
    email: &'a str,
    /// Unix seconds, as a string.
    regtime: &'static str,
    phone: Phone,
    money: f64,
    track_number: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Phone {
    String(&'static str),
    Number(u64),
}

pub(crate) fn user_info(
    provider: &TrackingMoreProvider,
    _call: &Call<'_>,
) -> Result<Reply, Refusal> {
    let state = provider.state();
    let phone = if state.settings.assumptions.phone_as_number {
        Phone::Number(86_555_010_099)
    } else {
        Phone::String("+86555010099")
    };
    Ok(envelope::success(&UserInfo {
        email: &state.settings.email,
        regtime: "1469097290",
        phone,
        money: state.settings.quota.left().unwrap_or(MONEY),
        track_number: state.trackings.len(),
    }))
}

#[derive(Debug, Default, Serialize)]
struct Counters {
    pending: usize,
    notfound: usize,
    transit: usize,
    pickup: usize,
    delivered: usize,
    undelivered: usize,
    exception: usize,
    expired: usize,
}

impl Counters {
    fn count(&mut self, status: Status) {
        let counter = match status {
            Status::Pending => &mut self.pending,
            Status::NotFound => &mut self.notfound,
            Status::Transit => &mut self.transit,
            Status::Pickup => &mut self.pickup,
            Status::Delivered => &mut self.delivered,
            Status::Undelivered => &mut self.undelivered,
            Status::Exception => &mut self.exception,
            Status::Expired => &mut self.expired,
        };
        *counter += 1;
    }
}

pub(crate) fn status_number(
    provider: &TrackingMoreProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    count(provider, &Parameters::of_query(call))
}

/// As [`status_number`], for clients that send their parameters in a body.
pub(crate) fn status_number_by_body(
    provider: &TrackingMoreProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    count(provider, &Parameters::of_body(call)?)
}

fn count(provider: &TrackingMoreProvider, parameters: &Parameters<'_>) -> Result<Reply, Refusal> {
    let filter = Filter::read_times(parameters)?;
    let snapshot = provider.snapshot();
    let state = provider.state();
    let mut counters = Counters::default();
    let serials = state.matching(&filter, &snapshot);
    let followed = state.followed(&serials, &snapshot);
    for view in state.views(&followed, &snapshot) {
        counters.count(view.status().0);
    }
    Ok(envelope::success(&counters))
}
