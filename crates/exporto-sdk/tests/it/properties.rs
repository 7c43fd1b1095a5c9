//! What holds for every input.

use exporto_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy, SearchShipmentsQuery};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Value, json};
use tracking_core::{Origin, Provider as _, TrackRequest};
use tracking_testkit::json::{any_json, wait};

use crate::script::{Script, Step};
use crate::server::{Reply, fixture_json};

/// A shipment with one key replaced by anything, or added to it.
fn damaged_shipment() -> impl Strategy<Value = Value> {
    let whole = fixture_json("get-shipment/200_inbound.json");
    // With another id it would be another shipment.
    let keys = whole
        .as_object()
        .unwrap()
        .keys()
        .filter(|key| *key != "shipmentId");
    let keys: Vec<String> = keys.cloned().collect();
    (prop::sample::select(keys), any_json()).prop_map(move |(key, value)| {
        let mut body = whole.clone();
        body[key] = value;
        body
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn id_arrives_as_one_segment_or_is_not_sent(id in any::<String>()) {
        let fixture = "get-shipment/200_id_only.json";
        let script = Script::new([Step::Reply(Reply::fixture(fixture))]);
        let client = script.client();

        match wait(client.get_shipment(&id)) {
            Ok(_) => {
                let uri = script.uris().remove(0);
                let segment = uri.path().strip_prefix("/v1/shipment/").unwrap();
                prop_assert!(!segment.contains('/') && !matches!(segment, "." | ".." | "search"));
                prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), id);
                prop_assert_eq!(uri.query(), None);
            }
            Err(error) => {
                prop_assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
                prop_assert_eq!((script.requests(), script.logins()), (0, 0));
            }
        }
    }

    #[test]
    fn number_arrives_as_it_is_in_query(number in "\\PC{1,40}") {
        prop_assume!(!number.trim().is_empty());
        let script = Script::new([Step::Reply(Reply::new(200, "[]"))]);
        let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id(&number);

        wait(script.client().search_shipments(&query)).unwrap();

        let uri = script.uris().remove(0);
        let value = uri.query().unwrap().strip_prefix("foreignOutboundTrackingId=").unwrap();
        prop_assert!(!value.contains(['&', '+', ' ', '#']));
        prop_assert_eq!(percent_decode_str(value).decode_utf8().unwrap(), number);
    }

    #[test]
    fn damaged_shipment_is_result_or_decode_error_with_its_body(body in damaged_shipment()) {
        let response = || Step::Reply(Reply::json(200, &body));
        let script = Script::new([response(), response()]);
        let client = script.builder().with_retry(RetryPolicy::none()).build().unwrap();

        let plain = wait(client.get_shipment("return-7201"));
        let unified = wait(client.track(TrackRequest::id("return-7201")));

        if let Err(error) = plain {
            prop_assert!(error.is_decode());
            prop_assert_eq!(error.body_text().unwrap(), body.to_string());
        }
        // The rest of the shipment is never lost.
        let outcome = unified.unwrap();
        let shipment = &outcome.shipments()[0];
        prop_assert!(shipment.events().len() >= 3);
        prop_assert_eq!(shipment.raw.get(), body.to_string());
    }

    #[test]
    fn times_are_never_invented(body in damaged_shipment()) {
        let script = Script::new([Step::Reply(Reply::json(200, &body))]);
        let client = script.builder().with_retry(RetryPolicy::none()).build().unwrap();

        let outcome = wait(client.track(TrackRequest::id("return-7201"))).unwrap();

        for event in outcome.shipments()[0].events() {
            let Origin::Derived(field) = &event.origin else {
                return Err(TestCaseError::fail("an event that is not derived"));
            };
            let reported = event.time.as_ref().map(|time| json!(time.text()));
            let sent = Some(body[&**field].clone()).filter(|_| field.ends_with("At"));
            let as_text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            prop_assert_eq!(reported.map(as_text), sent.map(as_text));
        }
    }

    #[test]
    fn any_bytes_are_a_result_or_an_error(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let responses = (0..4).map(|_| Step::Reply(Reply::new(200, body.clone())));
        let script = Script::new(responses);
        let client = script.builder().with_retry(RetryPolicy::none()).build().unwrap();
        let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id("OUT-6611");

        let found = wait(client.search_shipments(&query)).map(|it| it.len());
        let tour = wait(client.list_tour_shipments("tour-318")).map(|it| it.len());

        for outcome in [found, tour] {
            match outcome {
                Ok(count) => prop_assert!(count <= body.len()),
                Err(error) => prop_assert!(error.is_decode()),
            }
        }
    }
}
