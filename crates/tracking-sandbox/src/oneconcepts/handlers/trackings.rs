//! `GET /trackings` and `GET /trackings/{id}`.

use crate::oneconcepts::berlin;
use crate::oneconcepts::bodies::tracking::TRACKINGS;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::params::Params;
use crate::oneconcepts::provider::{Answer, OneConceptsProvider};
use crate::oneconcepts::state::State;
use crate::oneconcepts::tracking::Tracking;
use crate::server::{Call, Reply};

/// A page of the records that fit every filter. A filter that cannot be used is ignored.
pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Reply {
    provider.reply(call, page(provider, call))
}

fn page(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Answer, Refusal> {
    let params = Params::read(call.query);
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let filter = Filter::read(&params, assumptions.partial_order_number);
    let matching: Vec<_> = state
        .seen_trackings(provider.snapshot().now)
        .filter(|tracking| filter.fits(tracking, &state))
        .collect();
    let body = TRACKINGS.page(&matching, |it| it.body(), &params, assumptions)?;
    Ok(Answer::ok(body))
}

/// One record.
pub(crate) fn get(provider: &OneConceptsProvider, call: &Call<'_>) -> Reply {
    provider.reply(call, item(provider, call))
}

fn item(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Answer, Refusal> {
    let state = provider.state();
    let now = provider.snapshot().now;
    let tracking = call
        .param("id")
        .parse()
        .ok()
        .and_then(|id| state.trackings.get(id))
        .filter(|tracking| tracking.created_at <= now)
        .ok_or_else(Refusal::not_found)?;
    let body = TRACKINGS.item(tracking.body(), &state.settings.assumptions);
    Ok(Answer::ok(body))
}

/// Which records a caller wants.
struct Filter<'a> {
    before: Option<i64>,
    strictly_before: Option<i64>,
    after: Option<i64>,
    strictly_after: Option<i64>,
    order_number: Option<&'a str>,
    partial: bool,
}

impl<'a> Filter<'a> {
    fn read(params: &'a Params<'_>, partial: bool) -> Self {
        let date = |name| params.one(name).and_then(berlin::read);
        Self {
            before: date("createdAt[before]"),
            strictly_before: date("createdAt[strictly_before]"),
            after: date("createdAt[after]"),
            strictly_after: date("createdAt[strictly_after]"),
            order_number: params.one("order.externalOrderNumber"),
            partial,
        }
    }

    fn fits(&self, tracking: &Tracking, state: &State) -> bool {
        let created_at = tracking.created_at;
        self.before.is_none_or(|limit| created_at <= limit)
            && self.strictly_before.is_none_or(|limit| created_at < limit)
            && self.after.is_none_or(|limit| created_at >= limit)
            && self.strictly_after.is_none_or(|limit| created_at > limit)
            && self
                .order_number
                .is_none_or(|wanted| self.fits_order(wanted, tracking.order, state))
    }

    fn fits_order(&self, wanted: &str, order: u64, state: &State) -> bool {
        state.orders.get(order).is_some_and(|order| {
            if self.partial {
                order.external_number.contains(wanted)
            } else {
                order.external_number == wanted
            }
        })
    }
}
