//! A sandbox, and clients of its exporto.

use exporto_sdk::{Client, ClientBuilder, ConfigureClient as _};
use tracking_sandbox::Sandbox;

use crate::ship24::sandboxed::swift_retries;

/// A client as users build it, with all defaults.
pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let account = sandbox.exporto();
    Client::builder(account.username(), account.password())
        .with_base_url(sandbox.base_url("exporto"))
}

/// A client that neither spaces its requests nor waits long between attempts.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox)
        .without_rate_limits()
        .with_retry(swift_retries())
        .build()
        .unwrap()
}
