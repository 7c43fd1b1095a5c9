//! JSON of another version: every name, value and field of the golden files is another one once.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracking_core::merge::{Change, ChangeKind, EventField, Fact, Update};
use tracking_core::model::{ConflictKind, EtaPrecision, EtaSource};
use tracking_core::time::TimeKind;
use tracking_core::webhook::WebhookProof;
use tracking_core::{
    Direction, ErrorKind, Evidence, LegRole, Origin, Outcome, Precision, Shipment, Status,
};

use super::released::{CHANGES_1, FORMAT_1};

const NEW_NAME: &str = "name_of_2031";

/// A place in JSON: keys and indices from the root.
pub(super) type Place = Vec<String>;

/// Every place but the root.
pub(super) fn places(json: &Value) -> Vec<Place> {
    let children: Vec<(String, &Value)> = match json {
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered
                .map(|(index, it)| (index.to_string(), it))
                .collect()
        }
        Value::Object(object) => object.iter().map(|(key, it)| (key.clone(), it)).collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (name, child) in children {
        all.push(vec![name.clone()]);
        let inner = places(child).into_iter();
        all.extend(inner.map(|inner| [vec![name.clone()], inner].concat()));
    }
    all
}

fn pointer(place: &[String]) -> String {
    place.iter().map(|name| format!("/{name}")).collect()
}

pub(super) fn value_at<'a>(json: &'a mut Value, place: &[String]) -> Option<&'a mut Value> {
    json.pointer_mut(&pointer(place))
}

/// The place without indices, beginning with the kind of a change.
fn shape(golden: &Value, place: &[String]) -> String {
    let mut shape = String::new();
    for (depth, name) in place.iter().enumerate() {
        let element = golden.pointer(&pointer(&place[..=depth]));
        let kind = element
            .and_then(|it| it.get("kind"))
            .filter(|_| golden.is_array());
        match (name.parse::<usize>(), kind) {
            (Ok(_), Some(kind)) if depth == 0 => shape.push_str(kind.as_str().unwrap_or_default()),
            (Ok(_), _) => shape.push_str("[]"),
            (Err(_), _) if shape.is_empty() => shape.push_str(name),
            (Err(_), _) => {
                shape.push('.');
                shape.push_str(name);
            }
        }
    }
    shape
}

/// Without what is at the place, and without nulls, which say nothing.
fn rest(json: &Value, place: &[String]) -> Value {
    fn without_nulls(json: &mut Value) {
        match json {
            Value::Array(list) => list.iter_mut().for_each(without_nulls),
            Value::Object(object) => {
                object.values_mut().for_each(without_nulls);
                object.retain(|_, value| !value.is_null());
            }
            _ => {}
        }
    }
    let mut json = json.clone();
    if let Some(value) = value_at(&mut json, place) {
        *value = Value::Null;
    }
    without_nulls(&mut json);
    json
}

/// Edits one place after the other, and returns those at which the edited JSON is not read. Whatever is
/// read is written back as it was, apart from what the edited value belongs to.
fn refused<T>(golden: &str, edit: impl Fn(&mut Value, &Place) -> bool) -> BTreeSet<String>
where
    T: DeserializeOwned + Serialize + Debug,
{
    let golden: Value = serde_json::from_str(golden).unwrap();
    let mut refused = BTreeSet::new();
    let mut count = 0;
    for place in places(&golden) {
        let mut edited = golden.clone();
        if !edit(&mut edited, &place) {
            continue;
        }
        count += 1;
        match serde_json::from_str::<T>(&edited.to_string()) {
            Err(_) => {
                refused.insert(shape(&golden, &place));
            }
            Ok(read) => {
                let written = serde_json::to_value(&read).unwrap();
                let owner = &place[..place.len() - 1];
                assert_eq!(rest(&written, owner), rest(&golden, owner), "{place:?}");
            }
        }
    }
    assert!(count > 50, "only {count} places were edited");
    refused
}

fn rename(json: &mut Value, place: &Place) -> bool {
    let value = value_at(json, place).filter(|value| value.is_string());
    value.is_some_and(|value| {
        *value = json!(NEW_NAME);
        true
    })
}

fn make_null(json: &mut Value, place: &Place) -> bool {
    value_at(json, place).is_some_and(|value| !value.take().is_null())
}

fn remove(json: &mut Value, place: &Place) -> bool {
    let Some((name, owner)) = place.split_last() else {
        return false;
    };
    let object = value_at(json, owner).and_then(Value::as_object_mut);
    object.is_some_and(|object| object.remove(name).is_some())
}

fn add_key(json: &mut Value, place: &Place) -> bool {
    let object = value_at(json, place).and_then(Value::as_object_mut);
    object.is_some_and(|object| {
        object.insert(NEW_NAME.to_owned(), json!({"new": [1, null, {"a": "b"}]}));
        true
    })
}

fn shapes<const N: usize>(shapes: [&str; N]) -> BTreeSet<String> {
    shapes.map(str::to_owned).into()
}

/// What the documentation of `Shipment` lists.
const REQUIRED: [&str; 7] = [
    "etas[].from",
    "etas[].from.text",
    "freshness",
    "freshness.fetched_at",
    "legs[].events[].key",
    "number",
    "provider",
];

/// What the documentation of `Change` lists, beside the kind of each change.
const REQUIRED_OF_CHANGES: [&str; 20] = [
    "added.event",
    "added.event.key",
    "attention_changed.needed",
    "courier_changed.to",
    "courier_changed.to.code",
    "eta_changed.from.from",
    "eta_changed.from.from.text",
    "eta_changed.to",
    "eta_changed.to.from",
    "eta_changed.to.from.text",
    "gave_up.given_up",
    "late.event.key",
    "number_changed.to",
    "restored.event",
    "restored.event.key",
    "retracted.event",
    "retracted.event.key",
    "revised.event",
    "revised.event.key",
    "signed.event.key",
];

fn required_of_changes() -> BTreeSet<String> {
    let kinds = ChangeKind::ALL.iter().map(|kind| format!("{kind}.kind"));
    let mut required = shapes(REQUIRED_OF_CHANGES);
    required.extend(kinds);
    required
}

#[test]
fn unknown_name_costs_no_shipment() {
    let refused = refused::<Shipment>(FORMAT_1, rename);

    assert_eq!(refused, shapes(["freshness.fetched_at"]));
}

#[test]
fn null_costs_no_shipment_but_at_required_places() {
    assert_eq!(refused::<Shipment>(FORMAT_1, make_null), shapes(REQUIRED));
}

#[test]
fn missing_field_costs_no_shipment_but_at_required_places() {
    assert_eq!(refused::<Shipment>(FORMAT_1, remove), shapes(REQUIRED));
}

#[test]
fn unknown_field_costs_no_shipment() {
    assert_eq!(refused::<Shipment>(FORMAT_1, add_key), shapes([]));
}

#[test]
fn unknown_name_costs_no_change() {
    assert_eq!(refused::<Vec<Change>>(CHANGES_1, rename), shapes([]));
}

#[test]
fn null_costs_no_change_but_at_required_places() {
    // The list is the user's own.
    let in_change = |json: &mut Value, place: &Place| place.len() > 1 && make_null(json, place);
    let refused = refused::<Vec<Change>>(CHANGES_1, in_change);

    assert_eq!(refused, required_of_changes());
}

#[test]
fn missing_field_costs_no_change_but_at_required_places() {
    let refused = refused::<Vec<Change>>(CHANGES_1, remove);

    assert_eq!(refused, required_of_changes());
}

#[test]
fn unknown_field_costs_no_change() {
    assert_eq!(refused::<Vec<Change>>(CHANGES_1, add_key), shapes([]));
}

#[test]
fn names_of_a_later_version_are_unknown_values() {
    let mut stored: Value = serde_json::from_str(FORMAT_1).unwrap();
    let mut rename = |pointer: &str| *stored.pointer_mut(pointer).unwrap() = json!(NEW_NAME);
    rename("/status/status");
    rename("/status/detail");
    rename("/status/precision");
    rename("/status/origin");
    rename("/direction");
    rename("/completeness");
    rename("/legs/0/role");
    rename("/etas/0/source");
    rename("/etas/0/precision");
    rename("/conflicts/0/kind");

    let shipment: Shipment = serde_json::from_value(stored).unwrap();

    let Status::Unmapped(name) = &shipment.status.status else {
        panic!("{:?}", shipment.status);
    };
    assert_eq!(name.as_str(), NEW_NAME);
    assert_eq!(shipment.status.detail.unwrap().as_str(), NEW_NAME);
    assert_eq!(shipment.status.precision, Precision::Ambiguous);
    assert_eq!(shipment.status.origin, Origin::Derived(NEW_NAME.into()));
    assert_eq!(shipment.direction, Direction::Unknown);
    assert!(!shipment.completeness.is_complete());
    assert_eq!(shipment.legs[0].role, LegRole::Unknown);
    assert_eq!(shipment.etas[0].source, EtaSource::Unknown);
    assert_eq!(shipment.etas[0].precision, EtaPrecision::Unknown);
    assert_eq!(shipment.conflicts[0].kind, ConflictKind::Unknown);
}

#[test]
fn milestone_of_a_later_version_is_written_back() {
    let mut stored: Value = serde_json::from_str(FORMAT_1).unwrap();
    let claimed = stored["milestones"]["claimed"].as_object_mut().unwrap();
    let time = claimed["delivered"].clone();
    claimed.insert(NEW_NAME.to_owned(), time.clone());

    let shipment: Shipment = serde_json::from_value(stored).unwrap();
    let written = serde_json::to_value(&shipment).unwrap();

    assert_eq!(written["milestones"]["claimed"][NEW_NAME], time);
    assert_eq!(
        serde_json::from_value::<Shipment>(written).unwrap(),
        shipment
    );
}

#[test]
fn names_beside_a_shipment_are_unknown_values() {
    fn read<T: DeserializeOwned>() -> serde_json::Result<T> {
        serde_json::from_value(json!(NEW_NAME))
    }

    assert_eq!(read::<TimeKind>().unwrap(), TimeKind::Unparsed);
    assert_eq!(read::<Evidence>().unwrap(), Evidence::Unknown);
    assert_eq!(read::<ErrorKind>().unwrap(), ErrorKind::Unknown);
    assert_eq!(read::<WebhookProof>().unwrap(), WebhookProof::None);
    assert_eq!(read::<Fact>().unwrap(), Fact::Unknown);
    for proof in [
        WebhookProof::None,
        WebhookProof::SharedSecret,
        WebhookProof::TimestampMac,
        WebhookProof::BodyMac,
    ] {
        let json = serde_json::to_value(proof).unwrap();
        assert_eq!(serde_json::from_value::<WebhookProof>(json).unwrap(), proof);
    }
    // Nothing could be done with these.
    assert!(read::<Update>().is_err());
    assert!(read::<Outcome>().is_err());
}

#[test]
fn kind_of_a_later_version_is_an_unknown_change() {
    let stored = r#"[{"kind": "split", "into": [{"number": "A"}, "B"]}, {"kind": "gave_up", "given_up": true}]"#;

    let changes: Vec<Change> = serde_json::from_str(stored).unwrap();

    let kinds: Vec<ChangeKind> = changes.iter().map(Change::kind).collect();
    assert_eq!(kinds, [ChangeKind::Unknown, ChangeKind::GaveUp]);
    let field: EventField = serde_json::from_str(r#""weight""#).unwrap();
    assert_eq!(field, EventField::Unknown);
}
