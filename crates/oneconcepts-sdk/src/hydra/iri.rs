//! Addresses of records: paths from the root of the host, which is not the base URL.

use http::Uri;
use tracking_http::{BaseUrl, Error};

use crate::Iri;

impl Iri {
    /// Returns what comes after the last slash, without a query: the id of the record.
    ///
    /// `None` when there is nothing.
    ///
    /// ```
    /// use oneconcepts_sdk::Iri;
    ///
    /// assert_eq!(Iri::from("/v2/api/trackings/31").id(), Some("31"));
    /// assert_eq!(Iri::from("/v2/api/trackings/").id(), None);
    /// ```
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let (path, _) = self
            .as_str()
            .split_once(['?', '#'])
            .unwrap_or((self.as_str(), ""));
        let (_, id) = path.rsplit_once('/')?;
        Some(id).filter(|id| !id.is_empty())
    }

    /// The address on the host of the base URL: the path from its root, with the query.
    ///
    /// The base URL already ends in the `/v2` with which each of these addresses begins, so they
    /// are joined to the host and not to the base URL. An address on another host, also one that
    /// differs in scheme or port only, is no such address: it would be sent the token.
    pub(crate) fn on_host_of(&self, base_url: &BaseUrl) -> Result<String, Error> {
        let address = self.as_str();
        if address.starts_with('/') && !address.starts_with("//") {
            return Ok(address.to_owned());
        }
        let foreign = || {
            Error::invalid_request(
                "iri",
                "leads to another host than that of the base URL, or is no path from its root; \
                 it was not followed",
            )
        };
        let uri: Uri = address.parse().map_err(|_| foreign())?;
        let base: Uri = base_url.origin().parse().map_err(|_| foreign())?;
        if uri.scheme().is_none() || origin(&uri) != origin(&base) {
            return Err(foreign());
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        Ok(path.to_owned())
    }
}

/// Scheme, host in lower case, and port. User information, which a host never has here, counts.
fn origin(uri: &Uri) -> Option<(String, String, u16)> {
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let default = if scheme == "https" { 443 } else { 80 };
    let authority = uri.authority()?;
    if authority.as_str().contains('@') {
        return None;
    }
    let port = authority.port_u16().unwrap_or(default);
    Some((scheme, authority.host().to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_host(address: &str, base: &str) -> Result<String, Error> {
        Iri::from(address).on_host_of(&BaseUrl::parse(base).unwrap())
    }

    #[test]
    fn addresses_are_joined_to_the_host_and_not_to_the_base_url() {
        let base = "https://api.example.com/v2";
        for (address, path) in [
            ("/v2/api/trackings/31", "/v2/api/trackings/31"),
            (
                "/v2/api/trackings?createdAt[after]=2026-01-01T00:00:00%2B01:00&page=2",
                "/v2/api/trackings?createdAt[after]=2026-01-01T00:00:00%2B01:00&page=2",
            ),
            ("https://api.example.com/v2/x?page=2", "/v2/x?page=2"),
            ("HTTPS://API.example.com:443/v2/x", "/v2/x"),
        ] {
            assert_eq!(on_host(address, base).unwrap(), path, "{address}");
        }
    }

    #[test]
    fn another_host_scheme_or_port_is_refused() {
        for address in [
            "https://evil.example/v2/api/trackings?page=2",
            "https://api.example.com.evil.example/v2",
            "https://api.example.com@evil.example/v2",
            "https://user:pw@api.example.com/v2",
            "http://api.example.com/v2",
            "http://api.example.com:443/v2",
            "https://api.example.com:8443/v2",
            "//evil.example/v2",
            "//api.example.com/v2",
            "trackings?page=2",
            "?page=2",
            "",
            "javascript:alert(1)",
        ] {
            let error = on_host(address, "https://api.example.com/v2").unwrap_err();

            assert!(
                error.to_string().contains("was not followed"),
                "{address}: {error}"
            );
            assert!(!error.to_string().contains("evil"), "{error}");
        }
    }

    #[test]
    fn id_is_end_of_path() {
        for (address, id) in [
            ("/v2/api/orders/58", Some("58")),
            ("/v2/api/orders/58?x=/9", Some("58")),
            ("/v2/api/orders/", None),
            ("58", None),
            ("", None),
        ] {
            assert_eq!(Iri::from(address).id(), id, "{address}");
        }
    }
}
