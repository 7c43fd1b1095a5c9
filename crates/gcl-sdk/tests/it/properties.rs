//! What holds for every input.

use gcl_sdk::webhook::WebhookMessage;
use gcl_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy, StatusUid, check_tracking_number};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use tracking_core::webhook::WebhookRequest;
use tracking_core::{Provider as _, TrackRequest};
use tracking_testkit::json::{any_json, damaged, wait};

use crate::script::{Script, Step};
use crate::server::{Reply, fixture_json};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn number_arrives_as_one_segment_or_is_not_sent(number in any::<String>()) {
        let fixture = "get-tracking/200_no_checkpoints.json";
        let script = Script::new([Step::Reply(Reply::fixture(fixture))]);

        let result = wait(script.client().get_tracking(&number));

        prop_assert_eq!(result.is_ok(), check_tracking_number(&number).is_ok());
        match result {
            Ok(_) => {
                let uri = script.uris().remove(0);
                prop_assert_eq!(uri.query(), None);
                let segment = uri.path().strip_prefix("/v1/tracking/").unwrap();
                prop_assert!(!segment.contains('/') && segment != "." && segment != "..");
                prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), number);
            }
            Err(error) => {
                prop_assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
                prop_assert_eq!(script.requests(), 0);
            }
        }
    }

    #[test]
    fn damaged_response_is_result_or_error_with_its_body(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let body = damaged(fixture_json("get-tracking/200_delivered.json"), position, with);
        let script = Script::new([
            Step::Reply(Reply::json(200, &body)),
            Step::Reply(Reply::json(200, &body)),
        ]);
        let client = script.builder().with_retry(RetryPolicy::none()).without_rate_limits();
        let client = client.build().unwrap();

        let plain = wait(client.get_tracking("QX4471902385"));
        let unified = wait(client.track(TrackRequest::number("QX4471902385")));

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
    fn damaged_notification_is_read_alike_by_both_ways(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let fixture = fixture_json("receive-notification/tracking.json");
        let body = damaged(fixture, position, with).to_string();
        let builder = Script::new([]).builder().with_webhook_header("X-Shop-Token", "hush");
        let client = builder.build().unwrap();
        let headers = [("x-shop-token", "hush")];

        let message = WebhookMessage::parse_unverified(body.as_bytes());
        let delivery = client.webhook(WebhookRequest::from_pairs(body.as_bytes(), &headers));

        prop_assert_eq!(message.tracking.is_some(), delivery.is_ok());
        prop_assert_eq!(message.body, body.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_message(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let message = WebhookMessage::parse_unverified(&body);

        prop_assert_eq!(message.tracking, None);
        prop_assert_eq!(message.body, body);
    }

    #[test]
    fn case_and_separators_of_a_state_do_not_count(
        known in prop::sample::select(StatusUid::KNOWN),
        separator in prop::sample::select(vec!["_", "-", " ", ""]),
        capitals: bool,
    ) {
        let text = known.as_str().replace('_', separator);
        let text = if capitals { text.to_uppercase() } else { text };

        prop_assert_eq!(StatusUid::from(text.as_str()).canonical(), Some(known));
    }
}
