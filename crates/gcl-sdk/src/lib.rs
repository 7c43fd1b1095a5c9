#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod checkpoint;
mod checkpoint_status;
mod client;
mod client_builder;
mod created_order;
mod error;
mod error_in_success;
mod generated;
mod key_set;
mod mapping;
mod order;
mod recovery;
mod status_table;
mod tracking;
mod tracking_number;
pub mod webhook;

pub use client::Client;
pub use client_builder::{ClientBuilder, LIVE_BASE_URL, TEST_BASE_URL};
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipment_from_body;
pub use status_table::{Descriptions, STATUS_TABLE, STATUS_TABLE_VERSION};
/// The unified model that [`Client`] speaks through [`tracking_core::Provider`].
pub use tracking_core;
/// The transport's whole vocabulary: limiters, transports, token sources, clocks.
pub use tracking_http;
pub use tracking_http::{
    ClientOptions, ConfigureClient, Error, ErrorKind, RateLimitState, Response, RetryPolicy, Secret,
};
pub use tracking_number::check_tracking_number;
