//! Times: what the carrier's clock shows is never called UTC, and the text stays as it was.

use serde_json::Value;
use tracking_core::time::TimeKind;
use trackingmore_sdk::{EventDateTime, Tracking};

use crate::server::fixture_json;

fn tracking(name: &str) -> Tracking {
    let mut body: Value = fixture_json(&format!("get-tracking/{name}"));
    serde_json::from_value(body["data"].take()).unwrap()
}

#[test]
fn dates_with_and_without_seconds_stay_local() {
    let tracking = tracking("200_two_legs.json");

    let origin = tracking.origin_info.unwrap();
    let dates: Vec<&EventDateTime> = origin
        .trackinfo
        .iter()
        .filter_map(|event| event.date.as_ref())
        .collect();
    assert_eq!(dates[0], &"2026-09-13 07:05");
    assert_eq!(dates[1], &"2026-09-12 22:40:11");
    let milestones = [&origin.item_received, &origin.item_dispatched];
    for date in dates.into_iter().chain(milestones.into_iter().flatten()) {
        let time = date.timestamp();
        assert_eq!(time.kind(), TimeKind::LocalNaive, "{date}");
        assert_eq!(time.instant(), None, "{date}");
        assert_eq!(time.text(), date.as_str());
        assert_eq!(time.to_string(), date.as_str());
    }
}

#[test]
fn odd_dates_keep_raw_value_and_need_offset_for_instant() {
    let tracking = tracking("200_odd_dates.json");

    let kinds: Vec<(String, TimeKind)> = tracking
        .origin_info
        .unwrap()
        .trackinfo
        .iter()
        .map(|event| {
            let date = event.date.as_ref().unwrap();
            (date.to_string(), date.timestamp().kind())
        })
        .collect();

    let expected = [
        ("2026-09-12 00:00", TimeKind::LocalNaive),
        ("2026-09-12 00:00:00", TimeKind::LocalNaive),
        ("2026/9/11 7:05", TimeKind::LocalNaive),
        ("2026-09-11", TimeKind::DateOnly),
        ("2026-09-11T09:20:00+01:00", TimeKind::Exact),
        ("2026-03-29 02:30:00", TimeKind::LocalNaive),
        ("soon", TimeKind::Unparsed),
        ("", TimeKind::Unparsed),
    ];
    assert_eq!(kinds, expected.map(|(text, kind)| (text.to_owned(), kind)));
    let last = tracking.last_update_time.unwrap();
    assert_eq!(last, "0000-00-00 00:00");
    assert_eq!(last.timestamp().instant(), None);
}

#[test]
fn minute_without_seconds_differs_from_second_zero() {
    let without = EventDateTime::from("2026-09-12 00:00").timestamp();
    let with = EventDateTime::from("2026-09-12 00:00:00").timestamp();

    assert!(!without.has_seconds());
    assert!(with.has_seconds());
}

#[test]
fn times_of_providers_own_clock_are_instants_with_any_offset() {
    let cases = [
        ("200_two_legs.json", "2026-09-11T16:02:48+08:00"),
        ("200_odd_dates.json", "2026-09-11T16:02:48-00:00"),
        ("200_email_list.json", "+00:00"),
    ];

    for (name, text) in cases {
        let created = tracking(name).created_at.unwrap();

        assert!(created.as_str().ends_with(text), "{created}");
        assert_eq!(created.timestamp().kind(), TimeKind::Exact, "{created}");
    }
    let east = tracking("200_two_legs.json").created_at.unwrap();
    let instant = east.timestamp().instant().unwrap();
    // 16:02:48 at +08:00 is 08:02:48 at Greenwich.
    assert_eq!(instant.to_string(), "2026-09-11T08:02:48Z");
}

#[test]
fn update_may_be_older_than_registration() {
    let body = fixture_json("update-tracking/200_updated.json");
    let updated: trackingmore_sdk::UpdatedTracking =
        serde_json::from_value(body["data"].clone()).unwrap();

    let time = |time: Option<trackingmore_sdk::RecordDateTime>| {
        time.unwrap().timestamp().instant().unwrap()
    };
    assert!(time(updated.updated_at) < time(updated.created_at));
}
