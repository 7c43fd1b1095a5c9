//! GCL: its client and its part of the sandbox, which have never met.

mod altered_responses;
mod independence;
pub(crate) mod operations;
pub(crate) mod sandboxed;
