//! One parcel: its shipments, what changed when, and how it is followed.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use tracking_core::UtcTime;
use tracking_follow::{ChangeRecord, Parcel, ParcelId, StoreError};

use super::layout::{self, Place};
use super::{Failure, ROWS, board, shown, status, timeline, when};
use crate::render::labels::target_kind;
use crate::serve::desk::Desk;
use crate::terminal::clean;

const UNKNOWN: Failure =
    Failure::NotFound("There is no such parcel, or it is not followed any more.");

pub(super) async fn page(
    State(desk): State<Desk>,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Failure> {
    let Ok(Path(id)) = id else {
        return Err(UNKNOWN);
    };
    let id = ParcelId::new(id);
    let (parcel, history, now) = tokio::join!(
        desk.store.parcel(id),
        desk.store.history(Some(id), None, ROWS),
        desk.store.time(),
    );
    let (history, now) = (history?, now?);
    let parcel = parcel?.ok_or(UNKNOWN)?;
    let number = clean(parcel.request.target.as_str());
    let provider = desk.title(&parcel.account);
    let content = html! {
        p.back { a href="/" { "All parcels" } }
        h1 { span.number { (number) } " " small.faint { "at " (provider) } }
        @if parcel.needs_attention { p.banner { strong { "Needs attention." } " A person should look at this parcel." } }
        @if parcel.shipments.is_empty() {
            section.card aria-label="Status" {
                p.state { (status::badge(&parcel.status)) }
                p {
                    @if parcel.looked_at.is_none() { "It was not looked at yet." }
                    @else { (provider) " does not know it so far." }
                }
            }
        }
        @for shipment in &parcel.shipments { (timeline::shipment(shipment, provider, parcel.shipments.len() > 1)) }
        (changes(&history))
        (following(&parcel, provider, now))
    };
    let title = format!("{number} at {provider}");
    Ok(shown(&layout::page(&title, Some(Place::Parcels), &content)))
}

/// What changed when, the newest first.
fn changes(history: &[Result<ChangeRecord, StoreError>]) -> Markup {
    html! {
        section.card aria-labelledby="changes" {
            h2 #changes { "What changed when" }
            @if history.is_empty() {
                p.faint { "Nothing has changed since the first look." }
            } @else {
                ol.changes reversed {
                    @for record in history {
                        @match record {
                            Ok(record) => {
                                li {
                                    div.time { (when::exact(record.time)) }
                                    div { (clean(&record.change.to_string())) " " small.faint { "#" (record.seq) } }
                                }
                            }
                            Err(error) => { li { div.time {} div.flag { (error) } } }
                        }
                    }
                }
                @if history.len() == ROWS as usize { p.faint { "Older changes are not shown." } }
            }
        }
    }
}

fn following(parcel: &Parcel, provider: &str, now: UtcTime) -> Markup {
    html! {
        section.card aria-labelledby="following" {
            h2 #following { "How it is followed" }
            dl.facts {
                div { dt { "Account" } dd { (provider) } }
                div { dt { "Looked up by" } dd { (target_kind(&parcel.request.target)) } }
                @if let Some(reference) = &parcel.reference { div { dt { "Your reference" } dd { bdi { (clean(reference)) } } } }
                @if !parcel.tags.is_empty() {
                    div { dt { "Tags" } dd { @for tag in &parcel.tags { span.tag { bdi { (clean(tag)) } } " " } } }
                }
                @if let Some(courier) = &parcel.request.hints.courier { div { dt { "Courier hint" } dd { (clean(courier)) } } }
                div { dt { "Since" } dd { (when::relative(parcel.since, now)) } }
                div {
                    dt { "Checked" }
                    dd {
                        @if let Some(looked) = parcel.looked_at { (when::relative(looked, now)) } @else { "not yet" }
                        ", " (parcel.attempts) " times"
                    }
                }
                @if let Some(news) = parcel.news_at { div { dt { "Last change" } dd { (when::relative(news, now)) } } }
                div { dt { "Next check" } dd { (board::next(parcel, now)) } }
                @if parcel.failures > 0 {
                    div { dt { "Failed" } dd { span.flag { (parcel.failures) " in a row" } } }
                }
                @if let Some(problem) = &parcel.problem { div { dt { "Last error" } dd { (clean(problem)) } } }
            }
        }
    }
}
