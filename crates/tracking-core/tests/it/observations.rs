//! Observations of any content, and what merges make of them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use tracking_core::merge::{Update, merge};
use tracking_core::model::EtaSource;
use tracking_core::{Direction, Eta, Event, LegRole, Shipment, Status, Timestamp};

use crate::parcels::{at, content_event, event, leg, parcel};

/// Thousands of cases of each law, the same ones in each run: what fails is due to the change. `PROPTEST_CASES` asks
/// for that many others.
pub(crate) fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let asked = asked.and_then(|cases| cases.parse().ok());
    let cases = asked.unwrap_or(2_000);
    let own = ProptestConfig::default();
    ProptestConfig {
        cases,
        max_global_rejects: cases,
        rng_seed: asked.map_or(RngSeed::Fixed(2_000), |_| own.rng_seed),
        ..own
    }
}

/// Times of every kind, many of them equal.
fn time() -> impl Strategy<Value = String> {
    let clock = (1..6_u8, 8..11_u8, select(vec!["", "Z", "+01:00", "-05:30"]));
    prop_oneof![
        6 => clock.prop_map(|(day, hour, zone)| format!("2025-12-0{day}T{hour:02}:00:00{zone}")),
        1 => (1..6_u8).prop_map(|day| format!("2025-12-0{day}")),
        1 => Just("soon".to_owned()),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL.to_vec())
}

fn any_event() -> impl Strategy<Value = Event> {
    let text = select(vec!["Sorted", "Loaded", "sorted ", "Handed over"]);
    let place = select(vec![None, Some("Köln"), Some("KÖLN "), Some("Bonn")]);
    let order = option::of(0..3_i64);
    (0..8_u8, time(), status(), text, place, any::<bool>(), order).prop_map(
        |(id, time, status, text, place, has_id, order)| {
            let mut event = if has_id {
                event(&format!("e{id}"), &time, status, text)
            } else {
                content_event(&time, &format!("c{}", id % 3), text)
            };
            event.location = place.map(str::to_owned);
            event.order = order;
            event
        },
    )
}

/// What a report says beside its events, in a few values and spellings.
#[derive(Clone, Debug)]
struct Facts {
    service: Option<&'static str>,
    signed_by: Option<&'static str>,
    country: Option<&'static str>,
    url: Option<&'static str>,
    given_up: Option<bool>,
    direction: Direction,
    eta: Option<&'static str>,
    linked: Option<&'static str>,
    leg_number: Option<&'static str>,
}

fn facts() -> impl Strategy<Value = Facts> {
    let of = |values: &'static [&'static str]| option::of(select(values));
    let strings = (
        of(&["Express", "Economy"]),
        of(&["A. Person", "B. Person"]),
        of(&["DE", "FR"]),
        of(&["https://example.com/1", "https://example.com/2"]),
    );
    let direction = select(vec![
        Direction::Unknown,
        Direction::Outbound,
        Direction::Inbound,
    ]);
    let others = (
        of(&["2025-12-06", "2025-12-06T00:00:00", "2025-12-07"]),
        of(&["TP0002", "TP0003"]),
        of(&["OP1", "op1", "OP2"]),
    );
    (strings, option::of(any::<bool>()), direction, others).prop_map(
        |((service, signed_by, country, url), given_up, direction, (eta, linked, leg_number))| {
            Facts {
                service,
                signed_by,
                country,
                url,
                given_up,
                direction,
                eta,
                linked,
                leg_number,
            }
        },
    )
}

impl Facts {
    fn add_to(self, shipment: &mut Shipment) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        shipment.service = owned(self.service);
        shipment.signed_by = owned(self.signed_by);
        shipment.origin_country = owned(self.country);
        shipment.tracking_url = owned(self.url);
        shipment.provider_gave_up = self.given_up;
        shipment.direction = self.direction;
        let eta = |text| Eta::new(EtaSource::Courier, Timestamp::parse(text), "eta");
        shipment.etas.extend(self.eta.map(eta));
        shipment.linked_numbers.extend(owned(self.linked));
        if let Some(leg) = shipment.legs.get_mut(1) {
            leg.number = owned(self.leg_number);
        }
    }
}

pub(crate) fn any_shipment() -> impl Strategy<Value = Shipment> {
    let clock = option::of(0..50_i64);
    let events = (vec(any_event(), 0..8), vec(any_event(), 0..4));
    (status(), 0..50_i64, events, clock, facts()).prop_map(
        |(status, fetched, (events, others), clock, facts)| {
            let mut shipment = parcel(status, fetched * 10, events);
            if !others.is_empty() {
                shipment
                    .legs
                    .push(leg("otherpost", LegRole::Destination, others));
            }
            shipment.freshness.provider_updated_at = clock.map(at);
            facts.add_to(&mut shipment);
            shipment
        },
    )
}

pub(crate) fn any_update() -> impl Strategy<Value = Update> {
    (any_shipment(), any::<bool>()).prop_map(|(shipment, complete)| {
        if complete {
            Update::Snapshot(shipment)
        } else {
            Update::Partial(shipment)
        }
    })
}

pub(crate) fn known() -> impl Strategy<Value = Shipment> {
    vec(any_update(), 1..4).prop_map(|updates| {
        let merged = updates
            .into_iter()
            .fold(None, |known, update| Some(merge(known, update).shipment));
        merged.expect("one update at least")
    })
}
