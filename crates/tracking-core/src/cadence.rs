//! `Cadence`: when to look at a shipment again.

use std::time::Duration;

use crate::{Shipment, Status, UtcTime};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// When to look at a shipment again: often where news is near, seldom where nothing happens, and not
/// at all when the journey is over.
///
/// The default is for a program without webhooks. Each figure can be replaced:
///
/// ```
/// use std::time::Duration;
/// use tracking_core::UtcTime;
/// use tracking_core::cadence::{Cadence, Followed};
///
/// let mut cadence = Cadence::default();
/// cadence.at_least = Duration::from_secs(2 * 60 * 60);
///
/// let now = UtcTime::now();
/// let next = cadence.next_look(&Followed::new("ship24 1Z999", now, now));
/// assert!(next > now.checked_add(Duration::from_secs(60 * 60)));
/// ```
///
/// Where a figure is a list of [steps](Step), the last one counts that the time without news has
/// reached. Waits are 10 % longer or shorter, by the [key](Followed::key) of the shipment, so that
/// thousands that were added at once are not looked at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cadence {
    /// Not found, pending, or nothing to show, by the time since it is followed: every hour, after 3
    /// days every 6 hours, after 14 days once a day.
    pub not_found: [Step; 3],
    /// From when on a shipment that was never found rests: 45 days.
    pub not_found_rests: Duration,
    /// Announced: every 4 hours, after 7 days every 12 hours.
    pub info_received: [Step; 2],
    /// Picked up, in transit, and any status without a figure of its own: every 3 hours, after 3 days
    /// every 8 hours, after 10 days once a day.
    pub in_transit: [Step; 3],
    /// Out for delivery, and a failed attempt: 30 minutes.
    pub out_for_delivery: Duration,
    /// The same at night: 2 hours. Where the zone of the newest event is not known, it is never night.
    pub out_for_delivery_at_night: Duration,
    /// The hours of the night, local time: from 21 until before 6.
    pub night: (u8, u8),
    /// Waits for the recipient: 4 hours.
    pub available_for_pickup: Duration,
    /// An exception: 2 hours.
    pub exception: Duration,
    /// On the way back: 8 hours.
    pub returning: Duration,
    /// When a shipment is looked at whose journey is over, or which the provider gave up, counted from its
    /// last news: after 24 hours and 7 days, since couriers correct themselves. Then it rests.
    pub late_looks: [Duration; 2],
    /// After a look that failed: 1 minute, and twice as long for each further failure.
    pub failed: Duration,
    /// The longest wait after failures: 60 minutes.
    pub failed_longest: Duration,
    /// The shortest wait of all: none.
    pub at_least: Duration,
}

/// From some time without news on, how often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// From this time without news on.
    pub from: Duration,
    /// The wait from one look to the next.
    pub every: Duration,
}

impl Step {
    /// Creates a step.
    #[must_use]
    pub const fn new(from: Duration, every: Duration) -> Self {
        Self { from, every }
    }
}

/// What is known of a shipment that is looked at again and again.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Followed<'a> {
    /// Identifies the shipment, and gives it its own small difference of waits; such as provider and
    /// number.
    pub key: &'a str,
    /// Since when it is followed.
    pub since: UtcTime,
    /// When it was last looked at, successfully or not.
    pub looked_at: UtcTime,
    /// The shipment; `None` while the provider does not know it.
    pub shipment: Option<&'a Shipment>,
    /// When a look or a message last brought a change, if one did.
    pub news_at: Option<UtcTime>,
    /// How many looks failed in a row, up to the last one.
    pub failures: u32,
    /// Not before this time, because the provider asked for it:
    /// [`Error::retry_after`](crate::Error::retry_after), or `retry_at` of
    /// [`Outcome::NotYet`](crate::Outcome::NotYet).
    pub not_before: Option<UtcTime>,
}

impl<'a> Followed<'a> {
    /// Creates what is known of a shipment that the provider does not know, without failures.
    #[must_use]
    pub const fn new(key: &'a str, since: UtcTime, looked_at: UtcTime) -> Self {
        Self {
            key,
            since,
            looked_at,
            shipment: None,
            news_at: None,
            failures: 0,
            not_before: None,
        }
    }

    /// Since when there is no news: the newest event or the last change, whichever is later; else the
    /// time at which the provider changed its data, else the begin. Never after the last look.
    fn news(&self) -> UtcTime {
        let of_event = |it: &Shipment| it.last_event()?.time.as_ref()?.latest_instant();
        let of_data = |it: &Shipment| it.freshness.provider_updated_at;
        let event = self.shipment.and_then(of_event);
        let news = event
            .max(self.news_at)
            .or_else(|| self.shipment.and_then(of_data))
            .unwrap_or(self.since);
        news.min(self.looked_at)
    }

    fn age(&self, of: UtcTime) -> Duration {
        self.looked_at.since(of).unwrap_or_default()
    }
}

impl Cadence {
    /// Returns when to look again, or `None` for a shipment that rests.
    ///
    /// It is later than the last look and not before [`Followed::not_before`]. It depends on nothing but
    /// its arguments, so it can be computed again.
    #[must_use]
    pub fn next_look(&self, followed: &Followed<'_>) -> Option<UtcTime> {
        let next = match self.wait(followed) {
            Wait::Rest => return None,
            Wait::For(wait) => {
                let wait = jittered(followed.key, wait);
                followed
                    .looked_at
                    .checked_add(wait.max(Duration::from_secs(1)))?
            }
            Wait::Until(time) => time,
        };
        let earliest = followed.looked_at.checked_add(self.at_least)?;
        Some(next.max(earliest).max(followed.not_before.unwrap_or(next)))
    }

    fn wait(&self, followed: &Followed<'_>) -> Wait {
        if let Some(doublings) = followed.failures.checked_sub(1) {
            let factor = 2_u32.saturating_pow(doublings);
            return Wait::For(self.failed.saturating_mul(factor).min(self.failed_longest));
        }
        let Some(shipment) = followed.shipment.filter(|it| !it.is_unheard_of()) else {
            let age = followed.age(followed.since);
            return if age >= self.not_found_rests {
                Wait::Rest
            } else {
                Wait::For(every(&self.not_found, age))
            };
        };
        if !shipment.should_poll() {
            return self.late_look(followed);
        }
        let age = followed.age(followed.news());
        Wait::For(match &shipment.status.status {
            Status::InfoReceived => every(&self.info_received, age),
            Status::OutForDelivery | Status::AttemptFailed => {
                if self.is_night(shipment, followed.looked_at) {
                    self.out_for_delivery_at_night
                } else {
                    self.out_for_delivery
                }
            }
            Status::AvailableForPickup => self.available_for_pickup,
            Status::Exception => self.exception,
            Status::Returning => self.returning,
            _ => every(&self.in_transit, age),
        })
    }

    /// The first of the late looks that was not made yet.
    fn late_look(&self, followed: &Followed<'_>) -> Wait {
        let news = followed.news();
        let due = |after: &Duration| news.checked_add(jittered(followed.key, *after));
        let mut looks = self.late_looks.iter().filter_map(due);
        match looks.find(|due| *due > followed.looked_at) {
            Some(due) => Wait::Until(due),
            None => Wait::Rest,
        }
    }

    fn is_night(&self, shipment: &Shipment, now: UtcTime) -> bool {
        let last = shipment.last_event().and_then(|event| event.time.as_ref());
        let Some(offset) = last.and_then(crate::Timestamp::offset_seconds) else {
            return false;
        };
        let local = now.as_unix_seconds().saturating_add(offset);
        let hour = local.rem_euclid(24 * 3600) / 3600;
        let (begin, end) = (i64::from(self.night.0), i64::from(self.night.1));
        if begin <= end {
            (begin..end).contains(&hour)
        } else {
            hour >= begin || hour < end
        }
    }
}

enum Wait {
    Rest,
    For(Duration),
    Until(UtcTime),
}

/// The last step that the age has reached; the first one where it has reached none.
fn every(steps: &[Step], age: Duration) -> Duration {
    let reached = steps.iter().rev().find(|step| step.from <= age);
    reached.or(steps.first()).map_or(DAY, |step| step.every)
}

/// A duration 10 % longer or shorter, always by as much for one key.
fn jittered(key: &str, wait: Duration) -> Duration {
    // FNV-1a, which is the same in all processes and versions, and a last step that mixes its bits.
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let permille = 900 + u32::try_from((hash ^ (hash >> 32)) % 201).unwrap_or_default();
    (wait / 1000).saturating_mul(permille)
}

impl Default for Cadence {
    fn default() -> Self {
        Self {
            not_found: [
                Step::new(Duration::ZERO, HOUR),
                Step::new(DAY * 3, HOUR * 6),
                Step::new(DAY * 14, DAY),
            ],
            not_found_rests: DAY * 45,
            info_received: [
                Step::new(Duration::ZERO, HOUR * 4),
                Step::new(DAY * 7, HOUR * 12),
            ],
            in_transit: [
                Step::new(Duration::ZERO, HOUR * 3),
                Step::new(DAY * 3, HOUR * 8),
                Step::new(DAY * 10, DAY),
            ],
            out_for_delivery: MINUTE * 30,
            out_for_delivery_at_night: HOUR * 2,
            night: (21, 6),
            available_for_pickup: HOUR * 4,
            exception: HOUR * 2,
            returning: HOUR * 8,
            late_looks: [DAY, DAY * 7],
            failed: MINUTE,
            failed_longest: HOUR,
            at_least: Duration::ZERO,
        }
    }
}
