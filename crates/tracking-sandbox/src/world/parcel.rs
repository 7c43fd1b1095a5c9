//! A parcel as a test describes it.

use serde::Deserialize;

use super::scan::{Scan, ScanTime, TimeShape};

/// A parcel: who carries it under which number, and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    pub(crate) legs: Vec<Leg>,
    #[serde(default)]
    pub(crate) scans: Vec<Scan>,
    #[serde(default)]
    pub(crate) origin_country: Option<String>,
    #[serde(default)]
    pub(crate) destination_country: Option<String>,
    #[serde(default)]
    pub(crate) service: Option<String>,
    #[serde(default)]
    pub(crate) signed_by: Option<String>,
    #[serde(default)]
    pub(crate) recipient: Option<Recipient>,
    #[serde(default)]
    pub(crate) eta: Option<EtaWindow>,
    #[serde(default)]
    pub(crate) courier_eta: Option<EtaWindow>,
    #[serde(default)]
    pub(crate) predicted_eta: Option<EtaWindow>,
    #[serde(default)]
    pub(crate) proof: Option<DeliveryProof>,
    #[serde(default)]
    pub(crate) requires_post_code: bool,
}

/// The part of a journey that one courier does under its own number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    pub(crate) courier: String,
    pub(crate) number: String,
}

impl Leg {
    /// A leg by its courier's code, such as `us-post`, and the number that the courier gave.
    #[must_use]
    pub fn new(courier: impl Into<String>, number: impl Into<String>) -> Self {
        Self {
            courier: courier.into(),
            number: number.into(),
        }
    }

    pub(crate) fn number(&self) -> &str {
        &self.number
    }
}

/// Who gets the parcel, as far as a provider shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Recipient {
    /// Name of the recipient.
    pub name: Option<String>,
    /// Street and house.
    pub address: Option<String>,
    /// Post code.
    pub post_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, province or canton.
    pub subdivision: Option<String>,
}

/// When a parcel is expected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EtaWindow {
    pub(crate) from: ScanTime,
    #[serde(default)]
    pub(crate) to: Option<ScanTime>,
    #[serde(default)]
    pub(crate) shape: TimeShape,
    #[serde(default)]
    pub(crate) offset_minutes: i32,
}

impl EtaWindow {
    /// Expected at one time.
    #[must_use]
    pub fn at(time: ScanTime) -> Self {
        Self {
            from: time,
            to: None,
            shape: TimeShape::Naive,
            offset_minutes: 0,
        }
    }

    /// Expected between two times.
    #[must_use]
    pub fn between(from: ScanTime, to: ScanTime) -> Self {
        Self {
            to: Some(to),
            ..Self::at(from)
        }
    }

    /// How the times are written.
    #[must_use]
    pub fn shape(mut self, shape: TimeShape) -> Self {
        self.shape = shape;
        self
    }

    /// How far the clocks at the destination are ahead of UTC, in minutes.
    #[must_use]
    pub fn offset_minutes(mut self, minutes: i32) -> Self {
        self.offset_minutes = minutes;
        self
    }
}

/// Proof of delivery, as a courier hands it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryProof {
    pub(crate) media_type: String,
    pub(crate) content: ProofContent,
}

/// What a proof of delivery holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProofContent {
    /// A signatory's name or a note.
    Text(String),
    /// Where the document can be fetched.
    DownloadUrl(String),
}

impl DeliveryProof {
    /// A note in plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            media_type: "text/plain".to_owned(),
            content: ProofContent::Text(text.into()),
        }
    }

    /// A document of a media type such as `application/pdf`.
    #[must_use]
    pub fn document(media_type: impl Into<String>, download_url: impl Into<String>) -> Self {
        Self {
            media_type: media_type.into(),
            content: ProofContent::DownloadUrl(download_url.into()),
        }
    }
}

impl Parcel {
    /// A parcel with one leg, by the courier's code and the number.
    #[must_use]
    pub fn new(courier: impl Into<String>, number: impl Into<String>) -> Self {
        Self {
            legs: vec![Leg::new(courier, number)],
            scans: Vec::new(),
            origin_country: None,
            destination_country: None,
            service: None,
            signed_by: None,
            recipient: None,
            eta: None,
            courier_eta: None,
            predicted_eta: None,
            proof: None,
            requires_post_code: false,
        }
    }

    /// Adds a leg after the ones before.
    #[must_use]
    pub fn leg(mut self, leg: Leg) -> Self {
        self.legs.push(leg);
        self
    }

    /// Adds a scan. The order does not matter; at the same time the one added first is older.
    #[must_use]
    pub fn scan(mut self, scan: Scan) -> Self {
        self.scans.push(scan);
        self
    }

    /// Countries of origin and destination as providers detect them, two letters each.
    #[must_use]
    pub fn countries(mut self, origin: impl Into<String>, destination: impl Into<String>) -> Self {
        self.origin_country = Some(origin.into());
        self.destination_country = Some(destination.into());
        self
    }

    /// The courier's product.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.service = Some(service.into());
        self
    }

    /// Who signs on delivery.
    #[must_use]
    pub fn signed_by(mut self, name: impl Into<String>) -> Self {
        self.signed_by = Some(name.into());
        self
    }

    /// Who gets the parcel.
    #[must_use]
    pub fn recipient(mut self, recipient: Recipient) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// When the aggregator expects the parcel. Of a window only the start is shown.
    #[must_use]
    pub fn eta(mut self, eta: EtaWindow) -> Self {
        self.eta = Some(eta);
        self
    }

    /// When the courier expects the parcel.
    #[must_use]
    pub fn courier_eta(mut self, eta: EtaWindow) -> Self {
        self.courier_eta = Some(eta);
        self
    }

    /// When a prediction expects the parcel; shown to accounts with that add-on.
    #[must_use]
    pub fn predicted_eta(mut self, eta: EtaWindow) -> Self {
        self.predicted_eta = Some(eta);
        self
    }

    /// The proof that the courier hands out after delivery.
    #[must_use]
    pub fn proof(mut self, proof: DeliveryProof) -> Self {
        self.proof = Some(proof);
        self
    }

    /// The courier finds the parcel only with the post code of the destination.
    #[must_use]
    pub fn requires_post_code(mut self) -> Self {
        self.requires_post_code = true;
        self
    }
}
