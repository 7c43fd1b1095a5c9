//! GCL Logistics: tracking, quotes, shipping orders, and the notifications.
//!
//! [`Sandbox::gcl`](crate::Sandbox::gcl) returns the account, through which a test changes
//! everything that differs between accounts.

mod account;
mod auth;
mod bodies;
mod carriers;
mod endpoints;
mod errors;
mod handlers;
mod limits;
mod order_journey;
mod orders;
pub(crate) mod provider;
mod requests;
mod settings;
mod state;
mod statuses;
mod webhooks;

pub use self::account::Gcl;
pub use self::orders::Order;
pub use self::settings::{
    Assumptions, Missing, Settings, Trigger, WebhookFormat, WebhookMethod, WebhookSettings,
};
pub use self::webhooks::headers::{WebhookHeaderError, WebhookHeaders};
