//! Times that mean "no date", at every place where a response has a time.

use bytes::Bytes;
use tracking_core::{Shipment, Timestamp};

/// What takes the place of a time in the body that is passed to [`assert_is_no_time`].
pub const PLACE: &str = "NO_DATE";

/// What programs write where they have no date.
const ZERO_DATES: &[&str] = &[
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00Z",
    "0000-01-01",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "1970-01-01T00:00:00",
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T01:00:00+01:00",
    "0",
];

/// Checks that the body of one parcel, in which every time is [`PLACE`], gives a shipment without any
/// time, with exactly these problems.
///
/// # Panics
///
/// Where it is not so.
#[track_caller]
pub fn assert_is_no_time(body: &str, paths: &[&str], read: impl Fn(&Bytes) -> Shipment) {
    for zero in ZERO_DATES {
        let shipment = read(&body.replace(PLACE, zero).into());

        let times = shipment
            .events()
            .into_iter()
            .filter_map(|it| it.time.as_ref());
        let times: Vec<&Timestamp> = times.collect();
        assert_eq!(times, [] as [&Timestamp; 0], "{zero}");
        assert_eq!(shipment.etas, [], "{zero}");
        assert!(shipment.milestones.is_empty(), "{zero}");
        assert!(
            shipment.legs.iter().all(|leg| leg.milestones.is_empty()),
            "{zero}"
        );
        assert_eq!(shipment.registered_at, None, "{zero}");
        assert_eq!(shipment.freshness.provider_updated_at, None, "{zero}");
        let mut found: Vec<&str> = shipment
            .problems
            .iter()
            .map(|it| it.path.as_str())
            .collect();
        found.sort_unstable();
        assert_eq!(found, paths, "{zero}");
        for problem in &shipment.problems {
            let expected = format!("`{zero}` means that there is no date");
            assert_eq!(problem.message, expected, "{}", problem.path);
        }
    }
}
