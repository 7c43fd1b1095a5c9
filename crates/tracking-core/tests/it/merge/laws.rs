//! What merging promises for any input.

use std::collections::{BTreeSet, HashSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use tracking_core::merge::{Change, ChangeKind, Update, changes, merge};
use tracking_core::model::EtaPrecision;
use tracking_core::{
    Completeness, Event, LegRole, RawStatus, Shipment, Status, StatusReport, Timestamp,
};

use super::histories::{History, World, history};
use super::scenes::HOUR;
use crate::observations::{any_shipment, any_update, cases, known};
use crate::parcels::{at, event, keys, leg, parcel};

/// A string without its spelling.
fn plain(text: Option<&String>) -> Option<String> {
    let words = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words.to_lowercase())
}

/// A time without its spelling.
fn time(time: Option<&Timestamp>) -> Option<String> {
    let instant = time?.instant().map(|instant| instant.to_string());
    instant.or_else(|| Some(time?.text().to_owned()))
}

fn report(report: &StatusReport) -> Value {
    json!([report.status, report.detail, report.reason])
}

/// What a user sees of the events, retracted ones too.
fn visible_events(shipment: &Shipment) -> Vec<String> {
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    let events = events.map(|event| {
        let raw = &event.status.raw;
        let code = raw.fine.as_deref().or(raw.main.as_deref());
        let seen = json!([
            time(event.time.as_ref()),
            report(&event.status),
            plain(code.map(str::to_owned).as_ref()),
            plain(event.description.as_ref()),
            plain(event.location.as_ref()),
            event.signed_by,
            event.retracted,
        ]);
        seen.to_string()
    });
    let mut events: Vec<String> = events.collect();
    // The order of equal times may change with a response, and that is no change.
    events.sort();
    events
}

/// What a user sees of a shipment, without the spelling of it.
fn visible(shipment: &Shipment) -> Value {
    let legs: BTreeSet<String> = shipment
        .legs
        .iter()
        .map(|leg| {
            let courier = leg.courier.as_ref().map(|courier| &courier.code);
            json!([courier, plain(leg.number.as_ref()), leg.tracking_url]).to_string()
        })
        .collect();
    let eta = shipment.eta().map(|eta| {
        let day = eta
            .from
            .date()
            .filter(|_| eta.precision == EtaPrecision::Day);
        day.map_or_else(|| time(Some(&eta.from)), |day| Some(format!("{day:?}")))
    });
    json!({
        "number": shipment.number,
        "status": report(&shipment.status),
        "final": shipment.is_terminal(),
        "given_up": shipment.has_given_up(),
        "legs": legs,
        "events": visible_events(shipment),
        "eta": eta,
        "linked": shipment.linked_numbers,
        "country": shipment.origin_country,
        "service": shipment.service,
        "signed_by": shipment.signed_by,
        "url": shipment.tracking_url,
        "direction": shipment.direction,
    })
}

fn merged_all(updates: impl IntoIterator<Item = Update>) -> Shipment {
    let mut known = None;
    for update in updates {
        known = Some(merge(known, update).shipment);
    }
    known.expect("one update at least")
}

fn kinds(changes: &[Change]) -> Vec<ChangeKind> {
    changes.iter().map(Change::kind).collect()
}

const ANYTHING: World = World {
    withdrawals: true,
    deliveries: true,
};

const ON_THE_WAY: World = World {
    withdrawals: false,
    deliveries: false,
};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn same_observation_again_changes_nothing(known in known(), update in any_update()) {
        let once = merge(Some(known.clone()), update.clone());
        let twice = merge(Some(once.shipment.clone()), update.clone());

        let lines: Vec<String> = twice.changes.iter().map(ToString::to_string).collect();
        prop_assert!(lines.is_empty(), "{lines:#?}\n{:#}\n{:#}\n{:#}", visible(&known), visible(update.shipment()), visible(&once.shipment));
        prop_assert_eq!(visible(&twice.shipment), visible(&once.shipment));
    }

    #[test]
    fn account_is_kept_and_changes_nothing_else(known in known(), update in any_update()) {
        let of_account = |mut shipment: Shipment| {
            shipment.account = Some("shop-de".to_owned());
            shipment
        };
        let without = merge(Some(known.clone()), update.clone());

        let mut with = merge(Some(of_account(known)), update);

        let account = with.shipment.account.take();
        prop_assert_eq!(account.as_deref(), Some("shop-de"));
        prop_assert_eq!(with, without);
    }

    #[test]
    fn changes_are_empty_exactly_if_nothing_visible_differs(
        known in known(),
        update in any_update(),
    ) {
        let merged = merge(Some(known.clone()), update).shipment;

        let listed = changes(&known, &merged);

        prop_assert_eq!(listed.is_empty(), visible(&known) == visible(&merged), "{:?}", kinds(&listed));
    }

    #[test]
    fn messages_give_the_same_shipment_in_any_order(
        history in history(ON_THE_WAY),
        swaps in vec((any::<Index>(), any::<Index>()), 0..12),
    ) {
        // Without ids nothing links a scan to itself with another text and another code, unless the message
        // between them came before.
        prop_assume!(history.has_ids() || !history.edits_codes());
        let messages = history.messages();
        let mut mixed = messages.clone();
        for (left, right) in swaps {
            mixed.swap(left.index(messages.len()), right.index(messages.len()));
        }
        // Each one comes twice, as providers do.
        let again = mixed.clone();
        mixed.extend(again.into_iter().rev());

        let straight = merged_all(messages.into_iter().map(Update::Partial));
        let shuffled = merged_all(mixed.into_iter().map(Update::Partial));

        prop_assert_eq!(visible(&shuffled), visible(&straight));
        if history.has_ids() {
            prop_assert_eq!(keys(&shuffled), keys(&straight));
        }
        let texts = |shipment: &Shipment| -> Vec<Option<String>> {
            shipment.events().iter().map(|event| plain(event.description.as_ref())).collect()
        };
        prop_assert_eq!(texts(&shuffled), texts(&straight));
        let milestones = |shipment: &Shipment| -> Vec<(Status, Option<String>)> {
            let computed = shipment.milestones.computed.iter();
            computed.map(|(status, reached)| (status.clone(), time(Some(reached)))).collect()
        };
        prop_assert_eq!(milestones(&shuffled), milestones(&straight));
    }

    #[test]
    fn older_response_changes_nothing_visible(
        history in history(ANYTHING),
        late in any::<Index>(),
        with_clock in any::<bool>(),
    ) {
        let polls = history.polls(with_clock);
        let older = polls[late.index(polls.len())].clone();
        let known = merged_all(polls.into_iter().map(Update::Snapshot));

        let merged = merge(Some(known.clone()), Update::Snapshot(older));

        prop_assert_eq!(visible(&merged.shipment), visible(&known));
        prop_assert!(merged.changes.iter().all(|it| it.kind() == ChangeKind::Late));
    }

    #[test]
    fn merges_may_be_grouped(
        history in history(ANYTHING),
        split in any::<Index>(),
        with_clock in any::<bool>(),
    ) {
        let (one_by_one, grouped) = grouped(&history, split, with_clock);

        // A retraction may come one observation later.
        let without_retractions = |mut shipment: Shipment| {
            let events = shipment.legs.iter_mut().flat_map(|leg| &mut leg.events);
            events.for_each(|event| event.retracted = false);
            visible_events(&shipment)
        };
        prop_assert_eq!(without_retractions(grouped), without_retractions(one_by_one));
    }

    #[test]
    fn merges_without_retractions_may_be_grouped(
        history in history(ON_THE_WAY),
        split in any::<Index>(),
        with_clock in any::<bool>(),
    ) {
        let (one_by_one, grouped) = grouped(&history, split, with_clock);

        prop_assert_eq!(visible(&grouped), visible(&one_by_one));
    }

    #[test]
    fn events_are_never_lost(known in known(), update in any_update()) {
        let merged = merge(Some(known.clone()), update.clone());

        let (before, after) = (keys(&known), keys(&merged.shipment));
        let now: HashSet<&str> = after.iter().copied().collect();
        for key in &before {
            prop_assert!(now.contains(key), "{key} is gone");
        }
        prop_assert_eq!(now.len(), after.len(), "a key is given twice");
        let new = merged.changes.iter().filter(|change| {
            matches!(change, Change::Added { .. } | Change::Late { event: Some(_), .. })
        });
        prop_assert_eq!(before.len() + new.count(), after.len());
    }

    #[test]
    fn reported_events_are_found_in_what_is_known(known in known(), update in any_update()) {
        let mut update = update.into_shipment();
        // A complete response that is older than another one does not bring back what was withdrawn since.
        update.freshness.fetched_at = at(1_000);
        update.freshness.provider_updated_at = Some(at(1_000));
        let reported: Vec<Event> = update.legs.iter().flat_map(|leg| leg.events.clone()).collect();
        let merged = merge(Some(known), Update::Snapshot(update)).shipment;

        let said: HashSet<Option<String>> = merged
            .events()
            .iter()
            .flat_map(|event| {
                let earlier = event.revisions.iter().map(|it| it.description.as_ref());
                earlier.chain([event.description.as_ref()]).map(plain).collect::<Vec<_>>()
            })
            .collect();
        for event in reported {
            prop_assert!(said.contains(&plain(event.description.as_ref())), "{event:?}");
        }
    }

    #[test]
    fn history_reports_each_event_once(history in history(World { withdrawals: false, deliveries: true })) {
        let mut known: Option<Shipment> = None;
        let mut reported: Vec<String> = Vec::new();
        for poll in history.polls(true) {
            let merged = merge(known.take(), Update::Snapshot(poll));
            if merged.is_first {
                reported.extend(keys(&merged.shipment).into_iter().map(str::to_owned));
            }
            for change in &merged.changes {
                if let Change::Added { event, .. } | Change::Late { event: Some(event), .. } = change {
                    reported.push(event.key.to_string());
                }
            }
            known = Some(merged.shipment);
        }

        let known = known.expect("one poll at least");
        reported.sort();
        let mut expected = keys(&known);
        expected.sort_unstable();
        prop_assert_eq!(reported, expected);
        prop_assert_eq!(known.events().len(), history.scans());
    }

    #[test]
    fn faulty_response_repeats_no_report(
        history in history(World { withdrawals: false, deliveries: true }),
        faults in vec((any::<Index>(), 0..12_u8), 1..4),
    ) {
        let polls = history.polls(true);
        let good = polls.last().expect("one poll at least").clone();
        let mut faulty = good.clone();
        for (place, fault) in faults {
            if faulty.legs.is_empty() {
                continue;
            }
            let place = place.index(faulty.legs.len());
            break_leg(&mut faulty, place, fault);
        }
        let later = |mut shipment: Shipment, hours: i64| {
            shipment.freshness.fetched_at = at((100 + hours) * HOUR);
            shipment.freshness.provider_updated_at = Some(at((100 + hours) * HOUR));
            shipment
        };

        // One fault can hide only one field of an event, else it is another event.
        prop_assume!(faulty.legs.iter().flat_map(|leg| &leg.events).all(|event| {
            let stated = [event.time.is_some(), event.description.is_some()];
            stated == [true, true]
                || (stated.contains(&true) && event.location.is_some() && event.status.raw.fine.is_some())
        }));
        let known = merged_all([Update::Snapshot(good.clone())]);
        let between = merge(Some(known), Update::Snapshot(later(faulty, 1)));
        let after = merge(Some(between.shipment.clone()), Update::Snapshot(later(good, 2)));

        prop_assert_eq!(kinds(&between.changes), []);
        prop_assert_eq!(kinds(&after.changes), []);
    }

    #[test]
    fn shifted_clocks_of_leg_change_no_report(
        hours in vec((0..20_u8, 0..3_usize), 1..6),
        others in vec(0..20_u8, 1..4),
        news in vec((any::<bool>(), 1..6_usize), 1..5),
        shift in 0..9_u8,
    ) {
        let statuses = [Status::InTransit, Status::OutForDelivery, Status::Delivered];
        let reported = |shift: u8| {
            let scan = |id: String, day: u8, hour: u8, status: Status| {
                event(&id, &format!("2025-12-{day:02} {hour:02}:00"), status, &format!("Scan {id}"))
            };
            let scans: Vec<Event> = hours.iter().enumerate().map(|(index, (hour, status))| {
                scan(format!("f{index}"), 3 + shift, *hour, statuses[*status].clone())
            }).collect();
            let origin: Vec<Event> = others.iter().enumerate().map(|(index, hour)| {
                scan(format!("e{index}"), 2, *hour, Status::InTransit)
            }).collect();
            let mut known: Option<Shipment> = None;
            let mut lines = Vec::new();
            for (round, (complete, count)) in news.iter().enumerate() {
                let listed = &scans[..scans.len().min(*count)];
                let last = listed.last().map_or(Status::InTransit, |it| it.status.status.clone());
                let hour = HOUR * i64::try_from(round).expect("few rounds");
                let mut shipment = parcel(last, hour, origin[..origin.len().min(*count)].to_vec());
                shipment.legs.push(leg("otherpost", LegRole::Destination, listed.to_vec()));
                let update = if *complete { Update::Snapshot(shipment) } else { Update::Partial(shipment) };
                let merged = merge(known.take(), update);
                lines.extend(merged.changes.iter().map(|change| {
                    (change.kind(), change.event_key().map(ToString::to_string))
                }));
                known = Some(merged.shipment);
            }
            lines
        };

        prop_assert_eq!(reported(0), reported(shift));
    }

    #[test]
    fn status_change_is_reported_exactly_if_status_differs(
        known in known(),
        update in any_update(),
    ) {
        let merged = merge(Some(known.clone()), update);

        let reported = merged.changes.iter().any(|change| {
            matches!(change, Change::StatusChanged { .. } | Change::Reopened { .. })
        });
        let is_other = merged.shipment.status.status != known.status.status
            || merged.shipment.is_terminal() != known.is_terminal();
        prop_assert_eq!(reported, is_other);
    }

    #[test]
    fn final_status_ends_only_by_reopening(known in known(), update in any_update()) {
        let merged = merge(Some(known.clone()), update);

        let reopened = merged.changes.iter().any(|it| it.kind() == ChangeKind::Reopened);
        prop_assert!(!known.is_terminal() || merged.shipment.is_terminal() || reopened);
    }

    #[test]
    fn timeline_has_every_event_in_the_order_of_its_leg(shipment in any_shipment()) {
        let timeline = shipment.timeline();

        for (index, leg) in shipment.legs.iter().enumerate() {
            let reported: Vec<&Event> = timeline
                .iter()
                .filter(|reported| reported.leg_index == index)
                .map(|reported| reported.event)
                .collect();
            prop_assert_eq!(reported, leg.events.iter().collect::<Vec<_>>());
        }
        let reported: usize = shipment.scans().iter().map(|scan| scan.events.len()).sum();
        prop_assert_eq!(reported, timeline.len());
    }
}

/// What polls leave behind one by one, and what the state after some of them makes of the state of the others.
fn grouped(history: &History, split: Index, with_clock: bool) -> (Shipment, Shipment) {
    let polls = history.polls(with_clock);
    // There are two polls at least: before the first step, and after it.
    let middle = 1 + split.index(polls.len() - 1);
    let (earlier, later) = polls.split_at(middle);
    let merged = |polls: &[Shipment]| merged_all(polls.iter().cloned().map(Update::Snapshot));
    let state = Update::Snapshot(merged(later));
    (merged(&polls), merge(Some(merged(earlier)), state).shipment)
}

/// A field is null, absent or of another type, as an adapter reads it.
fn break_leg(shipment: &mut Shipment, place: usize, fault: u8) {
    let leg = &mut shipment.legs[place];
    match fault {
        5 => leg.courier = None,
        6 => leg.number = None,
        7 => {
            leg.events.clear();
            leg.completeness = Completeness::Partial;
        }
        8 => shipment.status = StatusReport::new(Status::Unknown),
        9 => {
            shipment.legs.clear();
            shipment.completeness = Completeness::Partial;
        }
        10 => shipment.number.clear(),
        _ => {
            for event in leg.events.iter_mut().skip(usize::from(fault) % 2) {
                match fault {
                    0 => event.time = None,
                    1 => event.description = None,
                    2 => event.location = None,
                    3 => event.status.raw = RawStatus::new(None),
                    _ => {}
                }
            }
            if fault == 4 && !leg.events.is_empty() {
                leg.events.remove(0);
                leg.completeness = Completeness::Partial;
            }
        }
    }
}

#[test]
fn history_is_no_empty_one() {
    let history = History::of_scans(3);

    assert_eq!(history.polls(true).len(), 4);
    assert_eq!(history.scans(), 3);
}
