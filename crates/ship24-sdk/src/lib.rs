#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod bulk;
mod client;
mod envelope;
mod error;
mod generated;
mod history;
mod legs;
mod mapping;
mod number;
mod partial;
mod proof_of_delivery;
mod provider;
mod register_batch;
mod shipping_date;
mod status_table;
mod track_batch;
mod tracker_ref;
pub mod webhook;

pub use builder::{ClientBuilder, PRODUCTION, SETTINGS};
pub use client::Client;
pub use generated::operations;
pub use generated::types::*;
pub use history::WebhookHistoryFile;
pub use mapping::shipments_from_body;
pub use number::check_tracking_number;
pub use provider::CAPABILITIES;
pub use status_table::{STATUS_TABLE, STATUS_TABLE_VERSION};
pub use tracker_ref::TrackerRef;
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
