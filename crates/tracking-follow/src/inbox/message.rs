//! A message in the inbox.

use std::fmt;

use serde::{Deserialize, Serialize};
use tracking_core::UtcTime;
use tracking_core::webhook::{DedupeKey, WebhookProof};

/// Identifies a message in its store. It is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub(crate) i64);

impl MessageId {
    /// Makes an id of its number, as [`MessageId::as_i64`] returns it.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub const fn as_i64(self) -> i64 {
        self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessageState {
    /// No worker has processed it yet.
    Waiting,
    /// It is processed. Its body is deleted; the rest is kept for a while, so that a repeat is recognised.
    Done,
    /// It cannot be processed. It is kept for a while with its body, and can be [retried](crate::Store::retry_message).
    Aside,
}

impl MessageState {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Aside => "aside",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let all = [Self::Waiting, Self::Done, Self::Aside];
        all.into_iter().find(|state| state.as_str() == name)
    }
}

/// A message in the inbox, without its body, which may hold names and addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InboxMessage {
    /// Identifies it.
    pub id: MessageId,
    /// The account that it came for, in lower case.
    pub account: String,
    /// When it arrived.
    pub received_at: UtcTime,
    /// What became of it.
    pub state: MessageState,
    /// How often a worker began to process it.
    pub attempts: u64,
    /// Why it is set aside, or which of its shipments are not followed.
    pub problem: Option<String>,
    /// The length of its body in bytes; 0 when it is done.
    pub bytes: u64,
}

/// How many messages are in the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageCounts {
    /// Those that wait to be processed.
    pub waiting: u64,
    /// Those that cannot be processed.
    pub aside: u64,
}

/// A message that was checked.
pub(crate) struct NewMessage {
    pub(crate) account: String,
    pub(crate) proof: WebhookProof,
    pub(crate) dedupe_key: Option<DedupeKey>,
    /// Why it cannot be processed, if that is known already.
    pub(crate) problem: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// What is not known is no proof.
pub(crate) fn proof_of_name(name: &str) -> WebhookProof {
    let all = [
        WebhookProof::SharedSecret,
        WebhookProof::TimestampMac,
        WebhookProof::BodyMac,
    ];
    let found = all.into_iter().find(|proof| proof.as_str() == name);
    found.unwrap_or(WebhookProof::None)
}
