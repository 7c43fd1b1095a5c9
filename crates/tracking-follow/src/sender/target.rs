//! `WebhookTarget`: sends one message to an address, signed.

use std::fmt;
use std::time::Duration;

use tokio::time::timeout;
use tracking_core::UtcTime;
use tracking_http::bytes::Bytes;
use tracking_http::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use tracking_http::{BaseUrl, Error, SendLimits, Transport, TransportErrorKind};

use super::secret::WebhookSecret;

/// How long a receiver may take: as long as Ship24 waits for its receivers.
const LONGEST: Duration = Duration::from_secs(15);
/// Bodies of responses are not read by anybody.
const MAX_RESPONSE: usize = 64 * 1024;
/// The longest wait that a receiver can ask for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// An address that receives webhooks, and the secret that proves who sent them.
///
/// Messages have the form that [Standard Webhooks](https://www.standardwebhooks.com) describes. `Debug` shows neither the
/// secret nor more of the address than its [origin](Self::origin): paths and queries often are secrets as well.
#[derive(Clone)]
pub struct WebhookTarget {
    url: String,
    secret: WebhookSecret,
}

impl WebhookTarget {
    /// Checks an address, which may have a query. White space around it is dropped. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](tracking_core::ErrorKind::Configuration) for an address that is none, that has a
    /// fragment, or that is not `https` and not on this machine: what is sent shows which parcels somebody waits for.
    pub fn new(url: &str, secret: WebhookSecret) -> Result<Self, Error> {
        let url = url.trim();
        // `BaseUrl` knows how an address is written; the query belongs to the address here.
        let (path, _) = url.split_once('?').unwrap_or((url, ""));
        let address = BaseUrl::parse(path)?;
        if !address.is_https() && !address.is_loopback() {
            return Err(Error::configuration(
                "it would be sent unencrypted to another machine; use https",
            ));
        }
        if url.contains('#') {
            return Err(Error::configuration(
                "it has a fragment, which is never sent; leave out `#` and what follows",
            ));
        }
        if url.parse::<Uri>().is_err() {
            return Err(Error::configuration(
                "its query has a character that no address has, such as a space; percent-encode it",
            ));
        }
        Ok(Self {
            url: url.to_owned(),
            secret,
        })
    }

    /// Returns scheme, host and port of the address, such as `https://shop.example`.
    #[must_use]
    pub fn origin(&self) -> &str {
        let host = self.url.find("://").map_or(0, |place| place + 3);
        let rest = self.url.get(host..).unwrap_or_default();
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        self.url.get(..host + end).unwrap_or_default()
    }

    /// The whole address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) const fn secret(&self) -> &WebhookSecret {
        &self.secret
    }

    /// Sends a message once. `id` has to be the same when the same message is sent again, `time` is the time of this
    /// attempt, and `body` is JSON.
    ///
    /// # Errors
    ///
    /// If no response with a status of success came within 15 seconds.
    pub async fn send(
        &self,
        transport: &dyn Transport,
        id: &str,
        time: UtcTime,
        body: Vec<u8>,
    ) -> Result<(), NotDelivered> {
        let seconds = time.as_unix_seconds();
        let mut signature = HeaderValue::try_from(self.secret.sign(id, seconds, &body))
            .map_err(|_| NotDelivered::new("the signature cannot be written"))?;
        signature.set_sensitive(true);
        let request = Request::post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::USER_AGENT,
                concat!("tracking-follow/", env!("CARGO_PKG_VERSION")),
            )
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signature)
            .body(Bytes::from(body))
            .map_err(|_| NotDelivered::new("the request cannot be written"))?;
        let sending = transport.send(request, SendLimits::new(MAX_RESPONSE));
        let response = match timeout(LONGEST, sending).await {
            Ok(Ok(response)) => response,
            // The status is there, and nobody reads the body.
            Ok(Err(error)) if error.kind() == TransportErrorKind::BodyTooLarge => {
                return match error.response() {
                    Some(response) if response.status().is_success() => Ok(()),
                    _ => Err(NotDelivered::unreachable("the response is too large")),
                };
            }
            Ok(Err(error)) => return Err(NotDelivered::unreachable(error.to_string())),
            Err(_) => {
                let reason = format!("no response within {} s", LONGEST.as_secs());
                return Err(NotDelivered::unreachable(reason));
            }
        };
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let mut failure = NotDelivered::new(format!("the receiver responded with {status}"));
        failure.is_gone = status == StatusCode::GONE;
        failure.retry_after = retry_after(response.headers());
        Err(failure)
    }
}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WebhookTarget")
            .field("origin", &self.origin())
            .finish_non_exhaustive()
    }
}

/// Why a webhook was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotDelivered {
    /// In half a sentence, without address and secret.
    pub reason: String,
    /// Whether there was no response at all, so that the next message would fare the same.
    pub is_unreachable: bool,
    /// Whether the receiver responded with 410: it wants no more messages.
    pub is_gone: bool,
    /// How long the receiver asked to wait, at most a day.
    pub retry_after: Option<Duration>,
}

impl NotDelivered {
    /// A response that is no success.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_unreachable: false,
            is_gone: false,
            retry_after: None,
        }
    }

    fn unreachable(reason: impl Into<String>) -> Self {
        Self {
            is_unreachable: true,
            ..Self::new(reason)
        }
    }
}

/// Seconds; a date is not needed by anybody who sends webhooks back.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    let wait = Duration::from_secs(seconds.trim().parse().ok()?);
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use tracking_http::ErrorKind;

    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn target(url: &str) -> Result<WebhookTarget, Error> {
        WebhookTarget::new(url, WebhookSecret::parse(SECRET).unwrap())
    }

    #[test]
    fn target_shows_its_origin_only() {
        for (url, origin) in [
            (
                "https://shop.example/hooks/key?token=t",
                "https://shop.example",
            ),
            ("https://shop.example?token=t", "https://shop.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            let target = target(url).unwrap();
            assert_eq!(target.origin(), origin);
            assert_eq!(target.url(), url);
            let shown = format!("{target:?}");
            assert_eq!(
                shown,
                format!("WebhookTarget {{ origin: \"{origin}\", .. }}")
            );
        }
    }

    #[test]
    fn white_space_around_an_address_is_dropped() {
        let target = target(" https://shop.example/hook?a=%20b\n").unwrap();

        assert_eq!(target.url(), "https://shop.example/hook?a=%20b");
        assert_eq!(target.origin(), "https://shop.example");
    }

    #[test]
    fn address_that_cannot_be_sent_is_refused() {
        for url in [
            "https://shop.example/hook?a=b c",
            "https://shop.example/hook?a=b#c",
            "https://shop.example/hook?a=b\nc",
            "https://shop.example/a b",
            "https://shop.example/a#b",
        ] {
            let error = target(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        }
    }

    #[test]
    fn unencrypted_address_of_other_machine_is_refused() {
        for url in [
            "http://shop.example/hook",
            "shop.example",
            "ftp://127.0.0.1",
            "",
        ] {
            assert!(target(url).is_err(), "{url}");
        }
    }
}
