//! Addresses that the sandbox may call: plain HTTP on this machine, nothing else.

use std::net::{IpAddr, Ipv4Addr};

use http::Uri;

use crate::error::WebhookUrlError;

/// An address on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoopbackUrl {
    text: String,
    address: IpAddr,
    port: u16,
    path_and_query: String,
}

impl LoopbackUrl {
    /// Reads an address and refuses every one that leads away from this machine.
    pub(crate) fn parse(text: &str) -> Result<Self, WebhookUrlError> {
        let fail = |reason| WebhookUrlError {
            url: text.to_owned(),
            reason,
        };
        let uri: Uri = text.parse().map_err(|_| fail("is not a URL"))?;
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
            text: text.to_owned(),
            address,
            port,
            path_and_query,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn socket(&self) -> (IpAddr, u16) {
        (self.address, self.port)
    }

    pub(crate) fn path_and_query(&self) -> &str {
        &self.path_and_query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_accepted() {
        for url in [
            "http://127.0.0.1:8080/hook?x=1",
            "http://localhost/hook",
            "http://[::1]:9000/",
            "http://127.9.9.9",
        ] {
            assert_eq!(LoopbackUrl::parse(url).unwrap().as_str(), url);
        }
    }

    #[test]
    fn everything_else_is_refused_with_the_address_in_the_message() {
        for url in [
            "https://127.0.0.1/hook",
            "http://example.com/hook",
            "http://10.0.0.1/",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "127.0.0.1:80",
            "",
        ] {
            let error = LoopbackUrl::parse(url).unwrap_err();
            assert!(error.to_string().contains(&format!("`{url}`")), "{error}");
        }
    }
}
