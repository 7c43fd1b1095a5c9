//! Addresses that webhooks are sent to.

use std::time::Duration;

use tracking_http::{BaseUrl, Error, ReqwestTransport};

/// How long a receiver may take: as long as Ship24 waits.
pub(crate) const LONGEST: Duration = Duration::from_secs(15);

/// Checks an address, which may have a query, and makes what sends to it. Nothing is sent.
///
/// # Errors
///
/// An address that is none, or that is not `https` and not on this machine: what is sent shows which
/// parcels somebody waits for, and messages of providers hold a secret.
pub(crate) fn transport(url: &str) -> Result<ReqwestTransport, Error> {
    // `BaseUrl` knows how an address is written; the query belongs to the address here.
    let (path, _) = url.split_once('?').unwrap_or((url, ""));
    let address = BaseUrl::parse(path)?;
    if !address.is_https() && !address.is_loopback() {
        return Err(Error::configuration(
            "it would be sent unencrypted to another machine; use https",
        ));
    }
    let connect_timeout = Duration::from_secs(10);
    if address.is_loopback() {
        ReqwestTransport::without_proxy(connect_timeout)
    } else {
        ReqwestTransport::new(connect_timeout)
    }
}
