//! The endpoints, and what the sandbox calls their operations.

use super::handlers::{
    air_cargo, batch_create_trackings, cost_time, counters, create_tracking, delete_tracking,
    detect_carrier, get_tracking, list_carriers, list_trackings, not_update_trackings,
    realtime_tracking, remote_areas, update_carrier, update_tracking,
};
use super::provider::TrackingMoreProvider;
use crate::server::Endpoint;

/// The operation with a limit of its own.
pub(crate) const REALTIME: &str = "realtime-tracking";

const ONE: &str = "/trackings/{carrier_code}/{tracking_number}";

/// Two are there by POST as well: the provider's own PHP clients send their parameters in a body.
pub(crate) static ENDPOINTS: &[Endpoint<TrackingMoreProvider>] = &[
    Endpoint::post(
        "create-tracking",
        "/trackings/post",
        create_tracking::create,
    ),
    Endpoint::get("get-tracking", ONE, get_tracking::get),
    Endpoint::get(
        "get-tracking",
        "/trackings/{carrier_code}/{tracking_number}/",
        get_tracking::get,
    ),
    Endpoint::get(
        "get-tracking-in-language",
        "/trackings/{carrier_code}/{tracking_number}/{lang}",
        get_tracking::get,
    ),
    Endpoint::put("update-tracking", ONE, update_tracking::one),
    Endpoint::delete("delete-tracking", ONE, delete_tracking::one),
    Endpoint::post(
        "batch-create-trackings",
        "/trackings/batch",
        batch_create_trackings::create,
    ),
    Endpoint::get("list-trackings", "/trackings/get", list_trackings::list),
    Endpoint::post(
        "list-trackings-by-body",
        "/trackings/get",
        list_trackings::list_by_body,
    ),
    Endpoint::post(
        "update-more-trackings",
        "/trackings/updatemore",
        update_tracking::many,
    ),
    Endpoint::post(
        "delete-trackings",
        "/trackings/delete",
        delete_tracking::many,
    ),
    Endpoint::post(REALTIME, "/trackings/realtime", realtime_tracking::query),
    Endpoint::post(
        "update-carrier",
        "/trackings/update",
        update_carrier::change,
    ),
    Endpoint::get(
        "get-user-info",
        "/trackings/getuserinfo",
        counters::user_info,
    ),
    Endpoint::get(
        "get-status-number",
        "/trackings/getstatusnumber",
        counters::status_number,
    ),
    Endpoint::post(
        "get-status-number-by-body",
        "/trackings/getstatusnumber",
        counters::status_number_by_body,
    ),
    Endpoint::post(
        "not-update-trackings",
        "/trackings/notupdate",
        not_update_trackings::stop,
    ),
    Endpoint::post("remote-areas", "/trackings/remote", remote_areas::look_up),
    Endpoint::post("cost-time", "/trackings/costtime", cost_time::look_up),
    Endpoint::post("air-cargo", "/trackings/aircargo", air_cargo::track),
    Endpoint::get("list-carriers", "/carriers", list_carriers::list),
    Endpoint::get("list-carriers", "/carriers/", list_carriers::list),
    Endpoint::post("detect-carrier", "/carriers/detect", detect_carrier::detect),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_a_name() {
        let mut names = Endpoint::operations(ENDPOINTS);
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 21);
        assert_eq!(Endpoint::operations(ENDPOINTS).len(), 21);
    }
}
