//! Ship24 through the unified model: what responses become, and that nothing is lost on the way.

use serde_json::{Value, json};
use ship24_sdk::{Client, shipments_from_body};
use tracking_core::kit::UnmappedCounter;
use tracking_core::merge::Update;
use tracking_core::model::{ConflictKind, EtaPrecision};
use tracking_core::webhook::{WebhookDelivery, WebhookProof, WebhookRequest};
use tracking_core::{
    Cursor, ErrorKind, ListRequest, Outcome, Provider as _, Registration, Shipment, Status, Target,
    TrackRequest, UtcTime,
};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};

use crate::server::{Reply, Server, fixture, fixture_json};

const RESULTS: &str = "get-tracking-results-of-tracker-by-trackerId";

#[track_caller]
fn one(outcome: Outcome) -> Shipment {
    let mut shipments = outcome.into_shipments();
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

/// Asks for the tracker that the reply is about.
async fn shipment(reply: Reply) -> Shipment {
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    let trackings = body["data"]["trackings"].as_array().unwrap();
    let mut ids = trackings
        .iter()
        .filter_map(|it| it["tracker"]["trackerId"].as_str());
    let request = TrackRequest::id(ids.next().unwrap_or("t-1"));
    let server = Server::replying(reply).await;
    one(server.client().track(request).await.unwrap())
}

#[tokio::test]
async fn number_is_tracked_by_creating_its_tracker() {
    let fixture = "create-tracker-and-get-tracking-results/200_later_call.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let request = TrackRequest::number("SHIP24_SAMPLE_DELIVERED_062")
        .with_register(true)
        .with_courier("sample-post-no")
        .with_destination_country("NO")
        .with_destination_post_code("5003");

    let shipment = one(server.client().track(request).await.unwrap());

    assert_eq!(shipment.status.status, Status::Delivered);
    let body = json!({
        "trackingNumber": "SHIP24_SAMPLE_DELIVERED_062",
        "courierCode": ["sample-post-no"],
        "destinationCountryCode": "NO",
        "destinationPostCode": "5003",
    });
    server
        .request()
        .assert_json("POST", "/public/v1/trackers/track", &body);
}

#[tokio::test]
async fn stored_results_are_read_without_registration() {
    let path = "get-tracking-results-of-trackers-by-tracking-number";
    let server = Server::start([
        Reply::fixture(&format!("{path}/200_two_trackings.json")),
        Reply::fixture(&format!("{path}/404_no_tracker.json")),
    ])
    .await;
    let client = server.client();
    let request = || TrackRequest::number("NOX/0009917").with_register(false);

    let found = client.track(request()).await.unwrap();
    let unknown = client.track(request()).await.unwrap();

    assert_eq!(found.shipments().len(), 2);
    assert_eq!(unknown, Outcome::NotRegistered);
    for request in server.requests() {
        let target = "/public/v1/trackers/search/NOX%2F0009917/results";
        request.assert_without_body("GET", target);
    }
}

#[tokio::test]
async fn ids_and_references_read_one_tracker() {
    let mut body = fixture_json(&format!("{RESULTS}/200_pending.json"));
    body["data"]["trackings"][0]["tracker"]["trackerId"] = json!("t-1");
    body["data"]["trackings"][0]["tracker"]["clientTrackerId"] = json!("order-1/2");
    let response = || Reply::json(200, &body);
    let server = Server::start([response(), response()]).await;
    let client = server.client();

    client.track(TrackRequest::id("t-1")).await.unwrap();
    client
        .track(TrackRequest::reference("order-1/2"))
        .await
        .unwrap();

    let requests = server.requests();
    requests[0].assert_without_body("GET", "/public/v1/trackers/t-1/results");
    let target = "/public/v1/trackers/order-1%2F2/results?searchBy=clientTrackerId";
    requests[1].assert_without_body("GET", target);
}

#[tokio::test]
async fn broken_field_costs_that_field() {
    let mut body = fixture_json(&format!("{RESULTS}/200_two_legs_four_date_forms.json"));
    let events = &mut body["data"]["trackings"][0]["events"];
    events[2] = json!({ "status": "Sorted", "location": { "city": "OSLO" } });

    let shipment = shipment(Reply::json(200, &body)).await;

    assert_eq!(shipment.events().len(), 6);
    assert_eq!(shipment.status.status, Status::Delivered);
    let [problem] = shipment.problems.as_slice() else {
        panic!("{:?}", shipment.problems)
    };
    assert_eq!(problem.path, "data.trackings[0].events[2].location");
    assert!(problem.message.ends_with("found an object"), "{problem:?}");
    assert!(problem.raw.as_ref().unwrap().get().contains("OSLO"));
}

#[tokio::test]
async fn place_of_problem_counts_trackings_that_are_null() {
    let mut body = fixture_json(&format!("{RESULTS}/200_two_legs_four_date_forms.json"));
    body["data"]["trackings"][0]["events"][2] = json!(7);
    let trackings = body["data"]["trackings"].as_array_mut().unwrap();
    trackings.insert(0, Value::Null);

    let shipment = shipment(Reply::json(200, &body)).await;

    let [problem] = shipment.problems.as_slice() else {
        panic!("{:?}", shipment.problems)
    };
    assert_eq!(problem.path, "data.trackings[1].events[2]");
}

#[tokio::test]
async fn raw_json_stays_with_its_event_beside_broken_and_missing_ones() {
    let mut body = fixture_json(&format!("{RESULTS}/200_two_legs_four_date_forms.json"));
    let events = body["data"]["trackings"][0]["events"]
        .as_array_mut()
        .unwrap();
    events.insert(0, Value::Null);
    events.insert(2, json!(7));

    let shipment = shipment(Reply::json(200, &body)).await;

    assert_eq!(shipment.events().len(), 6);
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        assert_eq!(raw["status"].as_str(), event.description.as_deref());
    }
}

#[tokio::test]
async fn broken_parts_are_problems_and_the_rest_is_kept() {
    let whole = fixture_json(&format!("{RESULTS}/200_two_legs_four_date_forms.json"));

    for part in ["tracker", "shipment", "statistics", "events"] {
        let mut body = whole.clone();
        body["data"]["trackings"][0][part] = json!("nonsense");

        let shipment = shipment(Reply::json(200, &body)).await;

        let path = format!("data.trackings[0].{part}");
        let [problem] = shipment.problems.as_slice() else {
            panic!("{:?}", shipment.problems)
        };
        assert_eq!(problem.path, path);
        let events = if part == "events" { 0 } else { 6 };
        assert_eq!(shipment.events().len(), events, "{part}");
    }
}

#[tokio::test]
async fn raw_response_stays_with_shipment_and_events() {
    let shipment = shipment(Reply::fixture(&format!(
        "{RESULTS}/200_unknown_values.json"
    )))
    .await;

    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    let event: Value = serde_json::from_str(shipment.events()[0].raw.get()).unwrap();
    assert_eq!(raw["shipment"]["carbonFootprint"]["grams"], 412);
    assert_eq!(event["temperature"], -3.5);
}

#[tokio::test]
async fn values_without_an_agreed_meaning_are_counted() {
    let reply = Reply::fixture(&format!("{RESULTS}/200_unknown_values.json"));
    let server = Server::replying(reply).await;
    let client = server.client();

    let shipment = one(client
        .track(TrackRequest::id("5d1c24f0-6e2b-d9f1-4036-83b1c7e04a36"))
        .await
        .unwrap());

    assert!(
        matches!(shipment.status.status, Status::Unmapped(_)),
        "{:?}",
        shipment.status
    );
    let values: Vec<String> = client
        .unmapped()
        .into_iter()
        .map(|count| count.value)
        .collect();
    assert!(values.contains(&"on_the_moon".to_owned()), "{values:?}");
}

#[tokio::test]
async fn registration_says_what_ship24_returned() {
    let server = Server::replying(Reply::fixture("create-tracker/201_created.json")).await;
    let registration = Registration::new("ship24_sample_in_transit_001")
        .with_reference("shop-order-7001")
        .with_title("Lamp, blue");

    let registered = server.client().register(registration).await.unwrap();

    assert_eq!(registered.number, "SHIP24_SAMPLE_IN_TRANSIT_001");
    assert_eq!(registered.reference.as_deref(), Some("shop-order-7001"));
    assert_eq!(
        registered.id.as_deref(),
        Some("5d17dfdf-6e2b-d9f1-4001-83b1c7e04a01")
    );
    assert_eq!(registered.created, None);
    let body = json!({
        "trackingNumber": "ship24_sample_in_transit_001",
        "clientTrackerId": "shop-order-7001",
        "title": "Lamp, blue",
    });
    server
        .request()
        .assert_json("POST", "/public/v1/trackers", &body);
}

#[tokio::test]
async fn unregistering_archives() {
    let fixture = "update-tracker-by-trackerId/200_archived.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let client = server.client();

    client
        .unregister(Target::Reference("order-1".to_owned()))
        .await
        .unwrap();

    let target = "/public/v1/trackers/order-1?searchBy=clientTrackerId";
    server
        .request()
        .assert_json("PATCH", target, &json!({ "isSubscribed": false }));
}

#[tokio::test]
async fn unregistering_by_number_needs_its_only_tracker() {
    let read = "get-tracking-results-of-trackers-by-tracking-number";
    let unregister = async |fixture: &str, number: &str| {
        let mut replies = vec![Reply::fixture(&format!("{read}/{fixture}"))];
        if fixture == "200_case_differs.json" {
            replies.push(Reply::fixture(
                "update-tracker-by-trackerId/200_archived.json",
            ));
        }
        let server = Server::start(replies).await;
        let target = Target::Number(number.to_owned());
        let result = server.client().unregister(target).await;
        (result, server.requests())
    };

    let (result, requests) = unregister("200_case_differs.json", "ABC-778-X").await;
    result.unwrap();
    let address = "/public/v1/trackers/5d1e37db-6e2b-d9f1-4053-83b1c7e04a53";
    requests[1].assert_json("PATCH", address, &json!({ "isSubscribed": false }));

    let (result, requests) = unregister("200_two_trackings.json", "NOX/0009917").await;
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), requests.len()),
        (ErrorKind::InvalidRequest, 1)
    );
    assert!(error.message().contains("2 trackers"), "{error}");

    let (result, requests) = unregister("404_no_tracker.json", "PTS-0009917").await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), requests.len()), (ErrorKind::NotFound, 1));
}

#[tokio::test]
async fn list_reads_results_of_each_tracker() {
    let id = "5d1bc73f-6e2b-d9f1-4033-83b1c7e04a33";
    let server = Server::start([
        Reply::json(
            200,
            &json!({ "data": { "trackers": [{ "trackerId": id }] } }),
        ),
        Reply::fixture(&format!("{RESULTS}/200_pending.json")),
    ])
    .await;

    let page = server
        .client()
        .list(ListRequest::new().with_limit(1))
        .await
        .unwrap();

    assert_eq!(page.shipments.len(), 1);
    assert_eq!(page.next, Some(Cursor::new("2")));
    let requests = server.requests();
    requests[0].assert_without_body("GET", "/public/v1/trackers?page=1&limit=1");
    let target = format!("/public/v1/trackers/{id}/results");
    requests[1].assert_without_body("GET", &target);
}

#[tokio::test]
async fn unreadable_tracker_costs_itself_and_not_the_list() {
    let id = "5d1bc73f-6e2b-d9f1-4033-83b1c7e04a33";
    let trackers = json!([{ "trackerId": id, "isTracked": {} }, {}, 7]);
    for trackers in [trackers, json!([{ "trackerId": id }, {}])] {
        let unread = trackers.as_array().unwrap().len() - 1;
        let server = Server::start([
            Reply::json(200, &json!({ "data": { "trackers": trackers } })),
            Reply::fixture(&format!("{RESULTS}/200_pending.json")),
        ])
        .await;

        let page = server.client().list(ListRequest::new()).await.unwrap();

        assert_eq!(page.shipments.len(), 1);
        assert_eq!(page.problems.len(), unread, "{:?}", page.problems);
        let mut paths = page.problems.iter().map(|problem| problem.path.as_str());
        assert!(paths.any(|path| path.starts_with("data.trackers[1]")));
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn registration_survives_an_unreadable_field() {
    let tracker = json!({ "trackerId": "t-1", "trackingNumber": "PTS-1", "isTracked": {} });
    let server =
        Server::replying(Reply::json(201, &json!({ "data": { "tracker": tracker } }))).await;

    let registration = Registration::new("PTS-1");
    let registered = server.client().register(registration).await.unwrap();

    assert_eq!(registered.id.as_deref(), Some("t-1"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn list_that_ship24_cannot_give_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    let since = ListRequest::new().with_updated_since(UtcTime::now());
    let since = client.list(since).await.unwrap_err();
    let cursor = client
        .list(ListRequest::new().with_cursor(Cursor::new("x")))
        .await
        .unwrap_err();

    assert_eq!(since.kind(), ErrorKind::Unsupported);
    assert_eq!(cursor.kind(), ErrorKind::InvalidRequest);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn webhook_is_hint_with_new_events() {
    let server = Server::silent().await;
    let client = server
        .builder()
        .with_webhook_secret("whs_example")
        .build()
        .unwrap();
    let body = fixture("receive-webhooks-tracking-results/several_trackings.json");

    let right = [("Authorization", "Bearer whs_example")];
    let delivery = client
        .webhook(WebhookRequest::from_pairs(body.as_bytes(), &right))
        .unwrap();
    let wrong = [("Authorization", "Bearer wrong")];
    let error = client
        .webhook(WebhookRequest::from_pairs(body.as_bytes(), &wrong))
        .unwrap_err();

    assert_eq!(delivery.proof, WebhookProof::SharedSecret);
    assert!(delivery.is_hint());
    let reported: Vec<(Option<&str>, usize)> = delivery
        .items
        .iter()
        .map(|item| {
            // Every message has an id of its own, and none lists all events.
            assert!(matches!(item.update, Update::Partial(_)));
            let events = item.update.shipment().events().len();
            (item.message_id.as_deref(), events)
        })
        .collect();
    assert_eq!(reported, [(Some("msg-113"), 1), (Some("msg-114"), 2)]);
    assert_eq!(error.kind(), ErrorKind::Webhook);
}

#[tokio::test]
async fn proof_of_delivery_is_document_of_its_parcel() {
    let server = Server::silent().await;
    let client = server
        .builder()
        .with_webhook_secret("whs_example")
        .build()
        .unwrap();
    let proof = [("Authorization", "Bearer whs_example")];
    let read = |name: &str| {
        let body = fixture(&format!("receive-webhooks-proof-of-delivery/{name}"));
        let request = WebhookRequest::from_pairs(body.as_bytes(), &proof);
        client.webhook(request).unwrap()
    };

    let delivery = read("found_document.json");
    let shipment = delivery.items[0].update.shipment();
    let document = shipment.delivery_document.as_ref().unwrap();
    let nothing = read("unavailable_null.json");
    let nameless = read_nameless(&client, &proof);

    assert_eq!(delivery.items[0].message_id.as_deref(), Some("msg-121"));
    assert_eq!(shipment.number, "SHIP24_SAMPLE_IN_TRANSIT_021");
    assert_eq!(shipment.reference.as_deref(), Some("shop-order-7021"));
    assert_eq!(document.media_type.as_deref(), Some("image/png"));
    let url = document.url.as_deref().unwrap();
    assert!(url.starts_with("https://files.example/pod/121.png"));
    assert!(matches!(delivery.items[0].update, Update::Partial(_)));
    assert!(nothing.items.is_empty() && nothing.problems.is_empty());
    assert!(nameless.items.is_empty());
    assert_eq!(nameless.problems[0].path, "trackings[0]");
}

fn read_nameless(client: &Client, proof: &[(&str, &str)]) -> WebhookDelivery {
    let body = json!({ "trackings": [{
        "metadata": { "topic": "tracking/pod" },
        "data": { "status": "found", "content": { "type": "text/plain", "text": "Left at the door" } },
    }]})
    .to_string();
    let request = WebhookRequest::from_pairs(body.as_bytes(), proof);
    client.webhook(request).unwrap()
}

#[tokio::test]
async fn unreadable_items_of_a_webhook_are_problems_and_no_shipments() {
    let server = Server::silent().await;
    let client = server
        .builder()
        .with_webhook_secret("whs_example")
        .build()
        .unwrap();
    let readable = |number: &str| json!({ "tracker": { "trackerId": number, "trackingNumber": number }, "events": [] });
    let body = json!({ "trackings": [
        readable("ZA1"),
        { "metadata": { "messageId": "m-2", "topic": "tracking/events" }, "tracker": 4, "events": [] },
        { "metadata": { "messageId": "m-3", "topic": "tracking/pod" }, "data": { "content": {} } },
        null,
        { "metadata": { "messageId": "m-5" }, "events": [] },
        ["ZA4"],
        readable("ZA2"),
    ]})
    .to_string();

    let proof = [("Authorization", "Bearer whs_example")];
    let delivery = client
        .webhook(WebhookRequest::from_pairs(body.as_bytes(), &proof))
        .unwrap();

    let numbers: Vec<&str> = delivery
        .items
        .iter()
        .map(|item| item.update.shipment().number.as_str())
        .collect();
    assert_eq!(numbers, ["ZA1", "ZA2"]);
    let mut paths: Vec<&str> = delivery
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "trackings[1].tracker",
            "trackings[3]",
            "trackings[4]",
            "trackings[5]"
        ]
    );
}

#[tokio::test]
async fn string_of_a_webhook_that_is_not_utf_8_costs_that_string() {
    let server = Server::silent().await;
    let client = server
        .builder()
        .with_webhook_secret("whs_example")
        .build()
        .unwrap();
    let body = b"{\"trackings\":[{\"tracker\":{\"trackingNumber\":\"ZA1\"},
        \"events\":[{\"status\":\"Z\xfcrich\",\"eventId\":\"e-1\"}]}]}";

    let proof = [("Authorization", "Bearer whs_example")];
    let delivery = client
        .webhook(WebhookRequest::from_pairs(body, &proof))
        .unwrap();

    let shipment = delivery.items[0].update.shipment();
    assert_eq!(shipment.number, "ZA1");
    assert_eq!(shipment.events().len(), 1);
    assert_eq!(delivery.problems[0].path, "trackings[0].events[0].status");
}

#[tokio::test]
async fn error_is_no_outcome() {
    for (name, kind) in [
        ("401_auth_invalid_api_key.json", ErrorKind::Authentication),
        ("403_quota_limit_reached.json", ErrorKind::QuotaExhausted),
        ("422_no_active_subscription.json", ErrorKind::Permission),
        ("502_bad_gateway.html", ErrorKind::Server),
    ] {
        let server = Server::replying(Reply::fixture(&format!("errors/{name}"))).await;

        let error = server
            .client()
            .track(TrackRequest::id("t-1"))
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.provider().as_str()),
            (kind, "ship24"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn foreign_404_is_no_outcome() {
    for body in ["<html>404 nginx</html>", "", "{}", r#"{"errors":[]}"#] {
        let server = Server::start([Reply::new(404, body), Reply::new(404, body)]).await;
        let client = server.client();

        for register in [true, false] {
            let request = TrackRequest::number("NOX-0009917").with_register(register);
            let error = client.track(request).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::NotFound, "{body}");
        }
    }
}

#[tokio::test]
async fn unreadable_response_is_error() {
    let body = json!({ "data": { "trackings": ["junk"] } });
    let server = Server::replying(Reply::json(200, &body)).await;

    let error = server
        .client()
        .track(TrackRequest::id("t-1"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn code_counts_where_milestone_is_null() {
    let body = json!({ "data": { "trackings": [{
        "tracker": { "trackerId": "t-1", "trackingNumber": "NOX-0009917" },
        "shipment": { "statusMilestone": null, "statusCode": "delivery_delivered" },
    }] } });
    let server = Server::replying(Reply::json(200, &body)).await;

    let outcome = server
        .client()
        .track(TrackRequest::id("t-1"))
        .await
        .unwrap();

    let status = &outcome.shipments()[0].status;
    assert_eq!(status.status, Status::Delivered);
    assert_eq!(status.raw.fine.as_deref(), Some("delivery_delivered"));
}

#[test]
fn zero_date_is_no_time_no_milestone_and_no_estimate() {
    let body = json!({ "data": { "trackings": [{
        "metadata": { "generatedAt": PLACE },
        "tracker": { "trackerId": "t-71", "trackingNumber": "PTS0007171", "createdAt": PLACE },
        "shipment": { "statusMilestone": "in_transit", "delivery": {
            "estimatedDeliveryDate": PLACE,
            "courierEstimatedDeliveryDate": { "from": PLACE, "to": PLACE },
            "aiPredictiveDeliveryDate": { "from": PLACE },
        }},
        "events": [{ "eventId": "e-1", "status": "Sorted", "occurrenceDatetime": PLACE }],
        "statistics": { "timestamps": {
            "infoReceivedDatetime": PLACE, "inTransitDatetime": PLACE, "outForDeliveryDatetime": PLACE,
            "failedAttemptDatetime": PLACE, "availableForPickupDatetime": PLACE,
            "exceptionDatetime": PLACE, "deliveredDatetime": PLACE,
        }},
    }]}});
    let paths = [
        "events[0].occurrenceDatetime",
        "metadata.generatedAt",
        "shipment.delivery.aiPredictiveDeliveryDate.from",
        "shipment.delivery.courierEstimatedDeliveryDate.from",
        "shipment.delivery.courierEstimatedDeliveryDate.to",
        "shipment.delivery.estimatedDeliveryDate",
        "statistics.timestamps.availableForPickupDatetime",
        "statistics.timestamps.deliveredDatetime",
        "statistics.timestamps.exceptionDatetime",
        "statistics.timestamps.failedAttemptDatetime",
        "statistics.timestamps.inTransitDatetime",
        "statistics.timestamps.infoReceivedDatetime",
        "statistics.timestamps.outForDeliveryDatetime",
        "tracker.createdAt",
    ]
    .map(|path| format!("data.trackings[0].{path}"));
    let paths = paths.each_ref().map(String::as_str);

    assert_is_no_time(&body.to_string(), &paths, |body| {
        shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
            .unwrap()
            .remove(0)
    });
}

#[test]
fn half_window_is_estimate_if_other_half_is_zero_date() {
    let body = json!({ "data": { "trackings": [{
        "tracker": { "trackerId": "t-71", "trackingNumber": "PTS0007171" },
        "shipment": { "delivery": { "courierEstimatedDeliveryDate":
            { "from": "0001-01-01T00:00:00", "to": "2026-09-15T16:58:1" } } },
        "events": [],
    }]}});

    let body = body.to_string().into();
    let shipments = shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap();

    let [eta] = shipments[0].etas.as_slice() else {
        panic!("{:?}", shipments[0].etas)
    };
    assert_eq!((eta.from.text(), &eta.to), ("2026-09-15T16:58:1", &None));
    assert_eq!(eta.precision, EtaPrecision::Instant);
}

#[test]
fn reversed_window_of_the_courier_is_a_conflict() {
    let body = json!({ "data": { "trackings": [{
        "tracker": { "trackerId": "t-71", "trackingNumber": "PTS0007171" },
        "shipment": { "delivery": {
            "estimatedDeliveryDate": "2026-09-15",
            "courierEstimatedDeliveryDate":
                { "from": "2026-09-15T18:00:00", "to": "2026-09-15T14:00:00" },
        } },
        "events": [],
    }]}});

    let body = body.to_string().into();
    let shipments = shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap();

    let kinds: Vec<ConflictKind> = shipments[0].conflicts.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ConflictKind::EtaWindow]);
    assert_eq!(shipments[0].eta().unwrap().from.text(), "2026-09-15");
}

#[tokio::test]
async fn parcel_is_found_by_any_spelling_of_its_names() {
    let tracked = json!({ "data": { "trackings": [{
        "tracker": {
            "trackerId": "t-72", "trackingNumber": "PTS0007272", "clientTrackerId": "order-72",
        },
        "shipment": { "statusMilestone": "in_transit" },
        "events": [],
    }]}});
    for request in [
        TrackRequest::number("pts-000 7272".replace(' ', "")),
        TrackRequest::id("T-72"),
        TrackRequest::reference("order-72"),
    ] {
        let server = Server::replying(Reply::json(200, &tracked)).await;

        assert!(server.client().track(request).await.unwrap().is_found());
    }
}

#[tokio::test]
async fn linked_number_is_what_was_asked_for() {
    for body in [
        json!({ "data": { "trackings": [{
            "tracker": { "trackerId": "t-72", "trackingNumber": "PTS0007272" },
            "shipment": { "trackingNumbers": [{ "tn": "PTS0007171" }] }, "events": [],
        }]}}),
        // Without a tracker there is only another carrier's number.
        json!({ "data": { "trackings": [{
            "events": [{ "eventId": "e-1", "eventTrackingNumber": "PTS0007272" }],
        }]}}),
    ] {
        let server = Server::replying(Reply::json(201, &body)).await;
        let request = TrackRequest::number("PTS0007171");

        assert!(
            server.client().track(request).await.unwrap().is_found(),
            "{body}"
        );
    }
}
