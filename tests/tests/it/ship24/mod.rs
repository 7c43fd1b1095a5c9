//! Ship24: its client and its part of the sandbox, which have never met.

mod account;
mod altered_responses;
mod faults;
mod independence;
mod journeys;
mod late_webhooks;
mod limits;
pub(crate) mod operations;
mod paging;
pub(crate) mod paused_clock;
mod provider_set;
pub(crate) mod receiver;
mod replay;
mod samples;
pub(crate) mod sandboxed;
