//! Everything that calls change, and what they need to know beside it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::carriers;
use super::errors::Refusal;
use super::requests::filter::Filter;
use super::settings::{Settings, WebhookSettings};
use super::tracking::{Tracking, Trackings};
use super::view::View;
use super::webhooks::messages::Message;
use crate::sandbox::Core;
use crate::webhooks::RetryQueue;
use crate::world::Journey;

/// The account with its trackings.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) trackings: Trackings,
    pub(crate) quota: Quota,
    /// Until when the account is kept out for calling too often.
    pub(crate) paused_until: Option<Duration>,
    pub(crate) webhooks: WebhookSettings,
    pub(crate) queue: RetryQueue<Message>,
    /// When each air waybill was asked for first.
    pub(crate) air_waybills: HashMap<String, i64>,
}

/// A tracking and the parcel with its number.
pub(crate) type Followed<'a> = (&'a Tracking, Option<Arc<Journey>>);

/// The world at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(crate) core: &'a Core,
    pub(crate) now: i64,
}

impl Account<'_> {
    pub(crate) fn journey(&self, tracking: &Tracking) -> Option<Arc<Journey>> {
        self.core.world.find(&tracking.number)
    }
}

impl State {
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
        account: &Account<'_>,
    ) -> Result<(), Refusal> {
        let of_parcel = || {
            let journey = account.core.world.find(number)?;
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
    pub(crate) fn matching(&self, filter: &Filter, account: &Account<'_>) -> Vec<u64> {
        let matches = |tracking: &Tracking| {
            filter.matches(tracking)
                && (!filter.asks_for_view()
                    || self.with_view(tracking, account, |view| filter.matches_view(view)))
        };
        self.trackings
            .newest_first()
            .filter(|tracking| matches(tracking))
            .map(|tracking| tracking.serial)
            .collect()
    }

    /// Trackings with their parcels, for [`Self::views`] to look at.
    pub(crate) fn followed(&self, serials: &[u64], account: &Account<'_>) -> Vec<Followed<'_>> {
        serials
            .iter()
            .filter_map(|serial| self.trackings.get(*serial))
            .map(|tracking| (tracking, account.journey(tracking)))
            .collect()
    }

    pub(crate) fn views<'a>(
        &self,
        followed: &'a [Followed<'_>],
        account: &Account<'_>,
    ) -> Vec<View<'a>> {
        followed
            .iter()
            .map(|(tracking, journey)| {
                View::new(tracking, journey.as_deref(), &self.settings, account.now)
            })
            .collect()
    }

    /// Shows a tracking with its parcel to `look`.
    pub(crate) fn with_view<T>(
        &self,
        tracking: &Tracking,
        account: &Account<'_>,
        look: impl FnOnce(&View<'_>) -> T,
    ) -> T {
        let journey = account.journey(tracking);
        let view = View::new(tracking, journey.as_deref(), &self.settings, account.now);
        look(&view)
    }
}

/// What the account may still spend, in fifths: a call that detects a carrier costs one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Quota {
    /// None for no limit.
    fifths: Option<u64>,
}

impl Quota {
    /// What one number costs.
    pub(crate) const ONE: u64 = 5;
    /// What a call costs that detects a carrier or looks up remote areas.
    pub(crate) const FIFTH: u64 = 1;
    /// What one air waybill costs.
    pub(crate) const AIR_WAYBILL: u64 = 20 * Self::ONE;

    pub(crate) fn of(numbers: Option<u32>) -> Self {
        Self {
            fifths: numbers.map(|numbers| u64::from(numbers) * Self::ONE),
        }
    }

    /// Quota left, in numbers; none for no limit.
    #[expect(
        clippy::cast_precision_loss,
        reason = "quota stays far below the numbers that a float cannot hold"
    )]
    pub(crate) fn left(self) -> Option<f64> {
        self.fifths.map(|fifths| fifths as f64 / Self::ONE as f64)
    }

    /// Pays, or refuses: one code for nothing left, another for too little.
    pub(crate) fn pay(&mut self, fifths: u64) -> Result<(), Refusal> {
        match &mut self.fifths {
            None => Ok(()),
            Some(left) if *left >= fifths => {
                *left -= fifths;
                Ok(())
            }
            Some(0) => Err(Refusal::NO_BALANCE),
            Some(_) => Err(Refusal::QUOTA_TOO_SMALL),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_quota_and_one_that_is_too_small_have_different_codes() {
        let mut quota = Quota::of(Some(1));

        assert_eq!(quota.pay(Quota::FIFTH), Ok(()));
        assert_eq!(quota.left(), Some(0.8));
        assert_eq!(quota.pay(Quota::ONE), Err(Refusal::QUOTA_TOO_SMALL));
        assert_eq!(quota.pay(4), Ok(()));
        assert_eq!(quota.pay(Quota::ONE), Err(Refusal::NO_BALANCE));
        assert_eq!(Quota::default().pay(Quota::AIR_WAYBILL), Ok(()));
    }
}
