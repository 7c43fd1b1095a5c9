//! The outbox: what changed, the newest first.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use tracking_core::{Status, UtcTime};
use tracking_follow::{ChangeRecord, ConsumerReport, StoreError};

use super::layout::{self, Place};
use super::links::with_query;
use super::{Failure, ROWS, shown, status, when};
use crate::serve::desk::Desk;
use crate::terminal::clean;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ChangesQuery {
    before: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    query: Result<Query<ChangesQuery>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(query) = query.unwrap_or_default();
    let before: Option<u64> = query.before.parse().ok();
    let (records, consumers, now) = tokio::join!(
        desk.store.history(None, before, ROWS + 1),
        desk.store.consumers(),
        desk.store.time(),
    );
    let (mut records, consumers, now) = (records?, consumers?, now?);
    let has_more = records.len() > ROWS as usize;
    records.truncate(ROWS as usize);
    let last = records.iter().rev().find_map(|it| it.as_ref().ok());
    let content = html! {
        h1 { "Changes" }
        p.lead { "Each change once, numbered in the order in which it was written. Consumers read them in this order." }
        @if before.is_none() && !consumers.is_empty() { (consumer_table(&consumers, now)) h2 { "All changes" } }
        @if records.is_empty() {
            div.empty { p { "Nothing has changed so far." } }
        } @else {
            (table(&desk, &records, now))
        }
        @if before.is_some() || has_more {
            nav.pager aria-label="Pages" {
                @if before.is_some() { a.button href="/changes" { "Newest" } }
                @if let Some(last) = last.filter(|_| has_more) {
                    a.button href=(with_query("/changes", &[("before", &last.seq.to_string())])) { "Older" }
                }
            }
        }
    };
    Ok(shown(&layout::page(
        "Changes",
        Some(Place::Changes),
        &content,
    )))
}

/// Who reads the changes, and how far.
fn consumer_table(consumers: &[ConsumerReport], now: UtcTime) -> Markup {
    html! {
        h2 { "Consumers" }
        div.sheet {
            table.board.consumers {
                caption.hidden { "Consumers of the changes" }
                thead {
                    tr {
                        th scope="col" { "Name" }
                        th scope="col" { "State" }
                        th scope="col" { "Has read" }
                        th scope="col" { "Behind" }
                        th scope="col" { "Not delivered" }
                        th scope="col" { "Sent to" }
                    }
                }
                tbody {
                    @for consumer in consumers {
                        tr {
                            th scope="row" { (clean(&consumer.name)) }
                            td data-label="State" { div { (consumer_state(consumer, now)) } }
                            td data-label="Has read" { "#" (consumer.position) }
                            td data-label="Behind" { (consumer.behind) }
                            td data-label="Not delivered" { (consumer.dead_letters) }
                            td data-label="Sent to" {
                                @if let Some(origin) = &consumer.origin { (clean(origin)) }
                                @else { span.faint { "reads by itself" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn consumer_state(consumer: &ConsumerReport, now: UtcTime) -> Markup {
    html! {
        @if let Some(since) = consumer.disabled_at {
            span.badge.bad { "Disabled" } " " (when::relative(since, now))
        } @else if let Some(since) = consumer.failing_since {
            span.badge.waiting { "Failing" } " since " (when::relative(since, now))
        } @else if consumer.behind > 0 {
            span.badge.moving { "Has more to read" }
        } @else {
            span.badge.good { "Up to date" }
        }
        @if let Some(problem) = &consumer.problem { div.faint { (clean(problem)) } }
    }
}

fn table(desk: &Desk, records: &[Result<ChangeRecord, StoreError>], now: UtcTime) -> Markup {
    html! {
        div.sheet {
            table.board.outbox {
                caption.hidden { "Changes, the newest first" }
                thead {
                    tr {
                        th scope="col" { "No." }
                        th scope="col" { "Parcel" }
                        th scope="col" { "Change" }
                        th scope="col" { "Status" }
                        th scope="col" { "Account" }
                        th scope="col" { "When" }
                    }
                }
                tbody {
                    @for record in records {
                        @match record {
                            Ok(record) => (row(desk, record, now)),
                            Err(error) => { tr { td colspan="6" { span.flag { (error) } } } }
                        }
                    }
                }
            }
        }
    }
}

fn row(desk: &Desk, record: &ChangeRecord, now: UtcTime) -> Markup {
    let state: Status = record.status.parse().unwrap_or_default();
    html! {
        tr {
            th scope="row" { span.faint { "#" (record.seq) } }
            td data-label="Parcel" { a.number href={ "/parcels/" (record.parcel) } { (clean(&record.number)) } }
            td data-label="Change" { (clean(&record.change.to_string())) }
            td data-label="Status" { (status::badge(&state)) }
            td data-label="Account" { (clean(desk.title(&record.account))) }
            td data-label="When" { (when::relative(record.time, now)) }
        }
    }
}
