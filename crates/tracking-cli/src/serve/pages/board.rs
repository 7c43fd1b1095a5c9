//! The board: parcels by status and attention, with search.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use tracking_core::{Status, UtcTime};
use tracking_follow::{Parcel, ParcelId, ParcelQuery, StatusCount, StoreError, StoreErrorKind};

use super::layout::{self, Place};
use super::links::with_query;
use super::{Failure, ROWS, shown, status, when};
use crate::serve::desk::Desk;
use crate::terminal::clean;

/// What the address says. What it cannot mean is as if it were not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BoardQuery {
    status: String,
    attention: String,
    account: String,
    q: String,
    before: String,
}

impl BoardQuery {
    fn filter(&self) -> ParcelQuery {
        let given = |text: &String| Some(text.trim().to_owned()).filter(|it| !it.is_empty());
        let mut filter = ParcelQuery::default();
        filter.status = self.status.parse().ok();
        filter.needs_attention = self.wants_attention();
        filter.account = given(&self.account);
        filter.search = given(&self.q);
        filter
    }

    fn wants_attention(&self) -> bool {
        !self.attention.is_empty()
    }

    /// The address of the same search with another filter.
    fn with(&self, status: &str, attention: &str) -> String {
        let query = [
            ("status", status),
            ("attention", attention),
            ("account", self.account.as_str()),
            ("q", self.q.as_str()),
        ];
        with_query("/", &query)
    }

    fn page_before(&self, before: ParcelId) -> String {
        let before = before.to_string();
        let query = [
            ("status", self.status.as_str()),
            ("attention", self.attention.as_str()),
            ("account", self.account.as_str()),
            ("q", self.q.as_str()),
            ("before", before.as_str()),
        ];
        with_query("/", &query)
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    query: Result<Query<BoardQuery>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(query) = query.unwrap_or_default();
    let before = query.before.parse().ok().map(ParcelId::new);
    let filter = query.filter();
    let (counts, found, now) = tokio::join!(
        desk.store.status_counts(filter.account.as_deref()),
        desk.store.list(&filter, before, ROWS + 1),
        desk.store.time(),
    );
    // A search that no parcel can have finds none.
    let (counts, now) = (or_none(counts)?, now?);
    let mut parcels = or_none(found)?;
    let has_more = parcels.len() > ROWS as usize;
    parcels.truncate(ROWS as usize);
    let content = html! {
        h1 { "Parcels" }
        (search(&desk, &query))
        (filters(&query, &counts))
        @if parcels.is_empty() {
            (nothing(&query, &counts))
        } @else {
            (table(&desk, &parcels, now))
        }
        @if before.is_some() || has_more {
            nav.pager aria-label="Pages" {
                @if before.is_some() { a.button href=(query.with(&query.status, &query.attention)) { "Newest" } }
                @if let Some(last) = parcels.last().filter(|_| has_more) {
                    a.button href=(query.page_before(last.id)) { "Older" }
                }
            }
        }
    };
    Ok(shown(&layout::page(
        "Parcels",
        Some(Place::Parcels),
        &content,
    )))
}

/// Nothing, if nothing can be stored as it was given.
fn or_none<T>(found: Result<Vec<T>, StoreError>) -> Result<Vec<T>, StoreError> {
    match found {
        Err(error) if error.kind() == StoreErrorKind::Invalid => Ok(Vec::new()),
        found => found,
    }
}

fn search(desk: &Desk, query: &BoardQuery) -> Markup {
    html! {
        form.search role="search" action="/" method="get" {
            label.hidden for="q" { "Number, reference or tag" }
            input #q type="search" name="q" value=(query.q) placeholder="Number, reference or tag"
                maxlength="200" autocomplete="off" spellcheck="false";
            @for (name, value) in [("status", &query.status), ("attention", &query.attention), ("account", &query.account)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { "Search" }
            @if !query.q.is_empty() || !query.account.is_empty() {
                a.button.plain href="/" { "Clear" }
            }
        }
        @if !query.account.is_empty() { p { "Of the account " strong { (desk.title(&query.account)) } "." } }
    }
}

/// The statuses that parcels are in, as links.
fn filters(query: &BoardQuery, counts: &[StatusCount]) -> Markup {
    let all: u64 = counts.iter().map(|it| it.parcels).sum();
    let attention: u64 = counts.iter().map(|it| it.need_attention).sum();
    let selected: Option<Status> = query.status.parse().ok();
    let current = |is: bool| is.then_some("true");
    // Nobody counts what a search finds.
    let counts_hold = query.q.trim().is_empty();
    html! {
        nav.filters aria-label="Status" {
            ul {
                li {
                    a href=(query.with("", "")) aria-current=[current(selected.is_none() && !query.wants_attention())] {
                        "All" @if counts_hold { " " span.count { (all) } }
                    }
                }
                li {
                    a.attention href=(query.with("", "1")) aria-current=[current(query.wants_attention())] {
                        "Needs attention" @if counts_hold { " " span.count { (attention) } }
                    }
                }
                @for count in counts {
                    li {
                        a href=(query.with(count.status.as_str(), ""))
                            aria-current=[current(selected.as_ref() == Some(&count.status) && !query.wants_attention())] {
                            (count.status.label()) @if counts_hold { " " span.count { (count.parcels) } }
                        }
                    }
                }
            }
        }
    }
}

fn nothing(query: &BoardQuery, counts: &[StatusCount]) -> Markup {
    html! {
        div.empty {
            @if counts.is_empty() && query.account.trim().is_empty() {
                p { strong { "No parcel is followed yet." } }
                p { "Add one with " code { "tracking follow add" } ", or with a request to " code { "/api/v1/parcels" } "." }
            } @else if query.q.is_empty() {
                p { "No parcel is here." }
            } @else {
                p { "Nothing begins with, or is tagged as, " strong { (query.q) } "." }
            }
        }
    }
}

fn table(desk: &Desk, parcels: &[Parcel], now: UtcTime) -> Markup {
    html! {
        div.sheet {
            table.board {
                caption.hidden { "Parcels, the newest first" }
                thead {
                    tr {
                        th scope="col" { "Parcel" }
                        th scope="col" { "Status" }
                        th scope="col" { "Last event" }
                        th scope="col" { "Account" }
                        th scope="col" { "Checked" }
                        th scope="col" { "Next check" }
                    }
                }
                tbody { @for parcel in parcels { (row(desk, parcel, now)) } }
            }
        }
    }
}

fn row(desk: &Desk, parcel: &Parcel, now: UtcTime) -> Markup {
    let report = parcel.shipments.iter().map(|it| &it.status);
    let report = report.into_iter().find(|it| it.status == parcel.status);
    let event = parcel.shipments.iter().find_map(|it| it.last_event());
    html! {
        tr.attention[parcel.needs_attention] {
            th scope="row" {
                a.number href={ "/parcels/" (parcel.id) } { bdi { (clean(parcel.request.target.as_str())) } }
                @if let Some(reference) = &parcel.reference { div.faint { bdi { (clean(reference)) } } }
                @if !parcel.tags.is_empty() {
                    div.tags { @for tag in &parcel.tags { span.tag { bdi { (clean(tag)) } } " " } }
                }
            }
            td data-label="Status" {
                div {
                    (status::badge(&parcel.status))
                    @if parcel.needs_attention { div.flag { "Needs attention" } }
                    @if let Some(details) = report.and_then(status::details) { div.faint { (details) } }
                }
            }
            td data-label="Last event" {
                @if let Some(event) = event {
                    div {
                        div {
                            @if let Some(text) = &event.description { bdi { (clean(text)) } }
                            @else { (event.status.status.label()) }
                        }
                        div.faint {
                            (when::given(event.time.as_ref()))
                            @if let Some(place) = &event.location { " · " bdi { (clean(place)) } }
                        }
                    }
                } @else { span.faint { "none" } }
            }
            td data-label="Account" { (desk.title(&parcel.account)) }
            td data-label="Checked" {
                div {
                    @if let Some(looked) = parcel.looked_at { (when::relative(looked, now)) } @else { span.faint { "not yet" } }
                    @if parcel.failures > 0 { div { span.flag { "Failed " (parcel.failures) "×" } } }
                }
            }
            td data-label="Next check" { (next(parcel, now)) }
        }
    }
}

/// When the parcel is looked at next.
pub(super) fn next(parcel: &Parcel, now: UtcTime) -> Markup {
    match parcel.due_at {
        _ if parcel.worker.is_some() => html! { "under way" },
        None => html! { span.faint { "rests" } },
        Some(due) if due <= now => html! { "due" },
        Some(due) => when::relative(due, now),
    }
}
