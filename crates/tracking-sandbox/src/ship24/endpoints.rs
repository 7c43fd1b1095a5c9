//! The endpoints, by the provider's names of the operations.

use super::handlers::{
    bulk, couriers, create, history, list, resend, results, search, track, update,
};
use super::provider::Ship24Provider;
use crate::server::Endpoint;

pub(crate) static ENDPOINTS: &[Endpoint<Ship24Provider>] = &[
    Endpoint::post("create-tracker", "/trackers", create::create),
    Endpoint::get("list-trackers", "/trackers", list::list),
    Endpoint::post("bulk-create-trackers", "/trackers/bulk", bulk::create),
    Endpoint::post(
        "create-tracker-and-get-tracking-results",
        "/trackers/track",
        track::track,
    ),
    Endpoint::get(
        "get-tracker-by-trackerId",
        "/trackers/{trackerId}",
        list::get,
    ),
    Endpoint::patch(
        "update-tracker-by-trackerId",
        "/trackers/{trackerId}",
        update::update,
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
    Endpoint::get("get-couriers", "/couriers", couriers::list),
    Endpoint::post("get-tracking", "/tracking/search", search::search),
    Endpoint::post(
        "resend-webhooks",
        "/trackers/{trackerId}/webhook-events/resend",
        resend::resend,
    ),
    Endpoint::get(
        "download-webhook-history",
        "/trackers/{trackerId}/webhook-history/download",
        history::download,
    ),
];
