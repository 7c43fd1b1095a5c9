//! `Provider::track`: by the number of an order and by the id of a tracking.

use serde_json::{Value, json};
use tracking_core::{
    ErrorKind, ListRequest, Outcome, Provider as _, Status, TrackRequest, UtcTime,
};

use crate::server::{Reply, Server};

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

    assert_eq!(error.kind(), ErrorKind::WrongShipment);
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
async fn unreadable_field_of_an_embedded_tracking_costs_itself() {
    let links = [
        json!({ "trackingId": "A", "courier": { "x": 1 } }),
        json!({ "@id": "/v2/api/trackings/1", "trackingId": "A", "courier": { "y": 1 } }),
    ];
    for link in links {
        let found = orders(&[order(Some("SHOP::58"), &json!([link]))]);
        let server = Server::replying(found).await;

        let found = track(&server, TrackRequest::reference("SHOP::58"))
            .await
            .unwrap();

        assert_eq!(found.shipments()[0].number, "A");
        assert_eq!(found.shipments()[0].problems.len(), 1);
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
async fn failed_tracking_of_order_does_not_lose_others() {
    for (failed, kind) in [
        (Reply::fixture("errors/502_gateway.html"), "server"),
        (Reply::fixture("errors/403_hydra.json"), "permission"),
        (Reply::fixture("errors/404_hydra.json"), "not found"),
        (Reply::fixture("get-tracking/200_tracking.json"), "another"),
    ] {
        let links = json!(["/v2/api/trackings/31", "/v2/api/trackings/9"]);
        let server = Server::start([
            orders(&[order(Some("SHOP::58"), &links)]),
            Reply::fixture("get-tracking/200_tracking.json").to("/31"),
            failed.to("/9"),
        ])
        .await;

        let outcome = track(&server, TrackRequest::reference("SHOP::58"))
            .await
            .unwrap();

        let [read, failed] = outcome.shipments() else {
            panic!("{kind}: {outcome:?}")
        };
        assert!(!read.is_incomplete() && read.problems.is_empty(), "{kind}");
        assert!(failed.is_incomplete(), "{kind}");
        assert_eq!(failed.id.as_deref(), Some("9"), "{kind}");
        assert_eq!(failed.problems[0].path, "trackings[1]");
        let message = failed.problems[0].message.to_lowercase();
        assert!(message.contains(kind), "{kind}: {message}");
    }
}

#[tokio::test]
async fn failed_tracking_takes_nothing_back_and_is_filled_in_later() {
    let round = |last: Reply| {
        let links = json!(["/v2/api/trackings/31", "/v2/api/trackings/32"]);
        [
            orders(&[order(Some("SHOP::58"), &links)]),
            Reply::fixture("get-tracking/200_tracking.json").to("/31"),
            last.to("/32"),
        ]
    };
    let failed = || Reply::fixture("errors/403_hydra.json");
    let whole = || Reply::fixture("get-tracking/200_bulk_carrier.json");
    let rounds = [whole(), failed(), failed(), whole()].map(round);
    let server = Server::start(rounds.into_iter().flatten()).await;
    let client = server.client();
    let mut polls = Vec::new();
    for _ in 0..4 {
        let request = TrackRequest::reference("SHOP::58");
        let mut found = client.track(request).await.unwrap().into_shipments();
        polls.push(found.pop().unwrap());
    }
    let [first, lost, lost_again, again] = polls.try_into().unwrap();
    assert!(lost.is_incomplete() && !again.is_incomplete());

    // What is known stays while the tracking cannot be read.
    let mut known = first.clone();
    for poll in [lost.clone(), lost_again, again.clone()] {
        let merged = known.merge(poll);
        assert_eq!(merged.changes, Vec::new());
        assert!(!merged.is_first);
        known = merged.shipment;
    }
    assert_eq!(known.status, first.status);
    assert_eq!(known.legs[0].courier, first.legs[0].courier);

    // What could not be read at first is filled in once.
    let filled = lost.merge(again.clone());
    assert!(!filled.is_first && !filled.changes.is_empty());
    assert_eq!(filled.shipment.status.status, first.status.status);
    assert_eq!(filled.shipment.legs[0].courier, first.legs[0].courier);
    assert_eq!(filled.shipment.merge(again).changes, Vec::new());
}
