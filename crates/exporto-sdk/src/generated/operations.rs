// Generated from specs/exporto.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Issues a token for the account.
///
/// Takes the user name and the password in the header `Authorization` with the scheme `Basic`, and
/// a JSON body, which is not what RFC 6749 asks for. There is no refresh token: a new one is
/// requested in the same way.
///
/// Errors: 401 for a wrong user name or password.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
///
/// Assumed: Another token does not end those before it, so a request may be repeated.
///
/// [Rate class](RateClass): `create-token`, without a documented limit.
pub const CREATE_TOKEN: Operation = Operation::new("create-token", Method::POST, "/auth/token")
    .success(&[200])
    .idempotent()
    .reads()
    .rate(RateClass::new("create-token", 0, Duration::from_secs(1)));

/// Returns one shipment with everything that is known about it.
///
/// Errors: 404 for an unknown shipment.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0, help centre tracking data.
///
/// [Rate class](RateClass): `get-shipment`, without a documented limit.
pub const GET_SHIPMENT: Operation =
    Operation::new("get-shipment", Method::GET, "/shipment/{shipmentId}")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new("get-shipment", 0, Duration::from_secs(1)));

/// Finds shipments by a carrier's number or by a date, page by page.
///
/// The response is a bare array, empty when nothing matches, without a total or a link to the next
/// page. Its elements are partial: keys are missing which the same shipment has when it is read by
/// its id.
///
/// Errors: 400 without any selector.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
///
/// Assumed: A selector is one of the two numbers or one of the three dates, and at least one is
/// required; `page`, `pageSize` and `type` alone are none.
///
/// [Rate class](RateClass): `search-shipments`, without a documented limit.
pub const SEARCH_SHIPMENTS: Operation =
    Operation::new("search-shipments", Method::GET, "/shipment/search")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new(
            "search-shipments",
            0,
            Duration::from_secs(1),
        ));

/// Lists the tours that are available.
///
/// That the ids of the available tours can be read is documented; how long a tour stays available
/// is not known.
///
/// Assumed: The path, zero-based pages and a bare array of objects with `tourId` are assumed in the
/// style of the rest of the API.
///
/// [Rate class](RateClass): `list-tours`, without a documented limit.
pub const LIST_TOURS: Operation = Operation::new("list-tours", Method::GET, "/tour")
    .success(&[200])
    .idempotent()
    .rate(RateClass::new("list-tours", 0, Duration::from_secs(1)));

/// Closes a tour with the complete list of its shipments.
///
/// Takes the complete list of a pickup: it feeds the customs declaration, which is wrong when a
/// shipment is missing.
///
/// Errors: 400 for an unknown shipment.
///
/// Assumed: The path, the success codes and a response with `tourId` or without a body are assumed;
/// the two lists are documented.
///
/// [Rate class](RateClass): `create-tour`, without a documented limit.
pub const CREATE_TOUR: Operation = Operation::new("create-tour", Method::POST, "/tour")
    .success(&[201])
    .rate(RateClass::new("create-tour", 0, Duration::from_secs(1)));

/// Lists all shipments of a tour.
///
/// That the response holds every shipment id of the tour is documented; a tour holds processed
/// shipments only.
///
/// Errors: 404 for an unknown tour.
///
/// Assumed: The path and a bare array of objects with `shipmentId` are assumed; plain ids, and an
/// object with `shipmentIds`, are read as well.
///
/// [Rate class](RateClass): `list-tour-shipments`, without a documented limit.
pub const LIST_TOUR_SHIPMENTS: Operation = Operation::new(
    "list-tour-shipments",
    Method::GET,
    "/tour/{tourId}/shipment",
)
.success(&[200])
.idempotent()
.rate(RateClass::new(
    "list-tour-shipments",
    0,
    Duration::from_secs(1),
));

/// Lists the carrier products for which the account can create labels.
///
/// The response is a bare array with every method of the account, without pages.
///
/// Errors: authentication only.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
///
/// [Rate class](RateClass): `list-label-methods`, without a documented limit.
pub const LIST_LABEL_METHODS: Operation =
    Operation::new("list-label-methods", Method::GET, "/label/methods")
        .success(&[200])
        .idempotent()
        .rate(RateClass::new(
            "list-label-methods",
            0,
            Duration::from_secs(1),
        ));

/// Creates a label of a carrier.
///
/// Not repeated automatically: after a timeout the label may exist.
///
/// Errors: 400 and 503, both with the same message; the status decides.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0, help centre daily closing.
///
/// [Rate class](RateClass): `create-label`, without a documented limit.
pub const CREATE_LABEL: Operation = Operation::new("create-label", Method::POST, "/label")
    .success(&[201])
    .rate(RateClass::new("create-label", 0, Duration::from_secs(1)));

/// Registers a return shipment for an existing order.
///
/// The response has no body. Not repeated automatically: after an unclear outcome, read the
/// shipment by the id that was sent.
///
/// Errors: 400, 404 and 502, all with the same message; the status decides.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
///
/// Assumed: A 404 means that the order is unknown. Any other 2xx, with or without a body, is a
/// success too.
///
/// [Rate class](RateClass): `register-return-shipment`, without a documented limit.
pub const REGISTER_RETURN_SHIPMENT: Operation = Operation::new(
    "register-return-shipment",
    Method::POST,
    "/order/return-shipment",
)
.success(&[201])
.rate(RateClass::new(
    "register-return-shipment",
    0,
    Duration::from_secs(1),
));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[
    &CREATE_TOKEN,
    &GET_SHIPMENT,
    &SEARCH_SHIPMENTS,
    &LIST_TOURS,
    &CREATE_TOUR,
    &LIST_TOUR_SHIPMENTS,
    &LIST_LABEL_METHODS,
    &CREATE_LABEL,
    &REGISTER_RETURN_SHIPMENT,
];
