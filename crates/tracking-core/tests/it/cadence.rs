//! When a shipment is looked at again.

use std::time::Duration;

use proptest::prelude::*;
use tracking_core::cadence::{Cadence, Followed};
use tracking_core::{
    Event, Leg, LegRole, ProviderId, Shipment, Status, StatusReport, Timestamp, UtcTime,
};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// 2026-03-02T09:00:00Z.
const NOW: i64 = 1_772_442_000;

fn at(seconds: i64) -> UtcTime {
    UtcTime::from_unix_seconds(seconds).unwrap()
}

fn shipment(status: Status, event: Option<&str>) -> Shipment {
    let report = StatusReport::new(status);
    let mut shipment = Shipment::new(ProviderId::new("acme"), "A1", report.clone(), at(NOW));
    if let Some(time) = event {
        let mut event = Event::without_id(report);
        event.time = Some(Timestamp::parse(time));
        let mut leg = Leg::new(LegRole::Only);
        leg.events.push(event);
        shipment.legs.push(leg);
    }
    shipment
}

/// Seconds until the next look, or `None` at rest.
fn wait(followed: &Followed<'_>) -> Option<u64> {
    let next = Cadence::default().next_look(followed)?;
    Some(next.since(followed.looked_at).unwrap().as_secs())
}

fn assert_about(wait: Option<u64>, expected: u64) {
    let wait = wait.expect("it does not rest");
    let bounds = expected * 9 / 10..=expected * 11 / 10;
    assert!(
        bounds.contains(&wait),
        "{wait} s, expected about {expected} s"
    );
}

#[test]
fn status_decides_the_wait() {
    let recent = Some("2026-03-02T08:30:00Z");
    for (status, event, expected) in [
        (Status::Pending, None, HOUR),
        (Status::NotFound, None, HOUR),
        (Status::InfoReceived, recent, 4 * HOUR),
        (
            Status::InfoReceived,
            Some("2026-02-20T08:00:00Z"),
            12 * HOUR,
        ),
        (Status::PickedUp, recent, 3 * HOUR),
        (Status::InTransit, recent, 3 * HOUR),
        (Status::InTransit, Some("2026-02-26T08:00:00Z"), 8 * HOUR),
        (Status::InTransit, Some("2026-02-10T08:00:00Z"), DAY),
        (Status::Unknown, recent, 3 * HOUR),
        (Status::OutForDelivery, recent, 30 * MINUTE),
        (Status::AttemptFailed, recent, 30 * MINUTE),
        (Status::AvailableForPickup, recent, 4 * HOUR),
        (Status::Exception, recent, 2 * HOUR),
        (Status::Returning, recent, 8 * HOUR),
    ] {
        let shipment = shipment(status.clone(), event);
        let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
        followed.shipment = Some(&shipment);

        assert_about(wait(&followed), expected);
    }
}

#[test]
fn unknown_number_is_asked_less_and_less_then_rests() {
    for (days, expected) in [
        (0, Some(HOUR)),
        (4, Some(6 * HOUR)),
        (20, Some(DAY)),
        (45, None),
    ] {
        let since = at(NOW - days * DAY as i64);

        let wait = wait(&Followed::new("acme A1", since, at(NOW)));

        match expected {
            Some(expected) => assert_about(wait, expected),
            None => assert_eq!(wait, None),
        }
    }
}

#[test]
fn delivered_parcel_has_two_late_looks() {
    let shipment = shipment(Status::Delivered, Some("2026-03-02T09:00:00Z"));
    let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
    followed.shipment = Some(&shipment);

    let first = Cadence::default().next_look(&followed).unwrap();
    assert_about(first.since(at(NOW)).map(|it| it.as_secs()), DAY);
    followed.looked_at = first;
    let second = Cadence::default().next_look(&followed).unwrap();
    assert_about(second.since(at(NOW)).map(|it| it.as_secs()), 7 * DAY);
    followed.looked_at = second;
    assert_eq!(Cadence::default().next_look(&followed), None);

    // A correction begins anew.
    followed.news_at = Some(second);
    assert!(Cadence::default().next_look(&followed).is_some());
}

#[test]
fn parcel_delivered_long_ago_rests_at_once() {
    for status in [Status::Delivered, Status::Returned, Status::Expired] {
        let shipment = shipment(status, Some("2026-01-02T09:00:00Z"));
        let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
        followed.shipment = Some(&shipment);

        assert_eq!(wait(&followed), None);
    }
}

#[test]
fn news_without_event_counts() {
    let shipment = shipment(Status::InTransit, Some("2026-02-10T08:00:00Z"));
    let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
    followed.shipment = Some(&shipment);
    followed.news_at = Some(at(NOW - 60));

    assert_about(wait(&followed), 3 * HOUR);
}

#[test]
fn night_needs_a_known_zone() {
    // 09:00 UTC is 22:00 in Auckland and 10:00 in Berlin.
    for (event, expected) in [
        ("2026-03-02T21:00:00+13:00", 2 * HOUR),
        ("2026-03-02T09:30:00+01:00", 30 * MINUTE),
        ("2026-03-02T21:00:00", 30 * MINUTE),
        ("2026-03-02T08:00:00Z", 30 * MINUTE),
    ] {
        let shipment = shipment(Status::OutForDelivery, Some(event));
        let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
        followed.shipment = Some(&shipment);

        assert_about(wait(&followed), expected);
    }
}

#[test]
fn failures_double_the_wait_up_to_an_hour() {
    for (failures, minutes) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (u32::MAX, 60)] {
        let mut followed = Followed::new("acme A1", at(NOW), at(NOW));
        followed.failures = failures;

        assert_about(wait(&followed), minutes * MINUTE);
    }
}

#[test]
fn keys_spread_the_looks() {
    let keys: Vec<String> = (0..1000)
        .map(|number| format!("acme RA{number}DE"))
        .collect();
    let waits = keys
        .iter()
        .map(|key| wait(&Followed::new(key, at(NOW), at(NOW))).unwrap());
    let mut waits: Vec<u64> = waits.collect();
    waits.sort_unstable();
    assert!(waits[0] < HOUR * 92 / 100 && waits[999] > HOUR * 108 / 100);
    waits.dedup();

    assert!(waits.len() > 150, "{}", waits.len());
}

fn statuses() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![
        Status::Pending,
        Status::NotFound,
        Status::InfoReceived,
        Status::PickedUp,
        Status::InTransit,
        Status::OutForDelivery,
        Status::AvailableForPickup,
        Status::AttemptFailed,
        Status::Delivered,
        Status::Exception,
        Status::Returning,
        Status::Returned,
        Status::Cancelled,
        Status::Expired,
        Status::Unknown,
    ])
}

/// The first and last second that a time can have are in it.
fn times() -> impl Strategy<Value = UtcTime> {
    let any = prop_oneof![
        -377_705_023_201_i64..=253_402_207_200,
        Just(-377_705_023_201),
        Just(253_402_207_200),
        NOW - 100_000..NOW + 100_000,
    ];
    any.prop_map(at)
}

prop_compose! {
    fn cases()(
        status in prop::option::of(statuses()),
        event in prop::option::of(prop::sample::select(vec![
            "2026-03-02T08:00:00Z", "2026-03-02T08:00:00-11:00", "2099-01-01", "yesterday", "0001-01-01",
        ])),
        key in ".{0,12}",
        since in times(),
        looked_at in times(),
        news_at in prop::option::of(times()),
        failures in prop_oneof![Just(0), any::<u32>()],
        not_before in prop::option::of(times()),
    ) -> (Option<Shipment>, String, Followed<'static>) {
        let mut followed = Followed::new("", since, looked_at);
        followed.news_at = news_at;
        followed.failures = failures;
        followed.not_before = not_before;
        (status.map(|status| shipment(status, event)), key, followed)
    }
}

proptest! {
    #[test]
    fn next_look_is_after_the_last_and_after_every_pause((shipment, key, followed) in cases()) {
        let mut followed = followed;
        followed.shipment = shipment.as_ref();
        followed.key = &key;

        if let Some(next) = Cadence::default().next_look(&followed) {
            prop_assert!(next > followed.looked_at);
            prop_assert!(Some(next) >= followed.not_before);
        }
    }

    #[test]
    fn finished_parcel_comes_to_rest(
        status in prop::sample::select(vec![Status::Delivered, Status::Returned, Status::Cancelled]),
        event in prop::option::of(Just("2026-03-02T08:00:00Z")),
        key in ".{0,12}",
    ) {
        let shipment = shipment(status, event);
        let mut followed = Followed::new(&key, at(NOW), at(NOW));
        followed.shipment = Some(&shipment);
        let mut looks = 0;
        while let Some(next) = Cadence::default().next_look(&followed) {
            followed.looked_at = next;
            looks += 1;
            prop_assert!(looks <= 2);
        }
        prop_assert_eq!(looks, 2);
    }

    #[test]
    fn any_figures_are_safe(
        figure in prop::sample::select(vec![
            Duration::ZERO, Duration::from_nanos(1), Duration::from_secs(1), Duration::MAX,
        ]),
        night in (any::<u8>(), any::<u8>()),
        (shipment, key, followed) in cases(),
    ) {
        let mut cadence = Cadence::default();
        cadence.failed = figure;
        cadence.failed_longest = figure;
        cadence.at_least = figure;
        cadence.late_looks = [figure; 2];
        cadence.out_for_delivery = figure;
        cadence.night = night;
        let mut followed = followed;
        followed.shipment = shipment.as_ref();
        followed.key = &key;

        if let Some(next) = cadence.next_look(&followed) {
            prop_assert!(next > followed.looked_at);
        }
    }
}
