//! The endpoints, by the provider's names of the operations.

use super::handlers::{
    bulk_create_trackers, create_tracker, create_tracker_and_get_tracking_results,
    download_webhook_history, get_couriers, get_tracking, resend_webhooks, results, trackers,
    update_tracker,
};
use super::provider::Ship24Provider;
use crate::server::Endpoint;

pub(crate) static ENDPOINTS: &[Endpoint<Ship24Provider>] = &[
    Endpoint::post("create-tracker", "/trackers", create_tracker::create),
    Endpoint::get("list-trackers", "/trackers", trackers::list),
    Endpoint::post(
        "bulk-create-trackers",
        "/trackers/bulk",
        bulk_create_trackers::create,
    ),
    Endpoint::post(
        "create-tracker-and-get-tracking-results",
        "/trackers/track",
        create_tracker_and_get_tracking_results::track,
    ),
    Endpoint::get(
        "get-tracker-by-trackerId",
        "/trackers/{trackerId}",
        trackers::get,
    ),
    Endpoint::patch(
        "update-tracker-by-trackerId",
        "/trackers/{trackerId}",
        update_tracker::update,
    ),
    Endpoint::get(
        "get-tracking-results-of-trackers-by-tracking-number",
        "/trackers/search/{trackingNumber}/results",
        results::by_number,
    ),
    Endpoint::get(
        "get-tracking-results-of-tracker-by-trackerId",
        "/trackers/{trackerId}/results",
        results::by_id,
    ),
    Endpoint::get("get-couriers", "/couriers", get_couriers::list),
    Endpoint::post("get-tracking", "/tracking/search", get_tracking::search),
    Endpoint::post(
        "resend-webhooks",
        "/trackers/{trackerId}/webhook-events/resend",
        resend_webhooks::resend,
    ),
    Endpoint::get(
        "download-webhook-history",
        "/trackers/{trackerId}/webhook-history/download",
        download_webhook_history::download,
    ),
];
