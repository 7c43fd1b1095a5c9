//! TrackingMore, version 2: all eighteen operations and the webhook.
//!
//! Everything a test may want to change about the account goes through [`TrackingMore`], which
//! [`Sandbox::trackingmore`](crate::Sandbox::trackingmore) hands out.

mod account;
mod auth;
mod bodies;
mod carriers;
mod codes;
mod country_names;
mod endpoints;
mod errors;
mod handlers;
mod limits;
pub(crate) mod provider;
mod quota;
mod requests;
mod settings;
mod state;
mod statuses;
mod tracking;
mod view;
mod webhooks;

pub use self::account::TrackingMore;
pub use self::quota::Quota;
pub use self::settings::{Assumptions, Settings, WebhookSettings};
pub use self::webhooks::form::WebhookForm;
