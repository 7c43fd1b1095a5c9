//! TrackingMore as a candidate.

use std::sync::Arc;

use serde_json::Value;
use tracking_core::conformance::{Cases, WebhookSample};
use tracking_core::{Provider as _, Registration, Target, TrackRequest};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};
use trackingmore_sdk::ConfigureClient as _;
use trackingmore_sdk::webhook::WebhookReceiver;

use super::Candidate;
use super::troubled::{Troubles, pair};
use crate::receiver::Receiver;
use crate::ship24::sandboxed::{minutes, swift_retries};
use crate::trackingmore::sandboxed::{DEMO_CARRIER, builder, client, sandbox};

pub(super) async fn candidate() -> Candidate {
    let sandbox = Arc::new(sandbox().await);
    let account = sandbox.trackingmore();
    // Shipments of a webhook are the account's own, so the parcel is registered first.
    let webhook = webhook_body(&sandbox).await;

    let log = Arc::clone(&sandbox);
    let mut cases = Cases::new()
        .with_unknown(TrackRequest::number("NOBODY-0001").with_register(false))
        .with_unknown(TrackRequest::reference("no such order"))
        .with_unknown(
            TrackRequest::number("NOBODY-0001")
                .with_courier(DEMO_CARRIER)
                .with_register(false),
        )
        // TrackingMore documents no rule, so only what can be no number at all is refused.
        .with_bad_number("")
        .with_bad_number(" ")
        .with_bad_number("7".repeat(201))
        .with_bad_number("AB\n12")
        .with_bad_number("../carriers")
        .with_registration(
            Registration::new("CONFORMANCE-1")
                .with_courier(DEMO_CARRIER)
                .with_reference("conformance"),
        )
        .with_unregistration(Target::Reference("conformance".to_owned()))
        .with_detectable(Sandbox::DEMO_NUMBER)
        .with_forged_webhook(WebhookSample::new(forged(&webhook)))
        .with_forged_webhook(WebhookSample::new(r#"{"meta":{"code":200},"data":{}}"#))
        .with_webhook(WebhookSample::new(webhook))
        .with_secret(account.api_key())
        .with_secret(account.settings().email)
        .with_call_counter(move || log.requests().len() as u64);
    let provider = Arc::new(client(&sandbox));
    for number in Sandbox::DEMO_NUMBERS {
        let request = TrackRequest::number(*number)
            .with_destination_post_code("T12 X8K0")
            .with_register(true);
        // A number that is new is read by another operation than a known one, and its response has
        // fewer fields: the same parcel, but not the same JSON.
        provider.track(request.clone()).await.unwrap();
        cases = cases.with_found(request);
    }
    cases = cases.with_found(
        TrackRequest::number(Sandbox::DEMO_NUMBER)
            .with_courier(DEMO_CARRIER)
            .with_realtime(true),
    );
    cases = cases.with_found(TrackRequest::reference("conformance"));

    // What a response about another parcel is about.
    let elsewhere = Registration::new("CONFORMANCE-9").with_courier(DEMO_CARRIER);
    let elsewhere = elsewhere.with_reference("elsewhere");
    provider.register(elsewhere).await.unwrap();
    for courier in ["ups", DEMO_CARRIER] {
        let registration = Registration::new("CONFORMANCE-7").with_courier(courier);
        provider.register(registration).await.unwrap();
    }
    let cases = cases.with_several(TrackRequest::number("CONFORMANCE-7"));
    let troubles = Troubles {
        partly_readable: "broken-event",
        others: vec![
            pair(Sandbox::DEMO_NUMBERS[0], Sandbox::DEMO_NUMBERS[1]),
            pair("orders=conformance", "orders=elsewhere"),
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

    Candidate {
        provider,
        cases,
        // The proof travels in the body.
        not_concerned: &[&["webhooks_need_their_proof"]],
        sandbox,
    }
}

/// The same message with the proof of another account.
fn forged(webhook: &[u8]) -> String {
    let message: Value = serde_json::from_slice(webhook).unwrap();
    WebhookReceiver::new("somebody.else@shop.example")
        .unwrap()
        .sign(&message["data"])
        .unwrap()
}

/// The body of a webhook as it goes over the wire.
async fn webhook_body(sandbox: &Sandbox) -> Vec<u8> {
    let receiver = Receiver::start().await;
    let account = sandbox.trackingmore();
    account.configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
    let scan = Scan::ago(minutes(5), Step::Delivered);
    sandbox
        .add_parcel(Parcel::new("ups", "WEBHOOK-1").scan(scan))
        .unwrap();
    client(sandbox)
        .register(Registration::new("WEBHOOK-1").with_courier("ups"))
        .await
        .unwrap();
    account.webhooks_settled().await;
    account.configure(|settings| settings.webhooks.url = None);
    let received = receiver.take();
    assert_eq!(received.len(), 1);
    received[0].body.to_vec()
}
