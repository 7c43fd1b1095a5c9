//! Filters by time: what can be sent, and whether the response fits.

use std::time::Duration;

use tracking_core::UtcTime;
use tracking_http::{Error, checks};

use crate::{ListTrackingsQuery, RecordTime, Tracking};

/// How far outside of the filter a result may lie. In which zone the server compares is not
/// documented; a filter that it ignored shows by results that are off by years.
const TOLERANCE: Duration = Duration::from_secs(24 * 60 * 60);

/// An instant, for a filter: `ListTrackingsQuery::new().created_at_after(time)`. It is sent in UTC.
impl From<UtcTime> for RecordTime {
    fn from(time: UtcTime) -> Self {
        Self::from(time.to_string())
    }
}

/// The bounds of a query, read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CreatedAt {
    not_before: Option<UtcTime>,
    not_after: Option<UtcTime>,
}

impl CreatedAt {
    /// Reads the bounds of a query.
    ///
    /// # Errors
    ///
    /// Names the first filter that is no date-time with an offset. The server would read a time
    /// without one in its own zone, and ignore what it cannot read: the whole list would come.
    pub(crate) fn of(query: &ListTrackingsQuery) -> Result<Self, Error> {
        let read = |name, time: &Option<RecordTime>| {
            let time = time.as_ref();
            time.map(|time| checks::instant(name, time.as_str()))
                .transpose()
        };
        let after = read("createdAt[after]", &query.created_at_after)?;
        let strictly_after = read(
            "createdAt[strictly_after]",
            &query.created_at_strictly_after,
        )?;
        let before = read("createdAt[before]", &query.created_at_before)?;
        let strictly_before = read(
            "createdAt[strictly_before]",
            &query.created_at_strictly_before,
        )?;
        Ok(Self {
            not_before: after.max(strictly_after),
            not_after: before.into_iter().chain(strictly_before).min(),
        })
    }

    /// Finds out a filter that the server ignored.
    ///
    /// # Errors
    ///
    /// When a tracking lies clearly outside of the bounds.
    pub(crate) fn check<'a>(
        self,
        trackings: impl IntoIterator<Item = &'a Tracking>,
    ) -> Result<(), Error> {
        let earliest = self.not_before.and_then(|time| time.checked_sub(TOLERANCE));
        let latest = self.not_after.and_then(|time| time.checked_add(TOLERANCE));
        let strays = |tracking: &Tracking| {
            let created = tracking.created_at.as_ref()?.timestamp().instant()?;
            let strays = earliest.is_some_and(|bound| created < bound)
                || latest.is_some_and(|bound| created > bound);
            Some(strays)
        };
        if trackings
            .into_iter()
            .any(|tracking| strays(tracking) == Some(true))
        {
            return Err(Error::decode(
                "hydra:member",
                "the list holds trackings that the `createdAt` filter leaves out, so the server has ignored it",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str) -> Result<CreatedAt, Error> {
        CreatedAt::of(&ListTrackingsQuery::new().created_at_after(text))
    }

    fn tracking(created_at: &str) -> Tracking {
        Tracking {
            created_at: Some(created_at.into()),
            ..Tracking::default()
        }
    }

    #[test]
    fn instant_passes() {
        let now = UtcTime::now();

        assert!(CreatedAt::of(&ListTrackingsQuery::new().created_at_before(now)).is_ok());
    }

    #[test]
    fn times_without_offset_are_refused_by_name_of_filter() {
        let text = "2026-03-02T18:00:00";
        let query = ListTrackingsQuery::new;
        for (name, query) in [
            ("createdAt[after]", query().created_at_after(text)),
            (
                "createdAt[strictly_after]",
                query().created_at_strictly_after(text),
            ),
            ("createdAt[before]", query().created_at_before(text)),
            (
                "createdAt[strictly_before]",
                query().created_at_strictly_before(text),
            ),
        ] {
            let error = CreatedAt::of(&query).unwrap_err();

            assert_eq!(error.parameter(), Some(name));
        }
    }

    #[test]
    fn ignored_filter_is_detected_and_difference_of_zones_is_not() {
        let bounds = after("2026-03-02T18:00:00+01:00").unwrap();

        assert!(
            bounds
                .check(&[tracking("2026-03-02T16:00:00+01:00")])
                .is_ok()
        );
        assert!(bounds.check(&[tracking("2026-03-03T16:00:00")]).is_ok());
        assert!(bounds.check(&[Tracking::default()]).is_ok());
        let error = bounds
            .check(&[tracking("2019-01-01T16:00:00+01:00")])
            .unwrap_err();
        assert!(error.to_string().contains("ignored"), "{error}");
    }

    #[test]
    fn narrower_of_two_bounds_counts() {
        let query = ListTrackingsQuery::new()
            .created_at_before("2030-01-01T00:00:00Z")
            .created_at_strictly_before("2026-01-01T00:00:00Z");

        let bounds = CreatedAt::of(&query).unwrap();

        assert!(
            bounds
                .check(&[tracking("2027-01-01T00:00:00+01:00")])
                .is_err()
        );
        assert!(
            bounds
                .check(&[tracking("2025-12-31T00:00:00+01:00")])
                .is_ok()
        );
    }
}
