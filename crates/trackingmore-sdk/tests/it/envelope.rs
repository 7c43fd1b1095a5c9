//! `meta` is read first, for every operation; `data` only after a success.

use serde_json::{Value, json};
use trackingmore_sdk::{
    Code, DetectCarrier, ErrorKind, ListTrackingsQuery, TrackingKey, UpdateTracking,
};

use crate::operations::{CARRIER, Known, NUMBER, OPERATIONS, call};
use crate::server::{Enveloped as _, Reply, Server, fixture, fixture_json};

/// The response that succeeds, with something else in it.
fn changed(operation: &Known, change: impl FnOnce(&mut Value)) -> Reply {
    let mut body = fixture_json(&operation.fixture());
    change(&mut body);
    Reply::json(200, &body)
}

/// What is under `data`, whatever the code says.
fn any_data(operation: &Known) -> Vec<Option<Value>> {
    let own = fixture_json(&operation.fixture())["data"].take();
    vec![
        Some(json!([])),
        Some(json!({})),
        Some(json!(null)),
        Some(json!("none")),
        Some(json!(7)),
        Some(own),
        None,
    ]
}

fn refusal(code: &Value, data: Option<Value>) -> Reply {
    let mut body = json!({ "meta": { "code": code } });
    if let Some(data) = data {
        body["data"] = data;
    }
    Reply::json(200, &body)
}

#[tokio::test]
async fn both_success_codes_are_a_success_of_every_operation() {
    for operation in OPERATIONS {
        let codes = [json!(200), json!(201), json!("200"), json!("201")];
        let responses = codes
            .iter()
            .map(|code| changed(&operation, |body| body["meta"]["code"] = code.clone()));
        let server = Server::start(responses).await;
        let client = server.client();

        for code in &codes {
            let result = call(&client, operation.id).await;

            assert!(result.is_ok(), "{} {code}: {result:?}", operation.id);
        }
    }
}

#[tokio::test]
async fn http_status_201_is_success_of_every_operation() {
    for operation in OPERATIONS {
        let mut reply = Reply::fixture(&operation.fixture());
        reply.status = 201;
        let server = Server::replying(reply).await;

        let result = call(&server.client(), operation.id).await;

        assert!(result.is_ok(), "{}: {result:?}", operation.id);
    }
}

#[tokio::test]
async fn meta_may_hold_nothing_but_the_code_and_stand_behind_the_data() {
    for operation in OPERATIONS {
        let data = fixture_json(&operation.fixture())["data"].take();
        let behind = format!(r#"{{"data":{data},"meta":{{"code":200}}}}"#);
        let server = Server::replying(Reply::new(200, behind)).await;

        let result = call(&server.client(), operation.id).await;

        assert!(result.is_ok(), "{}: {result:?}", operation.id);
    }
}

#[tokio::test]
async fn error_in_200_is_error_of_every_operation_for_any_data() {
    for operation in OPERATIONS {
        let data = any_data(&operation);
        let code = json!(4012);
        let server = Server::start(data.iter().map(|data| refusal(&code, data.clone()))).await;
        let client = server.client();

        for data in data {
            let error = call(&client, operation.id).await.unwrap_err();

            let place = format!("{} {data:?}", operation.id);
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{place}");
            assert_eq!(Code::of(&error), Some(Code::BAD_REQUEST), "{place}");
            assert_eq!(error.status().unwrap(), 200, "{place}");
            assert_eq!(error.operation(), Some(operation.id));
            assert!(error.body().is_some(), "{place}");
        }
    }
}

#[tokio::test]
async fn response_without_code_is_no_success_of_any_operation() {
    let bodies = [
        fixture("errors/code_null.json"),
        fixture("errors/meta_missing.json"),
        fixture("errors/meta_empty_list.json"),
        fixture("errors/list_at_top.json"),
        r#"{"meta":null,"data":[]}"#.to_owned(),
        r#"{"meta":{"code":""},"data":[]}"#.to_owned(),
        "{}".to_owned(),
    ];
    for operation in OPERATIONS {
        let responses = bodies.iter().map(|body| Reply::new(200, body.as_str()));
        let server = Server::start(responses).await;
        let client = server.client();

        let outcomes: Vec<_> = {
            let mut outcomes = Vec::new();
            for _ in &bodies {
                outcomes.push(call(&client, operation.id).await.map(drop));
            }
            outcomes
        };

        for (outcome, body) in outcomes.into_iter().zip(&bodies) {
            let kind = outcome.map_err(|error| error.kind());
            assert_eq!(kind, Err(ErrorKind::Decode), "{} {body}", operation.id);
        }
    }
}

#[tokio::test]
async fn filled_response_without_code_is_no_success_either() {
    for operation in OPERATIONS {
        let response = changed(&operation, |body| {
            body.as_object_mut().unwrap().remove("meta");
        });
        let server = Server::replying(response).await;

        let outcome = call(&server.client(), operation.id).await.map(drop);

        let kind = outcome.map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::Decode), "{}", operation.id);
    }
}

#[tokio::test]
async fn error_beside_filled_data_is_error() {
    let server = Server::replying(Reply::fixture("create-tracking/4016_with_data.json")).await;

    let error = call(&server.client(), "create-tracking").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(Code::of(&error), Some(Code::TRACKING_EXISTS));
}

#[tokio::test]
async fn not_found_is_empty_list_for_any_data() {
    let list = OPERATIONS
        .iter()
        .find(|it| it.id == "list-trackings")
        .unwrap();
    let data = any_data(list);
    let code = json!(4031);
    let server = Server::start(data.iter().map(|data| refusal(&code, data.clone()))).await;
    let client = server.client();

    for data in data {
        let query = ListTrackingsQuery::new();
        let page = client.list_trackings(&query).await;

        let page = page.unwrap_or_else(|error| panic!("{data:?}: {error}"));
        assert!(page.items.is_empty(), "{data:?}");
    }
}

#[tokio::test]
async fn missing_carrier_is_empty_list_for_any_data() {
    let data = [
        Some(json!([])),
        Some(json!({})),
        Some(json!(null)),
        Some(json!("none")),
        None,
    ];
    let code = json!(4032);
    let server = Server::start(data.iter().map(|data| refusal(&code, data.clone()))).await;
    let client = server.client();

    for data in data {
        let found = client.detect_carrier(&DetectCarrier::new(NUMBER)).await;

        let found = found.unwrap_or_else(|error| panic!("{data:?}: {error}"));
        assert!(found.is_empty(), "{data:?}");
    }
}

#[tokio::test]
async fn empty_result_is_error_of_calls_without_list() {
    for operation in OPERATIONS {
        for code in [Code::NOTHING_FOUND, Code::NO_CARRIER] {
            let is_success = matches!(
                (operation.id, code),
                ("list-trackings", Code::NOTHING_FOUND) | ("detect-carrier", Code::NO_CARRIER)
            );
            let server = Server::replying(Reply::code(code.number())).await;

            let outcome = call(&server.client(), operation.id).await.map(drop);

            let kind = outcome.map_err(|error| error.kind());
            let expected = if is_success {
                Ok(())
            } else {
                Err(ErrorKind::NotFound)
            };
            assert_eq!(kind, expected, "{} {code}", operation.id);
        }
    }
}

#[tokio::test]
async fn success_without_requested_data_is_error_naming_key() {
    for operation in [
        "create-tracking",
        "get-tracking",
        "update-tracking",
        "get-tracking-in-language",
        "batch-create-trackings",
        "list-trackings",
        "realtime-tracking",
        "get-user-info",
        "get-status-number",
        "remote-areas",
        "air-cargo",
        "list-carriers",
        "detect-carrier",
    ] {
        let server = Server::replying(Reply::json(200, &json!({ "meta": { "code": 200 } }))).await;

        let error = call(&server.client(), operation).await.map(drop);

        let error = error.map_err(|error| (error.kind(), error.path().map(str::to_owned)));
        let expected = (ErrorKind::Decode, Some("data".to_owned()));
        assert_eq!(error, Err(expected), "{operation}");
    }
}

#[tokio::test]
async fn empty_success_is_success_where_no_data_is_expected() {
    for operation in [
        "delete-tracking",
        "update-more-trackings",
        "delete-trackings",
        "update-carrier",
        "not-update-trackings",
        "cost-time",
    ] {
        for body in [
            json!({ "meta": { "code": 200 } }),
            json!({ "meta": { "code": 200 }, "data": [] }),
            json!({ "meta": { "code": 200 }, "data": null }),
        ] {
            let server = Server::replying(Reply::json(200, &body)).await;

            let outcome = call(&server.client(), operation).await.map(drop);

            assert!(outcome.is_ok(), "{operation} {body}: {outcome:?}");
        }
    }
}

#[tokio::test]
async fn response_keeps_status_headers_and_body_beside_data() {
    let reply = Reply::fixture("update-tracking/200_updated.json").header("x-request-id", "r-1");
    let server = Server::replying(reply).await;

    let updated = server
        .client()
        .update_tracking(CARRIER, NUMBER, &UpdateTracking::new().title("x"))
        .await
        .unwrap();

    assert_eq!(updated.http_status(), 200);
    assert_eq!(updated.request_id(), Some("r-1"));
    let body: Value = serde_json::from_slice(updated.body()).unwrap();
    assert_eq!(body["meta"]["type"], "Success");
}

#[tokio::test]
async fn code_inside_of_entry_is_not_code_of_response() {
    let entries = json!({
        "submitted": 1, "delete": 0,
        "trackings": [{ "meta": { "tracking_number": "A1", "code": 4017 } }],
    });
    let body = format!(r#"{{"data":{entries},"meta":{{"code":200}}}}"#);
    let server = Server::replying(Reply::new(200, body)).await;

    let deleted = server
        .client()
        .delete_trackings(&[TrackingKey::new("A1", "sample-post")])
        .await
        .unwrap();

    let entry = deleted.trackings[0].meta.as_ref().unwrap();
    assert_eq!(entry.extra["code"], 4017);
}
