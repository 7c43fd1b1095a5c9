//! The accounts: what is due, paused and failing, and what each can do.

use axum::extract::State;
use axum::response::Response;
use gcl_sdk::tracking_http::RateClass;
use maud::{Markup, html};
use tracking_core::UtcTime;
use tracking_follow::AccountReport;

use super::layout::{self, Place};
use super::links::with_query;
use super::{Failure, shown, when};
use crate::providers_command::spoken;
use crate::serve::desk::Desk;
use crate::terminal::clean;
use crate::waits::WaitReport;

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
                    dl.facts { (limits(&desk, &account.name)) }
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
                (limits(desk, &report.name))
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

/// What an account may send, and how its calls wait for that.
fn limits(desk: &Desk, name: &str) -> Markup {
    let Some(account) = desk.account(name) else {
        return html! {};
    };
    let rules = desk.config.set_rules(&account.name);
    let rule = |key: &str| {
        rules
            .iter()
            .find(|(it, _)| *it == key)
            .map(|(_, value)| value)
    };
    let quotas: Vec<String> = [("looks_per_day", "a day"), ("looks_per_month", "a month")]
        .into_iter()
        .filter_map(|(key, period)| Some(format!("{} {period}", rule(key)?)))
        .collect();
    html! {
        div { dt { "Limit of the provider" } dd { (rate(&(account.entry.rate)())) } }
        @if let Some(waits) = desk.waits(name) {
            div { dt { "Waiting for the limit" } dd { (waiting(&waits)) } }
            @if let Some(pause) = waits.pause {
                div { dt { "Asked to slow down" } dd { span.flag { "for another " (when::span(pause)) } } }
            }
        }
        @if !quotas.is_empty() { div { dt { "Looks, at most" } dd { (quotas.join(", ")) } } }
        @if let Some(hours) = rule("quiet_hours") {
            div { dt { "Quiet hours" } dd { (hours) " " (rule("time_zone").map_or("UTC", String::as_str)) } }
        }
    }
}

/// The documented rate of looks.
fn rate(class: &RateClass) -> Markup {
    html! {
        @if class.requests == 0 {
            "none documented"
        } @else {
            (class.requests) @if class.requests == 1 { " request" } @else { " requests" } " in " (when::span(class.per))
        }
    }
}

fn waiting(waits: &WaitReport) -> Markup {
    html! {
        @if let Some(longest) = waits.longest {
            (waits.calls) @if waits.calls == 1 { " call" } @else { " calls" } ", the first for " (when::span(longest))
        } @else if let Some(last) = waits.last.filter(|it| it.as_secs() > 0) {
            "no call; the last waited " (when::span(last))
        } @else {
            "no call"
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
