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
pub(crate) fn list(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let state = provider.state();
    let wanted = match Wanted::read(call, &state.settings.assumptions) {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal.into_reply(),
    };
    let trackers = state
        .trackers
        .page(wanted.page, wanted.newest_first)
        .into_iter()
        .map(|tracker| TrackerBody::in_list(tracker, &account))
        .collect();
    Reply::json(
        StatusCode::OK,
        &Envelope {
            data: TrackerPage { trackers },
        },
    )
}

/// One tracker, never its results.
pub(crate) fn get(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let state = provider.state();
    match state.named(call) {
        Ok(serial) => state.show_tracker(serial, StatusCode::OK, &account),
        Err(refusal) => refusal.into_reply(),
    }
}

struct Wanted {
    page: Page,
    newest_first: bool,
}

impl Wanted {
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
    let Some(text) = call.query(name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(Refusal::invalid(format!(
            "Please make sure that {name} is an integer from 1."
        ))),
    }
}
