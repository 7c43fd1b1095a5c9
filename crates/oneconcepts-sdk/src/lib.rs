#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer_kind;
mod availability;
mod builder;
mod client;
mod collection;
mod created_at;
mod error;
mod generated;
mod iri;
mod jwt;
mod links;
mod login;
mod mapping;
mod order_filter;
mod order_lines;
mod order_number;
mod order_parts;
mod order_trackings;
mod order_update;
mod paging;
mod product_selection;
mod raw_parts;
mod shipped_orders;
mod shipped_pages;
mod status_table;
mod tracking;
mod tracking_url;
mod upload_time;

pub use builder::ClientBuilder;
pub use client::Client;
pub use error::violations;
pub use generated::operations;
pub use generated::types::*;
pub use links::TrackingLink;
pub use mapping::shipments_from_body;
pub use order_lines::{NetCost, OrderLine};
pub use order_number::{check_external_order_number, check_tracking_number};
pub use order_update::{OrderRef, OrderUpdateForm};
pub use product_selection::ProductSelection;
pub use shipped_orders::{ShippedOrder, ShippedOrders};
pub use status_table::{STATUS_TABLE, STATUS_TABLE_VERSION};
/// The unified model that [`Client`] speaks through [`tracking_core::Provider`].
pub use tracking_core;
/// The transport's whole vocabulary: limiters, transports, token sources, clocks.
pub use tracking_http;
pub use tracking_http::{
    ClientOptions, ConfigureClient, Error, ErrorKind, Page, Pages, RateLimitState, Response,
    RetryPolicy, Secret,
};
pub use tracking_url::tracking_url;
pub use upload_time::next_upload_after;
