//! The endpoints, and what the sandbox calls their operations.

use http::Method;

use super::handlers::{
    air_cargo, batch, carriers, change_carrier, counters, create, delete, detect, get, list,
    not_update, realtime, remote, transit_times, update,
};
use super::provider::TrackingMoreProvider;
use crate::server::{Call, Endpoint, Reply};

/// The operation with a limit of its own.
pub(super) const REALTIME: &str = "realtime";

/// Two operations answer on several paths.
pub(super) static ENDPOINTS: [Endpoint<TrackingMoreProvider>; 21] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        handler: fn(&TrackingMoreProvider, &Call<'_>) -> Reply,
    ) -> Endpoint<TrackingMoreProvider> {
        Endpoint {
            id,
            method,
            path,
            per_second: 1,
            handler,
        }
    }
    const ONE: &str = "/trackings/{carrier_code}/{tracking_number}";
    [
        endpoint(
            "create-tracking",
            Method::POST,
            "/trackings/post",
            create::create,
        ),
        endpoint("get-tracking", Method::GET, ONE, get::get),
        endpoint(
            "get-tracking",
            Method::GET,
            "/trackings/{carrier_code}/{tracking_number}/",
            get::get,
        ),
        endpoint(
            "get-tracking",
            Method::GET,
            "/trackings/{carrier_code}/{tracking_number}/{lang}",
            get::get,
        ),
        endpoint("update-tracking", Method::PUT, ONE, update::one),
        endpoint("delete-tracking", Method::DELETE, ONE, delete::one),
        endpoint(
            "batch-create-trackings",
            Method::POST,
            "/trackings/batch",
            batch::create,
        ),
        endpoint("list-trackings", Method::GET, "/trackings/get", list::list),
        endpoint(
            "update-trackings",
            Method::POST,
            "/trackings/updatemore",
            update::many,
        ),
        endpoint(
            "delete-trackings",
            Method::POST,
            "/trackings/delete",
            delete::many,
        ),
        endpoint(
            REALTIME,
            Method::POST,
            "/trackings/realtime",
            realtime::query,
        ),
        endpoint(
            "change-carrier",
            Method::POST,
            "/trackings/update",
            change_carrier::change,
        ),
        endpoint(
            "get-user-info",
            Method::GET,
            "/trackings/getuserinfo",
            counters::user_info,
        ),
        endpoint(
            "get-status-number",
            Method::GET,
            "/trackings/getstatusnumber",
            counters::status_number,
        ),
        endpoint(
            "not-update",
            Method::POST,
            "/trackings/notupdate",
            not_update::stop,
        ),
        endpoint("remote", Method::POST, "/trackings/remote", remote::look_up),
        endpoint(
            "cost-time",
            Method::POST,
            "/trackings/costtime",
            transit_times::look_up,
        ),
        endpoint(
            "air-cargo",
            Method::POST,
            "/trackings/aircargo",
            air_cargo::track,
        ),
        endpoint("list-carriers", Method::GET, "/carriers", carriers::list),
        endpoint("list-carriers", Method::GET, "/carriers/", carriers::list),
        endpoint(
            "detect-carrier",
            Method::POST,
            "/carriers/detect",
            detect::detect,
        ),
    ]
};

/// The operations, each once.
pub(super) fn operations() -> Vec<&'static str> {
    let mut names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.id).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_operations_have_a_name_each() {
        let mut names = operations();
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 18);
        assert_eq!(operations().len(), 18);
    }
}
