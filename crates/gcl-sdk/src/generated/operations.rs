// Generated from specs/gcl.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Reads the checkpoints of one parcel.
///
/// There is no status of the parcel as a whole. The checkpoints may be empty for a parcel that is
/// known and was not scanned yet.
///
/// Errors: `TRACKING_DETAILS_NOT_FOUND`.
///
/// Source: docs: api/tracking_details; support: 11712257.
///
/// Assumed: The newest checkpoint gives the state of the parcel, and the newest expected day is the
/// best estimate.
///
/// [Rate class](RateClass): `account`, 100 requests per second.
pub const GET_TRACKING: Operation =
    Operation::new("get-tracking", Method::GET, "/tracking/{trackingNumber}")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new("account", 100, Duration::from_secs(1)));

/// Quotes the shipping methods for an address and packages.
///
/// The body is that of an order without its shipping method. The account's methods come back with
/// their price and transit days.
///
/// Source: docs: api/shipping_methods_quote; support: 11712247.
///
/// Assumed: A quote creates nothing, so it may be repeated after a failure whose outcome is
/// unknown.
///
/// [Rate class](RateClass): `account`, 100 requests per second.
pub const QUOTE_SHIPPING_METHODS: Operation = Operation::new(
    "quote-shipping-methods",
    Method::POST,
    "/shipping-methods/quote",
)
.success(&[200])
.idempotent()
.reads()
.rate(RateClass::new("account", 100, Duration::from_secs(1)));

/// Creates an order for shipping, with its label and tracking code.
///
/// The response comes within seconds and says whether it worked. Once the request may have arrived
/// it is never repeated automatically: nothing says what a second order with the same reference
/// does.
///
/// In prose, success carries an address of the label and a tracking code, and further documents
/// depending on the destination. Under which names is not known, so they are in `extra` and in the
/// raw body.
///
/// Source: docs: api/order_create, overview; support: 11712223.
///
/// Assumed: One minute is enough for the synchronous response, and an order that gets a 429 was not
/// created.
///
/// [Rate class](RateClass): `account`, 100 requests per second.
pub const CREATE_SHIPPING_ORDER: Operation =
    Operation::new("create-shipping-order", Method::POST, "/shipping-orders")
        .success(&[200, 201])
        .rate(RateClass::new("account", 100, Duration::from_secs(1)))
        .timeout(Duration::from_secs(60));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[
    &GET_TRACKING,
    &QUOTE_SHIPPING_METHODS,
    &CREATE_SHIPPING_ORDER,
];

/// How many characters the path parameter `trackingNumber` may have.
pub const TRACKING_NUMBER_LENGTH: RangeInclusive<usize> = 1..=100;
