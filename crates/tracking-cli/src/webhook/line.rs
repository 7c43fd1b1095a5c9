//! Requests for programs: one JSON object per line.

use serde::Serialize;
use serde_json::Value;
use tracking_core::UtcTime;
use tracking_core::webhook::{Received, ReceivedUpdate, WebhookOutcome, WebhookProof};

use super::report::{Content, Report};
use crate::render::json::without_raw;
use crate::select::Connected;

#[derive(Serialize)]
struct Line<'a> {
    time: UtcTime,
    method: &'a str,
    path: &'a str,
    bytes: usize,
    account: Option<&'a str>,
    provider: Option<&'a str>,
    /// What was decided, in snake case.
    outcome: &'a str,
    /// What was proven, in snake case.
    proof: Option<&'a str>,
    /// Whether it is only a hint to ask the provider again.
    is_hint: Option<bool>,
    updates: Vec<Update<'a>>,
    repeats: usize,
    problems: Vec<Problem<'a>>,
    error: Option<Error<'a>>,
    reply: Reply<'a>,
    /// The file in which it is kept.
    file: Option<String>,
}

#[derive(Serialize)]
struct Update<'a> {
    message_id: Option<&'a str>,
    number: &'a str,
    status: &'a str,
    /// As the message has it: often with the new events only.
    shipment: Value,
}

#[derive(Serialize)]
struct Problem<'a> {
    path: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Error<'a> {
    kind: &'a str,
    message: String,
}

#[derive(Serialize)]
struct Reply<'a> {
    status: u16,
    body: &'a str,
}

/// The line, with its end.
pub(crate) fn render(report: &Report, connected: &Connected) -> String {
    let mut line = Line {
        time: report.time,
        method: &report.method,
        path: &report.path,
        bytes: report.bytes,
        account: None,
        provider: None,
        outcome: "incomplete",
        proof: None,
        is_hint: None,
        updates: Vec::new(),
        repeats: 0,
        problems: Vec::new(),
        error: None,
        reply: Reply {
            status: report.reply().status(),
            body: report.reply().body(),
        },
        file: None,
    };
    if let Content::Received { received, updates } = &report.content {
        let account = received.account.as_deref();
        line.account = account;
        let account = account.and_then(|name| connected.account(name));
        line.provider = account.map(|account| account.entry.name);
        line.outcome = received.outcome.as_str();
        line.proof = received.proof.map(WebhookProof::as_str);
        line.is_hint = received.proof.map(|proof| !proof.covers_body());
        line.updates = updates.iter().map(update).collect();
        line.repeats = received.repeats;
        line.problems = received.problems.iter().map(problem).collect();
        line.error = error(received, account.map(crate::select::Account::webhook_hint));
    }
    match &report.kept {
        Some(Ok(path)) => line.file = Some(path.display().to_string()),
        Some(Err(reason)) => {
            line.error = Some(Error {
                kind: "output",
                message: format!("it could not be kept: {reason}"),
            });
        }
        None => {}
    }
    // Strings, numbers and maps with string keys can always be written as JSON.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn problem(problem: &tracking_core::Problem) -> Problem<'_> {
    Problem {
        path: &problem.path,
        message: &problem.message,
    }
}

fn update(update: &ReceivedUpdate) -> Update<'_> {
    let shipment = update.shipment();
    Update {
        message_id: update.message_id.as_deref(),
        number: &shipment.number,
        status: shipment.status.status.as_str(),
        shipment: without_raw(shipment),
    }
}

fn error(received: &Received, hint: Option<String>) -> Option<Error<'_>> {
    let error = received.error.as_ref()?;
    let message = match (received.outcome, hint) {
        (WebhookOutcome::NotConfigured, Some(hint)) => {
            format!("there is no webhook secret: {hint}")
        }
        _ => error.message().to_owned(),
    };
    Some(Error {
        kind: error.kind().as_str(),
        message,
    })
}
