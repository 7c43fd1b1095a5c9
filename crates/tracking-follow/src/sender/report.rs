//! What is known of consumers, and of what could not be delivered to them.

use serde::Serialize;
use tracking_core::UtcTime;

use crate::ChangeRecord;

/// A reader of the changes, as [`Store::consumers`](crate::Store::consumers) lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConsumerReport {
    /// Its name.
    pub name: String,
    /// Where changes are sent: scheme, host and port, since the rest may be a secret. `None` if it reads by itself, or if
    /// its address or secret cannot be read.
    pub origin: Option<String>,
    /// The number of the last change that it acknowledged, or that was delivered to it.
    pub position: u64,
    /// How many changes come after its position.
    pub behind: u64,
    /// How often the change after its position could not be delivered.
    pub failures: u32,
    /// Since when nothing was delivered, if the last attempt failed.
    pub failing_since: Option<UtcTime>,
    /// From when on the next change may be sent; `None` without an [origin](Self::origin).
    pub send_at: Option<UtcTime>,
    /// Why the last attempt failed, or that its address or secret cannot be read.
    pub problem: Option<String>,
    /// Since when nothing is sent any more, because nothing could be delivered for too long, or its address or secret
    /// cannot be read.
    pub disabled_at: Option<UtcTime>,
    /// How many changes could not be delivered.
    pub dead_letters: u64,
}

/// A change that could not be delivered to a consumer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DeadLetter {
    /// Its number in the outbox.
    pub seq: u64,
    /// When the last attempt failed.
    pub failed_at: UtcTime,
    /// Why it failed.
    pub problem: String,
    /// Whether it shall be sent once more.
    pub is_resent: bool,
    /// The change; `None` if this version cannot read it.
    pub change: Option<ChangeRecord>,
}
