//! `POST /trackers/{trackerId}/webhook-events/resend`: every message once more, with its old id.

use http::StatusCode;
use serde::Serialize;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracking::Envelope;
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::webhooks::message::{MessageRef, Topic};

#[derive(Serialize)]
struct Resent {
    summary: ResentSummary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResentSummary {
    total_resent: usize,
}

pub(crate) fn resend(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = provider.state();
    let serial = state.named(call)?;
    let webhooks = &state.settings.webhooks;
    if webhooks.url.is_none() {
        return Err(Refusal::webhook_url_missing());
    }
    let tracker = state
        .trackers
        .get(serial)
        .ok_or_else(Refusal::tracker_not_found)?;
    let (mut events, mut proofs) = (Vec::new(), Vec::new());
    for (message, item) in tracker.messages.iter().enumerate() {
        let reference = MessageRef {
            tracker: serial,
            message,
        };
        match item.topic {
            Topic::Event { .. } => events.push(reference),
            Topic::Proof if webhooks.proof_url.is_some() => proofs.push(reference),
            Topic::Proof => {}
        }
    }
    let total_resent = events.len() + proofs.len();
    let now = provider.snapshot().now;
    state.send(events, false, now);
    state.send(proofs, true, now);
    let summary = ResentSummary { total_resent };
    let data = Resent { summary };
    Ok(Reply::json(StatusCode::CREATED, &Envelope { data }))
}
