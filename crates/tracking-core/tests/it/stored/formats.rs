//! Formats in which shipments are stored: JSON, MessagePack with and without names, CBOR.

use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracking_core::merge::{Change, merge};

use super::full::{full, last_poll};
use super::released::CHANGES_1;
use crate::observations::{any_update, cases, known};

fn assert_stored_in_all_formats<T>(value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value);

    let json = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(json).unwrap(), value);

    let by_position = rmp_serde::to_vec(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&by_position).unwrap(), value);

    let by_name = rmp_serde::to_vec_named(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&by_name).unwrap(), value);

    let mut cbor = Vec::new();
    ciborium::into_writer(value, &mut cbor).unwrap();
    assert_eq!(
        &ciborium::from_reader::<T, _>(cbor.as_slice()).unwrap(),
        value
    );
}

#[test]
fn full_shipment_survives_every_format() {
    assert_stored_in_all_formats(&full());
}

#[test]
fn changes_of_each_kind_survive_every_format() {
    let changes: Vec<Change> = serde_json::from_str(CHANGES_1).unwrap();

    assert_stored_in_all_formats(&changes);
}

#[test]
fn merged_shipment_with_a_replaced_one_survives_every_format() {
    let mut merged = merge(Some(full()), last_poll());
    merged.changes = serde_json::from_str(CHANGES_1).unwrap();
    merged.replaced = Some(Box::new(full()));

    assert_stored_in_all_formats(&merged);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases().cases / 4, ..cases() })]

    #[test]
    fn merged_shipment_survives_every_format(known in known(), update in any_update()) {
        assert_stored_in_all_formats(&update);
        assert_stored_in_all_formats(&known);
        assert_stored_in_all_formats(&merge(Some(known), update));
    }
}
