//! What is between the socket and the providers.

mod connection;
mod endpoint;
mod listener;
mod page;
mod pipeline;
mod provider;
mod providers;
mod rate_window;
mod reply;
mod request_log;
mod traffic;

pub(crate) use endpoint::{Call, Endpoint};
pub(crate) use listener::start;
pub(crate) use page::Page;
pub(crate) use provider::{Provider, base_url};
pub(crate) use providers::Providers;
pub(crate) use rate_window::{CALLER, RateWindows, Verdict};
pub(crate) use reply::{Hold, JSON, Reply, TEXT};
pub use request_log::RecordedRequest;
pub(crate) use request_log::RequestLog;
pub use traffic::Traffic;
pub(crate) use traffic::TrafficCounter;
