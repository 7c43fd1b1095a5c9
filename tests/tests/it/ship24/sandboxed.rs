//! A sandbox, and clients of it.

use std::time::Duration;

use ship24_sdk::tracking_core::{Outcome, Provider, Shipment, TrackRequest};
use ship24_sdk::{Client, ClientBuilder, ConfigureClient as _, RetryPolicy};
use tracking_sandbox::Sandbox;

/// A sandbox that does not count requests, for tests that are not about limits.
pub(crate) async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox
        .ship24()
        .configure(|settings| settings.rate_limits = false);
    sandbox
}

/// A client as users build it, with all defaults.
pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let account = sandbox.ship24();
    Client::builder(account.api_key())
        .with_webhook_secret(account.webhook_secret())
        .with_base_url(sandbox.base_url("ship24"))
}

/// A client that neither spaces its requests nor waits long between attempts.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox)
        .without_rate_limits()
        .with_retry(swift_retries())
        .build()
        .unwrap()
}

/// Three attempts, as by default, with hardly a wait between them.
pub(crate) fn swift_retries() -> RetryPolicy {
    RetryPolicy::default()
        .with_min_delay(Duration::from_millis(1))
        .with_max_delay(Duration::from_millis(4))
        .without_jitter()
}

/// The only shipment that a request finds.
pub(crate) async fn track(provider: &dyn Provider, request: TrackRequest) -> Shipment {
    let outcome = provider.track(request).await.unwrap();
    let Outcome::Found(mut shipments) = outcome else {
        panic!("the outcome is {outcome:?}");
    };
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

pub(crate) const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}
