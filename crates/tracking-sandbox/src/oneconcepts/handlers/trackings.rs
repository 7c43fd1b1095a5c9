//! `GET /trackings` and `GET /trackings/{id}`.

use http::StatusCode;

use crate::oneconcepts::berlin;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::bodies::tracking::TRACKINGS;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::oneconcepts::state::State;
use crate::oneconcepts::tracking::Tracking;
use crate::server::{Call, Reply};

/// A page of the records that match every filter. A filter that cannot be used is ignored.
pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let params = Parameters::read(call.query);
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let filter = Filter::parse(&params, assumptions.partial_order_number);
    let matching: Vec<_> = state
        .seen_trackings(call.shown(provider.snapshot()).now)
        .filter(|tracking| filter.matches(tracking, &state))
        .collect();
    let body = TRACKINGS.page(&matching, |it| it.body(), &params, assumptions)?;
    response::write(call, StatusCode::OK, body, &state.settings)
}

/// One record.
pub(crate) fn get(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let now = call.shown(provider.snapshot()).now;
    let tracking = call
        .param("id")
        .parse()
        .ok()
        .and_then(|id| state.trackings.get(id))
        .filter(|tracking| tracking.created_at <= now)
        .ok_or_else(Refusal::not_found)?;
    let body = TRACKINGS.item(tracking.body(), &state.settings.assumptions);
    response::write(call, StatusCode::OK, body, &state.settings)
}

/// The filters of a call.
struct Filter<'a> {
    before: Option<i64>,
    strictly_before: Option<i64>,
    after: Option<i64>,
    strictly_after: Option<i64>,
    order_number: Option<&'a str>,
    partial: bool,
}

impl<'a> Filter<'a> {
    fn parse(params: &'a Parameters<'_>, partial: bool) -> Self {
        let date = |name| params.one(name).and_then(berlin::parse);
        Self {
            before: date("createdAt[before]"),
            strictly_before: date("createdAt[strictly_before]"),
            after: date("createdAt[after]"),
            strictly_after: date("createdAt[strictly_after]"),
            order_number: params.one("order.externalOrderNumber"),
            partial,
        }
    }

    fn matches(&self, tracking: &Tracking, state: &State) -> bool {
        let created_at = tracking.created_at;
        self.before.is_none_or(|limit| created_at <= limit)
            && self.strictly_before.is_none_or(|limit| created_at < limit)
            && self.after.is_none_or(|limit| created_at >= limit)
            && self.strictly_after.is_none_or(|limit| created_at > limit)
            && self
                .order_number
                .is_none_or(|number| self.matches_order(number, tracking.order, state))
    }

    fn matches_order(&self, number: &str, order: u64, state: &State) -> bool {
        state.orders.get(order).is_some_and(|order| {
            if self.partial {
                order.external_number.contains(number)
            } else {
                order.external_number == number
            }
        })
    }
}
