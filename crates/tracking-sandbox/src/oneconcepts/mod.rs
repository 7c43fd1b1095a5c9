//! 1concepts: the operations around orders, trackings, products and categories.
//!
//! [`Sandbox::oneconcepts`](crate::Sandbox::oneconcepts) returns the account, through which a test
//! changes everything that differs between accounts.

mod account;
mod auth;
mod berlin;
mod bodies;
mod catalogue;
mod control;
mod couriers;
mod demo;
mod endpoints;
mod errors;
mod handlers;
mod media_type;
mod order;
mod paging;
pub(crate) mod provider;
mod requests;
mod settings;
mod state;
mod tracking;

pub use self::account::OneConcepts;
pub use self::settings::{Assumptions, ContextForm, OrderUpdate, Settings, TokenForm};
