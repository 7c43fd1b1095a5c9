#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod air_waybill;
mod batch;
mod builder;
mod candidates;
mod client;
mod empty;
mod envelope;
mod error;
mod generated;
mod legs;
mod list_query;
mod lookup;
mod mapping;
mod number;
mod page_end;
mod partial;
mod proof;
mod provider;
mod reference;
mod register_batch;
mod registration;
mod status_table;
mod stored;
mod track_batch;
mod version;
pub mod webhook;

pub use air_waybill::{AirWaybills, check_air_waybill};
pub use batch::BatchItem;
pub use builder::{ClientBuilder, PRODUCTION, SETTINGS};
pub use client::Client;
pub use error::Code;
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipments_from_body;
pub use number::check_tracking_number;
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
