//! Every operation, called in the way in which a test does that is about something else.

use tracking_testkit::Called;
use trackingmore_sdk::{
    AirCargoRequest, BatchCreateTracking, Client, CostTimeRoute, CreateTracking, DetectCarrier,
    Error, GetStatusNumberQuery, ListTrackingsQuery, ManualStatus, RealtimeTracking, RemotePlace,
    TrackingKey, UpdateCarrier, UpdateMoreTracking, UpdateTracking,
};

pub(crate) const NUMBER: &str = "ZA100200301XX";
pub(crate) const CARRIER: &str = "sample-post";

/// An operation: its id, and the file with a success.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) id: &'static str,
    success: &'static str,
}

const fn known(id: &'static str, success: &'static str) -> Known {
    Known { id, success }
}

pub(crate) const OPERATIONS: [Known; 19] = [
    known("create-tracking", "200_created.json"),
    known("get-tracking", "200_two_legs.json"),
    known("update-tracking", "200_updated.json"),
    known("delete-tracking", "200_deleted.json"),
    known("get-tracking-in-language", "200_chinese.json"),
    known("batch-create-trackings", "201_partial.json"),
    known("list-trackings", "200_page.json"),
    known("update-more-trackings", "200_object.json"),
    known("delete-trackings", "200_deleted.json"),
    known("realtime-tracking", "200_item.json"),
    known("update-carrier", "200_changed.json"),
    known("get-user-info", "200_account.json"),
    known("get-status-number", "200_numbers.json"),
    known("not-update-trackings", "200_stopped.json"),
    known("remote-areas", "200_remote.json"),
    known("cost-time", "200_list.json"),
    known("air-cargo", "200_keyed.json"),
    known("list-carriers", "200_code_only.json"),
    known("detect-carrier", "200_one.json"),
];

impl Known {
    /// The path of the fixture with a success.
    pub(crate) fn fixture(&self) -> String {
        format!("{}/{}", self.id, self.success)
    }
}

/// The path of the fixture with a success of an operation.
#[track_caller]
pub(crate) fn success(operation: &str) -> String {
    let known = OPERATIONS.iter().find(|known| known.id == operation);
    known
        .unwrap_or_else(|| panic!("the operation {operation} is new: write its fixture here"))
        .fixture()
}

/// Calls an operation, whatever it returns.
pub(crate) async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
    let key = [TrackingKey::new(NUMBER, CARRIER)];
    Ok(match operation {
        "create-tracking" => {
            let tracking = CreateTracking::new(NUMBER, CARRIER);
            client.create_tracking(&tracking).await?.into()
        }
        "get-tracking" => client.get_tracking(CARRIER, NUMBER).await?.into(),
        "update-tracking" => {
            let update = UpdateTracking::new().status(ManualStatus::Delivered);
            let updated = client.update_tracking(CARRIER, NUMBER, &update).await;
            updated?.into()
        }
        "delete-tracking" => client.delete_tracking(CARRIER, NUMBER).await?.into(),
        "get-tracking-in-language" => {
            let tracking = client.get_tracking_in_language(CARRIER, NUMBER, "cn").await;
            tracking?.into()
        }
        "batch-create-trackings" => {
            let trackings = [BatchCreateTracking::new(NUMBER, CARRIER)];
            client.batch_create_trackings(&trackings).await?.into()
        }
        "list-trackings" => {
            let query = ListTrackingsQuery::new();
            client.list_trackings(&query).await?.into()
        }
        "update-more-trackings" => {
            let updates = [UpdateMoreTracking::new(NUMBER, CARRIER).title("Two lamps")];
            client.update_more_trackings(&updates).await?.into()
        }
        "delete-trackings" => client.delete_trackings(&key).await?.into(),
        "realtime-tracking" => {
            let tracking = RealtimeTracking::new(NUMBER, CARRIER);
            client.realtime_tracking(&tracking).await?.into()
        }
        "update-carrier" => {
            let update = UpdateCarrier::new(NUMBER, CARRIER, "sample-express");
            client.update_carrier(&update).await?.into()
        }
        "get-user-info" => client.get_user_info().await?.into(),
        "get-status-number" => {
            let query = GetStatusNumberQuery::new();
            client.get_status_number(&query).await?.into()
        }
        "not-update-trackings" => client.not_update_trackings(&key).await?.into(),
        "remote-areas" => {
            let places = [RemotePlace::new("PT", "9980024")];
            client.remote_areas(&places).await?.into()
        }
        "cost-time" => {
            let routes = [CostTimeRoute::new("PT", "NO", "sample-express")];
            client.cost_time(&routes).await?.into()
        }
        "air-cargo" => {
            let request = AirCargoRequest::new(["999-00010002"]);
            client.air_cargo(&request).await?.into()
        }
        "list-carriers" => client.list_carriers().await?.into(),
        "detect-carrier" => {
            let request = DetectCarrier::new(NUMBER);
            client.detect_carrier(&request).await?.into()
        }
        other => panic!("the operation {other} is new: write its call here"),
    })
}
