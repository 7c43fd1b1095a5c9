//! Any two strings as times.

use std::cmp::Ordering;

use tracking_core::{Date, Timestamp, UtcTime};
use tracking_http::checks;

use crate::input::Input;

/// Reads a time in one of the three ways in which fields are documented.
type Read = fn(&str) -> Timestamp;

const READS: [Read; 3] = [
    |text| Timestamp::parse(text),
    |text| Timestamp::parse_local_documented(text),
    |text| Timestamp::parse_utc_documented(text),
];

/// Two lines.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let first = String::from_utf8_lossy(input.until(b'\n'));
    let second = String::from_utf8_lossy(input.rest());
    for read in READS {
        let (left, right) = (read(&first), read(&second));
        for (time, text) in [(&left, &first), (&right, &second)] {
            assert_eq!(time.text(), text);
            let json = serde_json::to_string(time).unwrap();
            assert_eq!(&serde_json::from_str::<Timestamp>(&json).unwrap(), time);
            assert!(time.means_same(time));
            let _ = (time.is_midnight(), time.has_seconds(), time.means_no_date());
        }
        let order = left.compare_within_leg(&right);
        assert_eq!(
            order,
            right.compare_within_leg(&left).map(Ordering::reverse)
        );
        if let Some(sure) = left.compare(&right) {
            assert_eq!(order, Some(sure));
        }
        assert_eq!(left.means_same(&right), right.means_same(&left));
    }
    if let Ok(date) = first.parse::<Date>() {
        assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
    }
    if let Ok(time) = first.parse::<UtcTime>() {
        assert_eq!(time.to_string().parse::<UtcTime>().unwrap(), time);
    }
    if let Ok(time) = checks::instant("field", &first) {
        assert_eq!(first.parse::<UtcTime>().unwrap(), time);
    }
}

/// Every form that is read, and others.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let times = [
        "2025-12-04T07:16:00Z",
        "2025-12-04T07:16:00.123456789Z",
        "2025-12-04T07:16:00+01:00",
        "2025-12-04T07:16:00-0530",
        "2025-12-04T07:16",
        "2025-12-04 07:16:00",
        "2025/1/4 7:6",
        "2025-12-04",
        "2025-12-31t23:59:60z",
        "2024-02-29T24:00:00Z",
        "0001-01-01T00:00:00",
        "-0001-11-30T00:00:00+00:00",
        "9999-12-31T23:59:59-14:00",
        "1970-01-01T01:00:00+01:00",
        "0",
        "Thu, 04 Dec 2025 07:16:00 GMT",
        "soon",
    ];
    let next = times.iter().cycle().skip(1);
    let pairs = times.iter().zip(next);
    pairs
        .map(|(first, second)| format!("{first}\n{second}").into_bytes())
        .collect()
}
