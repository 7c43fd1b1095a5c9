//! The accounts: what is due, paused and failing, and what each can do.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use tracking_core::UtcTime;
use tracking_follow::AccountReport;

use super::layout::{self, Place};
use super::links::with_query;
use super::{Failure, shown, when};
use crate::providers_command::spoken;
use crate::serve::desk::Desk;
use crate::terminal::clean;

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let (reports, now) = tokio::join!(desk.store.accounts(), desk.store.time());
    let (reports, now) = (reports?, now?);
    let idle: Vec<_> = desk
        .accounts
        .iter()
        .filter(|it| !reports.iter().any(|report| it.is_called(&report.name)))
        .collect();
    let content = html! {
        h1 { "Accounts" }
        @if !desk.works { p.banner { "This server looks at no parcels; " code { "tracking follow run" } " does." } }
        @if reports.is_empty() && idle.is_empty() {
            div.empty { p { "No account is configured, and no parcel is followed." } }
        }
        div.cards {
            @for report in &reports { (card(&desk, report, now)) }
            @for account in idle {
                section.card {
                    h2 { (account.title()) }
                    p.faint { "No parcels so far." }
                    (abilities(&desk, &account.name))
                }
            }
        }
    };
    Ok(shown(&layout::page(
        "Accounts",
        Some(Place::Accounts),
        &content,
    )))
}

fn card(desk: &Desk, report: &AccountReport, now: UtcTime) -> Markup {
    html! {
        section.card {
            h2 { a href=(with_query("/", &[("account", &report.name)])) { (clean(desk.title(&report.name))) } }
            p.state { (state(desk, report, now)) }
            dl.figures {
                (figure("Parcels", report.parcels))
                (figure("Due now", report.due))
                (figure("Failing", report.failing))
                (figure("Resting", report.resting))
            }
            dl.facts {
                div {
                    dt { "Last check" }
                    dd { @if let Some(looked) = report.looked_at { (when::relative(looked, now)) } @else { "none yet" } }
                }
                @if let Some(since) = report.due_since {
                    div { dt { "Waiting since" } dd { (when::relative(since, now)) } }
                }
                @if let (Some(until), Some(reason)) = (report.paused_until, &report.pause) {
                    div { dt { "Paused until" } dd { (when::exact(until)) ": " (clean(reason)) } }
                }
                @for (name, looks) in [("Looks today", report.day), ("Looks this month", report.month)] {
                    @if let Some(looks) = looks {
                        div { dt { (name) } dd { (looks.looks) " since " (when::exact(looks.since)) } }
                    }
                }
                @if let Some(problem) = &report.problem {
                    div { dt { "Last error" } dd { (clean(problem)) } }
                }
            }
            (abilities(desk, &report.name))
        }
    }
}

fn figure(name: &str, value: u64) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// The state in words, with a colour.
fn state(desk: &Desk, report: &AccountReport, now: UtcTime) -> Markup {
    let is_served = !desk.works || desk.account(&report.name).is_some();
    html! {
        @if let Some(until) = report.paused_until {
            span.badge.bad { "Paused" } " resumes " (when::relative(until, now))
        } @else if !is_served {
            span.badge.waiting { "Not configured" } " its parcels wait"
        } @else if report.failing > 0 {
            span.badge.waiting { "Some looks fail" }
        } @else {
            span.badge.good { "Working" }
        }
    }
}

fn abilities(desk: &Desk, name: &str) -> Markup {
    html! {
        @if let Some(account) = desk.account(name) {
            @let can = &account.entry.capabilities;
            p.faint {
                (account.entry.title) ": " (spoken(can))
                @if can.batch_size > 1 { ", " (can.batch_size) " in one request" }
                "."
            }
        }
    }
}
