//! What a provider brings to the sandbox: endpoints, responses, control paths of its own.

use std::fmt::Debug;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use http::StatusCode;

use super::endpoint::{Call, Endpoint};
use super::reply::Reply;
use crate::fault::Keys;

/// A provider. Everything that is special about it lives behind this trait.
pub(crate) trait Provider: Debug + Send + Sync + 'static {
    /// Why a call is refused.
    type Refusal: 'static
    where
        Self: Sized;

    /// The name in the base URL and in the control paths.
    fn name(&self) -> &'static str;

    /// The documented prefix of the provider's paths, such as `/v2`. The base URL that a client is
    /// given ends with it, after the name.
    fn base_path(&self) -> &'static str;

    /// The endpoints, fixed for the life of the sandbox.
    fn endpoints(&self) -> &'static [Endpoint<Self>]
    where
        Self: Sized;

    /// Responds to a call that reached `endpoint`.
    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply
    where
        Self: Sized;

    /// Responds to a call that reached no endpoint (404) or one with another method (405).
    fn no_endpoint(&self, status: StatusCode) -> Reply;

    /// An error of the server in the provider's JSON form.
    fn server_error(&self, status: StatusCode) -> Reply;

    /// An error of the provider, by its own code, inside HTTP 200.
    fn error_in_200(&self, code: u16) -> Reply;

    /// "Slow down" in the provider's form; the caller adds `Retry-After`.
    fn slow_down(&self) -> Reply;

    /// Adds the headers that each response of the provider carries, faulty ones included.
    fn finish(&self, reply: &mut Reply);

    /// The JSON keys that faults are about.
    fn keys(&self) -> Keys;

    /// Forgets everything that callers did.
    fn reset(&self);

    /// Control paths of the provider, mounted at `/_sandbox/{name}`.
    fn control(self: Arc<Self>) -> Router;

    /// Work that goes on beside the responses, such as webhook deliveries.
    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// What a client of `module` is given as base URL, without a slash at the end.
pub(crate) fn base_url(module: &dyn Provider, address: SocketAddr) -> String {
    format!("http://{address}/{}{}", module.name(), module.base_path())
}
