//! Everything that calls change, and what they need to know beside it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::carriers;
use super::errors::Refusal;
use super::requests::filter::Filter;
use super::settings::Settings;
use super::tracking::{Tracking, Trackings};
use super::view::View;
use super::webhooks::message::Webhook;
use crate::snapshot::Snapshot;
use crate::webhooks::WebhookQueue;
use crate::world::Journey;

/// The account with its trackings.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) trackings: Trackings,
    /// Until when the account is kept out for calling too often.
    pub(crate) paused_until: Option<Duration>,
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
    /// When each air waybill was requested first.
    pub(crate) air_waybills: HashMap<String, i64>,
}

/// A tracking and the parcel with its number.
pub(crate) type Followed<'a> = (&'a Tracking, Option<Arc<Journey>>);

impl State {
    pub(crate) fn new(queue: &Arc<WebhookQueue<Webhook>>) -> Self {
        Self {
            settings: Settings::default(),
            trackings: Trackings::default(),
            paused_until: None,
            queue: Arc::clone(queue),
            air_waybills: HashMap::new(),
        }
    }

    /// The tracking of a carrier and number that must exist.
    pub(crate) fn existing(&self, carrier: &str, number: &str) -> Result<u64, Refusal> {
        self.trackings
            .find(carrier, number)
            .ok_or(Refusal::UNKNOWN_TRACKING)
    }

    /// Refuses a carrier code that nothing goes by.
    pub(crate) fn known_carrier(
        &self,
        carrier: &str,
        number: &str,
        snapshot: &Snapshot<'_>,
    ) -> Result<(), Refusal> {
        let of_parcel = || {
            let journey = snapshot.journey(number)?;
            let mut legs = journey.legs().iter();
            legs.find(|leg| carriers::code_of(&leg.courier).eq_ignore_ascii_case(carrier))
                .map(drop)
        };
        let is_known = carriers::find(&carrier.to_ascii_lowercase()).is_some()
            || of_parcel().is_some()
            || !self.settings.assumptions.refuse_unknown_carrier;
        is_known.then_some(()).ok_or(Refusal::CARRIER_INVALID)
    }

    /// The trackings that a filter leaves over, the one created last first.
    pub(crate) fn matching(&self, filter: &Filter, snapshot: &Snapshot<'_>) -> Vec<u64> {
        let matches = |tracking: &Tracking| {
            filter.matches(tracking)
                && (!filter.asks_for_view()
                    || self.with_view(tracking, snapshot, |view| filter.matches_view(view)))
        };
        self.trackings
            .newest_first()
            .filter(|tracking| matches(tracking))
            .map(|tracking| tracking.serial)
            .collect()
    }

    /// Trackings with their parcels, for [`Self::views`] to look at.
    pub(crate) fn followed(&self, serials: &[u64], snapshot: &Snapshot<'_>) -> Vec<Followed<'_>> {
        serials
            .iter()
            .filter_map(|serial| self.trackings.get(*serial))
            .map(|tracking| (tracking, snapshot.journey(&tracking.number)))
            .collect()
    }

    pub(crate) fn views<'a>(
        &self,
        followed: &'a [Followed<'_>],
        snapshot: &Snapshot<'_>,
    ) -> Vec<View<'a>> {
        followed
            .iter()
            .map(|(tracking, journey)| {
                View::new(tracking, journey.as_deref(), &self.settings, snapshot.now)
            })
            .collect()
    }

    /// Shows a tracking with its parcel to `look`.
    pub(crate) fn with_view<T>(
        &self,
        tracking: &Tracking,
        snapshot: &Snapshot<'_>,
        look: impl FnOnce(&View<'_>) -> T,
    ) -> T {
        let journey = snapshot.journey(&tracking.number);
        let view = View::new(tracking, journey.as_deref(), &self.settings, snapshot.now);
        look(&view)
    }
}
