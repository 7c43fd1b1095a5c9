//! One bad part never loses the rest: fields, events, trackings, items of a webhook.

use serde_json::{Value, json};
use ship24_sdk::shipments_from_body;
use ship24_sdk::webhook::WebhookMessage;
use tracking_core::kit::UnmappedCounter;
use tracking_core::webhook::WebhookRequest;
use tracking_core::{ErrorKind, Outcome, Provider as _, TrackRequest, UtcTime};

use crate::script::Script;
use crate::server::{Reply, Server};

fn event(name: &str) -> Value {
    json!({ "eventId": name, "status": name, "statusMilestone": "in_transit" })
}

fn tracking(number: &str) -> Value {
    json!({ "tracker": { "trackerId": "t-1", "trackingNumber": number },
            "shipment": { "statusMilestone": "in_transit" },
            "events": [event("second"), event("first")] })
}

fn response(trackings: &Value) -> Value {
    json!({ "data": { "trackings": trackings } })
}

async fn track(body: impl Into<Vec<u8>>) -> Result<Outcome, tracking_core::Error> {
    let server = Server::replying(Reply::new(200, body)).await;
    server.client().track(TrackRequest::id("t-1")).await
}

#[tokio::test]
async fn wrong_scalar_costs_that_field() {
    let mut odd = tracking("A1");
    odd["events"][1]["statusCode"] = json!(["x"]);
    odd["shipment"]["delivery"] = json!("soon");

    let outcome = track(response(&json!([odd])).to_string()).await.unwrap();

    let [shipment] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipment.events().len(), 2);
    let problems = shipment.problems.iter();
    let mut problems: Vec<(&str, &str)> = problems
        .map(|problem| (&*problem.path, problem.message.rsplit(", ").next().unwrap()))
        .collect();
    problems.sort_unstable();
    assert_eq!(
        problems,
        [
            ("data.trackings[0].events[1].statusCode", "found a list"),
            ("data.trackings[0].shipment.delivery", "found a string"),
        ]
    );
}

#[tokio::test]
async fn event_without_any_key_of_an_event_is_a_problem_and_no_event() {
    for odd in [json!({ "colour": "red" }), json!({}), json!([])] {
        let mut body = tracking("A1");
        body["events"][0] = odd.clone();

        let outcome = track(response(&json!([body])).to_string()).await.unwrap();

        let [shipment] = outcome.shipments() else {
            panic!("{outcome:?}")
        };
        let [event] = shipment.events()[..] else {
            panic!("{odd}: {:?}", shipment.events())
        };
        assert_eq!(event.description.as_deref(), Some("first"));
        assert!(event.raw.get().contains("first"), "{odd}");
        let [problem] = shipment.problems.as_slice() else {
            panic!("{odd}: {:?}", shipment.problems)
        };
        assert_eq!(problem.path, "data.trackings[0].events[0]");
        assert_eq!(problem.raw.as_ref().unwrap().get(), odd.to_string());
    }
}

#[tokio::test]
async fn tracking_without_known_keys_is_problem_and_no_shipment() {
    let body = response(&json!([{ "colour": "red" }, tracking("A1")])).to_string();

    let outcome = track(body.clone()).await.unwrap();
    let counter = UnmappedCounter::new();
    let archived = shipments_from_body(&body.into(), UtcTime::now(), &counter).unwrap();

    for shipments in [outcome.shipments(), &archived] {
        let [shipment] = shipments else {
            panic!("{shipments:?}")
        };
        assert_eq!(shipment.number, "A1");
        assert_eq!(shipment.problems[0].path, "data.trackings[0]");
    }
}

#[tokio::test]
async fn response_of_nothing_but_unreadable_trackings_is_an_error() {
    for trackings in [
        json!([{ "colour": "red" }]),
        json!([7, {}]),
        json!(7),
        json!("none"),
    ] {
        let body = response(&trackings).to_string();

        let error = track(body.clone()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{trackings}");
        let counter = UnmappedCounter::new();
        let archived = shipments_from_body(&body.into(), UtcTime::now(), &counter);
        let error = archived.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{trackings}");
        assert!(error.path().unwrap().starts_with("data.trackings"));
    }
}

#[test]
fn unreadable_item_of_a_webhook_is_a_problem_and_no_update() {
    let item = |id: &str| {
        let mut item = tracking("A1");
        item["metadata"] = json!({ "messageId": id });
        item
    };
    for odd in [json!(7), json!({}), json!({ "colour": "red" }), json!([])] {
        let body = json!({ "trackings": [item("m-1"), odd, item("m-3")] }).to_string();
        let builder = Script::new([]).builder().with_webhook_secret("whs_example");
        let client = builder.build().unwrap();
        let headers = [("authorization", "Bearer whs_example")];

        let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();
        let request = WebhookRequest::from_pairs(body.as_bytes(), &headers);
        let delivery = client.webhook(request).unwrap();

        assert_eq!(message.items.len(), 2, "{odd}");
        let ids: Vec<&str> = delivery
            .items
            .iter()
            .filter_map(|item| item.message_id.as_deref())
            .collect();
        assert_eq!(ids, ["m-1", "m-3"], "{odd}");
        for problems in [&message.problems, &delivery.problems] {
            let [problem] = problems.as_slice() else {
                panic!("{odd}: {problems:?}")
            };
            assert_eq!(problem.path, "trackings[1]");
            assert_eq!(problem.raw.as_ref().unwrap().get(), odd.to_string());
        }
    }
}

#[test]
fn webhook_item_without_a_parcel_makes_no_update() {
    let body = json!({ "trackings": [{ "metadata": { "messageId": "m-1" } }] }).to_string();
    let builder = Script::new([]).builder().with_webhook_secret("whs_example");
    let client = builder.build().unwrap();
    let headers = [("authorization", "Bearer whs_example")];

    let delivery = client
        .webhook(WebhookRequest::from_pairs(body.as_bytes(), &headers))
        .unwrap();

    assert!(delivery.items.is_empty());
    assert_eq!(delivery.problems[0].path, "trackings[0]");
}

#[tokio::test]
async fn byte_order_mark_before_json_is_skipped() {
    let mark = |body: Value| format!("\u{feff}{body}");
    let mut odd = tracking("A1");
    odd["events"][1]["statusCode"] = json!(["x"]);
    for (tracking, problems) in [(tracking("A1"), 0), (odd, 1)] {
        let outcome = track(mark(response(&json!([tracking])))).await.unwrap();

        let [shipment] = outcome.shipments() else {
            panic!("{outcome:?}")
        };
        assert_eq!(shipment.problems.len(), problems);
        assert!(shipment.events().iter().all(|event| !event.raw.is_null()));
        let message = mark(json!({ "trackings": [tracking] }));
        let message = WebhookMessage::parse_unverified(message.as_bytes()).unwrap();
        assert_eq!(message.items.len(), 1);
    }
    let refusal = mark(json!({ "errors": [{ "code": "quota_limit_reached" }] }));
    let server = Server::replying(Reply::new(403, refusal)).await;

    let error = server.client().track(TrackRequest::id("t-1")).await;

    assert_eq!(error.unwrap_err().kind(), ErrorKind::QuotaExhausted);
}
