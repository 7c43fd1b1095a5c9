// Generated from specs/ship24.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What is known about each endpoint before it is called.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::Method;
use tracking_http::{Operation, RateClass};

/// Creates a tracker, which Ship24 follows and reports through webhooks.
///
/// A repeat with an equal payload returns the existing tracker and uses no quota. Two payloads are
/// equal when the client's tracker id (or else the tracking number), shipping day, countries, post
/// code, shipment reference, courier name, tracking page, courier codes and settings are equal;
/// `title`, `orderNumber` and `recipient` are not compared. Any other difference creates another
/// tracker and uses quota.
///
/// Errors: `validation_error`, `shipping_date_outdated`, `tracker_conflict` when the client's
/// tracker id belongs to an active tracker with another payload, `request_conflict` when the same
/// payload is being processed in parallel, `quota_limit_reached`, `no_active_subscription`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `create-tracker`, 10 requests per second.
pub const CREATE_TRACKER: Operation = Operation::new("create-tracker", Method::POST, "/trackers")
    .success(&[200, 201])
    .idempotent()
    .rate(RateClass::new("create-tracker", 10, Duration::from_secs(1)));

/// Lists the account's trackers, page by page.
///
/// Holds no tracking results. The oldest tracker comes first unless `sort` says otherwise.
///
/// The response holds no total, no link to the next page and no echo of the page number: the last
/// page is the one with fewer trackers than `limit`.
///
/// Errors: authentication and subscription errors only.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// Assumed: A page past the end is an empty list.
///
/// [Rate class](RateClass): `list-trackers`, 10 requests per second.
pub const LIST_TRACKERS: Operation = Operation::new("list-trackers", Method::GET, "/trackers")
    .success(&[200])
    .idempotent()
    .rate(RateClass::new("list-trackers", 10, Duration::from_secs(1)));

/// Creates up to 100 trackers in one request.
///
/// The body is a bare array of 1 to 100 create objects.
///
/// Each item is idempotent in the same way as a single creation, and equal items inside one request
/// are merged; the request as a whole is documented as not idempotent. The response has its own
/// shape without the outer `data` envelope, and 201, 207, 400 and 403 all carry it: decide by
/// `status`, not by the HTTP code. Failed authentication (400 or 401), 422 and 429 carry the
/// ordinary error bodies instead.
///
/// Errors: `processing_error` when every item failed, `bulk_create_limit_exceeded` for more than
/// 100 items, `validation_error` and `parsing_error` for an unusable body, `quota_limit_reached`;
/// the reason for one item is in that item.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// Assumed: A request in which every tracker exists already returns 200 or 201; both carry the same
/// body. An unusable body is refused in the shape of this response, with the codes of other
/// operations.
///
/// [Rate class](RateClass): `bulk-create-trackers`, 3 requests per second.
pub const BULK_CREATE_TRACKERS: Operation =
    Operation::new("bulk-create-trackers", Method::POST, "/trackers/bulk")
        .success(&[200, 201, 207])
        .rate(RateClass::new(
            "bulk-create-trackers",
            3,
            Duration::from_secs(1),
        ));

/// Creates a tracker if there is none and returns its tracking results at once.
///
/// The first call for a number asks the couriers while the caller waits, which takes from a few
/// seconds up to about 60; later calls with the same payload return stored results. Keep the
/// payload unchanged: any difference creates another tracker. To read results again, prefer the
/// results by tracker id.
///
/// Errors: as for the creation of a tracker; `tracker_conflict` also when the courier codes overlap
/// those of an existing tracker without being equal to them.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `create-tracker-and-get-tracking-results`, 10 requests per second.
pub const CREATE_TRACKER_AND_GET_TRACKING_RESULTS: Operation = Operation::new(
    "create-tracker-and-get-tracking-results",
    Method::POST,
    "/trackers/track",
)
.success(&[200, 201])
.idempotent()
.rate(RateClass::new(
    "create-tracker-and-get-tracking-results",
    10,
    Duration::from_secs(1),
))
.timeout(Duration::from_secs(60));

/// Returns one tracker without tracking results.
///
/// The provider's schema forgets the `data.tracker` envelope; its examples and its SDK have it.
///
/// Errors: `tracker_not_found`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `get-tracker-by-trackerId`, 10 requests per second.
pub const GET_TRACKER_BY_TRACKER_ID: Operation = Operation::new(
    "get-tracker-by-trackerId",
    Method::GET,
    "/trackers/{trackerId}",
)
.success(&[200])
.idempotent()
.rate(RateClass::new(
    "get-tracker-by-trackerId",
    10,
    Duration::from_secs(1),
));

/// Changes a tracker, or stops it by setting `isSubscribed` to false.
///
/// Fields that are not sent stay as they are.
///
/// Courier codes, countries of origin and destination, and the shipping date can no longer change
/// once shipment data has been gathered. There is no call that deletes a tracker: setting
/// `isSubscribed` to false archives it, which keeps the stored results readable, ends webhooks and
/// frees the client's tracker id.
///
/// A failed attempt is not repeated automatically: the repeat may be refused although the first
/// attempt succeeded.
///
/// Errors: `tracker_not_updatable`, `validation_error`, `tracker_not_found`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// Assumed: Null is never accepted to clear a value, so the client has no way to send it.
///
/// [Rate class](RateClass): `update-tracker-by-trackerId`, 10 requests per second.
pub const UPDATE_TRACKER_BY_TRACKER_ID: Operation = Operation::new(
    "update-tracker-by-trackerId",
    Method::PATCH,
    "/trackers/{trackerId}",
)
.success(&[200])
.rate(RateClass::new(
    "update-tracker-by-trackerId",
    10,
    Duration::from_secs(1),
));

/// Returns the tracking results of every tracker with this tracking number.
///
/// Reads stored results. A number is not unique, so several trackings may come back.
///
/// Errors: 404 when the account has no tracker for the number; create one first.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `get-tracking-results-of-trackers-by-tracking-number`, 10 requests per
/// second.
pub const GET_TRACKING_RESULTS_OF_TRACKERS_BY_TRACKING_NUMBER: Operation = Operation::new(
    "get-tracking-results-of-trackers-by-tracking-number",
    Method::GET,
    "/trackers/search/{trackingNumber}/results",
)
.success(&[200])
.idempotent()
.rate(RateClass::new(
    "get-tracking-results-of-trackers-by-tracking-number",
    10,
    Duration::from_secs(1),
));

/// Returns the tracking results of one tracker.
///
/// Reads stored results, always exactly one tracking. The recommended way to read results when the
/// tracker id is kept.
///
/// Errors: `tracker_not_found`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `get-tracking-results-of-tracker-by-trackerId`, 10 requests per second.
pub const GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID: Operation = Operation::new(
    "get-tracking-results-of-tracker-by-trackerId",
    Method::GET,
    "/trackers/{trackerId}/results",
)
.success(&[200])
.idempotent()
.rate(RateClass::new(
    "get-tracking-results-of-tracker-by-trackerId",
    10,
    Duration::from_secs(1),
));

/// Sends all webhook messages of a tracker again.
///
/// Takes no body. The account needs a webhook address, which is set in the dashboard.
///
/// Errors: `webhook_url_missing`, `tracker_not_found`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `resend-webhooks`, 1 request per second.
pub const RESEND_WEBHOOKS: Operation = Operation::new(
    "resend-webhooks",
    Method::POST,
    "/trackers/{trackerId}/webhook-events/resend",
)
.success(&[201])
.rate(RateClass::new("resend-webhooks", 1, Duration::from_secs(1)));

/// Downloads the history of webhook messages sent for a tracker.
///
/// Holds every finished push, newest first, as a JSON file attachment without a `data` envelope.
/// The limit of one call per second is known from the official SDK only.
///
/// Errors: `tracker_not_found`.
///
/// Source: Ship24 OpenAPI 2026-07.
///
/// [Rate class](RateClass): `download-webhook-history`, 1 request per second.
pub const DOWNLOAD_WEBHOOK_HISTORY: Operation = Operation::new(
    "download-webhook-history",
    Method::GET,
    "/trackers/{trackerId}/webhook-history/download",
)
.success(&[200])
.idempotent()
.rate(RateClass::new(
    "download-webhook-history",
    1,
    Duration::from_secs(1),
));

/// Lists every courier that Ship24 supports.
///
/// Comes in one response, without pages. The list is large (several hundred kilobytes) and one call
/// per second is allowed, so keep it. Works with either product.
///
/// Errors: authentication and subscription errors only.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// [Rate class](RateClass): `get-couriers`, 1 request per second.
pub const GET_COURIERS: Operation = Operation::new("get-couriers", Method::GET, "/couriers")
    .success(&[200])
    .idempotent()
    .rate(RateClass::new("get-couriers", 1, Duration::from_secs(1)));

/// Searches the tracking results of a number once, without creating a tracker.
///
/// Asks the couriers while the caller waits, which takes up to about 60 seconds, and returns the
/// results. Creates no tracker; each call is billed, so it is never repeated automatically. Needs
/// the per-call product.
///
/// The trackings of this response have no `tracker` key.
///
/// Errors: `validation_error`, `parcel_not_found` when nothing is known yet, `quota_limit_reached`,
/// `no_active_subscription`.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// Assumed: Where nothing is known yet, a `pending` tracking without events may come instead of
/// `parcel_not_found`: the provider's own smoke test expects one.
///
/// [Rate class](RateClass): `get-tracking`, 10 requests per second.
pub const GET_TRACKING: Operation =
    Operation::new("get-tracking", Method::POST, "/tracking/search")
        .success(&[201])
        .rate(RateClass::new("get-tracking", 10, Duration::from_secs(1)))
        .timeout(Duration::from_secs(60));

/// Every operation, in the order of the spec.
pub const ALL: &[&Operation] = &[
    &CREATE_TRACKER,
    &LIST_TRACKERS,
    &BULK_CREATE_TRACKERS,
    &CREATE_TRACKER_AND_GET_TRACKING_RESULTS,
    &GET_TRACKER_BY_TRACKER_ID,
    &UPDATE_TRACKER_BY_TRACKER_ID,
    &GET_TRACKING_RESULTS_OF_TRACKERS_BY_TRACKING_NUMBER,
    &GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID,
    &RESEND_WEBHOOKS,
    &DOWNLOAD_WEBHOOK_HISTORY,
    &GET_COURIERS,
    &GET_TRACKING,
];

/// How many characters the path parameter `trackerId` may have.
pub const TRACKER_ID_LENGTH: RangeInclusive<usize> = 1..=100;

/// How many characters the path parameter `trackingNumber` may have.
pub const TRACKING_NUMBER_LENGTH: RangeInclusive<usize> = 1..=50;
