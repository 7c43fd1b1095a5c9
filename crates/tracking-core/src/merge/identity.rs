//! Which observations are of one shipment.

use crate::kit::{is_same_number, number_key};
use crate::{Shipment, TrackRequest};

impl Shipment {
    /// Returns true if both are observations of one shipment.
    ///
    /// Of one provider, and where both name an [account](Shipment::account) of one account, the same id; or, where one of them has no id, the same number (see
    /// [`is_same_number`]) and, where both have one, the same reference.
    ///
    /// Couriers use numbers again after some time: [`merge`](crate::merge::merge) recognises a new
    /// parcel under an old number.
    #[must_use]
    pub fn is_same_shipment(&self, other: &Self) -> bool {
        let same = match (&self.id, &other.id) {
            // Two trackers of one number are two parcels: the number was used again.
            (Some(own), Some(other)) => own == other,
            _ => self.has_number_of(other) && self.agrees_on_reference(other),
        };
        self.provider == other.provider && self.agrees_on_account(other) && same
    }

    /// Returns true if they do not name two accounts: what one account knows, such as
    /// its references, means nothing at another one.
    pub(super) fn agrees_on_account(&self, other: &Self) -> bool {
        let accounts = self.account.as_deref().zip(other.account.as_deref());
        accounts.is_none_or(|(own, other)| own.eq_ignore_ascii_case(other))
    }

    /// Returns true if it has neither number nor id nor reference: all of them were unreadable.
    pub(crate) fn is_nameless(&self) -> bool {
        self.number.trim().is_empty() && self.id.is_none() && self.reference.is_none()
    }

    /// Returns true if both have the same number. An empty number is none.
    fn has_number_of(&self, other: &Self) -> bool {
        !number_key(&self.number).is_empty() && is_same_number(&self.number, &other.number)
    }

    fn agrees_on_reference(&self, other: &Self) -> bool {
        let references = self.reference.as_deref().zip(other.reference.as_deref());
        references.is_none_or(|(own, other)| own.trim() == other.trim())
    }

    /// Returns the request that asks the provider for this shipment again.
    ///
    /// By its id where the provider can be asked for it, else by number and courier, else by the
    /// client's reference.
    #[must_use]
    pub fn request(&self) -> TrackRequest {
        if let Some(id) = self.id.as_ref().filter(|_| self.can_ask_by_id) {
            return TrackRequest::id(id);
        }
        match &self.reference {
            Some(reference) if self.number.trim().is_empty() => TrackRequest::reference(reference),
            _ => {
                let request = TrackRequest::number(&self.number);
                let courier = self.legs.iter().find_map(|leg| leg.courier.as_ref());
                match courier {
                    Some(courier) => request.with_courier(&courier.code),
                    None => request,
                }
            }
        }
    }
}
