//! `GET /trackers` and `GET /trackers/{trackerId}`.

use http::StatusCode;
use serde::Serialize;

use crate::server::{Call, Page, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::Envelope;
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::settings::Assumptions;

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 500;

#[derive(Serialize)]
struct TrackerPage<'a> {
    trackers: Vec<TrackerBody<'a>>,
}

/// One page: no total, no link to the next, no echo of the page.
pub(crate) fn list(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let state = provider.state();
    let query = Query::read(call, &state.settings.assumptions)?;
    let trackers = state
        .trackers
        .page(query.page, query.newest_first)
        .into_iter()
        .map(|tracker| TrackerBody::in_list(tracker, &snapshot))
        .collect();
    let data = TrackerPage { trackers };
    Ok(Reply::json(StatusCode::OK, &Envelope { data }))
}

/// One tracker, never its results.
pub(crate) fn get(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = provider.snapshot();
    let state = provider.state();
    state.show_tracker(state.named(call)?, StatusCode::OK, &snapshot)
}

struct Query {
    page: Page,
    newest_first: bool,
}

impl Query {
    fn read(call: &Call<'_>, assumptions: &Assumptions) -> Result<Self, Refusal> {
        let page = positive(call, "page")?.unwrap_or(1);
        let mut limit = positive(call, "limit")?.unwrap_or(DEFAULT_LIMIT);
        if limit > MAX_LIMIT {
            if assumptions.refuse_large_limit {
                return Err(Refusal::invalid(
                    "Please make sure that limit is at most 500.",
                ));
            }
            limit = MAX_LIMIT;
        }
        let newest_first = match call.query("sort").as_deref() {
            None | Some("1") => false,
            Some("-1") => true,
            Some(_) => return Err(Refusal::invalid("Please make sure that sort is 1 or -1.")),
        };
        Ok(Self {
            page: Page {
                number: page,
                limit,
            },
            newest_first,
        })
    }
}

fn positive(call: &Call<'_>, name: &str) -> Result<Option<usize>, Refusal> {
    let Some(value) = call.query(name) else {
        return Ok(None);
    };
    match value.parse() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(Refusal::invalid(format!(
            "Please make sure that {name} is an integer from 1."
        ))),
    }
}
