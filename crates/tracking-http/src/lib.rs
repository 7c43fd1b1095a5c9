#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
mod call;
pub mod checks;
mod client;
mod clock;
mod config;
mod credentials;
mod decode;
mod dialect;
mod env;
mod error;
mod fingerprint;
pub mod lenient;
mod limit;
mod operation;
mod origin;
mod pages;
mod path;
mod path_template;
mod pipeline;
mod query;
mod recover;
mod redact;
#[cfg(feature = "reqwest")]
mod reqwest_transport;
mod response;
mod retry;
mod retry_after;
mod secret;
mod token;
mod token_buckets;
mod token_cache;
mod transport;
mod unmodelled;

pub use base_url::BaseUrl;
pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use clock::{Clock, FixedClock, SystemClock};
pub use config::{ClientOptions, ConfigureClient};
pub use credentials::{Credentials, basic_authorization};
pub use decode::decode;
pub use dialect::{Dialect, Failure};
pub use env::Environment;
pub use error::Error;
pub use limit::{LimitKey, Limiter};
pub use operation::{Operation, RateClass};
pub use pages::{Items, Page, Pages, paginate};
pub use path_template::PathTemplate;
pub use recover::{Recovered, recover};
#[cfg(feature = "reqwest")]
pub use reqwest_transport::ReqwestTransport;
pub use response::Response;
pub use retry::RetryPolicy;
pub use retry_after::{RateLimitReset, RateLimitState};
pub use secret::Secret;
pub use token::{Token, TokenSource};
pub use token_buckets::TokenBuckets;
/// What the traits of this crate return.
pub use tracking_core::BoxFuture;
pub use tracking_core::ErrorKind;
pub use transport::{SendLimits, Transport, TransportError, TransportErrorKind};
pub use unmodelled::unmodelled_fields;

/// The type of bodies in this crate's own types.
pub use bytes;
/// The HTTP vocabulary that appears in this crate's own types.
pub use http;
/// The HTTP library behind [`ReqwestTransport`], so that its major version need not be guessed.
#[cfg(feature = "reqwest")]
pub use reqwest;
