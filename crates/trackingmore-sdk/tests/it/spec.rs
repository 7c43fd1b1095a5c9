//! The code agrees with the description of the API that it was generated from.

use std::ops::RangeInclusive;

use tracking_testkit::Spec;
use trackingmore_sdk::operations;

pub(crate) fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "trackingmore")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    // Of the 18 paths and methods, reading one has a second form with a language.
    assert_eq!(operations::ALL.len(), 19);
    for operation in operations::ALL {
        assert_eq!(operation.success, [200, 201], "{}", operation.id);
    }
    spec().assert_operations(operations::ALL);
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
        let schema = &spec.document["components"]["schemas"][name];
        let bound = |key: &str| usize::try_from(schema[key].as_u64().unwrap()).unwrap();
        assert_eq!(limit, bound("x-min-items")..=bound("x-max-items"), "{name}");
    }
}
