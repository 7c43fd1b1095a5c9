//! One endpoint of a provider, and the request that reaches it.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::provider::Provider;
use super::reply::Reply;
use crate::clock::whole_millis;
use crate::snapshot::Snapshot;

/// One endpoint of a provider.
///
/// A table of them has a row per method and path; the rows of one operation follow each other.
#[derive(Debug)]
pub(crate) struct Endpoint<P: Provider> {
    /// The name of the operation: the provider's own if it has one.
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// Path below the base URL, `{name}` for a parameter.
    pub(crate) path: &'static str,
    pub(crate) handler: Handler<P>,
}

/// What responds to a call.
pub(crate) type Handler<P> = fn(&P, &Call<'_>) -> Result<Reply, <P as Provider>::Refusal>;

impl<P: Provider> Endpoint<P> {
    pub(crate) const fn get(
        operation: &'static str,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self::new(operation, Method::GET, path, handler)
    }

    pub(crate) const fn post(
        operation: &'static str,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self::new(operation, Method::POST, path, handler)
    }

    pub(crate) const fn put(
        operation: &'static str,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self::new(operation, Method::PUT, path, handler)
    }

    pub(crate) const fn patch(
        operation: &'static str,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self::new(operation, Method::PATCH, path, handler)
    }

    pub(crate) const fn delete(
        operation: &'static str,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self::new(operation, Method::DELETE, path, handler)
    }

    const fn new(
        operation: &'static str,
        method: Method,
        path: &'static str,
        handler: Handler<P>,
    ) -> Self {
        Self {
            operation,
            method,
            path,
            handler,
        }
    }

    /// The operations of a table, each once, in the order of the table.
    pub(crate) fn operations(table: &[Self]) -> Vec<&'static str> {
        let mut operations: Vec<_> = table.iter().map(|endpoint| endpoint.operation).collect();
        operations.dedup();
        operations
    }
}

/// A request, read completely.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// Path parameters, percent-decoded.
    pub(crate) params: &'a [(String, String)],
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// How old what is shown of parcels is.
    pub(crate) age: Duration,
}

impl Call<'_> {
    /// The world of which this call shows something: that of the snapshot, or an earlier one on demand.
    pub(crate) fn shown<'s>(&self, snapshot: Snapshot<'s>) -> Snapshot<'s> {
        if self.age.is_zero() {
            return snapshot;
        }
        snapshot.as_of(snapshot.now.saturating_sub(whole_millis(self.age)))
    }

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
