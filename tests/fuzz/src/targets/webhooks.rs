//! Any message at an endpoint: it gets a reply, a forged one is refused, and what is read can be stored.

use std::cell::OnceCell;
use std::sync::Arc;

use tracking_core::webhook::{WebhookEndpoint, WebhookOutcome, WebhookRequest};
use tracking_core::{Provider, ProviderSet};
use tracking_http::ConfigureClient;
use tracking_testkit::Sdk;

use super::arriving::Same;
use super::stored::assert_is_stored_in_every_format;
use crate::input::Input;
use crate::sdks::{Gcl, Ship24, TrackingMore, known};

/// What proves a message of each provider.
const SECRET: &str = "hush-webhook-1";
const EMAIL: &str = "shop@example.com";
/// The custom header of GCL, which an account chooses.
const HEADER: &str = "x-shop-token";

pub(crate) fn gcl(input: &[u8]) {
    thread_local!(static ENDPOINT: OnceCell<WebhookEndpoint> = const { OnceCell::new() });
    ENDPOINT.with(|endpoint| {
        let endpoint = endpoint.get_or_init(|| {
            let builder = in_process::<Gcl>().with_webhook_header(HEADER, SECRET);
            of(builder.build().unwrap())
        });
        check(endpoint, "gcl", HEADER, SECRET, input);
    });
}

pub(crate) fn ship24(input: &[u8]) {
    thread_local!(static ENDPOINT: OnceCell<WebhookEndpoint> = const { OnceCell::new() });
    ENDPOINT.with(|endpoint| {
        let endpoint = endpoint.get_or_init(|| {
            let builder = in_process::<Ship24>().with_webhook_secret(SECRET);
            of(builder.build().unwrap())
        });
        let proof = format!("Bearer {SECRET}");
        check(endpoint, "ship24", "authorization", &proof, input);
    });
}

pub(crate) fn trackingmore(input: &[u8]) {
    thread_local!(static ENDPOINT: OnceCell<WebhookEndpoint> = const { OnceCell::new() });
    ENDPOINT.with(|endpoint| {
        let endpoint = endpoint.get_or_init(|| {
            let builder = in_process::<TrackingMore>().with_account_email(EMAIL);
            of(builder.build().unwrap())
        });
        // The proof is in the body.
        check(endpoint, "trackingmore", "x-none", "", input);
    });
}

fn in_process<S: Sdk>() -> S::Builder {
    let nothing = Same::new::<S>(super::arriving::whole(&known::<S>().found));
    S::builder().with_transport(nothing)
}

fn of(provider: impl Provider + 'static) -> WebhookEndpoint {
    let mut providers = ProviderSet::new();
    providers.add(Arc::new(provider)).unwrap();
    WebhookEndpoint::new(providers)
}

/// A byte that says whether the proof is right, and the body.
fn check(endpoint: &WebhookEndpoint, account: &str, header: &str, proof: &str, input: &[u8]) {
    let mut input = Input::new(input);
    let is_genuine = !input.byte().is_multiple_of(4);
    let proof = if is_genuine { proof } else { "forged" };
    let headers = [(header, proof)];
    let path = endpoint.path_of(account);
    let request = WebhookRequest::from_pairs(input.rest(), &headers).with_target("POST", &path);

    let (received, updates) = endpoint.read(request);

    let status = received.reply.status();
    assert!([200, 401].contains(&status), "{status}");
    assert_eq!(
        received.outcome == WebhookOutcome::Accepted,
        received.proof.is_some() && received.error.is_none()
    );
    if !is_genuine && account != "trackingmore" {
        assert_eq!((status, updates.len()), (401, 0));
    }
    if let Some(error) = &received.error {
        let line = error.to_string();
        assert_eq!(line.lines().count(), 1, "{line:?}");
        assert!(![SECRET, EMAIL].iter().any(|secret| line.contains(secret)));
    }
    for update in &updates {
        assert_is_stored_in_every_format(update.shipment());
    }
}

pub(crate) fn gcl_seeds() -> Vec<Vec<u8>> {
    messages::<Gcl>(&["receive-notification/", "get-tracking/"])
}

pub(crate) fn ship24_seeds() -> Vec<Vec<u8>> {
    messages::<Ship24>(&["receive-webhooks-"])
}

/// The fixtures have the proof of another account, so they are signed again.
pub(crate) fn trackingmore_seeds() -> Vec<Vec<u8>> {
    let mut seeds = messages::<TrackingMore>(&["receive-webhook/"]);
    let receiver = trackingmore_sdk::webhook::WebhookReceiver::new(EMAIL).unwrap();
    for file in TrackingMore::FIXTURES.bodies() {
        let body = TrackingMore::FIXTURES.json(&file);
        let parts = [&body["data"], &body["data"][0]];
        for data in parts.into_iter().filter(|data| data.is_object()) {
            let signed = receiver.sign(data).unwrap();
            seeds.push([b"\x01", signed.as_bytes()].concat());
        }
    }
    seeds
}

fn messages<S: Sdk>(folders: &[&str]) -> Vec<Vec<u8>> {
    let mut files = S::FIXTURES.files();
    files.retain(|file| folders.iter().any(|folder| file.starts_with(folder)));
    assert!(!files.is_empty(), "{}: {folders:?}", S::PROVIDER);
    let bodies = files.iter().map(|file| S::FIXTURES.text(file));
    bodies
        .map(|body| [b"\x01", body.as_bytes()].concat())
        .collect()
}
