//! What holds for every input.

use std::time::{Duration, SystemTime};

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Value, json};
use tracking_core::webhook::WebhookRequest;
use tracking_core::{Provider as _, TrackRequest};
use tracking_testkit::json::{any_json, damaged, wait};
use trackingmore_sdk::tracking_http::FixedClock;
use trackingmore_sdk::webhook::WebhookMessage;
use trackingmore_sdk::{
    BatchCreateData, BatchCreateTracking, BatchItem, ConfigureClient as _, ErrorKind,
    ListTrackingsQuery, RetryPolicy,
};

use crate::operations::{CARRIER, NUMBER, OPERATIONS, call};
use crate::script::{Script, Step};
use crate::server::{Reply, fixture_json};

/// Items of a batch, from few numbers and carriers so that some are equal.
fn few_items() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0..4_u8, 0..2_u8), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn carrier_and_number_are_one_segment_each_or_not_sent(
        carrier in any::<String>(),
        number in any::<String>(),
    ) {
        let script = Script::new([Step::Reply(Reply::fixture("get-tracking/200_two_legs.json"))]);
        let client = script.client();

        let result = wait(client.get_tracking(&carrier, &number));

        match result {
            Ok(_) => {
                let uri = script.uris().remove(0);
                prop_assert_eq!(uri.query(), None);
                let path = uri.path().strip_prefix("/v2/trackings/").unwrap();
                let segments: Vec<&str> = path.split('/').collect();
                prop_assert_eq!(segments.len(), 2, "{}", path);
                prop_assert!(segments.iter().all(|it| !["", ".", ".."].contains(it)));
                let read = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
                prop_assert_eq!((read(segments[0]), read(segments[1])), (carrier, number));
            }
            Err(error) => {
                prop_assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
                prop_assert_eq!(script.requests(), 0);
            }
        }
    }

    #[test]
    fn filter_arrives_as_values_that_were_given_or_is_not_made(
        values in prop::collection::vec("[A-Za-z0-9 /&=+%,-]{0,6}", 0..45),
    ) {
        // What a spreadsheet made of a number is refused.
        prop_assume!(!values.iter().any(|value| value.to_ascii_uppercase().contains("E+")));
        let is_good = (1..=40).contains(&values.len())
            && values.iter().all(|value| !value.is_empty() && value.trim() == value && !value.contains(','));
        let query = ListTrackingsQuery::new().tracking_numbers(&values);
        prop_assert_eq!(query.is_ok(), is_good, "{:?}", values);

        if let Ok(query) = query {
            let script = Script::new([Step::Reply(Reply::fixture("list-trackings/200_page.json"))]);
            wait(script.client().list_trackings(&query)).unwrap();
            let uri = script.uris().remove(0);
            let sent = uri.query().unwrap().strip_prefix("numbers=").unwrap();
            let sent = percent_decode_str(sent).decode_utf8().unwrap().into_owned();
            prop_assert_eq!(sent.split(',').map(str::to_owned).collect::<Vec<_>>(), values);
        }
    }

    #[test]
    fn codes_200_and_201_alone_are_success(
        code in prop_oneof![
            any_json(),
            any::<i64>().prop_map(Value::from),
            (195..215_i64).prop_map(Value::from),
            (195..215_i64).prop_map(|code| Value::from(code.to_string())),
        ],
        operation in prop::sample::select(OPERATIONS.to_vec()),
    ) {
        let mut body = fixture_json(&operation.fixture());
        body["meta"]["code"] = code.clone();
        let script = Script::new([Step::Reply(Reply::json(200, &body))]);
        let client = script.builder().with_retry(RetryPolicy::none()).build().unwrap();

        let result = wait(call(&client, operation.id));

        let is_success = match &code {
            Value::String(text) => ["200", "201"].contains(&text.trim()),
            code => code.as_f64().is_some_and(|code| code == 200.0 || code == 201.0),
        };
        prop_assert_eq!(result.is_ok(), is_success, "{} {}", operation.id, code);
    }

    #[test]
    fn damaged_response_is_result_or_decode_error_with_its_body(
        position in any::<prop::sample::Index>(),
        with in any_json(),
    ) {
        let data = fixture_json("get-tracking/200_two_legs.json")["data"].take();
        let data = damaged(data, position, with);
        let body = json!({ "meta": { "code": 200 }, "data": data });
        let response = || Step::Reply(Reply::json(200, &body));
        let script = Script::new([response(), response()]);
        let client = script.builder().with_retry(RetryPolicy::none()).without_rate_limits();
        let client = client.build().unwrap();
        let request = TrackRequest::number(NUMBER).with_courier(CARRIER).with_register(false);

        let plain = wait(client.get_tracking(CARRIER, NUMBER));
        let unified = wait(client.track(request));

        if let Err(error) = plain {
            prop_assert!(error.is_decode());
            prop_assert_eq!(error.body_text().unwrap(), body.to_string());
        }
        if let Err(error) = unified {
            // A number that is damaged is another one.
            prop_assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::WrongShipment));
        }
    }

    #[test]
    fn damaged_page_is_result_or_decode_error(
        position in any::<prop::sample::Index>(),
        with in any_json(),
    ) {
        let data = fixture_json("list-trackings/200_page.json")["data"].take();
        let data = damaged(data, position, with);
        let body = json!({ "meta": { "code": 200 }, "data": data });
        let script = Script::new([Step::Reply(Reply::json(200, &body))]);

        let result = wait(script.client().list(tracking_core::ListRequest::new()));

        if let Err(error) = result {
            prop_assert_eq!(error.kind(), ErrorKind::Decode);
        }
    }

    #[test]
    fn any_response_is_result_or_error_of_every_operation(
        body in any_json(),
        operation in prop::sample::select(OPERATIONS.to_vec()),
    ) {
        let script = Script::new([Step::Reply(Reply::json(200, &body))]);
        let client = script.builder().with_retry(RetryPolicy::none()).build().unwrap();

        let result = wait(call(&client, operation.id));

        // Nothing without a code of a success is a success.
        if result.is_ok() {
            let code = &body["meta"]["code"];
            let text = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            prop_assert!(["200", "201"].contains(&text.trim()), "{} {}", operation.id, body);
        }
    }

    #[test]
    fn every_item_of_a_batch_has_exactly_one_result_in_order(
        request in few_items(),
        created in few_items(),
        refused in few_items(),
    ) {
        let entry = |(number, carrier): &(u8, u8)| {
            json!({ "tracking_number": format!("ZA{number}"), "carrier_code": format!("c{carrier}"), "code": 4015 })
        };
        let data: BatchCreateData = serde_json::from_value(json!({
            "trackings": created.iter().map(entry).collect::<Vec<_>>(),
            "errors": refused.iter().map(entry).collect::<Vec<_>>(),
        }))
        .unwrap();
        let request: Vec<_> = request
            .iter()
            .map(|(number, carrier)| BatchCreateTracking::new(format!("ZA{number}"), format!("c{carrier}")))
            .collect();

        let items: Vec<_> = data.items(&request).collect();

        prop_assert_eq!(items.len(), request.len());
        for ((item, result), asked) in items.iter().zip(&request) {
            prop_assert_eq!(*item, asked);
            let number = match result {
                BatchItem::Created(tracking) => tracking.tracking_number.as_deref(),
                BatchItem::Failed(error) => error.tracking_number.as_deref(),
                _ => continue,
            };
            prop_assert_eq!(number, Some(asked.tracking_number.as_str()));
        }
        let found = items.iter().filter(|(_, it)| !matches!(it, BatchItem::Missing)).count();
        prop_assert!(found <= created.len() + refused.len());
    }

    #[test]
    fn damaged_webhook_is_message_or_error(
        position in any::<prop::sample::Index>(),
        with in any_json(),
    ) {
        let data = fixture_json("receive-webhook/documented_keys.json");
        let proof = data["verifyInfo"].clone();
        let body = json!({ "meta": data["meta"], "data": damaged(data["data"].clone(), position, with) });
        let mut signed = body.clone();
        signed["verifyInfo"] = proof;
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_789_000_009);
        let client = Script::new([])
            .builder()
            .with_account_email("owner@shop.example")
            .with_clock(FixedClock::new(now))
            .build()
            .unwrap();
        let headers: [(&str, &str); 0] = [];
        let text = signed.to_string();

        let message = WebhookMessage::parse_unverified(body.to_string().as_bytes());
        let delivery = client.webhook(WebhookRequest::from_pairs(text.as_bytes(), &headers));

        prop_assert_eq!(message.is_ok(), delivery.is_ok(), "{}", body);
        if let Err(error) = delivery {
            prop_assert_eq!(error.kind(), ErrorKind::Decode);
        }
    }

    #[test]
    fn any_bytes_are_a_message_or_an_error(body in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assert!(WebhookMessage::parse_unverified(&body).is_err());
    }
}
