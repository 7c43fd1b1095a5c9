//! Addresses that the sandbox may call: plain HTTP on this machine, nothing else.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use http::Uri;
use serde::{Deserialize, Serialize};

use crate::error::WebhookUrlError;

/// The address of a receiver of webhooks: `http://` and a host that is this machine.
///
/// ```
/// use tracking_sandbox::WebhookUrl;
///
/// assert!("http://127.0.0.1:8080/hook".parse::<WebhookUrl>().is_ok());
/// assert!("https://example.com/hook".parse::<WebhookUrl>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookUrl {
    url: String,
    address: IpAddr,
    port: u16,
    path_and_query: String,
}

impl WebhookUrl {
    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    pub(crate) fn socket(&self) -> (IpAddr, u16) {
        (self.address, self.port)
    }

    pub(crate) fn path_and_query(&self) -> &str {
        &self.path_and_query
    }
}

impl FromStr for WebhookUrl {
    type Err = WebhookUrlError;

    /// Refuses every address that leads away from this machine.
    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let fail = |reason| WebhookUrlError {
            url: url.to_owned(),
            reason,
        };
        let uri: Uri = url.parse().map_err(|_| fail("is not a URL"))?;
        if uri.scheme_str() != Some("http") {
            return Err(fail(
                "does not start with http://; the sandbox speaks plain HTTP only",
            ));
        }
        let host = uri.host().unwrap_or_default();
        let host = host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host);
        let address = if host.eq_ignore_ascii_case("localhost") {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        } else {
            host.parse()
                .map_err(|_| fail("leads to another host; use 127.0.0.1 or localhost"))?
        };
        if !address.is_loopback() {
            return Err(fail("leads to another host; use 127.0.0.1 or localhost"));
        }
        let path_and_query = uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let port = uri.port_u16().unwrap_or(80);
        Ok(Self {
            url: url.to_owned(),
            address,
            port,
            path_and_query,
        })
    }
}

impl TryFrom<String> for WebhookUrl {
    type Error = WebhookUrlError;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        url.parse()
    }
}

impl From<WebhookUrl> for String {
    fn from(url: WebhookUrl) -> Self {
        url.url
    }
}

impl fmt::Display for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_of_this_machine_is_accepted() {
        for url in [
            "http://127.0.0.1:8080/hook?x=1",
            "http://localhost/hook",
            "http://[::1]:9000/",
            "http://127.9.9.9",
        ] {
            assert_eq!(url.parse::<WebhookUrl>().unwrap().as_str(), url);
        }
    }

    #[test]
    fn other_address_is_refused_and_named() {
        for url in [
            "https://127.0.0.1/hook",
            "http://example.com/hook",
            "http://10.0.0.1/",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "127.0.0.1:80",
            "",
        ] {
            let error = url.parse::<WebhookUrl>().unwrap_err();
            assert!(error.to_string().contains(&format!("`{url}`")), "{error}");
        }
    }
}
