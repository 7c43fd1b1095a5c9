// Generated from specs/response.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Returns a parcel.
///
/// Waits for the courier when nothing is stored.
///
/// Observed, not documented: official SDK 1.0.
///
/// Assumed: A repeat has no further effect.
///
/// [Rate class](RateClass): `parcels`, 10 requests per second.
pub const GET_PARCEL: Operation = Operation::new("get-parcel", Method::GET, "/parcels/{parcelId}")
    .success(&[200, 202])
    .idempotent()
    .rate(RateClass::new("parcels", 10, Duration::from_secs(1)))
    .timeout(Duration::from_secs(60));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[&GET_PARCEL];

/// How many characters the path parameter `parcelId` may have.
pub const PARCEL_ID_LENGTH: RangeInclusive<usize> = 1..=100;
