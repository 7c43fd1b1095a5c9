// Generated from specs/oneconcepts.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Exchanges the account's e-mail address and password for a token.
///
/// The token is a JWT that lives about 45 minutes and goes into `Authorization: Bearer`. There is
/// no refresh: ask for a new one.
///
/// Source: docs: authentication.
///
/// Assumed: The request is `application/ld+json` as everywhere, carries no `Authorization`, and
/// succeeds with any 2xx; asking again has no further effect.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const CREATE_TOKEN: Operation =
    Operation::new("create-token", Method::POST, "/api/create-token")
        .success(&[200])
        .idempotent()
        .reads()
        .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Lists trackings, filtered by the time of their creation or by an order number, page by page.
///
/// New trackings are uploaded once a day at 18:00 German time (Europe/Berlin). Nothing found is an
/// empty list.
///
/// Filters combine with AND.
///
/// Source: docs: trackings.
///
/// Assumed: A filter that the server cannot read is ignored instead of refused, so results that
/// clearly do not fit are an error.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const LIST_TRACKINGS: Operation =
    Operation::new("list-trackings", Method::GET, "/api/trackings")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Returns one tracking.
///
/// Orders link to their trackings by such addresses.
///
/// Assumed: The addresses of trackings in lists and orders can be read with GET, as the framework
/// does by default; an unknown id is a 404. An id has at most 64 characters, so that a mistake is
/// found before it is sent.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const GET_TRACKING: Operation =
    Operation::new("get-tracking", Method::GET, "/api/trackings/{id}")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Lists orders by their status or by your own order number, page by page.
///
/// `status=shipped` gives the orders whose trackings wait to be fetched.
///
/// Source: docs: orders, trackings.
///
/// Assumed: Both filters are optional: one page calls the number mandatory, another asks by status
/// alone. Nothing found is an empty list. A filter that the server cannot use is ignored instead of
/// refused, so orders that clearly do not fit are an error.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const LIST_ORDERS: Operation = Operation::new("list-orders", Method::GET, "/api/orders")
    .success(&[200])
    .idempotent()
    .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Creates an order, as far as its form is published.
///
/// Only a part of the published example is known: the keys after the post code of the recipient are
/// not, nor are the key that holds the order lines and the key of a quantity. What is not described
/// here goes into `extra`.
///
/// Source: docs: orders.
///
/// Assumed: It succeeds with 201 and the order as body. Nothing is published about a repeated
/// number, so a request that may have arrived is not repeated.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const CREATE_ORDER: Operation = Operation::new("create-order", Method::POST, "/api/orders")
    .success(&[201])
    .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Sets the status of an order, at the path of the collection.
///
/// The documented purpose is to set `complete` after the trackings of a shipped order were fetched,
/// so that the order does not come again.
///
/// Keys that the server does not know are ignored without an error, so the status in the response
/// says more than the HTTP status.
///
/// Source: docs: orders, trackings.
///
/// Assumed: The order number is in the query, and the body is `application/ld+json` with the
/// status; neither the place of the number nor the media type is published. Any 2xx is a success,
/// with the order as body or without one; one that holds another order, or another status than the
/// one that was sent, means that the update went wrong.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const UPDATE_ORDER_STATUS: Operation =
    Operation::new("update-order-status", Method::PATCH, "/api/orders")
        .success(&[200, 204])
        .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Sets the status of an order, at the path of the order itself.
///
/// Used instead of the path of the collection when the client is set to it.
///
/// Assumed: The only form of PATCH that the framework offers by default; the provider documents the
/// path of the collection.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const UPDATE_ORDER_STATUS_BY_ID: Operation = Operation::new(
    "update-order-status-by-id",
    Method::PATCH,
    "/api/orders/{id}",
)
.success(&[200, 204])
.rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Lists the categories of products, page by page.
///
/// Each category has a code and up to three levels of names.
///
/// Source: docs: categorytree.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const LIST_CATEGORY_TREE: Operation =
    Operation::new("list-category-tree", Method::GET, "/api/categorytree")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Lists products by article number and allowed country, page by page.
///
/// An article that was asked for and is missing from the result has left the portfolio.
///
/// Source: docs: products.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const LIST_PRODUCTS: Operation = Operation::new("list-products", Method::GET, "/api/products")
    .success(&[200])
    .idempotent()
    .rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Says which of the given articles are no longer available.
///
/// It only reads, so it may be repeated.
///
/// Source: docs: products.check_availability.
///
/// Assumed: Any 2xx is a success, and a repeat has no further effect.
///
/// [Rate class](RateClass): `api`, without a documented limit.
pub const CHECK_AVAILABILITY: Operation = Operation::new(
    "check-availability",
    Method::POST,
    "/api/products/check-availability",
)
.success(&[200])
.idempotent()
.reads()
.rate(RateClass::new("api", 0, Duration::from_secs(1)));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[
    &CREATE_TOKEN,
    &LIST_TRACKINGS,
    &GET_TRACKING,
    &LIST_ORDERS,
    &CREATE_ORDER,
    &UPDATE_ORDER_STATUS,
    &UPDATE_ORDER_STATUS_BY_ID,
    &LIST_CATEGORY_TREE,
    &LIST_PRODUCTS,
    &CHECK_AVAILABILITY,
];

/// How many characters the path parameter `id` may have.
pub const ID_LENGTH: RangeInclusive<usize> = 1..=64;
