//! TrackingMore, version 2: all eighteen operations and the webhook.
//!
//! Everything a test may want to change about the account goes through [`TrackingMore`], which
//! [`Sandbox::trackingmore`](crate::Sandbox::trackingmore) hands out.

mod account;
mod bodies;
mod carriers;
mod control;
mod country_names;
mod endpoints;
mod errors;
mod handlers;
mod limits;
pub(crate) mod provider;
mod requests;
mod settings;
mod state;
mod statuses;
mod tracking;
mod view;
mod webhooks;

pub use self::account::TrackingMore;
pub use self::settings::Assumptions;
pub use self::webhooks::form::WebhookForm;
