//! What a provider brings to the sandbox: endpoints, the answer to a call, its own control paths.

use std::borrow::Cow;
use std::fmt::Debug;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::reply::Reply;

/// A provider. Everything that is special about it lives behind this trait.
pub(crate) trait ProviderModule: Debug + Send + Sync + 'static {
    /// The name in the base URL and in the control paths.
    fn name(&self) -> &'static str;

    /// What the base URL that a client is given ends with after the name: empty, or a path such
    /// as `/v2` when clients of the provider take the version as part of it.
    fn base_path(&self) -> &'static str;

    /// What clients of the provider add to the base URL on their own, before each path.
    fn prefix(&self) -> &'static str;

    /// The endpoints, fixed for the life of the sandbox.
    fn endpoints(&self) -> &'static [Endpoint<Self>]
    where
        Self: Sized;

    /// Answers a call that reached `endpoint`.
    fn answer(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply
    where
        Self: Sized;

    /// Answers a call that reached no endpoint (404) or one with another method (405).
    fn no_endpoint(&self, status: StatusCode) -> Reply;

    /// An error of the server in the provider's JSON form.
    fn server_error(&self, status: StatusCode) -> Reply;

    /// An error of the provider, by its own code, inside HTTP 200.
    fn error_in_success(&self, code: u16) -> Reply;

    /// "Slow down" in the provider's form; the caller adds `Retry-After`.
    fn slow_down(&self) -> Reply;

    /// Adds the headers that each answer of the provider carries, faulty ones included.
    fn seal(&self, reply: &mut Reply);

    /// The JSON keys whose values come from an open vocabulary.
    fn vocabulary(&self) -> &'static [&'static str];

    /// Forgets everything that callers did.
    fn reset(&self);

    /// Control paths of the provider, mounted at `/_sandbox/{name}`.
    fn control(self: Arc<Self>) -> Router;

    /// Work that goes on beside the answers, such as webhook deliveries.
    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// What a client of `module` is given as base URL, without a slash at the end.
pub(crate) fn base_url(module: &dyn ProviderModule, address: SocketAddr) -> String {
    format!("http://{address}/{}{}", module.name(), module.base_path())
}

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
