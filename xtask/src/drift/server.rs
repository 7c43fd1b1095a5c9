//! Where an API is: the servers of a description.

use crate::spec::Spec;
use crate::yaml::{Value, entries_of, items_of, string, strings_of};

/// One server of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Server<'a> {
    /// `https://api.example.com/v2` without a slash at the end, or only the path, of the host that has the description.
    pub(super) url: String,
    pub(super) provenance: Option<&'a str>,
}

impl Server<'_> {
    /// The path, which all operations are below.
    pub(super) fn path(&self) -> &str {
        match self.url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
            None => &self.url,
        }
    }

    /// Returns true if they are the same, as far as both say where they are.
    pub(super) fn is(&self, other: &Server<'_>) -> bool {
        let is_whole = self.url.contains("://") && other.url.contains("://");
        match is_whole {
            true => self.url == other.url,
            false => self.path() == other.path(),
        }
    }
}

/// The servers in the order of the description.
pub(super) fn servers(spec: &Spec) -> Vec<Server<'_>> {
    let root = spec.root();
    if root.get("swagger").is_some() {
        return servers_of_2(root);
    }
    let servers = items_of(root, "servers");
    servers
        .filter_map(|server| {
            let mut url = string(server, "url")?.to_owned();
            for (name, variable) in entries_of(server, "variables") {
                if let Some(default) = string(variable, "default") {
                    url = url.replace(&format!("{{{name}}}"), default);
                }
            }
            Some(server_at(&url, string(server, "x-provenance")))
        })
        .collect()
}

/// `OpenAPI` 2.0 writes the parts of the address on their own.
fn servers_of_2(root: &Value) -> Vec<Server<'_>> {
    let path = string(root, "basePath").unwrap_or_default();
    match string(root, "host") {
        Some(host) => {
            let mut schemes: Vec<&str> = strings_of(root, "schemes").collect();
            if schemes.is_empty() {
                schemes.push("https");
            }
            let urls = schemes.iter().map(|it| format!("{it}://{host}{path}"));
            urls.map(|url| server_at(&url, None)).collect()
        }
        None if path.is_empty() => Vec::new(),
        None => vec![server_at(path, None)],
    }
}

fn server_at<'a>(url: &str, provenance: Option<&'a str>) -> Server<'a> {
    Server {
        url: url.trim_end_matches('/').to_owned(),
        provenance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(source: &str) -> Vec<String> {
        let spec = Spec::parse("a", "a.yaml", source).unwrap();
        servers(&spec)
            .into_iter()
            .map(|server| server.url)
            .collect()
    }

    #[test]
    fn servers_of_each_version_are_read() {
        let cases = [
            (
                "servers: [{url: 'https://a.example/v2/'}, {url: /v3}]",
                vec!["https://a.example/v2", "/v3"],
            ),
            (
                "servers: [{url: 'https://{place}.example/{v}', variables: {place: {default: eu}, v: {default: v1}}}]",
                vec!["https://eu.example/v1"],
            ),
            (
                "{swagger: '2.0', host: a.example, basePath: /v1, schemes: [https, http]}",
                vec!["https://a.example/v1", "http://a.example/v1"],
            ),
            ("{swagger: '2.0', basePath: /v1}", vec!["/v1"]),
            ("{swagger: '2.0'}", vec![]),
            ("info: {}", vec![]),
        ];
        for (source, expected) in cases {
            assert_eq!(urls(source), expected, "{source}");
        }
    }

    #[test]
    fn path_of_a_server_has_no_host() {
        let cases = [
            ("https://a.example/v2", "/v2"),
            ("https://a.example", ""),
            ("/v3", "/v3"),
        ];
        for (url, expected) in cases {
            assert_eq!(server_at(url, None).path(), expected, "{url}");
        }
    }

    #[test]
    fn server_without_host_is_compared_by_its_path() {
        let full = server_at("https://a.example/v2", None);

        assert!(full.is(&server_at("/v2/", None)));
        assert!(!full.is(&server_at("/v3", None)));
        assert!(!full.is(&server_at("https://b.example/v2", None)));
    }
}
