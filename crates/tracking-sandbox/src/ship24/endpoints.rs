//! The endpoints, by the provider's names of the operations.

use http::Method;

use super::handlers::{
    bulk, couriers, create, history, list, resend, results, search, track, update,
};
use super::provider::Ship24Provider;
use crate::server::{Call, Endpoint, Reply};

pub(super) static ENDPOINTS: [Endpoint<Ship24Provider>; 12] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        per_second: u32,
        handler: fn(&Ship24Provider, &Call<'_>) -> Reply,
    ) -> Endpoint<Ship24Provider> {
        Endpoint {
            id,
            method,
            path,
            per_second,
            handler,
        }
    }
    [
        endpoint(
            "create-tracker",
            Method::POST,
            "/trackers",
            10,
            create::create,
        ),
        endpoint("list-trackers", Method::GET, "/trackers", 10, list::list),
        endpoint(
            "bulk-create-trackers",
            Method::POST,
            "/trackers/bulk",
            3,
            bulk::create,
        ),
        endpoint(
            "create-tracker-and-get-tracking-results",
            Method::POST,
            "/trackers/track",
            10,
            track::track,
        ),
        endpoint(
            "get-tracker-by-trackerId",
            Method::GET,
            "/trackers/{trackerId}",
            10,
            list::get,
        ),
        endpoint(
            "update-tracker-by-trackerId",
            Method::PATCH,
            "/trackers/{trackerId}",
            10,
            update::update,
        ),
        endpoint(
            "get-tracking-results-of-trackers-by-tracking-number",
            Method::GET,
            "/trackers/search/{trackingNumber}/results",
            10,
            results::by_number,
        ),
        endpoint(
            "get-tracking-results-of-tracker-by-trackerId",
            Method::GET,
            "/trackers/{trackerId}/results",
            10,
            results::by_id,
        ),
        endpoint("get-couriers", Method::GET, "/couriers", 1, couriers::list),
        endpoint(
            "get-tracking",
            Method::POST,
            "/tracking/search",
            10,
            search::search,
        ),
        endpoint(
            "resend-webhooks",
            Method::POST,
            "/trackers/{trackerId}/webhook-events/resend",
            1,
            resend::resend,
        ),
        endpoint(
            "download-webhook-history",
            Method::GET,
            "/trackers/{trackerId}/webhook-history/download",
            1,
            history::download,
        ),
    ]
};
