//! What the account has for a number or a reference: the right tracking, under the right carrier.

use serde_json::{Value, json};
use tracking_core::time::TimeKind;
use tracking_core::{
    ErrorKind, Outcome, Provider as _, Registration, Target, Timestamp, TrackRequest,
};

use crate::lookup::track;
use crate::operations::{CARRIER, NUMBER};
use crate::server::{Enveloped as _, Reply, Server};

/// A tracking that is registered under one carrier, and whose first leg another one reports.
fn told_by_another() -> Value {
    json!({
        "tracking_number": NUMBER, "carrier_code": CARRIER, "order_id": "shop-7",
        "status": "transit",
        "origin_info": { "carrier_code": "other-post", "trackinfo": [] },
    })
}

fn page(items: &[Value]) -> Reply {
    Reply::data(&json!({ "page": 1, "limit": 2000, "total": "1", "items": items }))
}

fn number() -> Target {
    Target::Number(NUMBER.to_owned())
}

fn reference() -> Target {
    Target::Reference("shop-7".to_owned())
}

#[tokio::test]
async fn tracking_is_deleted_under_carrier_it_is_registered_with() {
    for target in [number(), reference()] {
        let server = Server::start([
            page(&[told_by_another()]),
            Reply::fixture("delete-tracking/200_deleted.json"),
        ])
        .await;

        server.client().unregister(target).await.unwrap();

        let line = "/v2/trackings/sample-post/ZA100200301XX";
        server.requests()[1].assert_without_body("DELETE", line);
    }
}

#[tokio::test]
async fn registered_carrier_is_queried_live() {
    for target in [number(), reference()] {
        let server = Server::start([
            page(&[told_by_another()]),
            Reply::fixture("realtime-tracking/200_item.json"),
        ])
        .await;

        let request = TrackRequest::new(target).with_realtime(true);
        track(&server, request).await.unwrap();

        assert_eq!(server.requests()[1].json()["carrier_code"], CARRIER);
    }
}

#[tokio::test]
async fn several_trackings_are_named_by_registered_carriers() {
    let mut second = told_by_another();
    second["carrier_code"] = json!("third-post");
    let server = Server::replying(page(&[told_by_another(), second])).await;

    let error = server.client().unregister(number()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let text = error.to_string();
    assert!(text.contains("sample-post, third-post"), "{text}");
}

#[tokio::test]
async fn tracking_without_own_carrier_is_not_deleted_under_legs() {
    let mut tracking = told_by_another();
    tracking["carrier_code"] = json!(null);
    let server = Server::replying(page(&[tracking])).await;

    let error = server.client().unregister(number()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(server.request().method, "GET");
}

#[tokio::test]
async fn tracking_without_reference_is_not_one_that_was_named() {
    for (order_id, kind) in [
        (json!(null), ErrorKind::NotFound),
        (json!(""), ErrorKind::NotFound),
        // Something dropped the filter, so nothing is known of the one that was named.
        (json!("shop-8"), ErrorKind::WrongShipment),
    ] {
        let mut tracking = told_by_another();
        tracking["order_id"] = order_id.clone();
        let responses = [page(std::slice::from_ref(&tracking)), page(&[tracking])];
        let server = Server::start(responses).await;

        let deleted = server.client().unregister(reference()).await;
        let tracked = track(&server, TrackRequest::new(reference()).with_realtime(true)).await;

        assert_eq!(
            deleted.map_err(|error| error.kind()),
            Err(kind),
            "{order_id}"
        );
        match tracked {
            Ok(outcome) => assert_eq!(outcome, Outcome::NotRegistered, "{order_id}"),
            Err(error) => assert_eq!(error.kind(), kind, "{order_id}"),
        }
        assert!(server.requests().iter().all(|it| it.method == "GET"));
    }
}

#[tokio::test]
async fn gateway_that_drops_filter_yields_no_foreign_parcel() {
    let mut foreign = told_by_another();
    foreign["tracking_number"] = json!("ZA999");
    let server = Server::start([
        page(&[foreign.clone()]),
        page(&[foreign.clone(), told_by_another()]),
        page(&[foreign]),
    ])
    .await;

    let none = TrackRequest::new(number()).with_register(false);
    let none = track(&server, none).await.unwrap_err();
    let own = track(&server, TrackRequest::new(number())).await.unwrap();
    let now = TrackRequest::new(number()).with_realtime(true);
    let now = track(&server, now).await.unwrap_err();

    assert_eq!(none.kind(), ErrorKind::WrongShipment);
    let numbers: Vec<&str> = own.shipments().iter().map(|it| &*it.number).collect();
    assert_eq!(numbers, [NUMBER]);
    // Nothing was detected or asked at a courier, which costs quota.
    assert_eq!(now.kind(), ErrorKind::WrongShipment);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn unreadable_tracking_is_not_registered_again() {
    let mut damaged = told_by_another();
    damaged["tracking_number"] = json!({ "number": NUMBER });
    let server = Server::replying(page(&[damaged])).await;

    let error = track(&server, TrackRequest::new(number())).await;

    let kind = error.map_err(|error| error.kind());
    assert_eq!(kind, Err(ErrorKind::Decode));
    assert_eq!(server.request().method, "GET");
}

#[tokio::test]
async fn number_is_same_in_another_spelling() {
    let mut tracking = told_by_another();
    tracking["tracking_number"] = json!("za100-200301 xx");
    let server = Server::replying(page(&[tracking])).await;

    let outcome = track(&server, TrackRequest::new(number())).await.unwrap();

    assert!(outcome.is_found());
}

#[tokio::test]
async fn language_is_sent_in_lower_case_by_every_call() {
    let server = Server::start([
        Reply::code(4017),
        Reply::fixture("create-tracking/200_created.json"),
        Reply::fixture("get-tracking/200_two_legs.json"),
        page(&[told_by_another()]),
        Reply::fixture("realtime-tracking/200_item.json"),
    ])
    .await;
    let english = |request: TrackRequest| request.with_language("EN");
    let at_courier = || {
        TrackRequest::new(number())
            .with_register(true)
            .with_courier(CARRIER)
    };

    track(&server, english(at_courier())).await.unwrap();
    let anywhere = english(TrackRequest::new(number()).with_register(true));
    track(&server, anywhere).await.unwrap();
    let now = english(at_courier()).with_realtime(true);
    track(&server, now).await.unwrap();

    let requests = server.requests();
    let single = "/v2/trackings/sample-post/ZA100200301XX/en";
    assert_eq!(
        (&*requests[0].target, &*requests[2].target),
        (single, single)
    );
    let list = "/v2/trackings/get?limit=2000&lang=en&numbers=ZA100200301XX";
    assert_eq!(requests[3].target, list);
    for with_body in [&requests[1], &requests[4]] {
        assert_eq!(with_body.json()["lang"], "en");
    }
}

#[tokio::test]
async fn wrong_field_is_refused_before_any_request() {
    let server = Server::silent().await;
    let client = server.client();
    let wrong = |request: TrackRequest| request.with_destination_country("Norway");

    for request in [
        TrackRequest::new(number()).with_register(true),
        TrackRequest::new(number())
            .with_register(true)
            .with_courier(CARRIER),
        TrackRequest::new(number())
            .with_register(true)
            .with_realtime(true),
        TrackRequest::new(reference())
            .with_register(true)
            .with_realtime(true),
    ] {
        let error = track(&server, wrong(request)).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("destination_code"), "{error}");
    }
    let registration = Registration::new(NUMBER).with_destination_country("Norway");
    let error = client.register(registration).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("destination_code"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn unsent_update_makes_no_lookup() {
    let requests = [
        TrackRequest::new(number()).with_register(false),
        TrackRequest::new(reference()),
    ];
    let server = Server::start([(); 2].map(|()| page(&[told_by_another()]))).await;

    for request in requests {
        let request = request.with_destination_country("Norway");

        assert!(track(&server, request).await.unwrap().is_found());
    }
}

#[tokio::test]
async fn z_behind_date_of_event_makes_no_instant() {
    let mut tracking = told_by_another();
    tracking["origin_info"] = json!({
        "ItemReceived": "2026-09-12T08:41:00Z",
        "trackinfo": [
            { "Date": "2026-09-13T08:41:00+02:00", "StatusDescription": "Out" },
            { "Date": "2026-09-12T08:41:00Z", "StatusDescription": "In" },
        ],
    });
    let server = Server::replying(page(&[tracking])).await;

    let outcome = track(&server, TrackRequest::new(number())).await.unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    let times = shipment.legs[0].events.iter().map(|it| it.time.as_ref());
    let kinds: Vec<_> = times.flatten().map(Timestamp::kind).collect();
    assert_eq!(kinds, [TimeKind::LocalNaive, TimeKind::Exact]);
    let claimed = shipment.milestones.claimed.values().next().unwrap();
    assert_eq!(claimed.kind(), TimeKind::LocalNaive);
    assert_eq!(claimed.text(), "2026-09-12T08:41:00Z");
}
