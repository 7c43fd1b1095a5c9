use httpmock::prelude::*;
use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::webhook::WebhookProof;
use tracking_core::{
    ErrorKind, ListRequest, Outcome, Provider, Registration, Target, TrackRequest,
};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use super::status_filter;
use crate::status_table::map_status;
use crate::{Client, TrackingStatus, TrackingSubstatus};

fn client(server: &MockServer) -> Client {
    Client::builder("not-a-real-key")
        .with_base_url(server.base_url())
        .without_rate_limits()
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap()
}

/// A server that responds to every path of these with the body beside it, and counts nothing else.
fn server(responses: &[(&str, u16, &str)]) -> MockServer {
    let server = MockServer::start();
    for (path, status, body) in responses {
        server.mock(|when, then| {
            when.path(*path);
            then.status(*status).body(*body);
        });
    }
    server
}

fn response(code: i64, data: &Value) -> String {
    json!({"meta": {"code": code}, "data": data}).to_string()
}

fn tracking(carrier: &str, id: &str) -> Value {
    json!({"id": id, "tracking_number": "A1", "carrier_code": carrier, "status": "transit",
           "order_id": "shop-7"})
}

const SINGLE: &str = "/v2/trackings/dhl/A1";

fn at_dhl() -> TrackRequest {
    TrackRequest::number("A1")
        .with_courier("dhl")
        .with_register(false)
}

#[test]
fn filter_leaves_out_no_requested_status() {
    let counter = UnmappedCounter::new();
    let mut filters = 0;
    for word in TrackingStatus::KNOWN {
        let codes = TrackingSubstatus::KNOWN.iter().map(Some);
        for code in codes.chain([None]) {
            let mapped = map_status(Some(word), code, None, &counter);
            // Of two values that contradict each other, nothing says which one the filter knows.
            if mapped.conflict.is_some() {
                continue;
            }
            let status = mapped.report.status;
            if let Some(filter) = status_filter(std::slice::from_ref(&status)) {
                assert_eq!(&filter, word, "{status:?} comes with {word:?} and {code:?}");
                filters += 1;
            }
        }
    }
    assert!(filters > TrackingStatus::KNOWN.len());
}

#[tokio::test]
async fn error_other_than_providers_not_found_is_no_outcome() {
    for (status, code) in [(200, 4017), (200, 4031), (404, 4031)] {
        let server = server(&[(SINGLE, status, &response(code, &json!([])))]);

        let outcome = client(&server).track(at_dhl()).await.unwrap();

        assert_eq!(outcome, Outcome::NotRegistered, "{status} {code}");
    }
    let generic = response(404, &json!([]));
    for (status, body, kind) in [
        (404, "<html>no such page</html>", ErrorKind::NotFound),
        (404, "", ErrorKind::NotFound),
        (200, generic.as_str(), ErrorKind::NotFound),
        (200, "<html>welcome</html>", ErrorKind::Decode),
        (200, r#"{"meta":{"code":200},"data":[]}"#, ErrorKind::Decode),
        (
            200,
            r#"{"meta":{"code":200},"data":{"x":1}}"#,
            ErrorKind::Decode,
        ),
    ] {
        let server = server(&[
            (SINGLE, status, body),
            ("/v2/trackings/get", status, body),
            ("/v2/trackings/realtime", status, body),
        ]);
        let client = client(&server);

        let error = client.track(at_dhl()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status} {body}");
    }
}

#[tokio::test]
async fn missing_list_is_no_empty_account() {
    for body in [
        "{}",
        "<html>welcome</html>",
        r#"{"meta":{"code":200}}"#,
        r#"{"meta":{"code":200},"data":{"page":1,"limit":100,"total":"56"}}"#,
        r#"{"meta":{"code":null},"data":[]}"#,
    ] {
        let server = server(&[("/v2/trackings/get", 200, body)]);

        let listed = client(&server).list(ListRequest::new()).await;
        let number = TrackRequest::number("A1").with_register(false);
        let tracked = client(&server).track(number).await;

        assert_eq!(listed.unwrap_err().kind(), ErrorKind::Decode, "{body}");
        assert_eq!(tracked.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
    for body in [
        r#"{"meta":{"code":200},"data":null}"#,
        r#"{"meta":{"code":200},"data":{"items":null}}"#,
        r#"{"meta":{"code":4031},"data":"nothing"}"#,
        r#"{"meta":{"code":4031}}"#,
    ] {
        let server = server(&[("/v2/trackings/get", 200, body)]);

        let listed = client(&server).list(ListRequest::new()).await.unwrap();

        assert!(
            listed.shipments.is_empty() && listed.next.is_none(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn number_under_two_couriers_is_two_shipments() {
    let items = json!({"total": "2", "items": [tracking("dhl", "1"), tracking("ups", "2")]});
    let server = server(&[("/v2/trackings/get", 200, &response(200, &items))]);

    let outcome = client(&server).track(TrackRequest::number("A1")).await;

    let shipments = outcome.unwrap().into_shipments();
    let [first, second] = shipments.as_slice() else {
        panic!("{shipments:?}")
    };
    assert_eq!(first.number, second.number);
    assert!(!first.is_same_shipment(second));
}

#[tokio::test]
async fn delete_removes_requested_tracking_only() {
    let other =
        json!({"items": [{"tracking_number": "B2", "carrier_code": "dhl", "order_id": "x"}]});
    let server = server(&[("/v2/trackings/get", 200, &response(200, &other))]);
    let deleted = server.mock(|when, then| {
        when.method(DELETE);
        then.status(200).body(response(200, &json!([])));
    });
    let client = client(&server);

    for target in [
        Target::Number("A1".into()),
        Target::Reference("shop-7".into()),
    ] {
        let error = client.unregister(target).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::WrongShipment);
    }
    client
        .unregister(Target::Number("b-2".into()))
        .await
        .unwrap();

    deleted.assert_calls(1);
}

#[tokio::test]
async fn existing_tracking_is_registered_though_unreadable() {
    let exists = response(4016, &json!([]));
    for (status, body) in [(200, response(4031, &json!([]))), (503, "busy".to_owned())] {
        let server = server(&[
            ("/v2/trackings/post", 200, &exists),
            (SINGLE, status, &body),
        ]);
        let registration = Registration::new("A1").with_courier("dhl");

        let registered = client(&server).register(registration).await.unwrap();

        assert_eq!((registered.created, registered.id), (Some(false), None));
    }
}

#[tokio::test]
async fn odd_registration_response_is_still_read() {
    let odd = response(200, &json!({"tracking_number": {"number": "A1"}}));
    let found = json!({"items": []});
    let server = server(&[
        ("/v2/trackings/get", 200, &response(200, &found)),
        ("/v2/trackings/post", 200, &odd),
        (
            "/v2/carriers/detect",
            200,
            &response(200, &json!([{"code": "dhl"}])),
        ),
        (SINGLE, 200, &response(200, &tracking("dhl", "1"))),
    ]);

    let outcome = client(&server)
        .track(TrackRequest::number("A1").with_register(true))
        .await;

    assert_eq!(outcome.unwrap().shipments()[0].id.as_deref(), Some("1"));
}

#[tokio::test]
async fn calls_that_return_nothing_need_a_code_to_succeed() {
    let bare = r#"{"data":[]}"#;
    let server = server(&[
        (SINGLE, 200, bare),
        ("/v2/trackings/notupdate", 200, bare),
        ("/v2/trackings/updatemore", 200, bare),
    ]);
    let client = client(&server);
    let update = crate::UpdateMoreTracking::new("A1", "dhl");

    let errors = [
        client.delete_tracking("dhl", "A1").await.unwrap_err(),
        client.stop_updating("dhl", "A1").await.unwrap_err(),
        client.update_more_trackings(&[update]).await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.path(), Some("meta.code"), "{error}");
    }
}

#[test]
fn webhooks_are_announced_only_with_an_address_to_prove_them() {
    let builder = || Client::builder("not-a-real-key").with_base_url("http://127.0.0.1:1");
    let without = builder().build().unwrap();
    let with = builder()
        .with_account_email("shop@example.com")
        .build()
        .unwrap();

    assert_eq!(without.capabilities().webhook, None);
    assert_eq!(
        with.capabilities().webhook,
        Some(WebhookProof::TimestampMac)
    );
    assert!(
        builder()
            .with_account_email("shop@example.com\n")
            .build()
            .is_err()
    );
}

#[test]
fn limit_of_no_rate_class_is_refused() {
    let second = std::time::Duration::from_secs(1);
    let build = |class: &str| {
        Client::builder("not-a-real-key")
            .with_base_url("http://127.0.0.1:1")
            .with_rate_limit(class, 2, second)
            .build()
    };

    assert!(build("account").is_ok() && build("realtime").is_ok());
    let error = build("acount").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`account`"), "{error}");
}
