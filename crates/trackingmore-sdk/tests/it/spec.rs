//! The code agrees with the description of the API that it was generated from.

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use serde_yaml_ng::Value;
use trackingmore_sdk::operations;
use trackingmore_sdk::tracking_http::Operation;

pub(crate) fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn spec() -> Value {
    serde_yaml_ng::from_str(&read("../../specs/trackingmore.yaml")).unwrap()
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("no text `{key}`"))
}

/// A value of an enum as it stands on the wire.
fn wire_text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.as_i64().unwrap().to_string(),
    }
}

/// The texts of the known values of each enum, by its name in the spec.
macro_rules! known_values {
    ($($name:ident),+ $(,)?) => {
        BTreeMap::from([$((
            stringify!($name),
            trackingmore_sdk::$name::KNOWN
                .iter()
                .map(|value| value.as_str().to_owned())
                .collect::<Vec<_>>(),
        )),+])
    };
}

#[test]
fn every_enum_knows_exactly_the_values_of_the_spec() {
    let spec = spec();
    let known = known_values![
        TrackingStatus,
        TrackingSubstatus,
        CarrierType,
        ArchiveState,
        ManualStatus,
    ];

    let mut described = BTreeMap::new();
    for (name, schema) in spec["components"]["schemas"].as_mapping().unwrap() {
        if let Some(values) = schema["enum"].as_sequence() {
            let values: Vec<String> = values.iter().map(wire_text).collect();
            described.insert(name.as_str().unwrap(), values);
        }
    }

    assert_eq!(known, described);
}

/// The operations of the spec, in its order.
pub(crate) fn described_operations(spec: &Value) -> Vec<(String, String, &Value)> {
    let mut operations = Vec::new();
    for (path, item) in spec["paths"].as_mapping().unwrap() {
        for (method, operation) in item.as_mapping().unwrap() {
            if operation.get("operationId").is_none() {
                continue;
            }
            let method = method.as_str().unwrap().to_uppercase();
            operations.push((method, path.as_str().unwrap().to_owned(), operation));
        }
    }
    operations
}

#[test]
fn every_operation_agrees_with_the_spec() {
    let spec = spec();
    let described = described_operations(&spec);

    // Of the 18 paths and methods, reading one has a second form with a language.
    assert_eq!(operations::ALL.len(), 19);
    assert_eq!(operations::ALL.len(), described.len());
    for (operation, (method, path, wanted)) in operations::ALL.iter().zip(described) {
        let Operation { id, rate, .. } = operation;
        assert_eq!(*id, text(wanted, "operationId"));
        assert_eq!(
            (operation.method.as_str(), operation.path),
            (method.as_str(), path.as_str())
        );
        let success: Vec<u16> = wanted["responses"]
            .as_mapping()
            .unwrap()
            .keys()
            .filter_map(|code| code.as_str()?.parse().ok())
            .filter(|code| (200..300).contains(code))
            .collect();
        assert_eq!(operation.success, success, "{id}");
        assert_eq!(success, [200, 201], "{id}");
        assert_eq!(
            Some(operation.idempotent),
            wanted["x-idempotent"].as_bool(),
            "{id}"
        );
        let limit = &wanted["x-rate-limit"];
        assert_eq!(rate.name, text(limit, "class"), "{id}");
        assert_eq!(
            Some(u64::from(rate.requests)),
            limit["requests"].as_u64(),
            "{id}"
        );
        assert_eq!(
            rate.per,
            Duration::from_secs(limit["seconds"].as_u64().unwrap()),
            "{id}"
        );
        let timeout = wanted["x-timeout-secs"].as_u64().map(Duration::from_secs);
        assert_eq!(operation.timeout, timeout, "{id}");
    }
}

/// `get-tracking` becomes `get_tracking`.
pub(crate) fn method_name(operation: &str) -> String {
    operation.replace('-', "_")
}

#[test]
fn every_operation_is_used_by_exactly_the_method_of_its_name() {
    let client = read("src/client.rs") + &read("src/client/reference.rs");
    let uses = |text: &str, constant: &str| {
        text.split("operations::")
            .skip(1)
            .filter(|rest| {
                let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
                &rest[..end.unwrap_or(rest.len())] == constant
            })
            .count()
    };

    for operation in operations::ALL {
        let name = method_name(operation.id);
        let constant = name.to_uppercase();
        let start = format!("pub async fn {name}(");
        let (_, body) = client
            .split_once(&start)
            .unwrap_or_else(|| panic!("no method {name}"));
        let body = body.split("\n    pub ").next().unwrap();

        assert_eq!(uses(&client, &constant), 1, "{constant}");
        assert_eq!(uses(body, &constant), 1, "{name} does not use {constant}");
    }
}

#[test]
fn every_array_has_the_limits_of_the_spec() {
    let spec = spec();
    let limits: [(&str, RangeInclusive<usize>); 6] = [
        (
            "BatchCreateRequest",
            trackingmore_sdk::BATCH_CREATE_REQUEST_ITEMS,
        ),
        (
            "UpdateMoreRequest",
            trackingmore_sdk::UPDATE_MORE_REQUEST_ITEMS,
        ),
        (
            "DeleteTrackingsRequest",
            trackingmore_sdk::DELETE_TRACKINGS_REQUEST_ITEMS,
        ),
        (
            "NotUpdateRequest",
            trackingmore_sdk::NOT_UPDATE_REQUEST_ITEMS,
        ),
        ("RemoteRequest", trackingmore_sdk::REMOTE_REQUEST_ITEMS),
        ("CostTimeRequest", trackingmore_sdk::COST_TIME_REQUEST_ITEMS),
    ];

    for (name, limit) in limits {
        let schema = &spec["components"]["schemas"][name];
        let bound = |key: &str| usize::try_from(schema[key].as_u64().unwrap()).unwrap();
        assert_eq!(limit, bound("x-min-items")..=bound("x-max-items"), "{name}");
    }
}
