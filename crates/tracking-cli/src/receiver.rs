//! Addresses that webhooks are sent to, and the secret that they are signed with.

use std::time::Duration;

use tracking_core::kit::BoxFuture;
use tracking_follow::WebhookSecret;
use tracking_http::bytes::Bytes;
use tracking_http::http::{Request, Response};
use tracking_http::{BaseUrl, Error, ReqwestTransport, SendLimits, Transport, TransportError};

use crate::config::{Config, Environment, WATCH_WEBHOOK_SECRET, WATCH_WEBHOOK_VARIABLE};
use crate::problem::Problem;
use crate::providers;

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
    if address.is_loopback() {
        ReqwestTransport::without_proxy(CONNECT)
    } else {
        ReqwestTransport::new(CONNECT)
    }
}

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_secs(10);

/// The secret of the environment or of the configuration file.
///
/// # Errors
///
/// If there is none, or none of that form.
pub(crate) fn secret(environment: Environment<'_>) -> Result<WebhookSecret, Problem> {
    let hint = format!(
        "set {WATCH_WEBHOOK_VARIABLE}, or {WATCH_WEBHOOK_SECRET} in the configuration file, to whsec_ and 24 to 64 random \
         bytes in Base64, such as \"whsec_$(openssl rand -base64 32)\""
    );
    let config = Config::load(environment, &providers::known_settings())
        .map_err(|error| Problem::new("configuration", error.to_string()))?;
    let secret = config.watch_webhook_secret(environment);
    let (secret, _) = secret.ok_or_else(|| {
        Problem::new("configuration", "there is no secret to sign webhooks with")
            .with_hint(hint.as_str())
    })?;
    WebhookSecret::parse(&secret).map_err(|reason| {
        Problem::new("configuration", format!("the secret of webhooks {reason}"))
            .with_hint(hint.as_str())
    })
}

/// Sends to receivers at any address: without a proxy to those on this machine.
#[derive(Debug)]
pub(crate) struct Receivers {
    here: ReqwestTransport,
    elsewhere: ReqwestTransport,
}

impl Receivers {
    /// Prepares both. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If no HTTP client can be made, such as without certificates.
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            here: ReqwestTransport::without_proxy(CONNECT)?,
            elsewhere: ReqwestTransport::new(CONNECT)?,
        })
    }
}

impl Transport for Receivers {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let url = request.uri().to_string();
        let (address, _) = url.split_once('?').unwrap_or((&url, ""));
        let is_here = BaseUrl::parse(address).is_ok_and(|it| it.is_loopback());
        if is_here {
            self.here.send(request, limits)
        } else {
            self.elsewhere.send(request, limits)
        }
    }
}
