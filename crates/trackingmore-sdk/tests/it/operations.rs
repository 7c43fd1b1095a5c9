//! Every operation, called in the way in which a test does that is about something else.

use std::pin::Pin;

use trackingmore_sdk::{
    AirCargoRequest, BatchCreateTracking, Client, CostTimeRoute, CreateTracking, DetectCarrier,
    Error, GetStatusNumberQuery, ListTrackingsQuery, ManualStatus, RealtimeTracking, RemotePlace,
    TrackingKey, UpdateCarrier, UpdateMoreTracking, UpdateTracking, operations,
};

use crate::server::{Answer, Server};

pub(crate) const NUMBER: &str = "ZA100200301XX";
pub(crate) const CARRIER: &str = "sample-post";

pub(crate) type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// An operation: its name, its request line, an answer that succeeds, and whether a repeat does no
/// harm.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) target: &'static str,
    pub(crate) success: &'static str,
    pub(crate) repeated: bool,
}

const fn known(
    id: &'static str,
    method: &'static str,
    target: &'static str,
    success: &'static str,
    repeated: bool,
) -> Known {
    Known {
        id,
        method,
        target,
        success,
        repeated,
    }
}

const ONE: &str = "/v2/trackings/sample-post/ZA100200301XX";

#[rustfmt::skip]
pub(crate) const OPERATIONS: [Known; 19] = [
    known("create-tracking", "POST", "/v2/trackings/post", "200_created.json", true),
    known("get-tracking", "GET", ONE, "200_two_legs.json", true),
    known("update-tracking", "PUT", ONE, "200_updated.json", true),
    known("delete-tracking", "DELETE", ONE, "200_deleted.json", true),
    known("get-tracking-in-language", "GET", "/v2/trackings/sample-post/ZA100200301XX/cn", "200_chinese.json", true),
    known("batch-create-trackings", "POST", "/v2/trackings/batch", "201_partial.json", true),
    known("list-trackings", "GET", "/v2/trackings/get", "200_page.json", true),
    known("update-more-trackings", "POST", "/v2/trackings/updatemore", "200_object.json", true),
    known("delete-trackings", "POST", "/v2/trackings/delete", "200_deleted.json", true),
    known("realtime-tracking", "POST", "/v2/trackings/realtime", "200_item.json", false),
    known("update-carrier", "POST", "/v2/trackings/update", "200_changed.json", false),
    known("get-user-info", "GET", "/v2/trackings/getuserinfo", "200_account.json", true),
    known("get-status-number", "GET", "/v2/trackings/getstatusnumber", "200_numbers.json", true),
    known("not-update-trackings", "POST", "/v2/trackings/notupdate", "200_stopped.json", true),
    known("remote-areas", "POST", "/v2/trackings/remote", "200_remote.json", false),
    known("cost-time", "POST", "/v2/trackings/costtime", "200_list.json", true),
    known("air-cargo", "POST", "/v2/trackings/aircargo", "200_keyed.json", false),
    known("list-carriers", "GET", "/v2/carriers", "200_code_only.json", true),
    known("detect-carrier", "POST", "/v2/carriers/detect", "200_one.json", false),
];

impl Known {
    /// The path of the fixture with an answer that succeeds.
    pub(crate) fn fixture(&self) -> String {
        format!("{}/{}", self.id, self.success)
    }
}

/// Calls an operation, whatever it returns.
pub(crate) fn call<'a>(client: &'a Client, operation: &'a str) -> Outcome<'a> {
    Box::pin(async move {
        let key = [TrackingKey::new(NUMBER, CARRIER)];
        match operation {
            "create-tracking" => {
                let tracking = CreateTracking::new(NUMBER, CARRIER);
                client.create_tracking(&tracking).await.map(drop)
            }
            "get-tracking" => client.get_tracking(CARRIER, NUMBER).await.map(drop),
            "update-tracking" => {
                let update = UpdateTracking::new().status(ManualStatus::Delivered);
                let updated = client.update_tracking(CARRIER, NUMBER, &update).await;
                updated.map(drop)
            }
            "delete-tracking" => client.delete_tracking(CARRIER, NUMBER).await.map(drop),
            "get-tracking-in-language" => {
                let tracking = client.get_tracking_in_language(CARRIER, NUMBER, "cn").await;
                tracking.map(drop)
            }
            "batch-create-trackings" => {
                let trackings = [BatchCreateTracking::new(NUMBER, CARRIER)];
                client.batch_create_trackings(&trackings).await.map(drop)
            }
            "list-trackings" => {
                let query = ListTrackingsQuery::new();
                client.list_trackings(&query).await.map(drop)
            }
            "update-more-trackings" => {
                let updates = [UpdateMoreTracking::new(NUMBER, CARRIER).title("Two lamps")];
                client.update_more_trackings(&updates).await.map(drop)
            }
            "delete-trackings" => client.delete_trackings(&key).await.map(drop),
            "realtime-tracking" => {
                let tracking = RealtimeTracking::new(NUMBER, CARRIER);
                client.realtime_tracking(&tracking).await.map(drop)
            }
            "update-carrier" => {
                let update = UpdateCarrier::new(NUMBER, CARRIER, "sample-express");
                client.update_carrier(&update).await.map(drop)
            }
            "get-user-info" => client.get_user_info().await.map(drop),
            "get-status-number" => {
                let query = GetStatusNumberQuery::new();
                client.get_status_number(&query).await.map(drop)
            }
            "not-update-trackings" => client.not_update_trackings(&key).await.map(drop),
            "remote-areas" => {
                let places = [RemotePlace::new("PT", "9980024")];
                client.remote_areas(&places).await.map(drop)
            }
            "cost-time" => {
                let routes = [CostTimeRoute::new("PT", "NO", "sample-express")];
                client.cost_time(&routes).await.map(drop)
            }
            "air-cargo" => {
                let request = AirCargoRequest::new(["999-00010002"]);
                client.air_cargo(&request).await.map(drop)
            }
            "list-carriers" => client.list_carriers().await.map(drop),
            "detect-carrier" => {
                let request = DetectCarrier::new(NUMBER);
                client.detect_carrier(&request).await.map(drop)
            }
            other => panic!("no such operation: {other}"),
        }
    })
}

#[test]
fn the_list_of_this_file_is_the_list_of_the_crate() {
    let here: Vec<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let there: Vec<&str> = operations::ALL
        .iter()
        .map(|operation| operation.id)
        .collect();

    assert_eq!(here, there);
}

#[tokio::test]
async fn every_operation_is_one_request_with_its_own_line() {
    let answers = OPERATIONS.map(|operation| Answer::fixture(&operation.fixture()));
    let server = Server::start(answers).await;
    let client = server.client();

    for operation in OPERATIONS {
        call(&client, operation.id).await.unwrap();
    }

    let requests = server.requests();
    for (request, operation) in requests.iter().zip(OPERATIONS) {
        let Known { method, target, .. } = operation;
        match method {
            "GET" | "DELETE" => request.assert_without_body(method, target),
            _ => request.assert_json(method, target, &request.json()),
        }
    }
    assert_eq!(requests.len(), OPERATIONS.len());
}
