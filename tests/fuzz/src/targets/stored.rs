//! Any stored shipment, change or merge: what is read can be written, and is the same when it is read again.

use std::fmt::Debug;
use std::fs;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tracking_core::Shipment;
use tracking_core::merge::{Change, Merged, Update, merge};

use crate::input::Input;

/// What was stored by each version, with the first byte that reads it.
const FILES: [(u8, &str); 11] = [
    (0, "format-0.json"),
    (0, "format-1.json"),
    (0, "format-1-first.json"),
    (0, "format-1-second.json"),
    (0, "format-1-third.json"),
    (1, "format-1.names.msgpack"),
    (1, "format-1.positions.msgpack"),
    (2, "format-1.cbor"),
    (3, "changes-1.json"),
    (3, "changes-1-first.json"),
    (4, "changes-1.positions.msgpack"),
];

pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let form = input.byte() % 7;
    let stored = input.rest();
    match form {
        0 => shipment(Shipment::from_json(stored).map_err(|error| {
            assert_eq!(error.to_string().lines().count(), 1, "{error}");
        })),
        1 => shipment(message_pack::<Shipment>(stored)),
        2 => shipment(cbor::<Shipment>(stored)),
        3 => changes(serde_json::from_slice(stored).map_err(drop)),
        4 => changes(message_pack(stored)),
        5 => {
            if let Ok(merged) = serde_json::from_slice::<Merged>(stored) {
                assert_is_stored_in_every_format(&merged);
            }
        }
        _ => {
            if let Ok(update) = serde_json::from_slice::<Update>(stored) {
                assert_is_stored_in_every_format(&update);
                shipment(Ok(update.into_shipment()));
            }
        }
    }
}

/// How many values may be inside of each other. What `serde` reads by its tag, such as a change, it keeps first, with up to
/// a mebibyte for each list whose length is announced.
const DEPTH: usize = 32;

fn message_pack<T: DeserializeOwned>(stored: &[u8]) -> Result<T, ()> {
    let mut reader = rmp_serde::Deserializer::from_read_ref(stored);
    reader.set_max_depth(DEPTH);
    T::deserialize(&mut reader).map_err(drop)
}

fn cbor<T: DeserializeOwned>(stored: &[u8]) -> Result<T, ()> {
    ciborium::de::from_reader_with_recursion_limit(stored, DEPTH).map_err(drop)
}

fn shipment(read: Result<Shipment, ()>) {
    let Ok(shipment) = read else {
        return;
    };
    assert_is_stored_in_every_format(&shipment);
    let first = merge(None, Update::Snapshot(shipment.clone()));
    let merged = merge(Some(shipment.clone()), Update::Partial(first.shipment));
    assert_is_stored_in_every_format(&merge(Some(merged.shipment), Update::Snapshot(shipment)));
}

fn changes(read: Result<Vec<Change>, ()>) {
    let Ok(changes) = read else {
        return;
    };
    for change in &changes {
        let line = change.to_string();
        assert_eq!(line.lines().count(), 1, "{line:?}");
    }
    assert_is_stored_in_every_format(&changes);
}

/// JSON, MessagePack by position and by name, and CBOR.
pub(crate) fn assert_is_stored_in_every_format<T>(value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let json = serde_json::to_vec(value).unwrap();
    assert_eq!(&serde_json::from_slice::<T>(&json).unwrap(), value);
    let positions = rmp_serde::to_vec(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&positions).unwrap(), value);
    let names = rmp_serde::to_vec_named(value).unwrap();
    assert_eq!(&rmp_serde::from_slice::<T>(&names).unwrap(), value);
    let mut cbor = Vec::new();
    ciborium::into_writer(value, &mut cbor).unwrap();
    assert_eq!(
        &ciborium::from_reader::<T, _>(cbor.as_slice()).unwrap(),
        value
    );
}

/// What every version stored.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../crates/tracking-core/tests/fixtures/stored"
    );
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for (form, file) in FILES {
        let stored = fs::read(format!("{folder}/{file}")).unwrap();
        seeds.push([&[form], stored.as_slice()].concat());
        if file == "format-1.json" {
            let stored = String::from_utf8(stored).unwrap();
            seeds.push(format!("\u{5}{{\"shipment\":{stored}}}").into_bytes());
            seeds.push(format!("\u{6}{{\"partial\":{stored}}}").into_bytes());
        }
    }
    seeds
}
