//! Ship24 over real HTTP.

mod auth;
mod bulk;
mod couriers;
mod create;
mod edits;
mod limits;
mod list;
mod results;
mod search;
mod track;
mod update;
mod webhooks;
