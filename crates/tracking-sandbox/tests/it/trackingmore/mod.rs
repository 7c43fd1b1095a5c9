//! TrackingMore over real HTTP.

mod auth;
mod batch;
mod carriers;
mod control;
mod create;
mod edits;
mod faults;
mod get;
mod limits;
mod list;
mod lookups;
mod odd_bodies;
mod quota;
mod realtime;
mod removal;
pub(crate) mod shop;
mod update;
mod user_info;
mod webhook_forms;
mod webhooks;
