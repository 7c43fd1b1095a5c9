//! Lookups of a number whose courier is not known: which couriers are tried, and what that costs.

use serde_json::{Value, json};
use tracking_core::{ErrorKind, Outcome, Shipment, Status, TrackRequest};

use crate::lookup::track;
use crate::operations::NUMBER;
use crate::server::{Enveloped as _, Reply, Server};

/// A detection of these couriers.
fn detected(couriers: &[&str]) -> Reply {
    let couriers: Vec<Value> = couriers
        .iter()
        .map(|code| json!({ "code": code }))
        .collect();
    Reply::data(&Value::from(couriers))
}

fn tracking(courier: &str, status: &str) -> Value {
    json!({ "tracking_number": NUMBER, "carrier_code": courier, "status": status })
}

/// A tracking that was registered or read.
fn one(courier: &str, status: &str) -> Reply {
    Reply::data(&tracking(courier, status))
}

/// What a courier reports that was asked now.
fn now(courier: &str, status: &str) -> Reply {
    Reply::data(&json!({ "items": [tracking(courier, status)] }))
}

/// The couriers of all registrations and realtime queries so far: each of them costs quota.
fn paid(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let bodies = requests
        .iter()
        .filter(|it| it.target.ends_with("/post") || it.target.ends_with("/realtime"))
        .map(|it| serde_json::from_slice::<Value>(&it.body).unwrap());
    bodies
        .map(|body| body["carrier_code"].as_str().unwrap().to_owned())
        .collect()
}

fn notes(shipment: &Shipment) -> Vec<&str> {
    let notes = shipment.problems.iter().filter(|it| it.path.is_empty());
    notes.map(|it| it.message.as_str()).collect()
}

fn registering() -> TrackRequest {
    TrackRequest::number(NUMBER).with_register(true)
}

fn realtime() -> TrackRequest {
    registering().with_realtime(true)
}

#[tokio::test]
async fn registration_at_first_courier_names_the_others() {
    let server = Server::start([
        Reply::code(4031),
        detected(&["a", "b", "c"]),
        one("a", "pending"),
        one("a", "pending"),
    ])
    .await;

    let outcome = track(&server, registering()).await.unwrap();

    // Nobody has asked the courier yet, so it is not known to be the wrong one.
    assert_eq!(paid(&server), ["a"]);
    assert_eq!(
        notes(&outcome.shipments()[0]),
        ["several couriers may have this number: tried a; not tried: b, c"]
    );
}

#[tokio::test]
async fn only_courier_is_no_choice_to_name() {
    let server = Server::start([
        Reply::code(4031),
        detected(&["a"]),
        one("a", "pending"),
        one("a", "pending"),
    ])
    .await;

    let outcome = track(&server, registering()).await.unwrap();

    assert!(outcome.shipments()[0].problems.is_empty(), "{outcome:?}");
}

#[tokio::test]
async fn courier_that_does_not_know_number_is_followed_by_next() {
    let server = Server::start([
        Reply::code(4031),
        detected(&["a", "b", "c"]),
        one("a", "pending"),
        one("a", "notfound"),
        one("b", "pending"),
        one("b", "transit"),
    ])
    .await;

    let outcome = track(&server, registering()).await.unwrap();

    assert_eq!(paid(&server), ["a", "b"]);
    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.status.status, Status::InTransit);
    assert_eq!(
        notes(shipment),
        ["several couriers may have this number: tried b; not known to a; not tried: c"]
    );
}

#[tokio::test]
async fn refused_courier_costs_nothing_and_is_followed_by_next() {
    for code in [4015, 4032] {
        let server = Server::start([
            Reply::code(4031),
            detected(&["a", "b"]),
            Reply::code(code),
            one("b", "pending"),
            one("b", "transit"),
        ])
        .await;

        let outcome = track(&server, registering()).await.unwrap();

        assert_eq!(paid(&server), ["a", "b"], "{code}");
        assert!(outcome.is_found(), "{code}");
    }
}

#[tokio::test]
async fn realtime_query_tries_next_courier_at_each_code_for_unknown() {
    for unknown in [Reply::code(4017), Reply::code(4031), now("a", "notfound")] {
        let server = Server::start([
            Reply::code(4031),
            detected(&["a", "b"]),
            unknown,
            now("b", "transit"),
        ])
        .await;

        let outcome = track(&server, realtime()).await.unwrap();

        assert_eq!(paid(&server), ["a", "b"]);
        assert_eq!(
            notes(&outcome.shipments()[0]),
            ["several couriers may have this number: tried b; not known to a"]
        );
    }
}

#[tokio::test]
async fn at_most_three_couriers_are_tried() {
    let server = Server::start([
        Reply::code(4031),
        detected(&["a", "b", "b", "c", "d"]),
        Reply::code(4031),
        Reply::code(4031),
        Reply::code(4017),
    ])
    .await;

    let outcome = track(&server, realtime()).await.unwrap();

    assert_eq!(paid(&server), ["a", "b", "c"]);
    let tried = ["a", "b", "c"].map(str::to_owned).to_vec();
    let expected = Outcome::unknown_to_couriers(tried, vec!["d".to_owned()]);
    assert_eq!(outcome, expected);
}

#[tokio::test]
async fn lookup_without_registration_tries_one_courier() {
    let server = Server::start([Reply::code(4031), detected(&["a", "b"]), Reply::code(4031)]).await;

    let outcome = track(&server, realtime().with_register(false))
        .await
        .unwrap();

    assert_eq!(paid(&server), ["a"]);
    let expected = Outcome::unknown_to_couriers(vec!["a".to_owned()], vec!["b".to_owned()]);
    assert_eq!(outcome, expected);
}

#[tokio::test]
async fn last_courier_that_does_not_know_number_ends_the_lookup() {
    for (couriers, replies, expected) in [
        (&["a"][..], vec![4031], Outcome::NotFound),
        (&["a"], vec![4015], Outcome::NoCourier),
        (&["a", "b"], vec![4032, 4015], Outcome::NoCourier),
        (
            &["a", "b"],
            vec![4031, 4031],
            Outcome::unknown_to_couriers(vec!["a".to_owned(), "b".to_owned()], Vec::new()),
        ),
    ] {
        let mut script = vec![Reply::code(4031), detected(couriers)];
        script.extend(replies.into_iter().map(Reply::code));
        let server = Server::start(script).await;

        let outcome = track(&server, realtime()).await.unwrap();

        assert_eq!(outcome, expected, "{couriers:?}");
    }
}

#[tokio::test]
async fn tracking_that_was_paid_for_is_kept_when_the_next_try_fails() {
    let server = Server::start([
        Reply::code(4031),
        detected(&["a", "b"]),
        one("a", "pending"),
        one("a", "notfound"),
        Reply::code(4021),
    ])
    .await;

    let outcome = track(&server, registering()).await.unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.status.status, Status::NotFound);
    assert!(shipment.is_incomplete(), "{shipment:?}");
    assert_eq!(
        notes(shipment),
        ["several couriers may have this number: tried a; not tried: b"]
    );
}

#[tokio::test]
async fn failure_at_first_courier_is_error() {
    let server = Server::start([Reply::code(4031), detected(&["a", "b"]), Reply::code(4021)]).await;

    let error = track(&server, registering()).await.unwrap_err();

    // The account is the problem, so the next courier would be refused as well.
    assert_eq!(error.kind(), ErrorKind::QuotaExhausted);
    assert_eq!(paid(&server), ["a"]);
}
