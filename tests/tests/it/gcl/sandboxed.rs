//! A sandbox, and clients of its GCL.

use bytes::Bytes;
use gcl_sdk::{Client, ClientBuilder, ConfigureClient as _};
use tracking_sandbox::Sandbox;

use crate::receiver::Receiver;
use crate::ship24::sandboxed::{minutes, swift_retries};

/// The header that a user would configure for notifications.
pub(crate) const WEBHOOK_HEADER: &str = "X-Shop-Token";
pub(crate) const WEBHOOK_SECRET: &str = "hush-hush-hush";

/// A sandbox that does not count requests, for tests that are not about limits.
pub(crate) async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox
        .gcl()
        .configure(|settings| settings.rate_limits = false);
    sandbox
}

/// A client as users build it, with all defaults.
pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    Client::builder(sandbox.gcl().api_key())
        .with_webhook_header(WEBHOOK_HEADER, WEBHOOK_SECRET)
        .with_base_url(sandbox.base_url("gcl"))
}

/// A client that neither spaces its requests nor waits long between attempts.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox)
        .without_rate_limits()
        .with_retry(swift_retries())
        .build()
        .unwrap()
}

/// The body of the first notification as it goes over the wire.
pub(crate) async fn webhook(sandbox: &Sandbox) -> Bytes {
    let receiver = Receiver::start().await;
    let account = sandbox.gcl();
    account.configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
    account
        .configure(|settings| {
            settings
                .webhooks
                .headers
                .insert(WEBHOOK_HEADER, WEBHOOK_SECRET)
        })
        .unwrap();
    // The demo parcel is delivered within these hours.
    sandbox.clock().advance(minutes(5 * 60));
    account.webhooks_settled().await;
    account.configure(|settings| settings.webhooks.url = None);
    receiver.take().remove(0).body
}
