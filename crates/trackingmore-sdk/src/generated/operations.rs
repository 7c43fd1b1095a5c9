// Generated from specs/trackingmore.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Registers one tracking number, which TrackingMore follows from then on.
///
/// Returns the tracking without results: its status is `pending` until the carrier was asked.
///
/// Safe to repeat: a number that is registered already is left alone and gives 4016, so a second
/// attempt neither registers twice nor uses quota. Whoever repeats reads 4016 as "already there".
///
/// Errors: 4013, 4014, 4015, 4016 (exists already), 4019 and 4021 (quota).
///
/// Source: docs: api-track-create-a-tracking-item.
///
/// Assumed: A repeat that is refused with 4016 uses no quota.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const CREATE_TRACKING: Operation =
    Operation::new("create-tracking", Method::POST, "/trackings/post")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Returns one registered tracking with its results.
///
/// Reads stored results. The number must have been registered before.
///
/// Errors: 4017 (not registered), 4031 (nothing there).
///
/// Source: docs: api-track-get-a-single-tracking-results.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const GET_TRACKING: Operation = Operation::new(
    "get-tracking",
    Method::GET,
    "/trackings/{carrier_code}/{tracking_number}",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Changes what the account keeps about one tracking, or sets its status by hand.
///
/// Fields that are not sent stay as they are. Safe to repeat: every field is set to a fixed value.
///
/// Errors: 4012, 4017 (not registered).
///
/// Source: docs: api-track-update-tracking-item.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const UPDATE_TRACKING: Operation = Operation::new(
    "update-tracking",
    Method::PUT,
    "/trackings/{carrier_code}/{tracking_number}",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Deletes one tracking from the account.
///
/// The response says nothing but success: `data` is `[]`. Safe to repeat: a tracking that is gone
/// already gives 4017, which means that the requested state is reached.
///
/// Errors: 4017 (not registered).
///
/// Source: docs: api-track-delete-a-tracking-item.
///
/// Assumed: Deleting a tracking that does not exist gives 4017 and has no other effect.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const DELETE_TRACKING: Operation = Operation::new(
    "delete-tracking",
    Method::DELETE,
    "/trackings/{carrier_code}/{tracking_number}",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Returns one registered tracking with its event texts in another language.
///
/// The same response as without language. Works only when the carrier's own site has the language.
///
/// Errors: 4017 (not registered), 4031 (nothing there).
///
/// Observed, not documented: official PHP SDK 2.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const GET_TRACKING_IN_LANGUAGE: Operation = Operation::new(
    "get-tracking-in-language",
    Method::GET,
    "/trackings/{carrier_code}/{tracking_number}/{lang}",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Registers up to 40 tracking numbers in one request.
///
/// The body is a bare array. The response says item by item what became of it: registered ones are
/// in `trackings`, refused ones in `errors` with their own code. A request of which some items
/// failed is still a success (201).
///
/// Safe to repeat: items that the first attempt registered come back in `errors` with 4016, which
/// means "already there".
///
/// Errors: 4020 (too many items), 4021 (quota).
///
/// Source: docs: api-track-create-multiple-track.
///
/// Assumed: An item that is refused with 4016 uses no quota.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const BATCH_CREATE_TRACKINGS: Operation =
    Operation::new("batch-create-trackings", Method::POST, "/trackings/batch")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Lists the account's trackings with their results, page by page.
///
/// Finding nothing is reported with the code 4031 and `data: []`: an empty list, not a failure.
///
/// Errors: 4031 (nothing found), 4033 (`status` is not valid, although its type says "No Content").
///
/// Source: docs: the page on listing trackings.
///
/// Assumed: A page past the end gives 4031 as well.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const LIST_TRACKINGS: Operation =
    Operation::new("list-trackings", Method::GET, "/trackings/get")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Changes what the account keeps about several trackings.
///
/// The body is a bare array. Nobody has published a response, so `data` is kept as it comes. Safe
/// to repeat: every field is set to a fixed value.
///
/// Errors: 4020 (too many items).
///
/// Source: docs: api-track-updatemore-tracking-item.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const UPDATE_MORE_TRACKINGS: Operation = Operation::new(
    "update-more-trackings",
    Method::POST,
    "/trackings/updatemore",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Deletes several trackings from the account.
///
/// The body is a bare array. Each entry of the response is inside an object with the single key
/// `meta`.
///
/// Safe to repeat: trackings that are gone already stay gone; the counter of a repeat may be lower.
///
/// Errors: 4020 (too many items).
///
/// Source: docs: api-track-delete-multiple-tracking-item.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const DELETE_TRACKINGS: Operation =
    Operation::new("delete-trackings", Method::POST, "/trackings/delete")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Asks the carrier at once and returns what it says now.
///
/// At most three requests per second (one according to a support article of 2023), and the same
/// shipment only once in two hours. What a second call within that time returns is not known, so it
/// is never repeated automatically.
///
/// The items lack the account's fields (`created_at`, `updated_at`, `customer_*`, `archived`).
/// Whether the number is registered by the call is not known.
///
/// Errors: 4013, 4014, 4015, 4019 and 4021 (quota), 4031 (the carrier knows nothing).
///
/// Source: docs: api-track-get-realtime-tracking-results.
///
/// Assumed: A call may take as long as the provider's own SDK allows for any call, 60 seconds.
///
/// [Rate class](RateClass): `realtime`, 3 requests per second.
pub const REALTIME_TRACKING: Operation =
    Operation::new("realtime-tracking", Method::POST, "/trackings/realtime")
        .success(&[200, 201])
        .rate(RateClass::new("realtime", 3, Duration::from_secs(1)))
        .timeout(Duration::from_secs(60));

/// Moves a tracking to another carrier.
///
/// Not repeated automatically: after a success the tracking is known by the new carrier only, and a
/// repeat would be refused as if it had never been registered.
///
/// Errors: 4015, 4017 (not registered under the old carrier).
///
/// Source: docs: api-track-update-carrier.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const UPDATE_CARRIER: Operation =
    Operation::new("update-carrier", Method::POST, "/trackings/update")
        .success(&[200, 201])
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Returns the account's data and balance.
///
/// The provider's example is not valid JSON: it prints a telephone number as a number that begins
/// with a plus sign.
///
/// Source: docs: api-get-user-info.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const GET_USER_INFO: Operation =
    Operation::new("get-user-info", Method::GET, "/trackings/getuserinfo")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Counts the account's trackings by status.
///
/// The counters can be limited to times of registration and of the order.
///
/// Source: docs: api-get-status-number.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const GET_STATUS_NUMBER: Operation = Operation::new(
    "get-status-number",
    Method::GET,
    "/trackings/getstatusnumber",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Stops following several trackings; their stored results stay.
///
/// The body is a bare array. Safe to repeat: what is stopped stays stopped; the counter of a repeat
/// may be lower.
///
/// Errors: 4020 (too many items).
///
/// Source: docs: api-track-batch-not-update.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const NOT_UPDATE_TRACKINGS: Operation =
    Operation::new("not-update-trackings", Method::POST, "/trackings/notupdate")
        .success(&[200, 201])
        .idempotent()
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Says which express companies treat a place as a remote area.
///
/// The body is a bare array. Five calls cost one unit of quota, so it is never repeated
/// automatically.
///
/// Errors: 4019 and 4021 (quota), 4020 (too many items).
///
/// Source: docs: api-get-remote-item.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const REMOTE_AREAS: Operation =
    Operation::new("remote-areas", Method::POST, "/trackings/remote")
        .success(&[200, 201])
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Returns statistics of how many days a carrier needs between two countries.
///
/// The body is a bare array. The documentation names attributes of the response but neither their
/// types nor what wraps them, so `data` is kept as it comes.
///
/// Errors: 4020 (too many items), 4031 (no statistics).
///
/// Source: docs: api-get-costtime-items.
///
/// Assumed: The call uses no quota and may be repeated; no page says that it costs anything.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const COST_TIME: Operation = Operation::new("cost-time", Method::POST, "/trackings/costtime")
    .success(&[200, 201])
    .idempotent()
    .reads()
    .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Returns the results of air waybills.
///
/// Costs 20 units of quota for each air waybill, so it is never repeated automatically.
///
/// Errors: 4014 (not an air waybill), 4018 (to be activated by customer service), 4019 and 4021
/// (quota), 4031 (nothing there).
///
/// Source: docs: api-get-aircargo-items.
///
/// Assumed: A call may take as long as the provider's own SDK allows for any call, 60 seconds.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const AIR_CARGO: Operation = Operation::new("air-cargo", Method::POST, "/trackings/aircargo")
    .success(&[200, 201])
    .rate(RateClass::new("account", 1, Duration::from_secs(1)))
    .timeout(Duration::from_secs(60));

/// Lists every carrier that TrackingMore supports.
///
/// Comes in one response, without pages: 663 carriers in a list of 2020. The provider's example has
/// a `meta` with nothing but the code.
///
/// Source: docs: api-carriers-en.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const LIST_CARRIERS: Operation = Operation::new("list-carriers", Method::GET, "/carriers")
    .success(&[200, 201])
    .idempotent()
    .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Proposes carriers for a tracking number by its form.
///
/// Costs a fifth of a unit of quota per call, so it is never repeated automatically. Finding no
/// carrier is reported with the code 4032: an empty list, not a failure.
///
/// Errors: 4013, 4014, 4032 (no carrier found).
///
/// Observed, not documented: official samples and the documentation of a sister product.
///
/// Assumed: The carriers come with the likeliest one first.
///
/// [Rate class](RateClass): `account`, 1 request per second.
pub const DETECT_CARRIER: Operation =
    Operation::new("detect-carrier", Method::POST, "/carriers/detect")
        .success(&[200, 201])
        .rate(RateClass::new("account", 1, Duration::from_secs(1)));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[
    &CREATE_TRACKING,
    &GET_TRACKING,
    &UPDATE_TRACKING,
    &DELETE_TRACKING,
    &GET_TRACKING_IN_LANGUAGE,
    &BATCH_CREATE_TRACKINGS,
    &LIST_TRACKINGS,
    &UPDATE_MORE_TRACKINGS,
    &DELETE_TRACKINGS,
    &REALTIME_TRACKING,
    &UPDATE_CARRIER,
    &GET_USER_INFO,
    &GET_STATUS_NUMBER,
    &NOT_UPDATE_TRACKINGS,
    &REMOTE_AREAS,
    &COST_TIME,
    &AIR_CARGO,
    &LIST_CARRIERS,
    &DETECT_CARRIER,
];
