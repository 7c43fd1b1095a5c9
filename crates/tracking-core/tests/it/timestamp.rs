//! Times as they are reported: shapes, trust, order, storage.

use std::cmp::Ordering;

use proptest::prelude::*;
use tracking_core::time::TimeKind;
use tracking_core::{Date, Timestamp, UtcTime};

fn instant(text: &str) -> Option<String> {
    Timestamp::parse(text)
        .instant()
        .map(|instant| instant.to_string())
}

#[test]
fn every_shape_has_its_kind() {
    let table = [
        // The four documented shapes of a courier's time.
        ("2022-10-23T15:13:37", TimeKind::LocalNaive),
        ("2022-12-21T17:01:12+02:00", TimeKind::Exact),
        ("2022-09-03T23:58:12Z", TimeKind::ClaimedUtc),
        ("2022-08-14", TimeKind::DateOnly),
        // Fractions, lower case, spaces, no seconds.
        ("2022-09-03T23:58:12.000Z", TimeKind::ClaimedUtc),
        ("2022-09-03t23:58:12.5z", TimeKind::ClaimedUtc),
        ("2022-09-03 23:58:12z", TimeKind::ClaimedUtc),
        ("2019-06-01 11:34:10", TimeKind::LocalNaive),
        ("2015-10-25 15:01", TimeKind::LocalNaive),
        ("2017/8/27 16:51", TimeKind::LocalNaive),
        ("2017/8/27 6:51", TimeKind::LocalNaive),
        ("2022-08-14  07:00", TimeKind::LocalNaive),
        // Hours, minutes and seconds without their zeros.
        ("2022-08-14 16:58:1", TimeKind::LocalNaive),
        ("2022-08-14T9:5", TimeKind::LocalNaive),
        ("2022-08-14T9:5:7Z", TimeKind::ClaimedUtc),
        ("2022-08-14 9:5+02:00", TimeKind::Exact),
        (" 2022-08-14 ", TimeKind::DateOnly),
        ("2022/08/14", TimeKind::DateOnly),
        ("2022-10-23T15:13:37.123456789123", TimeKind::LocalNaive),
        // Offsets.
        ("2022-12-21T17:01:12+0530", TimeKind::Exact),
        ("2022-12-21T17:01:12-03:30", TimeKind::Exact),
        ("2022-12-21T17:01:12-00:00", TimeKind::Exact),
        ("2022-12-21T17:01+02", TimeKind::Exact),
        ("2022-12-21 17:01:12 +1100", TimeKind::Exact),
        // Leap second.
        ("2016-12-31T23:59:60Z", TimeKind::ClaimedUtc),
        // Anything else.
        ("", TimeKind::Unparsed),
        ("0", TimeKind::Unparsed),
        ("yesterday", TimeKind::Unparsed),
        ("0000-00-00 00:00:00", TimeKind::Unparsed),
        ("2022-02-30", TimeKind::Unparsed),
        ("2022-08-14T", TimeKind::Unparsed),
        ("2022-08-14Z", TimeKind::Unparsed),
        ("2022-08-14T24:00:00", TimeKind::Unparsed),
        ("2022-08-14T10:60", TimeKind::Unparsed),
        ("2022-08-14T10:", TimeKind::Unparsed),
        ("2022-08-14T10:5:", TimeKind::Unparsed),
        ("2022-08-14T10:058", TimeKind::Unparsed),
        ("2022-08-14T10:00:61", TimeKind::Unparsed),
        ("2022-08-14T10:00:00.", TimeKind::Unparsed),
        ("2022-08-14T10:00:00.Z", TimeKind::Unparsed),
        ("2022-08-14T10:00:00+24:00", TimeKind::Unparsed),
        ("2022-08-14T10:00:00+02:60", TimeKind::Unparsed),
        ("2022-08-14T10:00:00+2:00", TimeKind::Unparsed),
        ("2022-08-14T10:00:00+02:", TimeKind::Unparsed),
        ("2022-08-14T10:00:00+020", TimeKind::Unparsed),
        ("2022-08-14T10:00:00ZZ", TimeKind::Unparsed),
        ("2022-08-14T10:00:00 CET", TimeKind::Unparsed),
        ("2022-08/14", TimeKind::Unparsed),
        ("22-08-14", TimeKind::Unparsed),
        ("14.08.2022", TimeKind::Unparsed),
        ("20220814", TimeKind::Unparsed),
        ("2022-08-14T10:00\u{661}", TimeKind::Unparsed),
        ("9999-12-31T23:59:59-12:00", TimeKind::Unparsed),
    ];

    for (text, kind) in table {
        let time = Timestamp::parse(text);
        assert_eq!(time.kind(), kind, "{text:?}");
        assert_eq!(time.text(), text);
        assert_eq!(time.to_string(), text);
    }
}

#[test]
fn instant_respects_offset() {
    let table = [
        ("2025-12-04T07:16:00+11:00", "2025-12-03T20:16:00Z"),
        ("2025-12-04T07:16:00+1100", "2025-12-03T20:16:00Z"),
        ("2025-12-04T07:16:00-03:30", "2025-12-04T10:46:00Z"),
        ("2025-12-04T07:16:00-00:00", "2025-12-04T07:16:00Z"),
        ("2025-12-04T07:16:00.25Z", "2025-12-04T07:16:00.25Z"),
        (
            "2025-12-04T07:16:00.1234567899Z",
            "2025-12-04T07:16:00.123456789Z",
        ),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2025-12-04T9:5:7Z", "2025-12-04T09:05:07Z"),
        // A clock that never showed this time in Berlin, with the offset that somebody wrote.
        ("2025-03-30T02:30:00+01:00", "2025-03-30T01:30:00Z"),
    ];

    for (text, expected) in table {
        assert_eq!(instant(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn zero_date_is_unparsed_and_means_no_date() {
    for text in [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "0001-01-01",
        "0001/01/01 00:00",
        "0001-06-30T12:30:00+08:00",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0000/00/00",
        "0000-01-01T00:00:00Z",
        "0000-12-31",
        "-0001-11-30T00:00:00+00:00",
        "1970-01-01",
        "1970-01-01 00:00",
        "1970-01-01T00:00:00",
        "1970-01-01T00:00:00.000Z",
        "1970-01-01T00:00:00+08:00",
        "1970-01-01T08:00:00+08:00",
        "1969-12-31T19:00:00-0500",
        " 1970-01-01T00:00:00 ",
        "0",
    ] {
        for time in [
            Timestamp::parse(text),
            Timestamp::parse_local_documented(text),
            Timestamp::parse_utc_documented(text),
        ] {
            assert_eq!(time.kind(), TimeKind::Unparsed, "{text}");
            assert!(time.means_no_date(), "{text}");
            assert_eq!((time.date(), time.instant()), (None, None), "{text}");
            assert_eq!(time.text(), text);
        }
    }
}

#[test]
fn real_or_unknown_time_does_not_mean_no_date() {
    for (text, kind) in [
        ("1970-01-01T00:00:01", TimeKind::LocalNaive),
        ("1970-01-01T08:00:00", TimeKind::LocalNaive),
        ("1970-01-01T01:00:00Z", TimeKind::ClaimedUtc),
        ("1969-12-31T00:00:00-05:00", TimeKind::Exact),
        ("1970-01-02", TimeKind::DateOnly),
        ("0002-01-01", TimeKind::DateOnly),
        ("", TimeKind::Unparsed),
        ("soon", TimeKind::Unparsed),
        ("2022-02-30", TimeKind::Unparsed),
        ("00010101", TimeKind::Unparsed),
    ] {
        let time = Timestamp::parse(text);

        assert_eq!(time.kind(), kind, "{text}");
        assert!(!time.means_no_date(), "{text}");
    }
}

#[test]
fn string_without_zone_has_no_instant() {
    for text in ["2025-12-04T07:16:00", "2025-12-04", "soon"] {
        assert_eq!(instant(text), None, "{text}");
    }
}

#[test]
fn documented_local_field_makes_z_no_instant_and_keeps_offset() {
    let kinds = [
        "2025-12-04T07:16:00Z",
        "2025-12-04T07:16:00+11:00",
        "2025-12-04 07:16",
        "2025-12-04",
        "x",
    ]
    .map(|text| Timestamp::parse_local_documented(text).kind());

    assert_eq!(
        kinds,
        [
            TimeKind::LocalNaive,
            TimeKind::Exact,
            TimeKind::LocalNaive,
            TimeKind::DateOnly,
            TimeKind::Unparsed
        ]
    );
    let local = Timestamp::parse_local_documented("2025-12-04T07:16:00Z");
    assert_eq!(local.instant(), None);
    assert_eq!(local.text(), "2025-12-04T07:16:00Z");
}

#[test]
fn documented_utc_field_makes_z_exact_and_nothing_else() {
    let kinds = [
        "2025-12-04T07:16:00.000Z",
        "2025-12-04T07:16:00",
        "2025-12-04",
        "x",
    ]
    .map(|text| Timestamp::parse_utc_documented(text).kind());

    assert_eq!(
        kinds,
        [
            TimeKind::Exact,
            TimeKind::LocalNaive,
            TimeKind::DateOnly,
            TimeKind::Unparsed
        ]
    );
}

#[test]
fn date_is_as_written() {
    let dates = ["2025-12-04T00:30:00+11:00", "2025-12-04", "2025/12/4 7:16"]
        .map(|text| Timestamp::parse(text).date());

    assert_eq!(dates, [Date::new(2025, 12, 4); 3]);
    assert_eq!(Timestamp::parse("soon").date(), None);
}

#[test]
fn midnight_and_seconds_are_reported() {
    let table = [
        ("2025-12-04 00:00", true, false),
        ("2025-12-04T00:00:00.000Z", true, true),
        ("2025-12-04T00:00:01", false, true),
        ("2025-12-04T00:00:00.001", false, true),
        ("2025-12-04", false, false),
        ("soon", false, false),
    ];

    for (text, is_midnight, has_seconds) in table {
        let time = Timestamp::parse(text);
        assert_eq!(
            (time.is_midnight(), time.has_seconds()),
            (is_midnight, has_seconds),
            "{text}"
        );
    }
}

#[test]
fn instants_are_compared_whatever_the_place() {
    let compare = |left, right| Timestamp::parse(left).compare(&Timestamp::parse(right));

    assert_eq!(
        compare("2025-12-04T07:16:00+11:00", "2025-12-03T21:00:00Z"),
        Some(Ordering::Less)
    );
    assert_eq!(
        compare("2025-12-04T07:16:00+01:00", "2025-12-04T06:16:00Z"),
        Some(Ordering::Equal)
    );
    for other in ["2020-01-01T00:00:00", "2020-01-01", "soon"] {
        assert_eq!(compare("2025-12-04T07:16:00Z", other), None, "{other}");
        assert_eq!(compare(other, other), None, "{other}");
    }
}

#[test]
fn within_a_leg_clocks_are_compared_as_they_read() {
    let table = [
        (
            "2025-12-04T07:16:00",
            "2025-12-04T07:17:00",
            Some(Ordering::Less),
        ),
        (
            "2025-12-04T07:16:30",
            "2025-12-04 07:16",
            Some(Ordering::Equal),
        ),
        (
            "2025-12-04T07:16:30",
            "2025-12-04T07:16:29.9",
            Some(Ordering::Greater),
        ),
        ("2025-12-04", "2025-12-05T00:00", Some(Ordering::Less)),
        ("2025-12-04", "2025-12-04T12:00", None),
        ("2025-12-04", "2025-12-04", Some(Ordering::Equal)),
        ("2025-12-04", "2025/12/3", Some(Ordering::Greater)),
        // An instant against a clock: only what holds in every zone.
        ("2025-12-04T07:16:00Z", "2025-12-04T08:16:00", None),
        (
            "2025-12-04T07:16:00Z",
            "2025-12-05T08:16:00",
            Some(Ordering::Less),
        ),
        (
            "2025-12-04T07:16:00Z",
            "2025-12-02T08:16:00",
            Some(Ordering::Greater),
        ),
        ("2025-12-04T10:00:00Z", "2025-12-05", None),
        ("2025-12-04T09:59:59Z", "2025-12-05", Some(Ordering::Less)),
        ("2025-12-04T07:16:00Z", "2025-12-06", Some(Ordering::Less)),
        ("2025-12-04T07:16:00Z", "soon", None),
        ("soon", "soon", None),
    ];

    for (left, right, expected) in table {
        let order = Timestamp::parse(left).compare_within_leg(&Timestamp::parse(right));
        let reverse = Timestamp::parse(right).compare_within_leg(&Timestamp::parse(left));
        assert_eq!(order, expected, "{left} against {right}");
        assert_eq!(
            reverse,
            expected.map(Ordering::reverse),
            "{right} against {left}"
        );
    }
}

#[test]
fn storage_names_kind_and_keeps_raw_value() {
    let json = serde_json::to_string(&Timestamp::parse("2025-12-04 07:16")).unwrap();

    assert_eq!(json, r#"{"kind":"local_naive","text":"2025-12-04 07:16"}"#);
}

#[test]
fn stored_utc_time_keeps_its_proof() {
    for time in [
        Timestamp::parse("2025-12-04T07:16:00Z"),
        Timestamp::parse_utc_documented("2025-12-04T07:16:00Z"),
        Timestamp::parse_local_documented("2025-12-04T07:16:00Z"),
    ] {
        let json = serde_json::to_string(&time).unwrap();
        assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), time);
    }
}

#[test]
fn stored_kind_that_does_not_fit_is_unparsed() {
    for json in [
        r#"{"kind":"exact","text":"next week"}"#,
        r#"{"kind":"lunar","text":"2025-12-04"}"#,
        r#"{"kind":"unparsed","text":"2025-12-04"}"#,
    ] {
        let time: Timestamp = serde_json::from_str(json).unwrap();
        assert_eq!(time.kind(), TimeKind::Unparsed, "{json}");
    }
}

/// Strings of every shape, with values in and slightly out of range.
fn time_text() -> impl Strategy<Value = String> {
    let date = (0..=9999_i32, 0..=13_u32, 0..=32_u32, prop_oneof!["-", "/"])
        .prop_map(|(year, month, day, mark)| format!("{year:04}{mark}{month:02}{mark}{day:02}"));
    let clock = (
        0..=24_u32,
        0..=60_u32,
        proptest::option::of((0..=61_u32, "(\\.[0-9]{1,12})?")),
    )
        .prop_map(|(hour, minute, seconds)| {
            let seconds =
                seconds.map_or(String::new(), |(s, fraction)| format!(":{s:02}{fraction}"));
            format!("{hour:02}:{minute:02}{seconds}")
        });
    let zone = "(Z|z|[+-][0-2][0-9]:?[0-6][0-9]|)";
    (date, proptest::option::of(("[Tt ]", clock, zone))).prop_map(|(date, time)| {
        let time = time.map(|(separator, clock, zone)| format!("{separator}{clock}{zone}"));
        format!("{date}{}", time.unwrap_or_default())
    })
}

proptest! {
    #[test]
    fn any_string_is_kept_and_restored(text in prop_oneof![time_text(), ".{0,30}".boxed()]) {
        for time in [
            Timestamp::parse(text.as_str()),
            Timestamp::parse_utc_documented(text.as_str()),
            Timestamp::parse_local_documented(text.as_str()),
        ] {
            prop_assert_eq!(time.to_string(), text.as_str());
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), time);
        }
    }

    #[test]
    fn instant_needs_zone(text in time_text()) {
        let has_zone = text.contains(['Z', 'z', '+']) || text.rfind('-') > Some(10);

        prop_assert!(has_zone || Timestamp::parse(text.as_str()).instant().is_none());
    }

    #[test]
    fn every_instant_is_read_back(seconds in -62_000_000_000_i64..253_000_000_000, offset in -839..=839_i32) {
        let instant = UtcTime::from_unix_seconds(seconds).unwrap();
        prop_assume!(!(-86_400..=86_400).contains(&seconds));
        prop_assert_eq!(Timestamp::parse(instant.to_string()).instant(), Some(instant));

        let local = UtcTime::from_unix_seconds(seconds + i64::from(offset) * 60).unwrap().to_string();
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs());
        let text = format!("{}{sign}{:02}:{:02}", local.trim_end_matches('Z'), minutes / 60, minutes % 60);
        prop_assert_eq!(Timestamp::parse(text).instant(), Some(instant));
    }

    #[test]
    fn comparing_within_a_leg_is_antisymmetric(left in time_text(), right in time_text()) {
        let (left, right) = (Timestamp::parse(left), Timestamp::parse(right));

        let order = left.compare_within_leg(&right);

        prop_assert_eq!(right.compare_within_leg(&left), order.map(Ordering::reverse));
    }

    #[test]
    fn order_holds_within_leg(left in time_text(), right in time_text()) {
        let (left, right) = (Timestamp::parse(left), Timestamp::parse(right));

        if let Some(order) = left.compare(&right) {
            prop_assert_eq!(left.compare_within_leg(&right), Some(order));
        }
    }
}
