//! The account that the examples use: yours when `ONECONCEPTS_EMAIL` is set, else that of a sandbox
//! which runs inside of the example and needs neither key nor network.

use std::env;
use std::error::Error;

use oneconcepts_sdk::{Client, ConfigureClient as _};
use tracking_sandbox::Sandbox;

/// A client, and the sandbox behind it while there is one.
pub(crate) struct Account {
    pub(crate) client: Client,
    // Stops when it is dropped.
    _sandbox: Option<Sandbox>,
}

/// Opens the account.
pub(crate) async fn open() -> Result<Account, Box<dyn Error>> {
    if env::var_os("ONECONCEPTS_EMAIL").is_some() {
        return Ok(Account {
            client: Client::from_env()?,
            _sandbox: None,
        });
    }
    eprintln!("ONECONCEPTS_EMAIL is not set: using the sandbox");
    let sandbox = Sandbox::start().await?;
    let shop = sandbox.oneconcepts();
    let client = Client::builder(shop.email(), shop.password())
        .with_base_url(sandbox.base_url("oneconcepts"))
        .build()?;
    Ok(Account {
        client,
        _sandbox: Some(sandbox),
    })
}
