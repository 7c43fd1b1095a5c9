//! `GET /trackings/getuserinfo` and `GET /trackings/getstatusnumber`.

use serde::Serialize;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::filter::Filter;
use crate::trackingmore::statuses::Status;

/// What the account shows as money while its quota has no end. The unit is not known.
const MONEY: f64 = 999.0;

#[derive(Serialize)]
struct UserInfo<'a> {
    email: &'a str,
    /// Unix seconds, as a text.
    regtime: &'static str,
    phone: Phone,
    money: f64,
    track_number: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Phone {
    Text(&'static str),
    Number(u64),
}

pub(crate) fn user_info(provider: &TrackingMoreProvider, _call: &Call<'_>) -> Reply {
    let state = provider.state();
    let phone = if state.settings.assumptions.phone_as_number {
        Phone::Number(86_555_010_099)
    } else {
        Phone::Text("+86555010099")
    };
    envelope::success(&UserInfo {
        email: &state.settings.email,
        regtime: "1469097290",
        phone,
        money: state.quota.left().unwrap_or(MONEY),
        track_number: state.trackings.len(),
    })
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

pub(crate) fn status_number(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let state = provider.state();
    let filter = match Filter::read_times(call) {
        Ok(filter) => filter,
        Err(refusal) => return refusal.into_reply(),
    };
    let mut counters = Counters::default();
    let serials = state.matching(&filter, &account);
    let followed = state.followed(&serials, &account);
    for view in state.views(&followed, &account) {
        counters.count(view.status().0);
    }
    envelope::success(&counters)
}
