//! What is known of a request that arrived.

use std::path::PathBuf;

use tracking_core::UtcTime;
use tracking_core::webhook::{Received, ReceivedUpdate, WebhookReply};

use super::message::Message;

/// A request, what became of it, and what was sent back.
pub(crate) struct Report {
    pub(crate) time: UtcTime,
    pub(crate) method: String,
    /// Without the query, which may hold a secret.
    pub(crate) path: String,
    /// The size of the body, as far as it was read.
    pub(crate) bytes: usize,
    pub(crate) content: Content,
    /// Where it was kept, or why it was not, if it was to be kept.
    pub(crate) kept: Option<Result<PathBuf, String>>,
}

/// What became of a request.
pub(crate) enum Content {
    /// It arrived.
    Received {
        received: Box<Received>,
        /// What is new in it.
        updates: Vec<ReceivedUpdate>,
    },
    /// Its body broke off or took too long.
    Incomplete(WebhookReply),
}

impl Report {
    pub(crate) fn of(message: &Message, content: Content) -> Self {
        Self {
            time: message.received_at,
            method: message.method.clone(),
            path: message.path_alone().to_owned(),
            bytes: message.body.len(),
            content,
            kept: None,
        }
    }

    /// What was sent back.
    pub(crate) fn reply(&self) -> &WebhookReply {
        match &self.content {
            Content::Received { received, .. } => &received.reply,
            Content::Incomplete(reply) => reply,
        }
    }
}
