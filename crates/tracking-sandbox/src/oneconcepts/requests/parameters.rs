//! The query as PHP and the framework read it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What PHP leaves as it is in a query.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The parameters in the order in which they came.
#[derive(Debug)]
pub(crate) struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    pub(crate) fn read(query: &'a str) -> Self {
        Self(serde_urlencoded::from_str(query).unwrap_or_default())
    }

    /// The value of a parameter that takes one; of several the last. None for an array, which a
    /// filter for one value ignores.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let is_array = |key: &str| is_element(key, name);
        let (key, value) = self
            .0
            .iter()
            .rfind(|(key, _)| key == name || is_array(key))?;
        (!is_array(key)).then_some(value)
    }

    /// The values of a parameter that takes one or an array (`name[]=`).
    pub(crate) fn many(&self, name: &str) -> Vec<&str> {
        if let Some(one) = self.one(name) {
            return vec![one];
        }
        self.0
            .iter()
            .filter(|(key, _)| is_element(key, name))
            .map(|(_, value)| &**value)
            .collect()
    }

    /// Returns true if the query has more than the number of the page.
    pub(crate) fn is_filtered(&self) -> bool {
        self.0.iter().any(|(key, _)| key != "page")
    }

    /// The address of a page of the same list.
    pub(crate) fn iri(&self, path: &str, page: Option<usize>) -> String {
        let mut iri = path.to_owned();
        let mut separator = '?';
        let mut push = |key: &str, value: &str| {
            iri.push(separator);
            separator = '&';
            iri.extend(utf8_percent_encode(key, KEPT));
            iri.push('=');
            iri.extend(utf8_percent_encode(value, KEPT));
        };
        for (key, value) in self.0.iter().filter(|(key, _)| key != "page") {
            push(key, value);
        }
        if let Some(page) = page {
            push("page", &page.to_string());
        }
        iri
    }
}

fn is_element(key: &str, name: &str) -> bool {
    key.strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_value_is_last_and_never_array() {
        let params = Parameters::read("a=1&a=2&b%5B%5D=3&c[after]=4&d=5&d[]=6&e.f=%2B");

        assert_eq!(params.one("a"), Some("2"));
        assert_eq!(params.one("b"), None);
        assert_eq!(params.one("c[after]"), Some("4"));
        assert_eq!(params.one("d"), None);
        assert_eq!(params.one("e.f"), Some("+"));
        assert_eq!(params.one("e_f"), None);
    }

    #[test]
    fn many_values_come_bare_or_in_brackets() {
        let params = Parameters::read("a=1&b[]=2&b%5B%5D=3&b[7]=4");

        assert_eq!(params.many("a"), ["1"]);
        assert_eq!(params.many("b"), ["2", "3", "4"]);
        assert!(params.many("c").is_empty());
    }

    #[test]
    fn addresses_of_pages_keep_filters_and_end_with_page() {
        let params = Parameters::read("page=7&createdAt[after]=2026-03-02T09:00:00%2B01:00&n=A::1");

        assert_eq!(
            params.iri("/list", Some(2)),
            "/list?createdAt%5Bafter%5D=2026-03-02T09%3A00%3A00%2B01%3A00&n=A%3A%3A1&page=2"
        );
        assert_eq!(Parameters::read("page=7").iri("/list", None), "/list");
        assert!(!Parameters::read("page=7").is_filtered());
        assert!(params.is_filtered());
    }
}
