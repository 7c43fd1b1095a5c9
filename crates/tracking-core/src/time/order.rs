//! The order of times, as far as their zones allow one.

use std::cmp::Ordering;

use super::parse::{self, WallTime};
use super::{Timestamp, UtcTime};

impl Timestamp {
    /// Compares two times where that is sound whatever the place: two instants.
    ///
    /// `None` for anything else; in particular wall clocks without a zone are never compared.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.instant()?.cmp(&other.instant()?))
    }

    /// Compares two times of one leg, where wall clocks may be compared as well.
    ///
    /// Two clocks without a zone are compared as they read, to the minute if one of them shows no
    /// seconds. Two dates, or a date and a clock without a zone, are compared by day; within the
    /// same day a date and a clock have no order. A time without a zone and an instant have one
    /// only if it holds in every zone of the earth.
    #[must_use]
    pub fn compare_within_leg(&self, other: &Self) -> Option<Ordering> {
        if let Some(order) = self.compare(other) {
            return Some(order);
        }
        if self.instant().is_some() || other.instant().is_some() {
            return self.compare_in_every_zone(other);
        }
        let by_date = self.date()?.cmp(&other.date()?);
        match (self.wall(), other.wall()) {
            (Some(left), Some(right)) => Some(by_date.then(compare_clocks(left, right))),
            (None, None) => Some(by_date),
            _ => Some(by_date).filter(|order| order.is_ne()),
        }
    }

    /// Returns the latest instant that the text can mean, in any zone of the earth.
    pub(crate) fn latest_instant(&self) -> Option<UtcTime> {
        self.possible_instants().map(|(_, latest)| latest)
    }

    /// Returns a key that puts times in an order where one has to be chosen: the instant, or the
    /// wall clock as if it were UTC. It is good for sorting and proves nothing.
    pub(crate) fn sort_key(&self) -> Option<UtcTime> {
        let wall = match self {
            Self::Exact(_) | Self::ClaimedUtc(_) => return self.instant(),
            Self::LocalNaive(_) => self.wall()?,
            Self::DateOnly(_) => WallTime::FIRST,
            Self::Unparsed(_) => return None,
        };
        parse::instant(self.date()?, wall, 0)
    }

    /// Returns by how many seconds the clock of the place was ahead of UTC, where the text shows it. A `Z`
    /// says nothing about the place.
    pub(crate) fn offset_seconds(&self) -> Option<i64> {
        let Self::Exact(time) = self else {
            return None;
        };
        let is_zulu = self.text().trim_end().ends_with(['Z', 'z']);
        let clock = parse::instant(self.date()?, self.wall()?, 0)?;
        (!is_zulu).then(|| clock.as_unix_seconds() - time.instant().as_unix_seconds())
    }

    fn compare_in_every_zone(&self, other: &Self) -> Option<Ordering> {
        let (earliest, latest) = self.possible_instants()?;
        let (other_earliest, other_latest) = other.possible_instants()?;
        if latest < other_earliest {
            return Some(Ordering::Less);
        }
        (earliest > other_latest).then_some(Ordering::Greater)
    }

    fn possible_instants(&self) -> Option<(UtcTime, UtcTime)> {
        /// The eastern-most offset in use, UTC+14.
        const EAST: i32 = 14 * 3600;
        /// The western-most offset in use, UTC-12.
        const WEST: i32 = -12 * 3600;
        let (first, last) = match self {
            Self::Exact(_) | Self::ClaimedUtc(_) => {
                return self.instant().map(|instant| (instant, instant));
            }
            Self::LocalNaive(_) => {
                let wall = self.wall()?;
                (wall, wall)
            }
            Self::DateOnly(_) => (WallTime::FIRST, WallTime::LAST),
            Self::Unparsed(_) => return None,
        };
        let date = self.date()?;
        Some((
            parse::instant(date, first, EAST)?,
            parse::instant(date, last, WEST)?,
        ))
    }
}

/// Compares two wall clocks of one day, to the precision that both of them have.
fn compare_clocks(left: WallTime, right: WallTime) -> Ordering {
    let by_minute = (left.hour, left.minute).cmp(&(right.hour, right.minute));
    if left.has_seconds && right.has_seconds {
        by_minute.then((left.second, left.nanosecond).cmp(&(right.second, right.nanosecond)))
    } else {
        by_minute
    }
}
