//! 1concepts over real HTTP.

mod auth;
mod availability;
mod categories;
mod control;
mod create_order;
mod documentation;
mod edits;
mod errors;
mod faults;
mod media_types;
mod orders;
mod pages;
pub(crate) mod partner;
mod trackings;
mod update_order;
mod uploads;
