#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
mod builder;
mod call;
#[cfg(feature = "cassette")]
pub mod cassette;
pub mod checks;
mod client;
mod clock;
mod connect_failure;
mod dialect;
mod error;
pub mod json;
mod limit;
mod operation;
mod options;
mod pages;
mod pause_reporter;
mod pipeline;
mod redact;
mod refusals;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod retry;
mod retry_after;
mod secret;
mod settings;
mod token_buckets;
mod transport;
mod url;

pub use auth::{Credentials, Token, TokenSource, basic_authorization};
pub use builder::ClientBuilder;
pub use call::Call;
pub use client::Client;
pub use clock::{Clock, FixedClock, SystemClock};
pub use connect_failure::ConnectFailure;
pub use dialect::{Dialect, Failure};
pub use error::Error;
pub use json::{decode, unmodelled_fields};
pub use limit::{LimitKey, Limiter};
pub use operation::{Operation, RateClass};
pub use options::{ClientOptions, ConfigureClient};
pub use pages::{Items, Page, Pages, paginate};
pub use pause_reporter::PauseReporter;
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use response::Response;
pub use retry::RetryPolicy;
pub use retry_after::{RateLimitReset, RateLimitState};
pub use secret::Secret;
pub use settings::{Setting, Settings};
pub use token_buckets::TokenBuckets;
pub use tracking_core::ErrorKind;
/// What the traits of this crate return.
pub use tracking_core::kit::BoxFuture;
pub use transport::{SendLimits, Transport, TransportError, TransportErrorKind};
pub use url::{BaseUrl, PathTemplate};

/// The type of bodies in this crate's own types.
pub use bytes;
/// The HTTP vocabulary that appears in this crate's own types.
pub use http;
/// The HTTP library behind [`ReqwestTransport`], so that its major version need not be guessed.
#[cfg(feature = "reqwest")]
pub use reqwest;
