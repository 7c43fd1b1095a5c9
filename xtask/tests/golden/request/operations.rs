// Generated from specs/request.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Lists parcels.
pub const LIST_PARCELS: Operation = Operation {
    id: "list-parcels",
    method: Method::GET,
    path: "/parcels",
    success: &[204],
    idempotent: true,
    rate: RateClass {
        name: "default",
        requests: 0,
        per: Duration::from_secs(1),
    },
    timeout: None,
};

/// Creates a parcel.
pub const CREATE_PARCEL: Operation = Operation {
    id: "create-parcel",
    method: Method::POST,
    path: "/parcels",
    success: &[201],
    idempotent: false,
    rate: RateClass {
        name: "create",
        requests: 3,
        per: Duration::from_secs(60),
    },
    timeout: None,
};

/// Creates parcels.
pub const CREATE_PARCELS: Operation = Operation {
    id: "create-parcels",
    method: Method::POST,
    path: "/parcels/bulk",
    success: &[200, 207],
    idempotent: false,
    rate: RateClass {
        name: "create",
        requests: 3,
        per: Duration::from_secs(60),
    },
    timeout: None,
};

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[&LIST_PARCELS, &CREATE_PARCEL, &CREATE_PARCELS];
