//! A sandbox, and clients of its TrackingMore.

use tracking_sandbox::Sandbox;
use trackingmore_sdk::{Client, ClientBuilder, ConfigureClient as _};

use crate::ship24::sandboxed::swift_retries;

/// The carrier that has the demo parcel first, as TrackingMore calls it.
pub(crate) const DEMO_CARRIER: &str = "singapore-post";

/// A sandbox that does not count requests, for tests that are not about limits.
pub(crate) async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox
        .trackingmore()
        .configure(|settings| settings.rate_limits = false);
    sandbox
}

/// A client as users build it, with all defaults.
pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let account = sandbox.trackingmore();
    Client::builder(account.api_key())
        .with_account_email(account.settings().email)
        .with_base_url(sandbox.base_url("trackingmore"))
}

/// A client that neither spaces its requests nor waits long between attempts.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox)
        .without_rate_limits()
        .with_retry(swift_retries())
        .build()
        .unwrap()
}
