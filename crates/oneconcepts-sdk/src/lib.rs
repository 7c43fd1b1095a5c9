#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
mod builder;
mod client;
mod error;
mod generated;
mod hydra;
mod mapping;
mod number;
mod orders;
mod partial;
mod products;
mod provider;
mod status_table;
mod track_batch;
mod trackings;

pub use builder::{ClientBuilder, PRODUCTION, SETTINGS};
pub use client::Client;
pub use error::violations;
pub use generated::operations;
pub use generated::types::*;
pub use mapping::shipments_from_body;
pub use number::{check_external_order_number, check_tracking_number};
pub use orders::{
    NetCost, OrderLine, OrderRef, OrderUpdateForm, ShippedOrder, ShippedOrders, TrackingLink,
};
pub use products::ProductSelection;
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
pub use trackings::{next_upload_after, tracking_url};
