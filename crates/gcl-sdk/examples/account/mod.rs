//! The account that the examples use: yours when `GCL_API_KEY` is set, else that of a sandbox
//! which runs inside of the example and needs neither key nor network.

use std::env;
use std::error::Error;

use gcl_sdk::{Client, ConfigureClient as _};
use tracking_sandbox::Sandbox;

/// A client, and the sandbox behind it while there is one.
pub(crate) struct Account {
    pub(crate) client: Client,
    // Stops when it is dropped.
    _sandbox: Option<Sandbox>,
}

/// Opens the account.
pub(crate) async fn open() -> Result<Account, Box<dyn Error>> {
    if env::var_os("GCL_API_KEY").is_some() {
        return Ok(Account {
            client: Client::from_env()?,
            _sandbox: None,
        });
    }
    eprintln!("GCL_API_KEY is not set: using the sandbox");
    let sandbox = Sandbox::start().await?;
    let client = Client::builder(sandbox.gcl().api_key())
        .with_base_url(sandbox.base_url("gcl"))
        .build()?;
    Ok(Account {
        client,
        _sandbox: Some(sandbox),
    })
}
