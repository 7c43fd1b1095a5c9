//! `POST /trackers/{trackerId}/webhook-events/resend`: every message once more, with its old id.

use http::StatusCode;
use serde::Serialize;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracking::Envelope;
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::webhooks::messages::{MessageRef, Topic};

#[derive(Serialize)]
struct Resent {
    summary: ResentSummary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResentSummary {
    total_resent: usize,
}

/// `POST /trackers/{trackerId}/webhook-events/resend`: every message once more, with its old id.
pub(crate) fn resend(provider: &Ship24Provider, call: &Call<'_>) -> Reply {
    let mut state = provider.state();
    let answered = (|| {
        let serial = state.named(call)?;
        if state.outbox.url.is_none() {
            return Err(Refusal::webhook_url_missing());
        }
        let tracker = state
            .trackers
            .get(serial)
            .ok_or_else(Refusal::tracker_not_found)?;
        let references = tracker.messages.iter().enumerate().map(|(message, item)| {
            (
                item.topic == Topic::Proof,
                MessageRef {
                    tracker: serial,
                    message,
                },
            )
        });
        let (proofs, events): (Vec<_>, Vec<_>) = references.partition(|(is_proof, _)| *is_proof);
        let plain = |list: Vec<(bool, MessageRef)>| -> Vec<MessageRef> {
            list.into_iter().map(|(_, reference)| reference).collect()
        };
        let proofs = if state.outbox.proof_url.is_some() {
            plain(proofs)
        } else {
            Vec::new()
        };
        let events = plain(events);
        let total_resent = events.len() + proofs.len();
        let now = provider.account().now;
        state.outbox.send(events, false, now);
        state.outbox.send(proofs, true, now);
        Ok(Resent {
            summary: ResentSummary { total_resent },
        })
    })();
    drop(state);
    provider.signals.wake();
    match answered {
        Ok(data) => Reply::json(StatusCode::CREATED, &Envelope { data }),
        Err(refusal) => refusal.into_reply(),
    }
}
