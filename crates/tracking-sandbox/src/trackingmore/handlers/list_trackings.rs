//! `GET /trackings/get`: a page of what the filters leave over.

use serde::Serialize;

use crate::server::{Call, Page, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::filter::Filter;
use crate::trackingmore::requests::parameters::Parameters;

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 2000;

#[derive(Serialize)]
struct Body<'a> {
    page: usize,
    limit: usize,
    /// The only counter that is a string.
    total: String,
    count: usize,
    items: Vec<TrackingBody<'a>>,
}

pub(crate) fn list(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    read(provider, call, &Parameters::of_query(call))
}

/// As [`list`], for clients that send their parameters in a body.
pub(crate) fn list_by_body(
    provider: &TrackingMoreProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    read(provider, call, &Parameters::of_body(call)?)
}

fn read(
    provider: &TrackingMoreProvider,
    call: &Call<'_>,
    parameters: &Parameters<'_>,
) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let state = provider.state();
    let filter = Filter::read(parameters)?;
    let page = page(parameters)?;
    let matching = state.matching(&filter, &snapshot);
    let total = matching.len();
    let shown: Vec<_> = matching
        .into_iter()
        .skip(page.skip())
        .take(page.limit)
        .collect();
    if shown.is_empty() {
        return Err(Refusal::NOTHING_FOUND);
    }
    let followed = state.followed(&shown, &snapshot);
    let views = state.views(&followed, &snapshot);
    let repeat = state.settings.repeat_handover;
    Ok(envelope::success(&Body {
        page: page.number,
        limit: page.limit,
        total: total.to_string(),
        count: views.len(),
        items: views
            .iter()
            .map(|view| TrackingBody::new(view, Form::List, repeat))
            .collect(),
    }))
}

/// What happens above the largest page is not known; here it is cut.
fn page(parameters: &Parameters<'_>) -> Result<Page, Refusal> {
    let read = |name, default| match parameters.get(name) {
        None => Ok(default),
        Some(number) => match number.parse() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(Refusal::UNREADABLE),
        },
    };
    Ok(Page {
        number: read("page", 1)?,
        limit: read("limit", DEFAULT_LIMIT)?.min(MAX_LIMIT),
    })
}
