//! Which observations are of one shipment.

use std::cmp::Ordering;
use std::time::Duration;

use super::events::Source;
use super::legs::shares_events;
use crate::kit::{is_same_number, number_key};
use crate::{Event, Shipment, Timestamp, TrackRequest, UtcTime};

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

/// From how long after the last event on a new event under an old number is of a new parcel.
const REUSE_AFTER: Duration = Duration::from_secs(30 * 24 * 3600);

/// Returns true if `latest` is a new parcel under the number of a finished one.
pub(super) fn is_reused_number(known: &Shipment, latest: &Shipment) -> bool {
    let by_id = known.id.is_some() && latest.id.is_some();
    if by_id || !(known.is_terminal() || known.has_given_up()) {
        return false;
    }
    let gap = times(known).max().zip(times(latest).min());
    let is_long = gap.is_some_and(|(last, first)| {
        first
            .since(last)
            .is_some_and(|silence| silence > REUSE_AFTER)
    });
    let shares = || {
        let mut legs = known.legs.iter();
        legs.any(|known| latest.legs.iter().any(|leg| shares_events(known, leg)))
    };
    is_long && !shares()
}

/// Returns true if `latest` is about the finished parcel that had the number before `known`: an old message, or
/// a response from a cache. A response is believed if it comes twice in a row, or if the provider's clock
/// says that it is newer.
pub(super) fn is_of_former_parcel(known: &Shipment, latest: &Shipment, source: Source) -> bool {
    let memory = known.memory.as_ref();
    let is_newer = memory
        .and_then(|it| it.status)
        .is_some_and(|known| source.seen.order_by_provider(known) == Some(Ordering::Greater));
    let since = memory.and_then(|it| it.former_since);
    let is_again = source.is_snapshot && since.is_some_and(|it| it != source.seen.fetched_at);
    !is_newer && !is_again && is_reused_number(latest, known)
}

/// The times of all events, as far as they can be put in an order; for a difference of weeks the zone
/// does not matter.
fn times(shipment: &Shipment) -> impl Iterator<Item = UtcTime> + '_ {
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    events.filter_map(|event: &Event| event.time.as_ref().and_then(Timestamp::sort_key))
}
