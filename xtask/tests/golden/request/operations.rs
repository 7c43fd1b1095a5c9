// Generated from specs/request.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Lists parcels.
///
/// [Rate class](RateClass): `default`, without a documented limit.
pub const LIST_PARCELS: Operation = Operation::new("list-parcels", Method::GET, "/parcels")
    .success(&[204])
    .idempotent()
    .rate(RateClass::new("default", 0, Duration::from_secs(1)));

/// Creates a parcel.
///
/// [Rate class](RateClass): `create`, 3 requests in 60 seconds.
pub const CREATE_PARCEL: Operation = Operation::new("create-parcel", Method::POST, "/parcels")
    .success(&[201])
    .rate(RateClass::new("create", 3, Duration::from_secs(60)));

/// Creates parcels.
///
/// [Rate class](RateClass): `create`, 3 requests in 60 seconds.
pub const CREATE_PARCELS: Operation =
    Operation::new("create-parcels", Method::POST, "/parcels/bulk")
        .success(&[200, 207])
        .rate(RateClass::new("create", 3, Duration::from_secs(60)));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[&LIST_PARCELS, &CREATE_PARCEL, &CREATE_PARCELS];
