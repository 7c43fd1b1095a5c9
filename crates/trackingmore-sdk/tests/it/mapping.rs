//! What responses become in the unified model.

use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::model::ConflictKind;
use tracking_core::time::TimeKind;
use tracking_core::{LegRole, Provider as _, Shipment, Status, TrackRequest, UtcTime};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};
use trackingmore_sdk::shipments_from_body;

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture, fixture_json};

async fn shipment(name: &str) -> Shipment {
    let name = format!("get-tracking/{name}");
    let server = Server::replying(Reply::fixture(&name)).await;
    let number = fixture_json(&name)["data"]["tracking_number"].take();
    let number = number.as_str().unwrap_or(NUMBER);
    let request = TrackRequest::number(number).with_courier(CARRIER);
    let outcome = server.client().track(request).await.unwrap();
    let mut shipments = outcome.into_shipments();
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

#[tokio::test]
async fn both_legs_have_their_own_courier_events_and_milestones() {
    let shipment = shipment("200_two_legs.json").await;

    let [origin, destination] = shipment.legs.as_slice() else {
        panic!("{:?}", shipment.legs)
    };
    assert_eq!(
        (origin.role, destination.role),
        (LegRole::Origin, LegRole::Destination)
    );
    assert_eq!(origin.courier.as_ref().unwrap().code, "sample-post");
    assert_eq!(destination.courier.as_ref().unwrap().code, "other-post");
    assert_eq!((origin.events.len(), destination.events.len()), (3, 4));
    let claimed = |leg: &tracking_core::Leg, status: Status| {
        leg.milestones
            .claimed
            .get(&status)
            .map(|it| it.text().to_owned())
    };
    assert_eq!(
        claimed(origin, Status::PickedUp).as_deref(),
        Some("2026-09-11 09:20")
    );
    assert_eq!(
        claimed(origin, Status::InTransit).as_deref(),
        Some("2026-09-12 22:40:11")
    );
    assert_eq!(claimed(destination, Status::PickedUp), None);
    assert_eq!(
        claimed(destination, Status::InTransit).as_deref(),
        Some("2026-09-14 03:11")
    );
    assert!(
        destination
            .milestones
            .computed
            .contains_key(&Status::Delivered)
    );
    assert!(!origin.milestones.computed.contains_key(&Status::Delivered));
}

#[tokio::test]
async fn events_are_oldest_first_with_local_times_and_raw_text() {
    let shipment = shipment("200_two_legs.json").await;

    let events = shipment.legs[0].events.iter();
    let reported: Vec<_> = events
        .map(|event| {
            let time = event.time.as_ref().unwrap();
            assert_eq!((time.kind(), time.instant()), (TimeKind::LocalNaive, None));
            (time.text(), event.description.as_deref().unwrap())
        })
        .collect();
    assert_eq!(
        reported,
        [
            ("2026-09-11 09:20", "Accepted"),
            ("2026-09-12 22:40:11", "Arrived at the sorting centre"),
            ("2026-09-13 07:05", "Left the country of origin"),
        ]
    );
}

#[tokio::test]
async fn scan_reported_by_both_carriers_stays_in_both_legs() {
    let shipment = shipment("200_two_legs.json").await;

    let left = |leg: &tracking_core::Leg| {
        let text = Some("Left the country of origin");
        let mut same = leg
            .events
            .iter()
            .filter(|it| it.description.as_deref() == text);
        same.next().unwrap().key.clone()
    };
    assert_eq!(shipment.duplicates_dropped, 0);
    assert_ne!(left(&shipment.legs[0]), left(&shipment.legs[1]));
}

#[tokio::test]
async fn account_and_clock_of_trackingmore_are_given() {
    let shipment = shipment("200_two_legs.json").await;

    assert_eq!(shipment.reference.as_deref(), Some("shop-7-2210"));
    assert_eq!(shipment.origin_country.as_deref(), Some("Portugal"));
    assert_eq!(shipment.destination_country.as_deref(), Some("Norway"));
    let registered = shipment.registered_at.unwrap();
    assert_eq!(registered.to_string(), "2026-09-11T08:02:48Z");
    let updated = shipment.freshness.provider_updated_at.unwrap();
    assert_eq!(updated.to_string(), "2026-09-12T12:15:09Z");
    assert_eq!(shipment.provider_gave_up, Some(false));
}

#[tokio::test]
async fn milestone_on_mere_announcement_is_no_pick_up() {
    let shipment = shipment("200_inforeceived.json").await;

    assert_eq!(shipment.status.status, Status::InfoReceived);
    assert_eq!(shipment.events()[0].status.status, Status::InfoReceived);
    assert!(!shipment.milestones.computed.contains_key(&Status::PickedUp));
}

#[tokio::test]
async fn statuses_mean_what_the_table_says() {
    for (name, status) in [
        ("200_returned.json", Status::Returned),
        ("200_pickup_without_substatus.json", Status::OutForDelivery),
        ("200_odd_spellings.json", Status::InfoReceived),
        ("200_transit_2018.json", Status::InTransit),
        ("200_two_legs.json", Status::Delivered),
    ] {
        assert_eq!(shipment(name).await.status.status, status, "{name}");
    }
}

#[tokio::test]
async fn empty_values_in_all_spellings_are_leg_without_events() {
    for name in [
        "200_empty_maps.json",
        "200_empty_text_maps.json",
        "200_no_events_null.json",
    ] {
        let shipment = shipment(name).await;

        let [leg] = shipment.legs.as_slice() else {
            panic!("{name}: {:?}", shipment.legs)
        };
        assert_eq!((leg.role, leg.events.len()), (LegRole::Only, 0), "{name}");
        assert!(shipment.problems.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn signatory_and_second_number_are_given() {
    let shipment = shipment("200_newest_2022.json").await;

    assert_eq!(shipment.signed_by.as_deref(), Some("S. Recipient"));
    assert_eq!(shipment.linked_numbers, ["OSL-77"]);
}

#[tokio::test]
async fn raw_response_stays_with_shipment_and_events() {
    let shipment = shipment("200_unknown_values.json").await;

    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    let event: Value = serde_json::from_str(shipment.events()[0].raw.get()).unwrap();
    assert_eq!(raw["track_news"], json!([1, 2]));
    assert_eq!(event["Crew"]["size"], 3);
}

#[tokio::test]
async fn values_without_an_agreed_meaning_are_kept_and_counted() {
    let reply = Reply::fixture("get-tracking/200_unknown_values.json");
    let server = Server::replying(reply).await;
    let client = server.client();
    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

    let outcome = client.track(request).await.unwrap();

    let status = &outcome.shipments()[0].status;
    assert!(matches!(status.status, Status::Unmapped(_)), "{status:?}");
    assert_eq!(status.raw.main.as_deref(), Some("teleported"));
    let values: Vec<String> = client.unmapped().into_iter().map(|it| it.value).collect();
    for value in ["teleported", "transit099", "beam001"] {
        assert!(values.contains(&value.to_owned()), "{values:?}");
    }
}

#[tokio::test]
async fn status_set_by_hand_stays_and_contradiction_is_reported() {
    let mut body = fixture_json("get-tracking/200_two_legs.json");
    body["data"]["substatus"] = json!("exception010");
    let server = Server::replying(Reply::json(200, &body)).await;
    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

    let outcome = server.client().track(request).await.unwrap();

    let shipment = &outcome.shipments()[0];
    assert_eq!(shipment.status.status, Status::Delivered);
    let kinds: Vec<_> = shipment.conflicts.iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&ConflictKind::FineVsMain), "{kinds:?}");
}

#[test]
fn times_of_claims_are_couriers_and_never_instants() {
    let body = fixture("get-tracking/200_two_legs.json");
    let unmapped = tracking_core::kit::UnmappedCounter::new();

    let shipments =
        trackingmore_sdk::shipments_from_body(&body.into(), UtcTime::now(), &unmapped).unwrap();

    for leg in &shipments[0].legs {
        for time in leg.milestones.claimed.values() {
            assert_eq!(time.instant(), None, "{time}");
        }
    }
    assert!(unmapped.snapshot().is_empty());
}

#[test]
fn zero_date_is_no_time_and_no_milestone() {
    let leg = json!({
        "ItemReceived": PLACE, "ItemDispatched": PLACE, "DepartfromAirport": PLACE,
        "ArrivalfromAbroad": PLACE, "CustomsClearance": PLACE, "DestinationArrived": PLACE,
        "trackinfo": [{ "Date": PLACE, "StatusDescription": "Sorted", "checkpoint_status": "transit" }],
    });
    let body = json!({ "meta": { "code": 200 }, "data": {
        "tracking_number": "PTS0007171", "carrier_code": "sample-post", "status": "transit",
        "created_at": PLACE, "updated_at": PLACE, "origin_info": leg, "destination_info": leg,
    }});
    let mut paths = vec!["data.created_at".to_owned(), "data.updated_at".to_owned()];
    for leg in ["origin_info", "destination_info"] {
        let keys = [
            "ArrivalfromAbroad",
            "CustomsClearance",
            "DepartfromAirport",
            "DestinationArrived",
            "ItemDispatched",
            "ItemReceived",
            "trackinfo[0].Date",
        ];
        paths.extend(keys.map(|key| format!("data.{leg}.{key}")));
    }
    paths.sort_unstable();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();

    assert_is_no_time(&body.to_string(), &paths, |body| {
        shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
            .unwrap()
            .remove(0)
    });
}
