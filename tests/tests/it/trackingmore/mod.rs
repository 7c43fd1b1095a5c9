//! TrackingMore: its client and its part of the sandbox, which have never met.

mod altered_responses;
mod independence;
mod journeys;
mod limits;
pub(crate) mod operations;
pub(crate) mod sandboxed;
