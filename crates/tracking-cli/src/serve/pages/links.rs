//! Addresses inside of the page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything that is not unreserved (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// An address with a query. Values may hold anything.
pub(super) fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let set = query.iter().filter(|(_, value)| !value.is_empty());
    for (place, (name, value)) in set.enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, RESERVED));
    }
    address
}

/// A link of a provider, if a browser may follow it.
pub(super) fn safe(link: &str) -> Option<&str> {
    let link = link.trim();
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    is_web.then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_query_are_encoded() {
        let query = [
            ("q", "a&b=c d/ä\"<"),
            ("empty", ""),
            ("status", "in_transit"),
        ];
        assert_eq!(
            with_query("/", &query),
            "/?q=a%26b%3Dc%20d%2F%C3%A4%22%3C&status=in_transit"
        );
        assert_eq!(with_query("/changes", &[]), "/changes");
    }

    #[test]
    fn links_that_are_no_web_addresses_are_none() {
        assert_eq!(safe(" https://a.example/x "), Some("https://a.example/x"));
        for link in ["javascript:alert(1)", "data:text/html,x", "//a.example", ""] {
            assert_eq!(safe(link), None, "{link}");
        }
    }
}
