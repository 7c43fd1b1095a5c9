//! `AccountRules`: how much may be looked up of an account, and when. No clock, no database.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::Duration;

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use tracking_core::UtcTime;

/// How much may be looked up of one account, and when.
///
/// The default is no limit besides those of the provider.
///
/// ```
/// use tracking_follow::AccountRules;
///
/// # fn main() -> Result<(), tracking_follow::RuleError> {
/// let rules = AccountRules::default()
///     .with_looks_per_day(20_000)
///     .with_quiet_hours("22:00-06:30")?
///     .with_time_zone("Europe/Berlin")?;
/// # let _ = rules;
/// # Ok(())
/// # }
/// ```
///
/// A quota is handed out evenly, that of a day by the hour and that of a month by the day, and what is left over is
/// added to the next part. So parcels are looked at all day long, and not all of them after midnight. When it is used
/// up, parcels stay due, and those that are due for longest are looked at first as soon as there is more.
///
/// In quiet hours nothing is looked at. Whatever would be due then is due after their end, within an hour, each
/// parcel at a time of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRules {
    per_day: Option<u64>,
    per_month: Option<u64>,
    quiet: Option<(Time, Time)>,
    zone: TimeZone,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self {
            per_day: None,
            per_month: None,
            quiet: None,
            zone: TimeZone::UTC,
        }
    }
}

/// A rule of an account that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError(String);

impl fmt::Display for RuleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for RuleError {}

/// After quiet hours parcels come due within this time.
const AFTER_QUIET: Duration = Duration::from_secs(60 * 60);

impl AccountRules {
    /// Sets how many parcels may be looked up a day, from midnight to midnight.
    ///
    /// Each parcel counts, also when a provider's call has several. It counts when a worker takes it, so that a
    /// worker that dies makes the number too high and never too low.
    #[must_use]
    pub const fn with_looks_per_day(mut self, looks: u64) -> Self {
        self.per_day = Some(looks);
        self
    }

    /// Sets how many parcels may be looked up in a month of the calendar; see [`AccountRules::with_looks_per_day`].
    #[must_use]
    pub const fn with_looks_per_month(mut self, looks: u64) -> Self {
        self.per_month = Some(looks);
        self
    }

    /// Sets the time of day at which nothing is looked up, such as `22:00-06:30`. Its end is not part of it.
    ///
    /// # Errors
    ///
    /// If it is not two different times of day with `-` between them.
    pub fn with_quiet_hours(mut self, hours: &str) -> Result<Self, RuleError> {
        let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
        let times = hours.split_once('-');
        let times = times.and_then(|(begin, end)| Some((time(begin)?, time(end)?)));
        let times = times.filter(|(begin, end)| begin != end).ok_or_else(|| {
            RuleError("quiet hours are two times of day, such as \"22:00-06:30\"".to_owned())
        })?;
        self.quiet = Some(times);
        Ok(self)
    }

    /// Sets the zone of quiet hours and of the begin of a day and a month, by its name in the time zone database;
    /// `UTC` unless set.
    ///
    /// # Errors
    ///
    /// If there is no such zone.
    pub fn with_time_zone(mut self, name: &str) -> Result<Self, RuleError> {
        self.zone = TimeZone::get(name.trim()).map_err(|_| {
            RuleError(
                "there is no such time zone; use a name such as \"Europe/Berlin\" or \"UTC\""
                    .to_owned(),
            )
        })?;
        Ok(self)
    }

    /// Returns true if something is counted.
    pub(crate) const fn has_quota(&self) -> bool {
        self.per_day.is_some() || self.per_month.is_some()
    }

    /// How many looks are allowed a day and a month.
    pub(crate) const fn quotas(&self) -> (Option<u64>, Option<u64>) {
        (self.per_day, self.per_month)
    }

    /// The same quiet hours.
    pub(crate) fn without_quotas(&self) -> Self {
        Self {
            per_day: None,
            per_month: None,
            ..self.clone()
        }
    }

    /// Returns true if nothing is limited.
    pub(crate) const fn is_empty(&self) -> bool {
        !self.has_quota() && self.quiet.is_none()
    }

    /// The begin of the day and of the month.
    pub(crate) fn periods(&self, now: UtcTime) -> Option<Periods> {
        let now = self.local(now)?;
        let begin = |zoned: Result<Zoned, jiff::Error>| utc(zoned.ok()?.timestamp());
        Some(Periods {
            day: begin(now.start_of_day())?,
            month: begin(now.first_of_month().and_then(|first| first.start_of_day()))?,
        })
    }

    /// How many parcels may be looked up now, when so many were in this day and month.
    pub(crate) fn allowance(&self, now: UtcTime, used: Used) -> Allowance {
        if let Some(until) = self.quiet_until(now) {
            return Allowance::None {
                until,
                reason: "it is a quiet hour",
            };
        }
        let Some(local) = self.local(now).filter(|_| self.has_quota()) else {
            return Allowance::Unlimited;
        };
        let day = self.per_day.map(|quota| {
            let part = Parts::of_day(&local);
            (part, quota, used.day, "the quota of looks a day is used up")
        });
        let month = self.per_month.map(|quota| {
            let part = Parts::of_month(&local);
            (
                part,
                quota,
                used.month,
                "the quota of looks a month is used up",
            )
        });
        let mut allowance = Allowance::Unlimited;
        for (parts, quota, used, reason) in day.into_iter().chain(month) {
            let Some(parts) = parts else { continue };
            allowance = allowance.and(parts.allowance(quota, used, now, reason));
        }
        allowance
    }

    /// The time itself, or one after the quiet hours that it is in, other for each parcel.
    pub(crate) fn not_quiet(&self, time: UtcTime, key: &str) -> UtcTime {
        let Some(end) = self.quiet_until(time) else {
            return time;
        };
        end.checked_add(spread(key, AFTER_QUIET)).unwrap_or(end)
    }

    /// The end of the quiet hours that the time is in.
    fn quiet_until(&self, time: UtcTime) -> Option<UtcTime> {
        let (begin, end) = self.quiet?;
        let local = self.local(time)?;
        let (date, of_day) = (local.date(), local.time());
        let ends_on = if begin < end {
            (begin <= of_day && of_day < end).then_some(date)
        } else if of_day >= begin {
            date.tomorrow().ok()
        } else {
            (of_day < end).then_some(date)
        }?;
        let end = DateTime::from_parts(ends_on, end);
        let end = utc(end.to_zoned(self.zone.clone()).ok()?.timestamp())?;
        // In the hour that a clock is set back, the end may have been an hour ago.
        (end > time).then_some(end)
    }

    fn local(&self, time: UtcTime) -> Option<Zoned> {
        let timestamp = Timestamp::try_from(std::time::SystemTime::from(time)).ok()?;
        Some(timestamp.to_zoned(self.zone.clone()))
    }
}

/// A duration shorter than `within`, always the same for one key.
fn spread(key: &str, within: Duration) -> Duration {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let permille = u32::try_from(hasher.finish() % 1000).unwrap_or_default();
    within / 1000 * permille
}

fn utc(time: Timestamp) -> Option<UtcTime> {
    UtcTime::from_unix_seconds(time.as_second())
}

/// When the day and the month began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Periods {
    pub(crate) day: UtcTime,
    pub(crate) month: UtcTime,
}

/// How many looks were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) day: u64,
    pub(crate) month: u64,
}

/// How many parcels may be looked up now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowance {
    Unlimited,
    Looks(u64),
    None {
        until: UtcTime,
        reason: &'static str,
    },
}

impl Allowance {
    /// What both allow.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None { until, .. }, Self::None { until: later, .. }) if until < later => other,
            (none @ Self::None { .. }, _) | (_, none @ Self::None { .. }) => none,
            (Self::Looks(looks), Self::Looks(others)) => Self::Looks(looks.min(others)),
            (looks @ Self::Looks(_), Self::Unlimited) => looks,
            (Self::Unlimited, other) => other,
        }
    }
}

/// A period in equal parts, each with its share of the quota.
#[derive(Clone, Copy, Debug)]
struct Parts {
    begin: UtcTime,
    length: Duration,
    count: u32,
}

impl Parts {
    fn of_day(now: &Zoned) -> Option<Self> {
        let begin = now.start_of_day().ok()?;
        let end = now.tomorrow().and_then(|day| day.start_of_day()).ok()?;
        Self::between(&begin, &end, 24)
    }

    fn of_month(now: &Zoned) -> Option<Self> {
        let begin = now
            .first_of_month()
            .and_then(|day| day.start_of_day())
            .ok()?;
        let end = now.last_of_month().and_then(|day| day.tomorrow());
        let end = end.and_then(|day| day.start_of_day()).ok()?;
        Self::between(&begin, &end, u32::try_from(now.days_in_month()).ok()?)
    }

    fn between(begin: &Zoned, end: &Zoned, count: u32) -> Option<Self> {
        let length: SignedDuration = begin.duration_until(end);
        Some(Self {
            begin: utc(begin.timestamp())?,
            length: length.unsigned_abs(),
            count: count.max(1),
        })
    }

    fn allowance(self, quota: u64, used: u64, now: UtcTime, reason: &'static str) -> Allowance {
        // Rounded up, so that a small quota begins at once.
        let until_part = |part: u32| {
            let share = u128::from(quota) * u128::from(part);
            u64::try_from(share.div_ceil(u128::from(self.count))).unwrap_or(u64::MAX)
        };
        let part = self.length / self.count;
        let passed = now.since(self.begin).unwrap_or_default();
        let passed = passed.as_micros() / part.as_micros().max(1);
        let passed = u32::try_from(passed)
            .unwrap_or(u32::MAX)
            .min(self.count - 1);
        let left = until_part(passed + 1).saturating_sub(used);
        if left > 0 {
            return Allowance::Looks(left);
        }
        let next = (passed + 1..self.count).find(|part| until_part(part + 1) > used);
        let next = part.saturating_mul(next.unwrap_or(self.count));
        match self.begin.checked_add(next) {
            Some(until) => Allowance::None { until, reason },
            None => Allowance::Looks(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> UtcTime {
        time.parse().unwrap()
    }

    fn used(day: u64, month: u64) -> Used {
        Used { day, month }
    }

    #[test]
    fn quota_of_a_day_is_handed_out_by_the_hour() {
        let rules = AccountRules::default().with_looks_per_day(48);
        for (time, used_today, expected) in [
            ("2026-03-02T00:00:00Z", 0, Ok(2)),
            ("2026-03-02T00:59:59Z", 1, Ok(1)),
            ("2026-03-02T00:59:59Z", 2, Err("2026-03-02T01:00:00Z")),
            ("2026-03-02T01:00:00Z", 2, Ok(2)),
            ("2026-03-02T05:10:00Z", 0, Ok(12)),
            // As another worker with another quota left it.
            ("2026-03-02T05:10:00Z", 21, Err("2026-03-02T10:00:00Z")),
            ("2026-03-02T23:59:59Z", 48, Err("2026-03-03T00:00:00Z")),
            ("2026-03-02T10:00:00Z", 1000, Err("2026-03-03T00:00:00Z")),
        ] {
            let allowance = rules.allowance(at(time), used(used_today, 0));

            let expected = match expected {
                Ok(looks) => Allowance::Looks(looks),
                Err(until) => Allowance::None {
                    until: at(until),
                    reason: "the quota of looks a day is used up",
                },
            };
            assert_eq!(allowance, expected, "{time} {used_today}");
        }
    }

    #[test]
    fn quota_of_a_month_is_handed_out_by_the_day() {
        let rules = AccountRules::default().with_looks_per_month(310);
        for (time, used_in_month, expected) in [
            ("2026-03-01T12:00:00Z", 0, Ok(10)),
            ("2026-03-31T12:00:00Z", 5, Ok(305)),
            ("2026-03-02T12:00:00Z", 20, Err("2026-03-03T00:00:00Z")),
            ("2026-03-02T12:00:00Z", 310, Err("2026-04-01T00:00:00Z")),
        ] {
            match (rules.allowance(at(time), used(0, used_in_month)), expected) {
                (Allowance::Looks(looks), Ok(expected)) => assert_eq!(looks, expected, "{time}"),
                (Allowance::None { until, .. }, Err(expected)) => assert_eq!(until, at(expected)),
                (other, _) => panic!("{time}: {other:?}"),
            }
        }
    }

    #[test]
    fn tighter_quota_counts() {
        let rules = AccountRules::default()
            .with_looks_per_day(24)
            .with_looks_per_month(3100);
        let noon = at("2026-03-01T12:30:00Z");

        assert_eq!(rules.allowance(noon, used(3, 3)), Allowance::Looks(10));
        assert_eq!(rules.allowance(noon, used(3, 95)), Allowance::Looks(5));
        let Allowance::None { until, .. } = rules.allowance(noon, used(13, 100)) else {
            panic!("nothing is left");
        };
        assert_eq!(until, at("2026-03-02T00:00:00Z"), "the later of both");
    }

    #[test]
    fn no_quota_allows_nothing_but_what_it_has() {
        let none = AccountRules::default().with_looks_per_day(0);
        let Allowance::None { until, .. } = none.allowance(at("2026-03-01T12:30:00Z"), used(0, 0))
        else {
            panic!("it has none");
        };

        assert_eq!(until, at("2026-03-02T00:00:00Z"));
        let free = AccountRules::default();
        assert_eq!(free.allowance(until, used(9, 9)), Allowance::Unlimited);
        assert!(free.is_empty() && !none.is_empty());
    }

    #[test]
    fn day_begins_at_midnight_of_the_zone() {
        let rules = AccountRules::default()
            .with_time_zone("Europe/Berlin")
            .unwrap();

        let winter = rules.periods(at("2026-03-01T23:30:00Z")).unwrap();
        let summer = rules.periods(at("2026-07-31T22:30:00Z")).unwrap();

        assert_eq!(winter.day, at("2026-03-01T23:00:00Z"));
        assert_eq!(winter.month, at("2026-02-28T23:00:00Z"));
        assert_eq!(summer.day, at("2026-07-31T22:00:00Z"));
        assert_eq!(summer.month, summer.day);
    }

    #[test]
    fn quiet_hours_end_at_their_local_time() {
        let berlin = |hours| {
            let rules = AccountRules::default().with_quiet_hours(hours).unwrap();
            rules.with_time_zone("Europe/Berlin").unwrap()
        };
        for (hours, time, end) in [
            ("22:00-06:30", "2026-03-01T20:59:59Z", None),
            (
                "22:00-06:30",
                "2026-03-01T21:00:00Z",
                Some("2026-03-02T05:30:00Z"),
            ),
            (
                "22:00-06:30",
                "2026-03-02T05:29:59Z",
                Some("2026-03-02T05:30:00Z"),
            ),
            ("22:00-06:30", "2026-03-02T05:30:00Z", None),
            // The night in which the clock is set forward.
            (
                "22:00-06:30",
                "2026-03-28T21:00:00Z",
                Some("2026-03-29T04:30:00Z"),
            ),
            (
                "12:00-13:00",
                "2026-07-01T10:30:00Z",
                Some("2026-07-01T11:00:00Z"),
            ),
            ("12:00-13:00", "2026-07-01T11:00:00Z", None),
        ] {
            assert_eq!(berlin(hours).quiet_until(at(time)), end.map(at), "{time}");
        }
    }

    #[test]
    fn quiet_hours_always_end_later() {
        // Also in the hours in which a clock is set back or forward.
        let rules = AccountRules::default()
            .with_quiet_hours("02:15-02:45")
            .unwrap();
        let rules = rules.with_time_zone("Europe/Berlin").unwrap();
        for begin in ["2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z"] {
            for minute in 0..300 {
                let time = at(begin)
                    .checked_add(Duration::from_secs(60 * minute))
                    .unwrap();
                assert!(
                    rules.quiet_until(time).is_none_or(|end| end > time),
                    "{time}"
                );
            }
        }
    }

    #[test]
    fn parcels_are_spread_after_quiet_hours() {
        let rules = AccountRules::default()
            .with_quiet_hours("22:00-06:00")
            .unwrap();
        let (noon, night) = (at("2026-03-01T12:00:00Z"), at("2026-03-01T23:00:00Z"));
        let end = at("2026-03-02T06:00:00Z");
        let mut times: Vec<u64> = (0..1000)
            .map(|it| rules.not_quiet(night, &format!("ship24 {it}")))
            .map(|time| time.since(end).unwrap().as_secs())
            .collect();
        times.sort_unstable();

        assert!(times[0] < 60 && times[999] < 3600 && times[999] > 3500);
        times.dedup();
        assert!(times.len() > 500, "{}", times.len());
        assert_eq!(rules.not_quiet(noon, "ship24 1"), noon);
    }

    #[test]
    fn unreadable_rules_are_refused() {
        for hours in ["", "22:00", "22-06", "06:00-06:00", "22:00-24:01", "night"] {
            let error = AccountRules::default().with_quiet_hours(hours);
            assert!(error.unwrap_err().to_string().contains("22:00-06:30"));
        }
        let error = AccountRules::default().with_time_zone("Mars/Base");
        assert!(error.unwrap_err().to_string().contains("Europe/Berlin"));
    }
}
