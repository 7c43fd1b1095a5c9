//! `Simulation`: looks at a sample of parcels, in virtual time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use tracking_core::UtcTime;
use tracking_core::cadence::Followed;

use super::journey::{Journey, Lot};
use super::{Percentiles, Plan};
use crate::AccountRules;
use crate::rules::{Allowance, Periods, Used};

/// About how many parcels are simulated at most.
const SAMPLE: u64 = 250;
/// 2026-01-05T00:00:00Z, a Monday.
const BEGIN: i64 = 1_767_571_200;
const DAY: i64 = 24 * 3600;
/// How long it runs in: longer than almost all journeys.
const RUN_IN: i64 = 21 * DAY;
/// From a webhook to the look, in seconds.
const ANNOUNCED: i64 = 60;

/// What came of it, of all parcels.
pub(super) struct Seen {
    pub(super) looks_per_day: f64,
    pub(super) age: Percentiles,
    pub(super) delay: Percentiles,
}

pub(super) struct Simulation<'a> {
    plan: &'a Plan,
    rules: AccountRules,
    /// How many parcels each of the sample is.
    weight: u64,
    /// Seconds from one look of the sample to the next, at least.
    spacing: f64,
    lot: Lot,
    parcels: Vec<Parcel>,
    /// Who is due when, the earliest first.
    due: BinaryHeap<Reverse<(i64, usize)>>,
    counting: Counting,
    end: i64,
}

struct Parcel {
    journey: Journey,
    /// How many of its events are known.
    known: usize,
    looked_at: i64,
    news_at: Option<i64>,
}

/// What is counted after the run-in.
#[derive(Default)]
struct Counting {
    looks: u64,
    /// How old what is known of a parcel under way was, from one look to the next: first and last, in seconds.
    ages: Vec<(i64, i64)>,
    /// From an event to the look that finds it.
    delays: Vec<i64>,
}

impl<'a> Simulation<'a> {
    pub(super) fn of(plan: &'a Plan, rules: AccountRules, call_spacing: Option<Duration>) -> Self {
        let weight = plan.parcels.div_ceil(SAMPLE).max(1);
        let per_call = call_spacing.unwrap_or_default().as_secs_f64();
        let mut simulation = Self {
            plan,
            rules,
            weight,
            spacing: per_call / plan.batch as f64 * weight as f64,
            lot: Lot::new(plan.seed),
            parcels: Vec::new(),
            due: BinaryHeap::new(),
            counting: Counting::default(),
            end: BEGIN + RUN_IN + i64::from(plan.days) * DAY,
        };
        for _ in 0..plan.parcels.div_ceil(weight) {
            let begin = BEGIN + simulation.lot.hours(0.0, 12.0 * 24.0);
            simulation.follow(begin);
        }
        simulation
    }

    /// A new parcel, which is due at once.
    fn follow(&mut self, begin: i64) {
        let journey = Journey::draw(&mut self.lot, begin, self.plan.webhooks);
        self.due.push(Reverse((begin, self.parcels.len())));
        self.parcels.push(Parcel {
            journey,
            known: 0,
            looked_at: begin,
            news_at: None,
        });
    }

    pub(super) fn run(mut self) -> Seen {
        // Until when the rate is used.
        let mut free = BEGIN as f64;
        let mut periods: Option<Periods> = None;
        let mut used = Used::default();
        while let Some(Reverse((due, place))) = self.due.pop() {
            let at = free.max(due as f64);
            let second = at as i64;
            if second >= self.end {
                break;
            }
            let Some(now) = UtcTime::from_unix_seconds(second) else {
                break;
            };
            let current = self.quota_periods(now);
            if current != periods {
                let is_same = |begin: fn(&Periods) -> UtcTime| {
                    current.as_ref().map(begin) == periods.as_ref().map(begin)
                };
                used = Used {
                    day: if is_same(|it| it.day) { used.day } else { 0 },
                    month: if is_same(|it| it.month) {
                        used.month
                    } else {
                        0
                    },
                };
                periods = current;
            }
            if let Allowance::None { until, .. } = self.rules.allowance(now, used) {
                free = until.as_unix_seconds().max(second) as f64 + 1.0;
                self.due.push(Reverse((due, place)));
                continue;
            }
            free = at + self.spacing;
            used.day = used.day.saturating_add(self.weight);
            used.month = used.month.saturating_add(self.weight);
            self.look(place, second, now);
        }
        self.seen()
    }

    fn quota_periods(&self, now: UtcTime) -> Option<Periods> {
        self.rules.periods(now).filter(|_| self.rules.has_quota())
    }

    fn look(&mut self, place: usize, second: i64, now: UtcTime) {
        let is_counted = second >= BEGIN + RUN_IN;
        self.counting.looks += u64::from(is_counted);
        let Some(parcel) = self.parcels.get_mut(place) else {
            return;
        };
        let was_over = parcel.journey.is_over(parcel.known);
        let happened = parcel.journey.happened(second);
        if is_counted && !was_over {
            let age = age_after_run_in(parcel.looked_at, second);
            self.counting.ages.push(age);
            let found = parcel.journey.events.get(parcel.known..happened);
            let delays = found.unwrap_or_default().iter().map(|it| second - it.at);
            self.counting.delays.extend(delays);
        }
        if happened > parcel.known {
            parcel.news_at = Some(second);
        }
        (parcel.known, parcel.looked_at) = (happened, second);
        let key = place.to_string();
        let shipment = parcel.journey.shipment(happened);
        let since = UtcTime::from_unix_seconds(parcel.journey.begin).unwrap_or(now);
        let mut followed = Followed::new(&key, since, now);
        followed.shipment = shipment.as_ref();
        followed.news_at = parcel.news_at.and_then(UtcTime::from_unix_seconds);
        let next = self.plan.cadence.next_look(&followed);
        // Rounded up: a look before its time would be due again in the same second.
        let next = next.map(|next| self.rules.not_quiet(next, &key).as_unix_seconds() + 1);
        let rest = parcel.journey.events.get(happened..).unwrap_or_default();
        let announced = rest.iter().find(|it| it.is_announced);
        let announced = announced.map(|it| it.at + ANNOUNCED);
        let due = [next, announced].into_iter().flatten().min();
        self.due.extend(due.map(|due| Reverse((due, place))));
        if parcel.journey.is_over(happened) && !was_over {
            self.follow(second);
        }
    }

    fn seen(mut self) -> Seen {
        // What is not known at the end counts with its time until then.
        for parcel in &self.parcels {
            if parcel.journey.is_over(parcel.known) {
                continue;
            }
            let age = age_after_run_in(parcel.looked_at, self.end);
            self.counting.ages.push(age);
            let happened = parcel.journey.happened(self.end);
            let unknown = parcel.journey.events.get(parcel.known..happened);
            let delays = unknown
                .unwrap_or_default()
                .iter()
                .map(|it| self.end - it.at);
            self.counting.delays.extend(delays);
        }
        let looks = self.counting.looks.saturating_mul(self.weight);
        Seen {
            looks_per_day: looks as f64 / f64::from(self.plan.days),
            age: ages(&self.counting.ages),
            delay: delays(self.counting.delays),
        }
    }
}

/// The age of what a look found, from the end of the run-in to the next look.
fn age_after_run_in(looked_at: i64, until: i64) -> (i64, i64) {
    let from = (BEGIN + RUN_IN - looked_at).max(0);
    (from, (until - looked_at).max(from))
}

/// Percentiles of ages, each of which grew from its first to its last value.
fn ages(ages: &[(i64, i64)]) -> Percentiles {
    let total: i64 = ages.iter().map(|(from, to)| to - from).sum();
    let oldest = ages.iter().map(|(_, to)| *to).max().unwrap_or_default();
    let percentile = |share: f64| {
        let (mut low, mut high) = (0, oldest);
        while low < high {
            let middle = low + (high - low) / 2;
            let younger = ages.iter().map(|(from, to)| (*to).min(middle) - from);
            let younger: i64 = younger.map(|it| it.max(0)).sum();
            if younger as f64 >= total as f64 * share {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Duration::from_secs(u64::try_from(low).unwrap_or_default())
    };
    Percentiles {
        median: percentile(0.5),
        p95: percentile(0.95),
    }
}

fn delays(mut delays: Vec<i64>) -> Percentiles {
    delays.sort_unstable();
    let percentile = |share: f64| {
        let place = (delays.len() as f64 * share) as usize;
        let seconds = delays.get(place).or(delays.last()).copied();
        Duration::from_secs(u64::try_from(seconds.unwrap_or_default()).unwrap_or_default())
    };
    Percentiles {
        median: percentile(0.5),
        p95: percentile(0.95),
    }
}
