//! Webhook messages that were read: how far they can be trusted, and what they report.

use serde::{Deserialize, Deserializer, Serialize};

use crate::merge::Update;
use crate::{Problem, Shipment};

/// A webhook message that was checked and read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// How much the check proves.
    pub proof: WebhookProof,
    /// What it reports of shipments: one request may carry several messages. Parts about something
    /// else than where a parcel is are left out.
    pub items: Vec<WebhookUpdate>,
    /// Parts of the message that could not be understood.
    pub problems: Vec<Problem>,
}

/// What one message of a webhook reports of one shipment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookUpdate {
    /// The provider's id of the message, by which a repeat can be recognised.
    pub message_id: Option<String>,
    /// What to hand to a [`merge`](crate::merge::merge). Only the provider's own code knows
    /// whether it lists every event, so it says so here.
    pub update: Update,
}

impl WebhookUpdate {
    /// Creates an update without a message id.
    #[must_use]
    pub const fn new(update: Update) -> Self {
        Self {
            message_id: None,
            update,
        }
    }

    /// Sets the provider's id of the message.
    #[must_use]
    pub fn with_message_id(mut self, id: impl Into<Option<String>>) -> Self {
        self.message_id = id.into();
        self
    }
}

impl WebhookDelivery {
    /// Creates a delivery without updates.
    #[must_use]
    pub const fn new(proof: WebhookProof) -> Self {
        Self {
            proof,
            items: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Iterates over what it reports of shipments, in the order of the request.
    pub fn updates(&self) -> impl Iterator<Item = &Update> {
        self.items.iter().map(|item| &item.update)
    }

    /// Iterates over the shipments as they are in the request: often with the new events only.
    ///
    /// To merge them, use [`updates`](Self::updates), which says what is missing on purpose.
    pub fn shipments(&self) -> impl Iterator<Item = &Shipment> {
        self.updates().map(Update::shipment)
    }

    /// Returns true if the message is only a hint to fetch again: its body is not proven.
    #[must_use]
    pub const fn is_hint(&self) -> bool {
        !self.proof.covers_body()
    }
}

/// How much of a webhook message is proven; from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookProof {
    /// Nothing. Also a name that this version does not know, from stored data.
    None,
    /// The sender knows a fixed secret, or somebody who saw it once.
    SharedSecret,
    /// A time stamp is authentic; the body may be anybody's.
    TimestampMac,
    /// The body is authentic.
    BodyMac,
}

impl<'de> Deserialize<'de> for WebhookProof {
    /// Reads a name. One that this version does not know proves nothing.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = [Self::SharedSecret, Self::TimestampMac, Self::BodyMac];
        let proof = known.into_iter().find(|proof| proof.as_str() == name);
        Ok(proof.unwrap_or(Self::None))
    }
}

impl WebhookProof {
    /// Returns true if the body is proven, so that the message is no mere hint to fetch again.
    #[must_use]
    pub const fn covers_body(self) -> bool {
        matches!(self, Self::BodyMac)
    }

    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SharedSecret => "shared_secret",
            Self::TimestampMac => "timestamp_mac",
            Self::BodyMac => "body_mac",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{WebhookDelivery, WebhookProof};

    #[test]
    fn proven_body_alone_is_more_than_hint() {
        assert!(!WebhookDelivery::new(WebhookProof::BodyMac).is_hint());
        for proof in [
            WebhookProof::TimestampMac,
            WebhookProof::SharedSecret,
            WebhookProof::None,
        ] {
            assert!(WebhookDelivery::new(proof).is_hint());
        }
    }
}
