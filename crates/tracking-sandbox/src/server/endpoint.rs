//! One endpoint of a provider, and the request that reaches it.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::reply::Reply;

/// One endpoint of a provider.
#[derive(Debug)]
pub(crate) struct Endpoint<M: 'static> {
    /// The provider's name of the operation.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// Path below the prefix, `{name}` for a parameter.
    pub(crate) path: &'static str,
    /// Requests per second that the provider documents.
    pub(crate) per_second: u32,
    pub(crate) handler: fn(&M, &Call<'_>) -> Reply,
}

/// A request, read completely.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Path parameters, percent-decoded.
    pub(crate) params: &'a [(String, String)],
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
}

impl Call<'_> {
    /// A path parameter; empty when the endpoint does not have it.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// The first query parameter of this name.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> =
            serde_urlencoded::from_str(self.query).unwrap_or_default();
        pairs
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}
