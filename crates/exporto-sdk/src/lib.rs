#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod client;
mod error;
mod filter_time;
mod generated;
mod input;
mod label;
mod listed;
mod listing;
mod mapping;
mod processed;
mod status_table;
mod token;
mod tours;
mod tracking;
mod tracking_number;

pub use builder::{ClientBuilder, PRODUCTION_BASE_URL, STAGING_BASE_URL};
pub use client::Client;
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipment_from_body;
pub use processed::{ProcessedShipment, ProcessedShipmentError, ProcessedShipments};
pub use status_table::{STATUS_TABLE, STATUS_TABLE_VERSION};
/// The unified model that [`Client`] speaks through [`tracking_core::Provider`].
pub use tracking_core;
/// The transport's whole vocabulary: limiters, transports, token sources, clocks.
pub use tracking_http;
pub use tracking_http::{
    ClientOptions, ConfigureClient, Error, ErrorKind, Page, Pages, RateLimitState, Response,
    RetryPolicy, Secret,
};
pub use tracking_number::check_tracking_number;
