#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod checkpoint;
mod client;
mod created_order;
mod error;
mod error_in_200;
mod full_body;
mod generated;
mod mapping;
mod number;
mod order;
mod partial;
mod provider;
mod status_table;
pub mod webhook;

pub use builder::{ClientBuilder, PRODUCTION, SETTINGS, TEST};
pub use client::Client;
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipment_from_body;
pub use number::check_tracking_number;
pub use provider::CAPABILITIES;
pub use status_table::{Descriptions, STATUS_TABLE, STATUS_TABLE_VERSION};
/// The unified model that [`Client`] speaks through [`tracking_core::Provider`].
///
/// What merges reports is there with the feature `merge`.
pub use tracking_core;
/// The transport's whole vocabulary: limiters, transports, token sources, clocks.
pub use tracking_http;
pub use tracking_http::{
    ClientOptions, ConfigureClient, Error, ErrorKind, RateLimitState, Response, RetryPolicy,
    Secret, Setting,
};
