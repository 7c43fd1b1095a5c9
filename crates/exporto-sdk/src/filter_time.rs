//! The date-times that a search takes.

use tracking_core::UtcTime;
use tracking_http::{Error, checks};

use crate::FilterTime;

/// The instant in UTC, with `Z`.
impl From<UtcTime> for FilterTime {
    fn from(time: UtcTime) -> Self {
        Self::from(time.to_string())
    }
}

/// Refuses what is not RFC 3339 with seconds and an offset.
///
/// The text itself goes out as it is: offsets such as `+08:00` were observed to pass unchanged.
pub(crate) fn check_filter_time(field: &str, time: Option<&FilterTime>) -> Result<(), Error> {
    time.map_or(Ok(()), |time| {
        checks::instant(field, time.as_str()).map(drop)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instant_and_no_time_at_all_pass() {
        let now = FilterTime::from(UtcTime::now());

        assert!(check_filter_time("processedAt", Some(&now)).is_ok());
        assert!(check_filter_time("processedAt", None).is_ok());
    }

    #[test]
    fn time_without_offset_is_refused_and_field_is_named() {
        let time = FilterTime::from("2026-10-05T08:30:00");

        let error = check_filter_time("processedAt", Some(&time)).unwrap_err();

        assert_eq!(error.parameter(), Some("processedAt"));
    }
}
