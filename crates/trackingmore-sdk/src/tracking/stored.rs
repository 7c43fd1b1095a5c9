//! What the account has: a shipment, and the carrier that it is registered with.

use tracking_core::{Error, ErrorKind, Shipment, Target};

use crate::status_table::PROVIDER;

/// A tracking of the account.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) shipment: Shipment,
    /// The carrier that names it together with its number: the `carrier_code` of the tracking. Those
    /// of its legs may be others.
    pub(super) carrier: Option<String>,
}

impl Stored {
    /// The carrier to name in a call.
    pub(super) fn key(&self) -> Result<&str, Error> {
        self.carrier.as_deref().ok_or_else(|| {
            let message = "the account's tracking names no carrier";
            Error::new(ErrorKind::Decode, PROVIDER, message)
        })
    }

    /// Whether it is one that was named, should a gateway drop the filter. Blanks, hyphens and case
    /// of numbers do not count.
    pub(super) fn is_meant(&self, target: &Target) -> bool {
        let bare = |number: &str| {
            let kept = number.chars().filter(|letter| letter.is_alphanumeric());
            kept.collect::<String>().to_ascii_uppercase()
        };
        match target {
            Target::Number(number) => bare(&self.shipment.number) == bare(number),
            Target::Reference(reference) => self
                .shipment
                .reference
                .as_ref()
                .is_some_and(|own| own.trim() == reference.trim()),
            _ => false,
        }
    }

    /// Whether anything of it could be read: its number, a status of its own, or an event.
    pub(super) fn says_something(&self) -> bool {
        !self.shipment.number.is_empty()
            || self.shipment.status.raw.main.is_some()
            || self.shipment.legs.iter().any(|leg| !leg.events.is_empty())
    }
}

pub(super) fn shipments(stored: Vec<Stored>) -> Vec<Shipment> {
    stored.into_iter().map(|stored| stored.shipment).collect()
}

pub(super) fn ambiguous(several: &[Stored]) -> Error {
    let carriers: Vec<&str> = several
        .iter()
        .filter_map(|stored| stored.carrier.as_deref())
        .collect();
    let message = format!(
        "the account has {} trackings for this, under {}; name the courier, or call the client's own \
         method with it",
        several.len(),
        carriers.join(", ")
    );
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}
