//! `Provider::track`: which calls a lookup costs, and what their responses mean.

use serde_json::{Value, json};
use tracking_core::{Date, ErrorKind, Outcome, Provider as _, Status, TrackRequest};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Enveloped as _, Reply, Server};

const ONE: &str = "/v2/trackings/sample-post/ZA100200301XX";
const BY_NUMBER: &str = "/v2/trackings/get?limit=2000&numbers=ZA100200301XX";

fn found() -> Reply {
    Reply::fixture("get-tracking/200_two_legs.json")
}

pub(crate) fn at_courier() -> TrackRequest {
    TrackRequest::number(NUMBER)
        .with_courier(CARRIER)
        .with_register(true)
}

pub(crate) fn items(couriers: &[&str]) -> Reply {
    let items: Vec<Value> = couriers
        .iter()
        .map(|courier| {
            json!({ "tracking_number": NUMBER, "carrier_code": courier, "status": "transit", "order_id": "shop-7/1" })
        })
        .collect();
    let total = couriers.len().to_string();
    Reply::data(&json!({ "page": 1, "limit": 100, "total": total, "items": items }))
}

pub(crate) async fn track(
    server: &Server,
    request: TrackRequest,
) -> Result<Outcome, tracking_core::Error> {
    server.client().track(request).await
}

/// The request lines so far, without the address.
fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.target))
        .collect()
}

#[tokio::test]
async fn registered_number_with_its_courier_is_one_free_call() {
    let server = Server::replying(found()).await;

    let outcome = track(&server, at_courier()).await.unwrap();

    assert_eq!(outcome.shipments()[0].status.status, Status::Delivered);
    server.request().assert_without_body("GET", ONE);
}

#[tokio::test]
async fn language_goes_into_path_or_into_filter() {
    let server = Server::start([
        Reply::fixture("get-tracking-in-language/200_chinese.json"),
        items(&[CARRIER]),
    ])
    .await;

    track(&server, at_courier().with_language("cn"))
        .await
        .unwrap();
    let anywhere = TrackRequest::number(NUMBER).with_language("cn");
    track(&server, anywhere).await.unwrap();

    assert_eq!(
        lines(&server),
        [
            format!("GET {ONE}/cn"),
            "GET /v2/trackings/get?limit=2000&lang=cn&numbers=ZA100200301XX".to_owned()
        ]
    );
}

#[tokio::test]
async fn unregistered_number_is_registered_and_read_once() {
    for fixture in [
        "get-tracking/4017_not_registered.json",
        "get-tracking/4031_nothing.json",
    ] {
        let server = Server::start([
            Reply::fixture(fixture),
            Reply::fixture("create-tracking/200_created.json"),
            found(),
        ])
        .await;
        let request = at_courier()
            .with_destination_country("NO")
            .with_destination_post_code("0150")
            .with_ship_date(Date::new(2026, 9, 8).unwrap())
            .with_language("en");

        let outcome = track(&server, request).await.unwrap();

        assert!(outcome.is_found());
        let requests = server.requests();
        let body = json!({
            "tracking_number": NUMBER, "carrier_code": CARRIER, "destination_code": "NO",
            "tracking_destination_country": "NO",
            "tracking_postal_code": "0150", "tracking_ship_date": "20260908", "lang": "en",
        });
        requests[1].assert_json("POST", "/v2/trackings/post", &body);
        requests[2].assert_without_body("GET", &format!("{ONE}/en"));
        assert_eq!(requests.len(), 3);
    }
}

#[tokio::test]
async fn new_registration_is_pending_until_results_exist() {
    let server = Server::start([
        Reply::code(4017),
        Reply::fixture("create-tracking/200_created.json"),
        Reply::code(4031),
    ])
    .await;

    let outcome = track(&server, at_courier()).await.unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.status.status, Status::Pending);
    assert_eq!(shipment.number, NUMBER);
    assert_eq!(
        shipment.id.as_deref(),
        Some("0f5be2a86c1d4d77b1a9034e9c20f7aa")
    );
    assert_eq!(shipment.legs[0].courier.as_ref().unwrap().code, CARRIER);
    assert!(shipment.problems.is_empty());
    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    assert_eq!(raw["order_id"], "shop-7-2210");
}

#[tokio::test]
async fn registration_is_reported_though_results_failed() {
    let server = Server::start([
        Reply::code(4017),
        Reply::fixture("create-tracking/201_created.json"),
        Reply::fixture("errors/502_bad_gateway.html"),
    ])
    .await;

    let outcome = track(&server, at_courier()).await.unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.status.status, Status::Pending);
    assert_eq!(shipment.problems.len(), 1);
}

#[tokio::test]
async fn lookup_without_registration_registers_nothing() {
    let server = Server::start([Reply::code(4017), Reply::code(4031)]).await;

    let at = track(&server, at_courier().with_register(false))
        .await
        .unwrap();
    let anywhere = TrackRequest::number(NUMBER).with_register(false);
    let anywhere = track(&server, anywhere).await.unwrap();

    assert_eq!(
        (at, anywhere),
        (Outcome::NotRegistered, Outcome::NotRegistered)
    );
    assert_eq!(
        lines(&server),
        [format!("GET {ONE}"), format!("GET {BY_NUMBER}")]
    );
}

#[tokio::test]
async fn number_is_found_under_every_registered_courier() {
    let server = Server::replying(items(&["sample-post", "sample-express"])).await;

    let outcome = track(&server, TrackRequest::number(NUMBER)).await.unwrap();

    assert_eq!(outcome.shipments().len(), 2);
    server.request().assert_without_body("GET", BY_NUMBER);
}

#[tokio::test]
async fn unregistered_number_is_detected_and_registered() {
    let server = Server::start([
        Reply::fixture("list-trackings/4031_nothing_found.json"),
        Reply::fixture("detect-carrier/200_several.json"),
        Reply::fixture("create-tracking/200_created.json"),
        found(),
    ])
    .await;

    let outcome = track(&server, TrackRequest::number(NUMBER).with_register(true))
        .await
        .unwrap();

    assert!(outcome.is_found());
    let requests = server.requests();
    let body = json!({ "tracking_number": NUMBER });
    requests[1].assert_json("POST", "/v2/carriers/detect", &body);
    let body = json!({ "tracking_number": NUMBER, "carrier_code": "sample-post" });
    requests[2].assert_json("POST", "/v2/trackings/post", &body);
    requests[3].assert_without_body("GET", ONE);
}

#[tokio::test]
async fn number_without_courier_is_outcome() {
    let server = Server::start([
        Reply::code(4031),
        Reply::fixture("detect-carrier/4032_none.json"),
    ])
    .await;

    let outcome = track(&server, TrackRequest::number(NUMBER).with_register(true))
        .await
        .unwrap();

    assert_eq!(outcome, Outcome::NoCourier);
}

#[tokio::test]
async fn corrected_courier_is_queried_under_right_name() {
    let created = json!({ "tracking_number": NUMBER, "carrier_code": "other-post" });
    let server = Server::start([Reply::code(4017), Reply::data(&created), found()]).await;

    track(&server, at_courier()).await.unwrap();

    let target = "/v2/trackings/other-post/ZA100200301XX";
    server.requests()[2].assert_without_body("GET", target);
}

#[tokio::test]
async fn existing_tracking_is_read() {
    let server = Server::start([
        Reply::code(4017),
        Reply::fixture("create-tracking/4016_exists.json"),
        found(),
    ])
    .await;

    let outcome = track(&server, at_courier()).await.unwrap();

    assert!(outcome.is_found());
}

#[tokio::test]
async fn existing_tracking_without_data_is_too_early() {
    let server = Server::start([
        Reply::code(4031),
        Reply::fixture("create-tracking/4016_exists.json"),
        Reply::code(4031),
    ])
    .await;

    let outcome = track(&server, at_courier()).await.unwrap();

    assert_eq!(outcome, Outcome::not_yet(None));
}

#[tokio::test]
async fn missing_field_is_named() {
    for field in [
        "tracking_postal_code",
        "tracking_ship_date",
        "tracking_account_number",
        "specialNumberDestination",
    ] {
        let refusal = json!({
            "meta": { "code": 4012, "message": format!("{field} is required.") }, "data": [],
        });
        let server = Server::start([Reply::code(4017), Reply::json(200, &refusal)]).await;

        let outcome = track(&server, at_courier()).await.unwrap();

        assert_eq!(outcome, Outcome::needs_fields([field]));
    }
}

#[tokio::test]
async fn reference_is_order_number() {
    let server = Server::start([items(&["sample-post"]), Reply::code(4031)]).await;

    let found = track(&server, TrackRequest::reference("shop-7/1")).await;
    let none = track(&server, TrackRequest::reference("shop-7/1")).await;

    assert!(found.unwrap().is_found());
    assert_eq!(none.unwrap(), Outcome::NotRegistered);
    for request in server.requests() {
        request.assert_without_body("GET", "/v2/trackings/get?limit=2000&orders=shop-7%2F1");
    }
}

#[tokio::test]
async fn lookup_by_id_is_unsupported() {
    let server = Server::silent().await;

    let error = track(&server, TrackRequest::id("0f5be2a8"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn error_is_no_outcome() {
    for (name, kind) in [
        ("401.json", ErrorKind::Authentication),
        ("4001.json", ErrorKind::Authentication),
        ("4018.json", ErrorKind::Permission),
        ("4019.json", ErrorKind::QuotaExhausted),
        ("429.json", ErrorKind::RateLimited),
        ("4012.json", ErrorKind::InvalidRequest),
        ("500.json", ErrorKind::Server),
        ("502_bad_gateway.html", ErrorKind::Server),
        ("meta_missing.json", ErrorKind::Decode),
    ] {
        let response = || Reply::fixture(&format!("errors/{name}"));
        let server = Server::start([response(), response(), response()]).await;

        for request in [
            at_courier(),
            TrackRequest::number(NUMBER),
            at_courier().with_realtime(true),
        ] {
            let error = track(&server, request).await;

            let error = error.map_err(|error| (error.kind(), error.provider().to_string()));
            assert_eq!(error, Err((kind, "trackingmore".to_owned())), "{name}");
        }
    }
}

#[tokio::test]
async fn foreign_404_is_no_outcome_and_registers_nothing() {
    for body in ["<html>404 nginx</html>", "", "{}", r#"{"meta":[]}"#] {
        let server = Server::start([
            Reply::new(404, body),
            Reply::new(404, body),
            Reply::new(404, body),
        ])
        .await;

        for request in [
            at_courier(),
            at_courier().with_register(false),
            at_courier().with_realtime(true),
        ] {
            let error = track(&server, request).await;

            let error = error.map_err(|error| error.kind());
            assert_eq!(error, Err(ErrorKind::NotFound), "{body:?}");
        }
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn refusal_to_register_is_error() {
    for (code, kind) in [
        (4015, ErrorKind::InvalidRequest),
        (4019, ErrorKind::QuotaExhausted),
        (4021, ErrorKind::QuotaExhausted),
    ] {
        let server = Server::start([Reply::code(4017), Reply::code(code)]).await;

        let error = track(&server, at_courier()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{code}");
    }
}

#[tokio::test]
async fn bad_numbers_are_refused_before_any_call() {
    let server = Server::silent().await;

    for number in ["", " ", "..", "A,B\n"] {
        for request in [
            TrackRequest::number(number),
            TrackRequest::number(number).with_courier(CARRIER),
            TrackRequest::number(number)
                .with_courier(CARRIER)
                .with_realtime(true),
            TrackRequest::reference(number),
        ] {
            let error = track(&server, request).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{number:?}");
        }
    }
    assert!(server.requests().is_empty());
}
