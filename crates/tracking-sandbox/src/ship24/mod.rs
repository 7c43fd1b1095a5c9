//! Ship24: the tracking API with all twelve operations and both webhooks.
//!
//! Everything a test may want to change about the account goes through [`Ship24`], which
//! [`Sandbox::ship24`](crate::Sandbox::ship24) hands out.

mod account;
mod auth;
mod bodies;
mod couriers;
mod endpoints;
mod errors;
mod handlers;
mod limits;
pub(crate) mod provider;
mod requests;
mod samples;
mod settings;
mod state;
mod statuses;
mod tracker;
mod view;
mod webhooks;

pub use self::account::Ship24;
pub use self::settings::{Assumptions, Limits, Settings, WebhookSettings};
