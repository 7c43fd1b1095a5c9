//! Where a provider's API lives.

use std::fmt;

use http::Uri;

use crate::error::Error;

/// The address below which all operations of a client lie: scheme, host, optional port and path.
///
/// ```
/// use tracking_http::BaseUrl;
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let base = BaseUrl::parse("http://127.0.0.1:8080/ship24/")?;
/// assert_eq!(base.as_str(), "http://127.0.0.1:8080/ship24");
/// assert_eq!(base.origin(), "http://127.0.0.1:8080");
/// assert!(BaseUrl::parse("api.example.com").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    origin_length: usize,
    is_https: bool,
    is_loopback: bool,
}

impl BaseUrl {
    /// Reads a base URL. White space around it and slashes at its end are dropped.
    ///
    /// # Errors
    ///
    /// A configuration error naming the value, when it lacks `http://` or `https://` or the host,
    /// or has user information, a query, a fragment or relative path segments.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let shown = Shown(text);
        if text.is_empty() {
            return Err(Error::configuration(
                "the base URL is empty: give one like `https://api.example.com`",
            ));
        }
        let split = text
            .split_once("://")
            .filter(|(scheme, _)| is_scheme(scheme));
        let Some((scheme, rest)) = split else {
            return Err(Error::configuration(format!(
                "base URL `{shown}` has no scheme: write `https://{shown}`"
            )));
        };
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err(Error::configuration(format!(
                "base URL `{shown}` has the scheme `{scheme}`: only `https` and `http` are known"
            )));
        }
        if rest
            .split('/')
            .next()
            .is_some_and(|authority| authority.contains('@'))
        {
            return Err(Error::configuration(format!(
                "base URL `{shown}` holds user information: pass credentials to the client instead"
            )));
        }
        if text.contains(['?', '#', '\\']) {
            return Err(Error::configuration(format!(
                "base URL `{shown}` has a query, a fragment or a backslash: leave it out"
            )));
        }
        if text.contains(|letter: char| letter.is_control() || letter.is_whitespace()) {
            return Err(Error::configuration(format!(
                "base URL `{shown}` has white space or a control character, such as a line break: leave it out"
            )));
        }
        let invalid = |reason: &dyn fmt::Display| {
            Error::configuration(format!("base URL `{shown}` is not valid: {reason}"))
        };
        let uri: Uri = text.parse().map_err(|error| invalid(&error))?;
        let host = uri.host().unwrap_or_default();
        if host.is_empty() {
            return Err(invalid(&"it has no host"));
        }
        if !host.bytes().all(is_host_byte) {
            return Err(invalid(&"its host is neither a name nor an address"));
        }
        if has_dot_segment(uri.path()) {
            return Err(invalid(&"its path has a `.` or `..` segment"));
        }
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        if authority.len() > host.len() && uri.port_u16().is_none() {
            return Err(invalid(&"its port is not a number from 0 to 65535"));
        }
        let mut text = format!("{}://{authority}", if is_https { "https" } else { "http" });
        let origin_length = text.len();
        text.push_str(uri.path().trim_end_matches('/'));
        Ok(Self {
            text,
            origin_length,
            is_https,
            is_loopback: is_loopback(host),
        })
    }

    /// Reads the base URL that a caller has set, or else the provider's own.
    ///
    /// An origin alone (scheme, host, port, with or without a slash at its end) gets the path of the
    /// provider's own address, such as `/public/v1`. An address with a path is taken as it is: the path
    /// is then the prefix of all operations, whatever the provider's own is.
    ///
    /// ```
    /// use tracking_http::BaseUrl;
    ///
    /// # fn main() -> Result<(), tracking_http::Error> {
    /// const PRODUCTION: &str = "https://api.example.com/public/v1";
    /// let base_url = |given| BaseUrl::or_default(Some(given), PRODUCTION);
    ///
    /// assert_eq!(BaseUrl::or_default(None, PRODUCTION)?.as_str(), PRODUCTION);
    /// assert_eq!(base_url("http://127.0.0.1:8080/")?.as_str(), "http://127.0.0.1:8080/public/v1");
    /// assert_eq!(base_url("https://proxy.example/parcels")?.as_str(), "https://proxy.example/parcels");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn or_default(given: Option<&str>, default: &str) -> Result<Self, Error> {
        let mut base_url = Self::parse(given.unwrap_or(default))?;
        if base_url.path().is_empty() {
            base_url.text.push_str(Self::parse(default)?.path());
        }
        Ok(base_url)
    }

    /// The whole base URL, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port: `https://api.example.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.text.get(..self.origin_length).unwrap_or(&self.text)
    }

    /// The path, without a slash at its end; empty when there is none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.get(self.origin_length..).unwrap_or_default()
    }

    /// The base URL, parsed.
    pub(crate) fn uri(&self) -> Result<Uri, Error> {
        self.text
            .parse()
            .map_err(|error| Error::configuration("the base URL is not valid").with_source(error))
    }

    /// Returns true if the scheme is `https`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Returns true if the host is this machine: `localhost` or a loopback address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BaseUrl({})", self.text)
    }
}

/// Returns true if URL parsers would resolve a segment of this path, in plain or percent-encoded form.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split(['/', '\\']).any(|segment| {
        let dots = segment.len() - segment.replace("%2e", "").replace("%2E", "").len();
        let plain = segment.bytes().filter(|byte| *byte == b'.').count();
        matches!(plain + dots / 3, 1 | 2) && plain + dots == segment.len()
    })
}

/// Returns true if a host may have this byte. Hosts are names (international ones in their ASCII form), IPv4
/// addresses, and IPv6 addresses in brackets.
fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'[' | b']' | b':')
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// A rejected value without what may be secret in it: user information and query.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // User information goes first: a password may hold a `?` or a `#`.
        let text = self.0.rsplit_once('@').map_or(self.0, |(_, rest)| rest);
        let text = text.split(['?', '#']).next().unwrap_or_default();
        text.chars()
            .filter(|c| !c.is_control())
            .take(200)
            .try_for_each(|c| write!(formatter, "{c}"))
    }
}

/// Returns true if this is the form of a scheme (RFC 3986, section 3.1). Anything else before `://` may
/// be user information, which must not be shown.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, has_dot_segment};

    #[test]
    fn password_is_never_shown() {
        for url in [
            "jane:hunter2@example.com/?next=https://x",
            "https://jane:hunter2@example.com/v1",
            "https://jane:hunt#er2@example.com/",
            "jane:hunt?er2@example.com/",
            "ftp://jane:hunter2@example.com",
        ] {
            let error = BaseUrl::parse(url).unwrap_err().to_string();

            assert!(
                !error.contains("hunt") && !error.contains("jane"),
                "{error}"
            );
        }
    }

    #[test]
    fn path_and_trailing_slashes_are_tolerated() {
        for (given, kept, path) in [
            ("https://api.example.com", "https://api.example.com", ""),
            (" https://api.example.com/ ", "https://api.example.com", ""),
            (
                "HTTP://127.0.0.1:80/a/b//",
                "http://127.0.0.1:80/a/b",
                "/a/b",
            ),
            ("http://[::1]:8080/x", "http://[::1]:8080/x", "/x"),
        ] {
            let base = BaseUrl::parse(given).unwrap();

            assert_eq!(base.as_str(), kept);
            assert_eq!(base.path(), path);
        }
    }

    #[test]
    fn refused_values_are_named_with_the_remedy() {
        for (given, part) in [
            ("", "is empty"),
            ("https://api.example.com/v\u{85}1", "control character"),
            ("https://api.example.com/v\u{a0}1", "white space"),
            ("api.example.com/v1", "write `https://api.example.com/v1`"),
            ("localhost:8080", "write `https://localhost:8080`"),
            ("ftp://api.example.com", "scheme `ftp`"),
            ("https://", "is not valid"),
            ("https:///v1", "is not valid"),
            ("https://api.example.com/v1?x=1", "query"),
            ("https://api.example.com/#top", "fragment"),
            ("https://api.example.com/a/../b", "segment"),
            ("https://api example.com", "white space"),
            ("https://exämple.com", "is not valid"),
            ("https://host:99999x", "its port"),
            ("https://{region}.example.com", "is not valid"),
            ("https://$region.example.com", "its host"),
        ] {
            let error = BaseUrl::parse(given).unwrap_err();

            assert_eq!(
                error.kind(),
                tracking_core::ErrorKind::Configuration,
                "{given}"
            );
            assert!(error.to_string().contains(part), "{given}: {error}");
        }
    }

    #[test]
    fn user_information_and_query_are_not_repeated() {
        for given in [
            "https://jane:hunter2@example.com/?k=hunter2",
            "jane:hunter2@example.com",
        ] {
            let error = BaseUrl::parse(given).unwrap_err();

            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn this_machine_is_recognised() {
        for (url, is_loopback) in [
            ("http://localhost:8080", true),
            ("http://127.0.0.1/ship24", true),
            ("http://[::1]:80", true),
            ("http://10.0.0.1", false),
            ("http://localhost.example.com", false),
        ] {
            assert_eq!(
                BaseUrl::parse(url).unwrap().is_loopback(),
                is_loopback,
                "{url}"
            );
        }
    }

    #[test]
    fn origin_alone_gets_the_documented_prefix() {
        const PRODUCTION: &str = "https://api.example.com/public/v1";
        for (given, kept) in [
            (None, PRODUCTION),
            (Some("https://api.example.com"), PRODUCTION),
            (Some(" https://api.example.com// "), PRODUCTION),
            (Some("http://[::1]:80"), "http://[::1]:80/public/v1"),
            (Some(PRODUCTION), PRODUCTION),
            (Some("http://localhost/ship24/"), "http://localhost/ship24"),
        ] {
            let base = BaseUrl::or_default(given, PRODUCTION).unwrap();

            assert_eq!(base.as_str(), kept);
        }
        assert!(BaseUrl::or_default(Some("https://a.example?x=1"), PRODUCTION).is_err());
        assert!(BaseUrl::or_default(Some(""), PRODUCTION).is_err());
    }

    #[test]
    fn dot_segments_are_seen_in_every_spelling() {
        for path in ["/..", "/a/./b", "/%2e%2E/", "/.%2e", "a\\..\\b"] {
            assert!(has_dot_segment(path), "{path}");
        }
        for path in ["", "/", "/a.b/..c/...", "/%2e%2e%2e"] {
            assert!(!has_dot_segment(path), "{path}");
        }
    }
}
