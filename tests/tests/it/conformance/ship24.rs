//! Ship24 as a candidate.

use std::sync::Arc;

use ship24_sdk::ConfigureClient as _;
use ship24_sdk::tracking_core::conformance::{Cases, WebhookSample};
use ship24_sdk::tracking_core::{Provider as _, Registration, Target, TrackRequest};
use ship24_sdk::webhook::WebhookReceiver;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::Candidate;
use super::troubled::{Troubles, pair};
use crate::ship24::receiver::Receiver;
use crate::ship24::sandboxed::{builder, client, minutes, sandbox, swift_retries};

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(sandbox().await);
    let account = sandbox.ship24();
    let webhook = webhook_body(&sandbox).await;
    let headers = WebhookReceiver::new(account.webhook_secret())
        .unwrap()
        .sign();

    let log = Arc::clone(&sandbox);
    let mut cases = Cases::new()
        .with_unknown(TrackRequest::number("NOBODY-0001").with_register(false))
        .with_unknown(TrackRequest::id("26148317-7502-d3ac-44a9-546d240ac0de"))
        .with_unknown(TrackRequest::reference("no such order"))
        // Ship24 takes numbers of 5 to 50 characters.
        .with_bad_number("1234")
        .with_bad_number("1".repeat(51))
        .with_bad_number("a/b")
        .with_bad_number("a?b#c")
        .with_bad_number("número-12345")
        .with_registration(Registration::new("CONFORMANCE-1").with_reference("conformance"))
        .with_unregistration(Target::Reference("conformance".to_owned()))
        .with_webhook(
            headers
                .iter()
                .fold(WebhookSample::new(webhook), |sample, (name, value)| {
                    sample.with_header(name.as_str(), value.as_bytes())
                }),
        )
        .with_secret(account.api_key())
        .with_secret(account.webhook_secret())
        .with_call_counter(move || log.requests().len() as u64);
    for number in Sandbox::DEMO_NUMBERS {
        let request = TrackRequest::number(*number)
            .with_destination_post_code("T12 X8K0")
            .with_register(true);
        cases = cases.with_found(request);
    }
    for sample in [
        "PENDING",
        "IN_TRANSIT",
        "FAILED_ATTEMPT",
        "DELIVERED",
        "EXCEPTION",
    ] {
        cases = cases.with_found(
            TrackRequest::number(format!("SHIP24_SAMPLE_{sample}_001")).with_register(true),
        );
    }
    cases = cases.with_found(TrackRequest::reference("conformance"));

    let provider = Arc::new(client(&sandbox));
    // What a response about another parcel is about.
    let elsewhere = Registration::new("CONFORMANCE-9").with_reference("elsewhere");
    provider.register(elsewhere).await.unwrap();
    for courier in ["us-post", "ups"] {
        let registration = Registration::new("CONFORMANCE-7").with_courier(courier);
        provider.register(registration).await.unwrap();
    }
    let several = TrackRequest::number("CONFORMANCE-7").with_register(false);
    let cases = cases.with_several(several);
    let troubles = Troubles {
        partly_readable: "broken-event",
        others: vec![
            pair(Sandbox::DEMO_NUMBERS[0], Sandbox::DEMO_NUMBERS[1]),
            pair("/conformance", "/elsewhere"),
        ],
    };
    let cases = troubles.add_to(cases, |transport, timeout| {
        let client = builder(&sandbox)
            .without_rate_limits()
            .with_retry(swift_retries())
            .with_timeout(timeout)
            .with_transport(transport);
        Arc::new(client.build().unwrap())
    });

    // Ship24 detects couriers by itself and has no operation for it.
    let not_concerned = &[super::OF_DETECTION];
    Candidate {
        provider,
        cases,
        not_concerned,
        sandbox,
    }
}

/// The body of a webhook as it goes over the wire.
async fn webhook_body(sandbox: &Sandbox) -> Vec<u8> {
    let receiver = Receiver::of(sandbox).await;
    let scan = Scan::ago(minutes(5), Step::Delivered);
    sandbox
        .add_parcel(Parcel::new("us-post", "WEBHOOK-1").scan(scan))
        .unwrap();
    client(sandbox)
        .register(Registration::new("WEBHOOK-1"))
        .await
        .unwrap();
    sandbox.ship24().webhooks_settled().await;
    sandbox
        .ship24()
        .configure(|settings| settings.webhooks.url = None);
    let received = receiver.take();
    assert_eq!(received.len(), 1);
    received[0].body.to_vec()
}
