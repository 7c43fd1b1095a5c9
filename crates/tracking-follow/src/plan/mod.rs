//! `Plan`: how fresh parcels will be at an account, and what that takes. No calls, no clock, no database.

mod journey;
mod simulation;

use std::time::Duration;

use serde::Serialize;
use tracking_core::cadence::Cadence;
use tracking_http::{RateClass, TokenBuckets};

use self::simulation::Simulation;
use crate::AccountRules;
use crate::limiter::spacing;

/// Parcels at one account, and what limits their looks: a simulation of a [`Worker`](crate::Worker), in virtual time.
///
/// It uses the real [`Cadence`] and [`AccountRules`]. What it assumes is said in its result's documentation and here:
/// the number of parcels under way stays the same, so that each that is delivered is followed by a new one; they
/// travel as an average parcel does in Europe, most of them for 4 to 8 days, with 6 to 12 events; every lookup succeeds.
/// Of many parcels a sample is simulated, with the limits made smaller in the same measure.
///
/// ```
/// use std::time::Duration;
/// use tracking_follow::Plan;
/// use tracking_http::RateClass;
///
/// let ten_per_second = RateClass::new("lookup", 10, Duration::from_secs(1));
/// let forecast = Plan::new(10_000).with_days(3).with_rate(ten_per_second).forecast();
///
/// assert!(forecast.age.median < Duration::from_secs(6 * 3600));
/// assert_eq!(forecast.limits[0].limit, "rate");
/// assert!(forecast.limits[0].used < 0.5);
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    parcels: u64,
    days: u32,
    webhooks: f64,
    cadence: Cadence,
    rules: AccountRules,
    rate: Option<RateClass>,
    batch: usize,
    seed: u64,
}

/// What a [`Plan`] comes to, once it has run in.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Forecast {
    /// The parcels under way.
    pub parcels: u64,
    /// How many parcels are looked at a day, with the late looks at delivered ones.
    pub looks_per_day: u64,
    /// How many the cadence asks for, without rate and quotas. Quiet hours are kept.
    pub wanted_looks_per_day: u64,
    /// How many calls a day that takes: a worker takes what is due each second, and a call has a batch at most.
    pub calls_per_day: u64,
    /// How long ago a parcel under way was last looked at, at any time.
    pub age: Percentiles,
    /// From an event to the look that finds it.
    pub delay: Percentiles,
    /// Each limit and how much of it is used, the one first that binds first.
    pub limits: Vec<LimitUse>,
}

/// Half of the values are at most the median, and 95 of 100 at most `p95`; in seconds as JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Percentiles {
    /// The middle.
    #[serde(serialize_with = "seconds")]
    pub median: Duration,
    /// 95 of 100.
    #[serde(serialize_with = "seconds")]
    pub p95: Duration,
}

/// A limit, and how much of it the cadence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LimitUse {
    /// `rate`, `looks_per_day` or `looks_per_month`.
    pub limit: &'static str,
    /// 1 is all of it; above 1, parcels wait.
    pub used: f64,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(duration.as_secs())
}

const DAY: f64 = 24.0 * 3600.0;

impl Plan {
    /// Plans so many parcels under way for a week, without webhooks and limits.
    ///
    /// Up to 100 million are meaningful: beyond, a simulated parcel represents more parcels than a limit allows in a step.
    #[must_use]
    pub fn new(parcels: u64) -> Self {
        Self {
            parcels,
            days: 7,
            webhooks: 0.0,
            cadence: Cadence::default(),
            rules: AccountRules::default(),
            rate: None,
            batch: 1,
            seed: 1,
        }
    }

    /// Sets how many days are looked at, after it has run in; 0 counts as 1, and 366 is the most.
    #[must_use]
    pub fn with_days(mut self, days: u32) -> Self {
        self.days = days.clamp(1, 366);
        self
    }

    /// Sets the share of the events that a webhook announces, from 0 to 1: then the parcel is due at once.
    #[must_use]
    pub fn with_webhooks(mut self, share: f64) -> Self {
        self.webhooks = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        self
    }

    /// Sets the cadence.
    #[must_use]
    pub fn with_cadence(mut self, cadence: Cadence) -> Self {
        self.cadence = cadence;
        self
    }

    /// Sets quotas and quiet hours.
    #[must_use]
    pub fn with_rules(mut self, rules: AccountRules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how many calls the provider allows, such as the rate of the operation that looks parcels up.
    #[must_use]
    pub fn with_rate(mut self, rate: RateClass) -> Self {
        self.rate = Some(rate).filter(|rate| rate.requests > 0);
        self
    }

    /// Sets how many parcels one call has at most; 1 unless set.
    #[must_use]
    pub fn with_batch(mut self, parcels: usize) -> Self {
        self.batch = parcels.max(1);
        self
    }

    /// Sets what the journeys are drawn with; the same seed has the same result.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The shortest time from one call to the next, as a [`StoreLimiter`](crate::StoreLimiter) spaces them.
    fn call_spacing(&self) -> Option<Duration> {
        Some(spacing(&self.rate?, TokenBuckets::USUAL_SLACK))
    }

    /// Simulates it.
    #[must_use]
    pub fn forecast(&self) -> Forecast {
        let limited = Simulation::of(self, self.rules.clone(), self.call_spacing()).run();
        let no_limits = || Simulation::of(self, self.rules.without_quotas(), None).run();
        let is_limited = self.rules.has_quota() || self.rate.is_some();
        let wanted = if is_limited {
            no_limits().looks_per_day
        } else {
            limited.looks_per_day
        };
        let batch = self.batch as f64;
        // What comes due in a second, or until the next call is allowed, is one call; a full one has a batch.
        let apart = self
            .call_spacing()
            .unwrap_or_default()
            .as_secs_f64()
            .max(1.0);
        let calls = |looks: f64| looks / (looks / DAY * apart).clamp(1.0, batch);
        let mut limits = Vec::new();
        if let Some(spacing) = self.call_spacing() {
            let most = DAY / spacing.as_secs_f64() * batch;
            limits.push(LimitUse {
                limit: "rate",
                used: wanted / most,
            });
        }
        let (day, month) = self.rules.quotas();
        let quotas = [
            ("looks_per_day", day, 1.0),
            ("looks_per_month", month, 365.0 / 12.0),
        ];
        for (limit, quota, days) in quotas {
            limits.extend(quota.map(|quota| LimitUse {
                limit,
                used: wanted * days / (quota as f64).max(f64::MIN_POSITIVE),
            }));
        }
        limits.sort_by(|left, right| right.used.total_cmp(&left.used));
        Forecast {
            parcels: self.parcels,
            looks_per_day: limited.looks_per_day.round() as u64,
            wanted_looks_per_day: wanted.round() as u64,
            calls_per_day: calls(limited.looks_per_day).ceil() as u64,
            age: limited.age,
            delay: limited.delay,
            limits,
        }
    }
}

#[cfg(test)]
mod tests;
