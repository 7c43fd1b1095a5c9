//! Scheme, host and port: the bounds within which a credential may travel.

use http::Uri;
use http::uri::Scheme;

use super::fingerprint::Fingerprint;

/// The origin of a URL, normalised: lower-case host, explicit port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    is_https: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Reads the origin of an absolute `http` or `https` URL.
    pub(crate) fn of(uri: &Uri) -> Option<Self> {
        let (is_https, host, port) = parts(uri)?;
        Some(Self {
            is_https,
            host: host.to_ascii_lowercase(),
            port,
        })
    }

    /// Adds scheme, host and port to a fingerprint.
    pub(crate) fn add_to(&self, fingerprint: &mut Fingerprint) {
        fingerprint.add(if self.is_https { b"https" } else { b"http" });
        fingerprint.add(self.host.as_bytes());
        fingerprint.add(self.port.to_string().as_bytes());
    }

    /// Returns true if the URL has this origin.
    pub(crate) fn covers(&self, uri: &Uri) -> bool {
        parts(uri).is_some_and(|(is_https, host, port)| {
            is_https == self.is_https && port == self.port && host.eq_ignore_ascii_case(&self.host)
        })
    }
}

fn parts(uri: &Uri) -> Option<(bool, &str, u16)> {
    let scheme = uri.scheme()?;
    let (is_https, default_port) = match scheme {
        scheme if *scheme == Scheme::HTTPS => (true, 443),
        scheme if *scheme == Scheme::HTTP => (false, 80),
        _ => return None,
    };
    let host = uri.host().filter(|host| !host.is_empty())?;
    Some((is_https, host, uri.port_u16().unwrap_or(default_port)))
}

#[cfg(test)]
mod tests {
    use http::Uri;

    use super::Origin;

    #[test]
    fn same_origin_in_another_spelling_is_covered() {
        let origin = Origin::of(&Uri::from_static("https://API.example.com/v1")).unwrap();

        for same in [
            "https://api.example.com/v1/x?y=1",
            "https://api.example.com:443/",
            "HTTPS://Api.Example.Com",
        ] {
            assert!(origin.covers(&Uri::from_static(same)), "{same}");
        }
    }

    #[test]
    fn other_scheme_host_or_port_is_not_covered() {
        let origin = Origin::of(&Uri::from_static("https://api.example.com")).unwrap();

        for other in [
            "http://api.example.com/",
            "http://api.example.com:443/",
            "https://api.example.com:8443/",
            "https://example.com/",
            "https://api.example.com.evil.test/",
            "https://api.example.com@evil.test/",
            "/v1/x",
        ] {
            assert!(!origin.covers(&Uri::from_static(other)), "{other}");
        }
    }

    #[test]
    fn relative_and_foreign_urls_have_no_origin() {
        for url in ["/v1", "ftp://api.example.com/", "api.example.com"] {
            assert_eq!(Origin::of(&Uri::from_static(url)), None, "{url}");
        }
    }
}
