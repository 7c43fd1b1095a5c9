//! Requests for people.

use std::path::Path;

use tracking_core::Shipment;
use tracking_core::webhook::{Received, ReceivedUpdate, WebhookOutcome, WebhookProof};

use super::report::{Content, Report};
use crate::render::labels::shipment_label;
use crate::render::style::{self, paint};
use crate::render::time;
use crate::render::wrap::wrapped_hanging;
use crate::select::{Account, Connected};
use crate::terminal::clean;

/// A request, what it is, and what was sent back.
pub(crate) fn render(report: &Report, connected: &Connected, width: Option<usize>) -> String {
    let (method, path) = (clean(&report.method), clean(&report.path));
    let mut text = format!(
        "{}{}\n",
        paint(style::STRONG, &format!("{method} {path}")),
        paint(
            style::FAINT,
            &format!(" · {} · {}", time::second(report.time), size(report.bytes))
        )
    );
    let mut line = |mark: &str, content: &str| {
        for part in wrapped_hanging(&format!("  {mark}{content}"), width, "      ") {
            text.push_str(&part);
            text.push('\n');
        }
    };
    match &report.content {
        Content::Incomplete(_) => line(
            "",
            "Its body broke off or took too long: nothing was received.",
        ),
        Content::Received { received, updates } => {
            let account = received.account.as_deref();
            let account = account.and_then(|name| connected.account(name));
            for (mark, content) in sentences(received, updates, account, connected) {
                line(mark, &content);
            }
        }
    }
    match &report.kept {
        Some(Ok(path)) => line("", &format!("Kept as {}.", shown(path))),
        Some(Err(reason)) => line("! ", &format!("It could not be kept: {}.", clean(reason))),
        None => {}
    }
    line("→ ", &consequence(report, connected));
    text
}

type Sentence = (&'static str, String);

fn sentences(
    received: &Received,
    updates: &[ReceivedUpdate],
    account: Option<&Account>,
    connected: &Connected,
) -> Vec<Sentence> {
    let mut sentences = vec![("", verdict(received, account, connected))];
    for update in updates {
        sentences.push(("● ", summary(update.shipment())));
    }
    match (updates.len(), received.repeats) {
        (_, 0) => {}
        (0, 1) => sentences.push(("", "A repeat: it was received before.".to_owned())),
        (_, 1) => sentences.push(("", "One more report is a repeat.".to_owned())),
        (_, count) => sentences.push(("", format!("{count} reports are repeats."))),
    }
    let is_accepted = received.outcome == WebhookOutcome::Accepted;
    if is_accepted && updates.is_empty() && received.repeats == 0 {
        sentences.push(("", "It reports nothing of where a parcel is.".to_owned()));
    }
    for problem in &received.problems {
        let (path, message) = (clean(&problem.path), clean(&problem.message));
        let place = if path.is_empty() {
            String::new()
        } else {
            format!("{path}: ")
        };
        sentences.push(("! ", format!("Not understood: {place}{message}")));
    }
    sentences
}

/// What the request is, and why.
fn verdict(received: &Received, account: Option<&Account>, connected: &Connected) -> String {
    let title = account.map_or_else(String::new, |account| clean(account.title()).into_owned());
    let error = received.error.as_ref();
    let reason = error.map(|error| clean(error.message()).into_owned());
    let reason = reason.unwrap_or_else(|| "no reason is known".to_owned());
    match received.outcome {
        WebhookOutcome::Probe => "Somebody checks that this address receives webhooks.".to_owned(),
        WebhookOutcome::Accepted => {
            format!("Verified for {title}: {}", strength(received.proof, &title))
        }
        WebhookOutcome::Unreadable => {
            format!("Verified for {title}, and it cannot be read: {reason}")
        }
        WebhookOutcome::Failed => format!("Verified for {title}, and not handled."),
        WebhookOutcome::NotConfigured => match account {
            Some(account) => format!(
                "It cannot be checked, since {title} has no webhook secret: {}",
                account.webhook_hint()
            ),
            None => format!("It cannot be checked: {reason}"),
        },
        WebhookOutcome::Forged => format!("Not from {title}: {reason}"),
        WebhookOutcome::TooLarge => "Its body is larger than any message.".to_owned(),
        WebhookOutcome::MethodNotAllowed => "Webhooks come by POST.".to_owned(),
        WebhookOutcome::UnknownPath => {
            let accounts = connected.accounts().iter();
            let names: Vec<&str> = accounts.map(|account| account.name.as_str()).collect();
            format!(
                "No account has this address; the accounts are: {}",
                names.join(", ")
            )
        }
        other => format!("{other}: {reason}"),
    }
}

/// What the check proves.
fn strength(proof: Option<WebhookProof>, title: &str) -> String {
    let hint = |what: &str| {
        format!("{what}. That proves nothing of the body, so it is a hint to ask {title} again.")
    };
    match proof {
        Some(WebhookProof::BodyMac) => "its body is signed.".to_owned(),
        Some(WebhookProof::TimestampMac) => hint("its time is signed with the secret"),
        Some(WebhookProof::SharedSecret) => hint("it carries the secret"),
        _ => hint("it carries no proof"),
    }
}

/// Where a parcel is by a message.
fn summary(shipment: &Shipment) -> String {
    let (number, status) = (shipment_label(shipment), &shipment.status.status);
    let mut parts = Vec::new();
    if let Some(document) = &shipment.delivery_document {
        // Its link and its signatory are for those who may read the message.
        parts.push(format!("{number}: Proof of delivery"));
        parts.extend(
            document
                .media_type
                .as_deref()
                .map(|it| clean(it).into_owned()),
        );
    } else {
        parts.push(format!("{number}: {}", status.label()));
    }
    if let Some(event) = shipment.last_event() {
        parts.extend(event.time.as_ref().map(time::even));
        let strings = [&event.description, &event.location];
        parts.extend(
            strings
                .into_iter()
                .flatten()
                .map(|it| clean(it).into_owned()),
        );
    }
    parts.join(" · ")
}

/// What was sent back, and what the sender makes of it.
fn consequence(report: &Report, connected: &Connected) -> String {
    let reply = report.reply();
    let Content::Received { received, .. } = &report.content else {
        return reply.to_string();
    };
    let account = received.account.as_deref();
    let account = account.and_then(|name| connected.account(name));
    let title = account.map_or("the sender", |account| account.entry.title);
    match received.outcome {
        WebhookOutcome::Accepted | WebhookOutcome::Unreadable => {
            format!("{reply}, so {title} counts it as received")
        }
        WebhookOutcome::Failed | WebhookOutcome::NotConfigured => {
            format!("{reply}, so {title} sends it again")
        }
        _ => reply.to_string(),
    }
}

fn size(bytes: usize) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        bytes => format!("{bytes} bytes"),
    }
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string()).into_owned()
}
