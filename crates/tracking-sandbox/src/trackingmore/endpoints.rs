//! The endpoints, and what the sandbox calls their operations.

use super::handlers::{
    air_cargo, batch, carriers, change_carrier, counters, create, delete, detect, get, list,
    not_update, realtime, remote, transit_times, update,
};
use super::provider::TrackingMoreProvider;
use crate::server::Endpoint;

/// The operation with a limit of its own.
pub(crate) const REALTIME: &str = "realtime";

const ONE: &str = "/trackings/{carrier_code}/{tracking_number}";

/// Some operations have several paths, and two take POST as well: the provider's own PHP clients
/// send their parameters in a body.
pub(crate) static ENDPOINTS: &[Endpoint<TrackingMoreProvider>] = &[
    Endpoint::post("create-tracking", "/trackings/post", create::create),
    Endpoint::get("get-tracking", ONE, get::get),
    Endpoint::get(
        "get-tracking",
        "/trackings/{carrier_code}/{tracking_number}/",
        get::get,
    ),
    Endpoint::get(
        "get-tracking",
        "/trackings/{carrier_code}/{tracking_number}/{lang}",
        get::get,
    ),
    Endpoint::put("update-tracking", ONE, update::one),
    Endpoint::delete("delete-tracking", ONE, delete::one),
    Endpoint::post("batch-create-trackings", "/trackings/batch", batch::create),
    Endpoint::get("list-trackings", "/trackings/get", list::list),
    Endpoint::post("list-trackings", "/trackings/get", list::list_by_body),
    Endpoint::post("update-trackings", "/trackings/updatemore", update::many),
    Endpoint::post("delete-trackings", "/trackings/delete", delete::many),
    Endpoint::post(REALTIME, "/trackings/realtime", realtime::query),
    Endpoint::post(
        "change-carrier",
        "/trackings/update",
        change_carrier::change,
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
        "get-status-number",
        "/trackings/getstatusnumber",
        counters::status_number_by_body,
    ),
    Endpoint::post("not-update", "/trackings/notupdate", not_update::stop),
    Endpoint::post("remote", "/trackings/remote", remote::look_up),
    Endpoint::post("cost-time", "/trackings/costtime", transit_times::look_up),
    Endpoint::post("air-cargo", "/trackings/aircargo", air_cargo::track),
    Endpoint::get("list-carriers", "/carriers", carriers::list),
    Endpoint::get("list-carriers", "/carriers/", carriers::list),
    Endpoint::post("detect-carrier", "/carriers/detect", detect::detect),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_operations_have_a_name_each() {
        let mut names = Endpoint::operations(ENDPOINTS);
        names.sort_unstable();
        names.dedup();

        assert_eq!(names.len(), 18);
        assert_eq!(Endpoint::operations(ENDPOINTS).len(), 18);
    }
}
