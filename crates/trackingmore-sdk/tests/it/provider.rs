//! TrackingMore through the unified model: lists, registrations, detections, webhooks.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tracking_core::merge::Update;
use tracking_core::webhook::{WebhookProof, WebhookRequest};
use tracking_core::{
    Cursor, ErrorKind, Evidence, ListRequest, Provider as _, Registration, Target, TrackRequest,
    UtcTime,
};
use trackingmore_sdk::ConfigureClient as _;
use trackingmore_sdk::tracking_http::FixedClock;

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Enveloped as _, Reply, Server, fixture};

const NO_HEADERS: [(&str, &str); 0] = [];

#[test]
fn capabilities_are_what_calls_offer() {
    let client = trackingmore_sdk::Client::builder("key")
        .with_account_email("owner@shop.example")
        .build()
        .unwrap();

    let capabilities = client.capabilities();

    assert_eq!(client.id().as_str(), "trackingmore");
    assert!(capabilities.track_by_number && capabilities.track_by_reference);
    assert!(!capabilities.track_by_id);
    assert!(capabilities.register && capabilities.unregister);
    assert!(capabilities.list && capabilities.detect_couriers);
    assert_eq!(capabilities.webhook, Some(WebhookProof::TimestampMac));
    // Without the address of the account no message can be checked.
    let client = trackingmore_sdk::Client::new("key").unwrap();
    assert_eq!(client.capabilities().webhook, None);
}

#[tokio::test]
async fn registration_sends_what_is_known_and_says_what_came_back() {
    let server = Server::replying(Reply::fixture("create-tracking/200_created.json")).await;
    let registration = Registration::new(NUMBER)
        .with_courier(CARRIER)
        .with_destination_country("NO")
        .with_destination_post_code("0150")
        .with_ship_date(tracking_core::Date::new(2026, 9, 8).unwrap())
        .with_reference("shop-7-2210")
        .with_title("Two lamps");

    let registered = server.client().register(registration).await.unwrap();

    assert_eq!(registered.number, NUMBER);
    assert_eq!(registered.reference.as_deref(), Some("shop-7-2210"));
    assert_eq!(
        registered.id.as_deref(),
        Some("0f5be2a86c1d4d77b1a9034e9c20f7aa")
    );
    assert_eq!(registered.created, Some(true));
    let body = json!({
        "tracking_number": NUMBER, "carrier_code": CARRIER, "destination_code": "NO",
        "tracking_destination_country": "NO",
        "tracking_postal_code": "0150", "tracking_ship_date": "20260908",
        "order_id": "shop-7-2210", "title": "Two lamps",
    });
    server
        .request()
        .assert_json("POST", "/v2/trackings/post", &body);
}

#[tokio::test]
async fn registration_without_courier_detects_one() {
    let server = Server::start([
        Reply::fixture("detect-carrier/200_several.json"),
        Reply::fixture("create-tracking/200_created.json"),
        Reply::fixture("detect-carrier/4032_none.json"),
    ])
    .await;
    let client = server.client();

    client.register(Registration::new(NUMBER)).await.unwrap();
    let error = client
        .register(Registration::new(NUMBER))
        .await
        .unwrap_err();

    assert_eq!(server.requests()[1].json()["carrier_code"], CARRIER);
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn existing_registration_is_distinguished() {
    let server = Server::start([
        Reply::fixture("create-tracking/4016_exists.json"),
        Reply::fixture("get-tracking/200_two_legs.json"),
    ])
    .await;
    let registration = Registration::new(NUMBER).with_courier(CARRIER);

    let registered = server.client().register(registration).await.unwrap();

    assert_eq!(registered.created, Some(false));
    assert_eq!(registered.reference.as_deref(), Some("shop-7-2210"));
}

fn one_of(couriers: &[&str]) -> Reply {
    let items: Vec<Value> = couriers
        .iter()
        .map(|courier| {
            json!({ "tracking_number": NUMBER, "carrier_code": courier, "order_id": "shop-7" })
        })
        .collect();
    Reply::data(&json!({ "items": items }))
}

#[tokio::test]
async fn unregistering_finds_the_courier_and_deletes() {
    let server = Server::start([
        one_of(&[CARRIER]),
        Reply::fixture("delete-tracking/200_deleted.json"),
        one_of(&[CARRIER]),
        Reply::fixture("delete-tracking/200_deleted.json"),
    ])
    .await;
    let client = server.client();

    client
        .unregister(Target::Number(NUMBER.to_owned()))
        .await
        .unwrap();
    client
        .unregister(Target::Reference("shop-7".to_owned()))
        .await
        .unwrap();

    let requests = server.requests();
    let target = "/v2/trackings/get?limit=2000&numbers=ZA100200301XX";
    requests[0].assert_without_body("GET", target);
    let target = "/v2/trackings/sample-post/ZA100200301XX";
    requests[1].assert_without_body("DELETE", target);
    requests[2].assert_without_body("GET", "/v2/trackings/get?limit=2000&orders=shop-7");
    requests[3].assert_without_body("DELETE", target);
}

#[tokio::test]
async fn gateway_that_drops_filter_gets_nothing_deleted() {
    let server = Server::start([one_of(&[CARRIER]), one_of(&[CARRIER])]).await;
    let client = server.client();

    for target in [
        Target::Number("ZA999".to_owned()),
        Target::Reference("shop-8".to_owned()),
    ] {
        let error = client.unregister(target).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::WrongShipment);
    }
    assert!(server.requests().iter().all(|it| it.method == "GET"));
}

#[tokio::test]
async fn unregistering_nothing_or_one_of_several_deletes_nothing() {
    let server = Server::start([Reply::code(4031), one_of(&["a", "b"])]).await;
    let client = server.client();
    let number = || Target::Number(NUMBER.to_owned());

    let nothing = client.unregister(number()).await.unwrap_err();
    let several = client.unregister(number()).await.unwrap_err();
    let id = client
        .unregister(Target::Id("0f5be2a8".to_owned()))
        .await
        .unwrap_err();

    assert_eq!(nothing.kind(), ErrorKind::NotFound);
    assert_eq!(several.kind(), ErrorKind::InvalidRequest);
    assert_eq!(id.kind(), ErrorKind::Unsupported);
    assert!(server.requests().iter().all(|it| it.method == "GET"));
}

#[tokio::test]
async fn list_is_one_call_page_with_all_results() {
    let server = Server::start([
        Reply::fixture("list-trackings/200_page.json"),
        Reply::fixture("list-trackings/200_last_page.json"),
    ])
    .await;
    let client = server.client();

    let first = client.list(ListRequest::new().with_limit(2)).await.unwrap();
    let next = ListRequest::new()
        .with_limit(2)
        .with_cursor(first.next.clone().unwrap());
    client.list(next).await.unwrap();

    assert_eq!(first.shipments.len(), 2);
    assert_eq!(first.shipments[0].legs.len(), 2);
    assert_eq!(first.next, Some(Cursor::new("2")));
    let requests = server.requests();
    requests[0].assert_without_body("GET", "/v2/trackings/get?page=1&limit=2");
    requests[1].assert_without_body("GET", "/v2/trackings/get?page=2&limit=2");
}

#[tokio::test]
async fn list_of_what_changed_filters_by_time_of_update() {
    let server = Server::replying(Reply::code(4031)).await;
    let since = UtcTime::from_unix_seconds(1_789_000_000).unwrap();
    let request = ListRequest::new().with_updated_since(since);

    let page = server.client().list(request).await.unwrap();

    assert!(page.shipments.is_empty());
    assert_eq!(page.next, None);
    let target = "/v2/trackings/get?page=1&update_time_min=1789000000";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn cursor_of_somebody_else_is_refused() {
    let server = Server::silent().await;

    for cursor in ["x", "", "0", "-1", "1.5"] {
        let request = ListRequest::new().with_cursor(Cursor::new(cursor));
        let error = server.client().list(request).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{cursor}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn list_response_without_list_is_error_and_not_end() {
    for body in [
        json!({ "meta": { "code": 200 } }),
        json!({ "meta": { "code": 200 }, "data": { "message": "partial outage" } }),
        json!({ "meta": { "code": 200 }, "data": "none" }),
        json!({ "data": [] }),
    ] {
        let server = Server::replying(Reply::json(200, &body)).await;

        let page = server.client().list(ListRequest::new()).await;

        let kind = page.map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::Decode), "{body}");
    }
}

#[tokio::test]
async fn candidates_are_the_providers_and_none_is_no_failure() {
    let server = Server::start([
        Reply::fixture("detect-carrier/200_several.json"),
        Reply::fixture("detect-carrier/4032_none.json"),
    ])
    .await;
    let client = server.client();

    let several = client.detect_couriers(NUMBER).await.unwrap();
    let none = client.detect_couriers(NUMBER).await.unwrap();

    let reported: Vec<_> = several
        .iter()
        .map(|it| {
            (
                it.courier.code.as_str(),
                it.courier.name.as_deref(),
                it.evidence,
            )
        })
        .collect();
    assert_eq!(
        reported,
        [
            ("sample-post", Some("Sample Post"), Evidence::Provider),
            ("other-post", Some("Other Post"), Evidence::Provider),
        ]
    );
    assert!(none.is_empty());
}

#[tokio::test]
async fn webhook_is_hint_with_what_message_holds() {
    let server = Server::silent().await;
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_789_000_009);
    let client = server
        .builder()
        .with_account_email("owner@shop.example")
        .with_clock(FixedClock::new(now))
        .build()
        .unwrap();
    let receive = |name: &str| {
        let body = fixture(&format!("receive-webhook/{name}"));
        client.webhook(WebhookRequest::from_pairs(body.as_bytes(), &NO_HEADERS))
    };

    let delivery = receive("documented_keys.json").unwrap();

    assert_eq!(delivery.proof, WebhookProof::TimestampMac);
    assert!(delivery.is_hint());
    let [item] = delivery.items.as_slice() else {
        panic!("{:?}", delivery.items)
    };
    // A message repeats the whole tracking, and has the time at which the provider changed it.
    let Update::Snapshot(shipment) = &item.update else {
        panic!("{item:?}")
    };
    assert_eq!(shipment.number, NUMBER);
    assert_eq!(shipment.legs.len(), 2);
    assert_eq!(item.message_id, None);
    for name in [
        "proof_missing.json",
        "proof_of_another_account.json",
        "version_3.json",
    ] {
        assert_eq!(
            receive(name).unwrap_err().kind(),
            ErrorKind::Webhook,
            "{name}"
        );
    }
    assert_eq!(
        receive("data_empty.json").unwrap_err().kind(),
        ErrorKind::Decode
    );
}

#[tokio::test]
async fn webhook_that_is_no_json_is_not_genuine() {
    let server = Server::silent().await;
    let builder = server.builder().with_account_email("owner@shop.example");
    let client = builder.build().unwrap();

    for body in ["", "null", "[]", "<html>", "{", "\"{}\"x"] {
        let request = WebhookRequest::from_pairs(body.as_bytes(), &NO_HEADERS);

        let error = client.webhook(request).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Webhook, "{body}");
    }
}

#[tokio::test]
async fn webhook_reply_has_documented_body() {
    let reply = Server::silent().await.client().webhook_reply();

    assert_eq!((reply.status(), reply.body()), (200, "200"));
}

#[tokio::test]
async fn unreadable_field_costs_neither_a_registration_nor_a_courier() {
    let meta = json!({ "code": 200, "type": "Success", "message": "Success" });
    let carriers =
        json!([{ "code": "sample-post", "name": {} }, { "code": {} }, { "code": "other-post" }]);
    let server = Server::start([
        Reply::json(200, &json!({ "meta": meta, "data": carriers })),
        Reply::json(
            200,
            &json!({ "meta": meta, "data": { "id": "t-1", "tracking_number": NUMBER, "customer_name": {} } }),
        ),
    ])
    .await;
    let client = server.client();

    let candidates = client.detect_couriers(NUMBER).await.unwrap();
    let registration = Registration::new(NUMBER).with_courier("sample-post");
    let registered = client.register(registration).await.unwrap();

    let codes: Vec<&str> = candidates
        .iter()
        .map(|it| it.courier.code.as_str())
        .collect();
    assert_eq!(codes, ["sample-post", "other-post"]);
    assert_eq!(registered.id.as_deref(), Some("t-1"));
    assert_eq!(registered.created, Some(true));
}

#[test]
fn webhook_without_account_address_is_configuration_error() {
    let client = trackingmore_sdk::Client::new("key").unwrap();

    let error = client
        .webhook(WebhookRequest::from_pairs(b"{}", &NO_HEADERS))
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn other_spelling_of_number_is_same_number() {
    let server = Server::replying(Reply::fixture("get-tracking/200_two_legs.json")).await;
    let request = TrackRequest::number("za-100200301-xx").with_courier(CARRIER);

    let outcome = server.client().track(request).await.unwrap();

    assert_eq!(outcome.shipments()[0].number, NUMBER);
}
