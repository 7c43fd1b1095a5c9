//! Webhook messages, and what became of each attempt to deliver one.

use bytes::Bytes;
use serde_json::{Map, Value};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// A scan, by its serial number in the journey, and how often the courier has changed it.
    Event {
        scan: u32,
        revision: u32,
    },
    Proof,
}

impl Topic {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Event { .. } => "tracking/events",
            Self::Proof => "tracking/pod",
        }
    }
}

/// One message about one tracker.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) topic: Topic,
    pub(crate) generated_at: i64,
}

/// One attempt to deliver a message, as the history keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) succeeded: bool,
    pub(crate) at: i64,
    pub(crate) request_body: Bytes,
    pub(crate) response_body: Value,
    pub(crate) response_headers: Map<String, Value>,
    pub(crate) response_status: Option<u16>,
}

/// A message by its tracker and its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageRef {
    pub(crate) tracker: usize,
    pub(crate) message: usize,
}

/// Messages that are sent in one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    pub(crate) messages: Vec<MessageRef>,
    pub(crate) is_proof: bool,
}
