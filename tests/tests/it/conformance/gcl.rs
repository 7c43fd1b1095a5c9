//! GCL as a candidate.

use std::sync::Arc;

use gcl_sdk::ConfigureClient as _;
use gcl_sdk::webhook::WebhookReceiver;
use tracking_core::TrackRequest;
use tracking_core::conformance::{Cases, WebhookSample};
use tracking_sandbox::Sandbox;

use super::troubled::{Troubles, pair};
use super::{Candidate, OF_COURIERS, OF_DETECTION, OF_LISTS, OF_REGISTRATION, OF_SEVERAL};
use crate::gcl::sandboxed::{WEBHOOK_HEADER, WEBHOOK_SECRET, builder, client, sandbox, webhook};
use crate::ship24::sandboxed::swift_retries;

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

    let troubles = Troubles {
        partly_readable: "broken-event",
        others: vec![pair(Sandbox::DEMO_NUMBERS[0], Sandbox::DEMO_NUMBERS[1])],
    };
    let cases = troubles.add_to(cases, |transport, timeout| {
        let client = builder(&sandbox)
            .without_rate_limits()
            .with_retry(swift_retries())
            .with_timeout(timeout)
            .with_transport(transport);
        Arc::new(client.build().unwrap())
    });

    Candidate {
        provider: Arc::new(client(&sandbox)),
        cases,
        // GCL takes a number and nothing else.
        not_concerned: &[
            OF_REGISTRATION,
            OF_DETECTION,
            OF_COURIERS,
            OF_LISTS,
            OF_SEVERAL,
        ],
        sandbox,
    }
}
