#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
mod builder;
mod client;
mod error;
mod filter_time;
mod generated;
mod input;
mod label;
mod list;
mod mapping;
mod number;
mod partial;
mod processed;
mod provider;
mod status_table;
mod tours;

pub use builder::{ClientBuilder, PRODUCTION, SETTINGS, TEST};
pub use client::Client;
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipment_from_body;
pub use number::check_tracking_number;
pub use processed::{ProcessedShipment, ProcessedShipmentError, ProcessedShipments};
pub use provider::CAPABILITIES;
pub use status_table::{STATUS_TABLE, STATUS_TABLE_VERSION};
/// The unified model that [`Client`] speaks through [`tracking_core::Provider`].
///
/// What merges reports is there with the feature `merge`.
pub use tracking_core;
/// The transport's whole vocabulary: limiters, transports, token sources, clocks.
pub use tracking_http;
pub use tracking_http::{
    ClientOptions, ConfigureClient, Error, ErrorKind, Page, Pages, RateLimitState, Response,
    RetryPolicy, Secret, Setting,
};
