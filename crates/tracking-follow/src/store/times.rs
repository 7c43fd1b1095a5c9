//! `Micros`: a time as both engines store it.

use std::time::Duration;

use tracking_core::UtcTime;

/// Microseconds since 1970 (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Micros(pub(crate) i64);

impl Micros {
    /// A time before 1970 is cut to seconds.
    pub(crate) fn of(time: UtcTime) -> Self {
        let seconds = time.as_unix_seconds();
        let whole = UtcTime::from_unix_seconds(seconds);
        let rest = whole
            .and_then(|whole| time.since(whole))
            .unwrap_or_default();
        Self(
            seconds
                .saturating_mul(1_000_000)
                .saturating_add(rest.subsec_micros().into()),
        )
    }

    /// `None` if it is outside of the years that a [`UtcTime`] may have.
    pub(crate) fn time(self) -> Option<UtcTime> {
        let whole = UtcTime::from_unix_seconds(self.0.div_euclid(1_000_000))?;
        let rest = u64::try_from(self.0.rem_euclid(1_000_000)).unwrap_or_default();
        whole.checked_add(Duration::from_micros(rest))
    }
}

pub(crate) fn micros(wait: Duration) -> i64 {
    i64::try_from(wait.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_kept_to_the_microsecond() {
        for micros in [0, 1, 1_772_442_000_123_456, -1_000_000] {
            let time = Micros(micros).time().unwrap();
            assert_eq!(Micros::of(time), Micros(micros));
        }
        assert_eq!(Micros(i64::MAX).time(), None);
    }
}
