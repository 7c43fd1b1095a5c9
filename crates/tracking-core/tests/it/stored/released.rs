//! What users have in their databases: a change of these files breaks them. Each is read for ever.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tracking_core::merge::{Change, ChangeKind, Update, merge};
use tracking_core::model::{ConflictKind, EtaSource};
use tracking_core::{Direction, LegRole, Origin, Precision, Shipment, Status};

use super::full::{full, last_poll};

/// The form before it had a version.
const FORMAT_0: &str = include_str!("../../fixtures/stored/format-0.json");

/// Version 1 as it was first written, before accounts and proofs of delivery were stored.
const FORMAT_1_FIRST: &str = include_str!("../../fixtures/stored/format-1-first.json");

/// Version 1 before the event was stored that made a status final.
const FORMAT_1_SECOND: &str = include_str!("../../fixtures/stored/format-1-second.json");

/// Version 1 before it was stored when a message repeated a milestone, and that a response was of a former
/// parcel.
const FORMAT_1_THIRD: &str = include_str!("../../fixtures/stored/format-1-third.json");

/// A merged shipment with every field.
pub(super) const FORMAT_1: &str = include_str!("../../fixtures/stored/format-1.json");

/// Changes before the details of statuses were stored.
const CHANGES_1_FIRST: &str = include_str!("../../fixtures/stored/changes-1-first.json");

/// A change of each kind.
pub(super) const CHANGES_1: &str = include_str!("../../fixtures/stored/changes-1.json");

#[test]
fn shipment_is_stored_as_it_always_was() {
    let golden: Value = serde_json::from_str(FORMAT_1).unwrap();

    assert_eq!(serde_json::to_value(full()).unwrap(), golden);
    assert_eq!(Shipment::from_json(FORMAT_1.as_bytes()).unwrap(), full());
}

/// Returns true if everything that is stored is written again, where nulls and what was added later do
/// not count.
fn is_kept(stored: &Value, written: &Value) -> bool {
    match (stored, written) {
        (Value::Object(stored), Value::Object(written)) => stored.iter().all(|(key, value)| {
            let written = written.get(key).unwrap_or(&Value::Null);
            is_kept(value, written)
        }),
        (Value::Array(stored), Value::Array(written)) => {
            let pairs = stored.iter().zip(written);
            stored.len() == written.len()
                && pairs.into_iter().all(|(stored, it)| is_kept(stored, it))
        }
        (stored, written) => stored == written,
    }
}

#[test]
fn earlier_form_keeps_every_field() {
    for (form, expected) in [
        // The form has no place for a proof of delivery, so that is news.
        (FORMAT_1_FIRST, vec![ChangeKind::FactChanged]),
        (FORMAT_1_SECOND, vec![]),
        (FORMAT_1_THIRD, vec![]),
    ] {
        let golden: Value = serde_json::from_str(form).unwrap();

        let stored = Shipment::from_json(form.as_bytes()).unwrap();

        assert!(is_kept(&golden, &serde_json::to_value(&stored).unwrap()));
        let merged = merge(Some(stored), last_poll());
        let kinds: Vec<ChangeKind> = merged.changes.iter().map(Change::kind).collect();
        assert_eq!(kinds, expected);
    }
}

#[test]
fn earlier_changes_keep_every_field() {
    let golden: Value = serde_json::from_str(CHANGES_1_FIRST).unwrap();

    let changes: Vec<Change> = serde_json::from_str(CHANGES_1_FIRST).unwrap();

    assert!(is_kept(&golden, &serde_json::to_value(&changes).unwrap()));
}

#[test]
fn bytes_of_other_formats_are_read_for_ever() {
    let expected = Shipment::from_json(FORMAT_1_THIRD.as_bytes()).unwrap();
    let by_position: &[u8] = include_bytes!("../../fixtures/stored/format-1.positions.msgpack");
    let by_name: &[u8] = include_bytes!("../../fixtures/stored/format-1.names.msgpack");
    let cbor: &[u8] = include_bytes!("../../fixtures/stored/format-1.cbor");

    assert_eq!(
        rmp_serde::from_slice::<Shipment>(by_position).unwrap(),
        expected
    );
    assert_eq!(
        rmp_serde::from_slice::<Shipment>(by_name).unwrap(),
        expected
    );
    assert_eq!(
        ciborium::from_reader::<Shipment, _>(cbor).unwrap(),
        expected
    );
    let changes: &[u8] = include_bytes!("../../fixtures/stored/changes-1.positions.msgpack");
    let expected: Vec<Change> = serde_json::from_str(CHANGES_1_FIRST).unwrap();
    assert_eq!(
        rmp_serde::from_slice::<Vec<Change>>(changes).unwrap(),
        expected
    );
}

#[test]
fn changes_are_stored_as_they_always_were() {
    let golden: Value = serde_json::from_str(CHANGES_1).unwrap();

    let changes: Vec<Change> = serde_json::from_str(CHANGES_1).unwrap();

    assert_eq!(serde_json::to_value(&changes).unwrap(), golden);
    let kinds: BTreeSet<ChangeKind> = changes.iter().map(Change::kind).collect();
    assert_eq!(kinds, ChangeKind::ALL.iter().copied().collect());
}

/// Where each object of this shape has the field null or empty.
fn empty_fields(golden: &Value) -> BTreeSet<String> {
    fn note(value: &Value, path: &str, is_set: &mut BTreeMap<String, bool>) {
        let set = match value {
            Value::Null => false,
            Value::Array(list) => {
                list.iter()
                    .for_each(|it| note(it, &format!("{path}[]"), is_set));
                !list.is_empty()
            }
            Value::Object(object) => {
                object
                    .iter()
                    .for_each(|(key, it)| note(it, &format!("{path}.{key}"), is_set));
                !object.is_empty()
            }
            Value::String(text) => !text.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        };
        *is_set.entry(path.to_owned()).or_default() |= set;
    }
    let mut is_set = BTreeMap::new();
    note(golden, "", &mut is_set);
    let empty = is_set.into_iter().filter(|(_, is_set)| !is_set);
    empty.map(|(path, _)| path).collect()
}

#[test]
fn golden_file_has_every_field() {
    let golden: Value = serde_json::from_str(FORMAT_1).unwrap();

    // Reasons are in the status of the shipment, which has the same fields.
    let expected = [
        ".legs[].events[].status.reason",
        ".legs[].status.reason",
        // The status is not final.
        ".memory.final_event",
        // The last response was of this parcel.
        ".memory.former_since",
    ];
    assert_eq!(empty_fields(&golden), expected.map(str::to_owned).into());
}

#[test]
fn same_response_after_reading_changes_nothing() {
    let stored = Shipment::from_json(FORMAT_1.as_bytes()).unwrap();

    let merged = merge(Some(stored.clone()), last_poll());

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.status, stored.status);
}

#[test]
fn form_without_version_is_read_and_merged() {
    let stored = Shipment::from_json(FORMAT_0.as_bytes()).unwrap();
    assert_eq!(stored.format, 0);
    assert_eq!(stored.direction, Direction::Inbound);
    assert_eq!(stored.legs[0].role, LegRole::Origin);
    assert_eq!(stored.legs[0].events[0].key.as_str(), "e1");
    assert_eq!(stored.legs[0].events[0].raw.get(), r#"{"at": 1.50}"#);
    assert_eq!(stored.etas[0].source, EtaSource::Courier);
    assert_eq!(stored.conflicts[0].kind, ConflictKind::TimeOrder);
    assert_eq!(stored.problems[0].path, "events[1]");

    let merged = merge(Some(stored.clone()), Update::Snapshot(stored));

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.format, Shipment::FORMAT);
}

#[test]
fn fields_that_an_earlier_version_did_not_store_are_empty() {
    let stored = json!({
        "provider": "testpost",
        "number": "TP0001",
        "freshness": {"fetched_at": "2025-12-01T10:00:00Z"},
        "legs": [{"events": [{"key": "e1"}, {"key": "e2", "status": {"status": "delivered"}}]}],
    });

    let shipment: Shipment = serde_json::from_value(stored).unwrap();

    assert_eq!(shipment.status.status, Status::Unknown);
    assert_eq!(shipment.direction, Direction::Unknown);
    assert_eq!(shipment.provider_gave_up, None);
    assert!(shipment.raw.is_null());
    let leg = &shipment.legs[0];
    assert_eq!(leg.role, LegRole::Unknown);
    assert_eq!((leg.events[0].copies, leg.events[0].retracted), (1, false));
    let status = &leg.events[1].status;
    assert_eq!(status.status, Status::Delivered);
    assert_eq!(status.precision, Precision::Ambiguous);
    assert_eq!(status.origin, Origin::Reported);
}
