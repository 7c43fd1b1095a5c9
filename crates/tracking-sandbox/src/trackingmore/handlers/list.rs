//! `GET /trackings/get`: a page of what the filters leave over.

use serde::Serialize;

use crate::server::{Call, Page, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::requests::filter::Filter;

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 2000;

#[derive(Serialize)]
struct Answer<'a> {
    page: usize,
    limit: usize,
    /// The only counter that is a text.
    total: String,
    count: usize,
    items: Vec<TrackingBody<'a>>,
}

pub(crate) fn list(provider: &TrackingMoreProvider, call: &Call<'_>) -> Reply {
    let account = provider.account();
    let state = provider.state();
    let wanted = Filter::read(call).and_then(|filter| Ok((filter, page(call)?)));
    let (filter, page) = match wanted {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal.into_reply(),
    };
    let matching = state.matching(&filter, &account);
    let total = matching.len();
    let shown: Vec<_> = matching
        .into_iter()
        .skip(page.skip())
        .take(page.limit)
        .collect();
    if shown.is_empty() {
        return Refusal::NOTHING_FOUND.into_reply();
    }
    let followed = state.followed(&shown, &account);
    let views = state.views(&followed, &account);
    let repeat = state.settings.repeat_handover;
    envelope::success(&Answer {
        page: page.number,
        limit: page.limit,
        total: total.to_string(),
        count: views.len(),
        items: views
            .iter()
            .map(|view| TrackingBody::new(view, Form::List, repeat))
            .collect(),
    })
}

/// What happens above the largest page is not known; here it is cut.
fn page(call: &Call<'_>) -> Result<Page, Refusal> {
    let read = |name, default| match call.query(name).as_deref() {
        None | Some("") => Ok(default),
        Some(text) => match text.parse() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(Refusal::UNREADABLE),
        },
    };
    Ok(Page {
        number: read("page", 1)?,
        limit: read("limit", DEFAULT_LIMIT)?.min(MAX_LIMIT),
    })
}
