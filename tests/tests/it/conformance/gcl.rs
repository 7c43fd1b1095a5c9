//! GCL as a candidate.

use std::sync::Arc;

use gcl_sdk::webhook::WebhookReceiver;
use tracking_core::TrackRequest;
use tracking_core::conformance::{Cases, WebhookSample};
use tracking_sandbox::Sandbox;

use super::{Candidate, OF_DETECTION, OF_LISTS, OF_REGISTRATION};
use crate::gcl::sandboxed::{WEBHOOK_HEADER, WEBHOOK_SECRET, client, sandbox, webhook};

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(sandbox().await);
    let headers = WebhookReceiver::new(WEBHOOK_HEADER, WEBHOOK_SECRET)
        .unwrap()
        .sign();
    let sample = WebhookSample::new(webhook(&sandbox).await.to_vec());
    let sample = headers.iter().fold(sample, |sample, (name, value)| {
        sample.with_header(name.as_str(), value.as_bytes())
    });

    let log = Arc::clone(&sandbox);
    let mut cases = Cases::new()
        .with_unknown(TrackRequest::number("NOBODY-0001"))
        // Assumed: no number is longer than this.
        .with_bad_number("7".repeat(101))
        .with_webhook(sample)
        .with_secret(sandbox.gcl().api_key())
        .with_secret(WEBHOOK_SECRET)
        .with_call_counter(move || log.requests().len() as u64);
    for number in Sandbox::DEMO_NUMBERS {
        cases = cases.with_found(TrackRequest::number(*number));
    }

    Candidate {
        provider: Arc::new(client(&sandbox)),
        cases,
        // GCL takes a number and nothing else.
        not_concerned: &[OF_REGISTRATION, OF_DETECTION, OF_LISTS],
        sandbox,
    }
}
