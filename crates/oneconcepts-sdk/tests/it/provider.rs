//! 1concepts through the unified model: what the responses become, and that nothing is lost on the way.

use bytes::Bytes;
use oneconcepts_sdk::{ConfigureClient as _, shipments_from_body};
use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::{
    Cursor, ErrorKind, ListRequest, Origin, Outcome, Precision, Provider as _, Registration,
    Shipment, Status, Target, TrackRequest, UtcTime,
};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};

use crate::server::{Reply, Server, fixture};

const BY_NUMBER: &str = "/v2/api/orders?externalOrderNumber=SHOP%3A%3A58&itemsPerPage=200";

fn order(number: Option<&str>, trackings: &Value) -> Value {
    json!({ "@id": "/v2/api/orders/58", "externalOrderNumber": number, "trackings": trackings })
}

fn orders(orders: &[Value]) -> Reply {
    Reply::json(200, &json!({ "hydra:member": orders }))
}

async fn track(server: &Server, request: TrackRequest) -> Result<Outcome, tracking_core::Error> {
    server.client().track(request).await
}

fn read(body: impl Into<String>) -> Vec<Shipment> {
    let body = Bytes::from(body.into());
    shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap()
}

#[test]
fn missing_features_are_announced_and_unsupported() {
    let capabilities = oneconcepts_sdk::Client::new("a", "b")
        .unwrap()
        .capabilities();

    assert!(capabilities.track_by_reference && capabilities.track_by_id && capabilities.list);
    assert!(!capabilities.track_by_number && !capabilities.events && !capabilities.etas);
    assert!(!capabilities.register && !capabilities.unregister && !capabilities.detect_couriers);
    assert_eq!(capabilities.webhook, None);
}

#[tokio::test]
async fn unsupported_operations_send_nothing() {
    let server = Server::silent().await;
    let client = server.client();

    let errors = [
        client
            .track(TrackRequest::number("00340000000000000031"))
            .await
            .unwrap_err(),
        client.register(Registration::new("A")).await.unwrap_err(),
        client
            .unregister(Target::Id("1".to_owned()))
            .await
            .unwrap_err(),
        client.detect_couriers("A").await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn order_is_found_by_your_own_number_with_all_its_trackings() {
    let links = json!(["/v2/api/trackings/31", "/v2/api/trackings/32"]);
    let server = Server::start([
        orders(&[order(Some("SHOP::58"), &links)]),
        Reply::fixture("get-tracking/200_tracking.json").to("/31"),
        Reply::fixture("get-tracking/200_bulk_carrier.json").to("/32"),
    ])
    .await;

    let outcome = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();

    assert_eq!(outcome.shipments().len(), 2);
    for shipment in outcome.shipments() {
        assert_eq!(shipment.reference.as_deref(), Some("SHOP::58"));
    }
    server.requests()[0].assert_without_body("GET", BY_NUMBER);
}

#[tokio::test]
async fn unknown_order_is_not_found_and_untracked_is_not_yet() {
    let server = Server::start([
        orders(&[]),
        orders(&[order(Some("SHOP::58"), &json!([]))]),
        orders(&[order(None, &json!(null))]),
    ])
    .await;
    let request = || TrackRequest::reference("SHOP::58");

    assert_eq!(track(&server, request()).await.unwrap(), Outcome::NotFound);
    for _ in 0..2 {
        let Outcome::NotYet {
            retry_at: Some(at), ..
        } = track(&server, request()).await.unwrap()
        else {
            panic!("an order without trackings")
        };
        // At 16 or 17 UTC, which is 18:00 in Germany.
        let hour = at.as_unix_seconds().rem_euclid(86_400) / 3600;
        assert!(at > UtcTime::now() && (16..=17).contains(&hour), "{at}");
    }
}

#[tokio::test]
async fn orders_of_which_only_part_of_number_matches_do_not_count() {
    let embedded =
        |id: &str| json!([{ "@id": format!("/v2/api/trackings/{id}"), "trackingId": id }]);
    let server = Server::start([
        orders(&[
            order(Some("SHOP::581"), &embedded("1")),
            order(Some("SHOP::58"), &embedded("2")),
        ]),
        orders(&[order(Some("SHOP::581"), &embedded("1"))]),
    ])
    .await;

    let found = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();
    let none = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();

    let numbers: Vec<_> = found
        .shipments()
        .iter()
        .map(|it| it.number.as_str())
        .collect();
    assert_eq!(numbers, ["2"]);
    assert_eq!(none, Outcome::NotFound);
}

#[tokio::test]
async fn too_many_orders_for_one_number_mean_ignored_filter() {
    let mut body = json!({ "hydra:member": [order(None, &json!([]))] });
    body["hydra:view"] = json!({ "hydra:next": "/v2/api/orders?page=2" });
    let server = Server::replying(Reply::json(200, &body)).await;

    let error = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn unreadable_tracking_does_not_lose_others() {
    let links = json!([
        "/v2/api/trackings/31",
        "/v2/api/trackings/9",
        "https://evil.example/1"
    ]);
    let server = Server::start([
        orders(&[order(Some("SHOP::58"), &links)]),
        Reply::fixture("get-tracking/200_tracking.json").to("/31"),
        Reply::fixture("errors/404_hydra.json").to("/9"),
    ])
    .await;

    let outcome = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();

    let [good, gone, foreign] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert!(good.problems.is_empty());
    assert_eq!((gone.id.as_deref(), gone.problems.len()), (Some("9"), 1));
    assert_eq!(foreign.problems.len(), 1);
    assert_eq!(foreign.status.status, Status::Unknown);
}

#[tokio::test]
async fn error_that_hits_every_request_is_no_outcome() {
    for (fixture, kind) in [
        ("errors/403_hydra.json", ErrorKind::Permission),
        ("errors/502_gateway.html", ErrorKind::Server),
    ] {
        let links = json!(["/v2/api/trackings/31"]);
        let server = Server::start([
            orders(&[order(Some("SHOP::58"), &links)]),
            Reply::fixture(fixture),
        ])
        .await;

        let error = track(&server, TrackRequest::reference("SHOP::58"))
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.provider().as_str()),
            (kind, "oneconcepts")
        );
    }
}

#[tokio::test]
async fn tracking_is_found_by_id() {
    let server = Server::start([
        Reply::fixture("get-tracking/200_tracking.json"),
        Reply::fixture("errors/404_hydra.json"),
        Reply::fixture("errors/404_problem.json"),
    ])
    .await;

    let found = track(&server, TrackRequest::id("31")).await.unwrap();
    assert_eq!(found.shipments()[0].id.as_deref(), Some("31"));
    for _ in 0..2 {
        assert_eq!(
            track(&server, TrackRequest::id("9")).await.unwrap(),
            Outcome::NotFound
        );
    }
}

#[tokio::test]
async fn token_response_is_never_taken_for_tracking() {
    let token = Reply::fixture("create-token/200_without_token.json");
    let requests = [TrackRequest::id("31"), TrackRequest::reference("SHOP::58")];
    for request in requests {
        let server = Server::with_logins([token.clone()], []).await;

        let error = track(&server, request).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.message().contains("no token"), "{error}");
    }
    let server = Server::with_logins([token], []).await;
    assert!(server.client().list(ListRequest::new()).await.is_err());
}

#[tokio::test]
async fn status_404_that_is_not_about_record_is_no_outcome() {
    let bodies = [
        Reply::fixture("errors/404_no_route.json"),
        Reply::new(404, "<html>404 nginx</html>"),
        Reply::new(404, ""),
        Reply::new(404, "{}"),
        Reply::new(404, r#"{"code":404,"message":"no upstream"}"#),
    ];
    for response in bodies {
        let server = Server::replying(response).await;

        let error = track(&server, TrackRequest::id("9")).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}

#[test]
fn tracking_is_parcel_with_one_leg_and_no_events() {
    let shipments = read(fixture("list-trackings/200_context_text.json"));

    let [parcel, freight] = shipments.as_slice() else {
        panic!("{shipments:?}")
    };
    assert_eq!(parcel.number, "00340000000000000031");
    assert_eq!(parcel.id.as_deref(), Some("31"));
    let [leg] = parcel.legs.as_slice() else {
        panic!("{parcel:?}")
    };
    assert_eq!(leg.courier.as_ref().unwrap().code, "DHL");
    assert_eq!(leg.number.as_deref(), Some("00340000000000000031"));
    assert!(leg.events.is_empty() && parcel.milestones.is_empty());
    assert_eq!(
        parcel.registered_at.unwrap().to_string(),
        "2026-03-02T17:04:11Z"
    );
    let url = parcel.tracking_url.as_deref().unwrap();
    assert!(url.ends_with("piececode=00340000000000000031"), "{url}");

    assert_eq!(
        (freight.number.as_str(), freight.id.as_deref()),
        ("", Some("32"))
    );
    assert_eq!(
        (&freight.tracking_url, &freight.legs[0].number),
        (&None, &None)
    );
    assert_eq!(
        freight.legs[0].courier.as_ref().unwrap().code,
        "Bulk carrier"
    );
}

#[test]
fn status_is_derived_ambiguous_and_never_delivery() {
    let shipment = read(fixture("get-tracking/200_tracking.json")).remove(0);

    assert_eq!(shipment.status.status, Status::PickedUp);
    assert_eq!(shipment.status.precision, Precision::Ambiguous);
    assert_eq!(
        shipment.status.origin,
        Origin::Derived("tracking.status".into())
    );
    assert_eq!(shipment.status.raw.main.as_deref(), Some("shipped"));
    let complete = read(r#"{"@id":"/t/1","status":"complete","trackingId":"A"}"#).remove(0);
    assert!(complete.status.status.is_unmapped() && !complete.is_delivered());
    let silent = read(r#"{"@id":"/t/1","trackingId":"A"}"#).remove(0);
    assert_eq!(silent.status.status, Status::Unknown);
}

#[tokio::test]
async fn values_without_an_agreed_meaning_are_counted() {
    let server = Server::replying(Reply::fixture("list-trackings/200_unknown_values.json")).await;
    let client = server.client();

    client.list(ListRequest::new()).await.unwrap();

    let counts = client.unmapped();
    assert_eq!(
        (counts[0].field.as_str(), counts[0].value.as_str()),
        ("tracking.status", "in_orbit")
    );
}

#[test]
fn broken_tracking_does_not_lose_page() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/1", "trackingId": "A" },
        { "@id": "/v2/api/trackings/2", "trackingId": { "secret": "B" } },
        null,
        "junk",
        { "@id": "/v2/api/trackings/3", "trackingId": "C" },
    ]});

    let shipments = read(body.to_string());

    let numbers: Vec<_> = shipments.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, ["A", "", "C"]);
    assert_eq!(shipments[1].problems[0].path, "hydra:member[1].trackingId");
    assert!(!shipments[1].problems[0].message.contains("secret"));
    assert_eq!(shipments[1].id.as_deref(), Some("2"));
    assert!(shipments[1].raw.get().contains("secret"));
    // What is no tracking is no shipment. As it is numbered in the response, where the null counts.
    assert_eq!(shipments[0].problems[0].path, "hydra:member[3]");
    let newer = read(r#"{"member":[null,{"@id":"/t/1","trackingId":[]}]}"#);
    assert_eq!(newer[0].problems[0].path, "member[1].trackingId");
}

#[test]
fn body_without_trackings_is_error() {
    for body in ["", "<html>", "[]", "{}", "7", r#"{"code":401}"#] {
        let body = Bytes::from(body);

        let error =
            shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap_err();

        assert!(error.is_decode(), "{body:?}");
    }
}

#[tokio::test]
async fn list_filters_by_creation_and_resumes_at_cursor() {
    let server = Server::start([
        Reply::fixture("list-trackings/200_page_1.json"),
        Reply::fixture("list-trackings/200_page_2.json"),
    ])
    .await;
    let client = server.client();
    let since: UtcTime = "2026-03-01T17:00:00Z".parse().unwrap();
    let request = ListRequest::new().with_updated_since(since).with_limit(1);

    let first = client.list(request.clone()).await.unwrap();
    let cursor = first.next.clone().unwrap();
    let second = client.list(request.with_cursor(cursor)).await.unwrap();

    assert_eq!(
        (
            first.shipments[0].id.as_deref(),
            second.shipments[0].id.as_deref()
        ),
        (Some("31"), Some("32"))
    );
    assert_eq!(second.next, None);
    let requests = server.requests();
    requests[0].assert_without_body(
        "GET",
        "/v2/api/trackings?createdAt%5Bafter%5D=2026-03-01T17%3A00%3A00Z&itemsPerPage=1",
    );
    requests[1].assert_without_body("GET", "/v2/api/trackings?itemsPerPage=1&page=2");
}

#[tokio::test]
async fn list_keeps_page_of_which_part_does_not_fit() {
    let body = json!({
        "hydra:member": [{ "@id": "/v2/api/trackings/1", "trackingId": {} }, { "@id": "/v2/api/trackings/2" }],
        "hydra:view": { "hydra:next": "/v2/api/trackings?page=2" },
    });
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    assert_eq!(page.shipments.len(), 2);
    assert_eq!(page.shipments[0].problems.len(), 1);
    assert_eq!(page.next, Some(Cursor::new("/v2/api/trackings?page=2")));
}

#[tokio::test]
async fn ignored_filter_is_error_also_in_partly_broken_list() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/1", "createdAt": "2019-01-01T10:00:00+01:00" },
        { "@id": "/v2/api/trackings/2", "trackingId": {} },
    ]});
    let server = Server::replying(Reply::json(200, &body)).await;
    let since: UtcTime = "2026-03-01T17:00:00Z".parse().unwrap();

    let error = server
        .client()
        .list(ListRequest::new().with_updated_since(since))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn cursor_to_another_host_and_limits_out_of_range_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    let requests = [
        ListRequest::new().with_cursor(Cursor::new("https://evil.example/v2/api/trackings")),
        ListRequest::new().with_cursor(Cursor::new("2")),
        ListRequest::new().with_limit(0),
        ListRequest::new().with_limit(201),
    ];
    for request in requests {
        let error = client.list(request).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn added_tracking_pages_are_used_for_shipments() {
    let server = Server::replying(Reply::fixture("list-trackings/200_unknown_values.json")).await;
    let builder = server.builder();
    let client = builder.with_tracking_page("Rocket Mail", "https://rocket.example/{number}");
    let client = client.with_user_agent("shop/1").build().unwrap();

    let page = client.list(ListRequest::new()).await.unwrap();

    let url = page.shipments[0].tracking_url.as_deref();
    assert_eq!(url, Some("https://rocket.example/00340000000000000031"));
}

#[tokio::test]
async fn misfit_order_does_not_lose_others() {
    let embedded =
        |id: &str| json!([{ "@id": format!("/v2/api/trackings/{id}"), "trackingId": id }]);
    let mut odd = order(Some("SHOP::58"), &embedded("1"));
    odd["status"] = json!({ "secret": "shipped" });
    let mut other = order(None, &embedded("2"));
    other["externalOrderNumber"] = json!({ "a": 1 });
    let good = order(Some("SHOP::58"), &embedded("3"));
    let server = Server::replying(orders(&[json!("junk"), other, odd, good])).await;

    let found = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();

    let [first, second] = found.shipments() else {
        panic!("{found:?}")
    };
    assert_eq!((first.number.as_str(), second.number.as_str()), ("1", "3"));
    assert_eq!(first.problems[0].path, "hydra:member[2].status");
    assert!(!first.problems[0].message.contains("secret"));
    assert!(second.problems.is_empty());
}

#[tokio::test]
async fn indistinguishable_orders_are_error() {
    let mut nameless = order(None, &json!(["/v2/api/trackings/1"]));
    nameless["externalOrderNumber"] = json!({ "a": 1 });
    for list in [vec![json!("junk")], vec![nameless, json!([1])]] {
        let server = Server::replying(orders(&list)).await;

        let error = track(&server, TrackRequest::reference("SHOP::58"))
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{list:?}");
    }
}

#[tokio::test]
async fn link_past_end_does_not_hide_outcome_of_look_up() {
    let linked = |orders: &[Value]| {
        let view = json!({ "hydra:next": "/v2/api/orders?page=2" });
        Reply::json(200, &json!({ "hydra:member": orders, "hydra:view": view }))
    };
    let embedded = json!([{ "@id": "/v2/api/trackings/1", "trackingId": "A" }]);
    let server = Server::start([
        linked(&[]),
        linked(&[
            order(Some("SHOP::581"), &embedded),
            order(Some("SHOP::58"), &embedded),
        ]),
    ])
    .await;
    let request = || TrackRequest::reference("SHOP::58");

    assert_eq!(track(&server, request()).await.unwrap(), Outcome::NotFound);
    let found = track(&server, request()).await.unwrap();
    assert_eq!(found.shipments().len(), 1);
}

#[tokio::test]
async fn status_404_of_token_request_says_nothing_about_tracking() {
    let server = Server::with_logins([Reply::fixture("errors/404_hydra.json")], []).await;

    let error = track(&server, TrackRequest::id("31")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.message().contains("create-token"), "{error}");
}

#[tokio::test]
async fn response_of_another_kind_is_neither_list_nor_tracking() {
    let account = json!({ "id": 17, "name": "SHP" });
    let failed = json!({ "@id": "/v2/api/errors/1", "@type": "hydra:Error", "hydra:title": "No." });
    for body in [&account, &failed] {
        let server = Server::replying(Reply::json(200, body)).await;

        let error = server.client().list(ListRequest::new()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
    let list = json!({
        "@id": "/v2/api/trackings", "@type": "hydra:Collection",
        "hydra:member": [{ "@id": "/v2/api/trackings/1", "trackingId": "A" }],
    });
    for body in [&failed, &list] {
        let server = Server::replying(Reply::json(200, body)).await;

        let error = track(&server, TrackRequest::id("31")).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn embedded_tracking_keeps_its_own_json() {
    let embedded =
        json!([{ "@id": "/v2/api/trackings/1", "trackingId": "A", "weight": { "grams": 120 } }]);
    let server = Server::replying(orders(&[order(Some("SHOP::58"), &embedded)])).await;

    let found = track(&server, TrackRequest::reference("SHOP::58"))
        .await
        .unwrap();

    let raw = found.shipments()[0].raw.get();
    assert!(raw.contains(r#""weight":{"grams":120}"#), "{raw}");
}

#[tokio::test]
async fn list_member_without_any_key_is_problem_of_the_page() {
    let body = json!({ "hydra:member": [
        {},
        { "@id": "/v2/api/trackings/1", "trackingId": "A" },
        { "@type": "hydra:Error", "status": 500 },
    ]});
    let server = Server::replying(Reply::json(200, &body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    let numbers: Vec<_> = page.shipments.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, ["A"]);
    let paths: Vec<_> = page.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["hydra:member[0]", "hydra:member[2]"]);
}

#[tokio::test]
async fn order_without_any_key_is_error_and_not_an_unknown_order() {
    let server = Server::replying(orders(&[json!({})])).await;

    let error = track(&server, TrackRequest::reference("SHOP::1"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("hydra:member[0]"), "{error}");
}

#[tokio::test]
async fn link_that_names_nothing_is_problem_and_no_shipment() {
    let links = json!([{ "@id": "/t/1", "trackingId": "A" }, {}]);
    let server = Server::replying(orders(&[order(Some("SHOP::1"), &links)])).await;

    let outcome = track(&server, TrackRequest::reference("SHOP::1"))
        .await
        .unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.number, "A");
    assert_eq!(shipment.problems[0].path, "trackings[1]");
}

#[tokio::test]
async fn byte_order_mark_before_list_is_skipped() {
    let body = "\u{feff}{\"hydra:member\":[{\"@id\":\"/t/1\",\"trackingId\":\"A\"}]}";
    let server = Server::replying(Reply::new(200, body)).await;

    let page = server.client().list(ListRequest::new()).await.unwrap();

    assert_eq!(page.shipments[0].number, "A");
    assert!(page.problems.is_empty() && page.shipments[0].problems.is_empty());
    assert!(page.shipments[0].raw.get().starts_with("{\"@id\""));
}

#[test]
fn wrong_scalar_costs_its_field_and_no_tracking() {
    let body = json!({ "hydra:member": [
        { "@id": "/t/1", "trackingId": "A", "courier": { "name": "DHL" }, "status": "shipped" },
    ]});

    let shipments = read(body.to_string());

    assert_eq!(shipments[0].number, "A");
    assert_eq!(shipments[0].status.status, Status::PickedUp);
    let [problem] = shipments[0].problems.as_slice() else {
        panic!("{:?}", shipments[0].problems)
    };
    assert_eq!(problem.path, "hydra:member[0].courier");
    assert_eq!(problem.message, "expected a string, found an object");
}

#[test]
fn endless_empty_members_keep_problems_few() {
    for element in ["{}", "[]", "7"] {
        let elements = vec![element; 50_000].join(",");
        let body = format!(r#"{{"hydra:member":[{{"@id":"/t/1"}},{elements}]}}"#);

        let shipments = read(body);

        assert_eq!(shipments.len(), 1, "{element}");
        assert_eq!(shipments[0].problems.len(), 101, "{element}");
    }
}

#[test]
fn zero_date_is_no_time_of_registration() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/71", "courier": "DHL", "status": "shipped", "createdAt": PLACE },
    ]});

    assert_is_no_time(&body.to_string(), &["hydra:member[0].createdAt"], |body| {
        shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
            .unwrap()
            .remove(0)
    });
}
