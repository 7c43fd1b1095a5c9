//! What holds for every input.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::Value;
use ship24_sdk::webhook::WebhookMessage;
use ship24_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy, TrackerRef};
use tracking_core::webhook::WebhookRequest;
use tracking_core::{Provider as _, TrackRequest};
use tracking_testkit::json::{any_json, damaged, wait};

use crate::script::{Script, Step};
use crate::server::{Reply, fixture_json};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn client_id_arrives_as_one_segment_or_is_not_sent(id in any::<String>()) {
        let fixture = "get-tracker-by-trackerId/200_tracker.json";
        let script = Script::new([Step::Reply(Reply::fixture(fixture))]);
        let client = script.client();

        let tracker = TrackerRef::client_tracker_id(&id);
        let result = wait(client.get_tracker_by_tracker_id(tracker));

        match result {
            Ok(_) => {
                let uri = script.uris().remove(0);
                prop_assert_eq!(uri.query(), Some("searchBy=clientTrackerId"));
                let segment = uri.path().strip_prefix("/public/v1/trackers/").unwrap();
                prop_assert!(!segment.contains('/') && segment != "." && segment != "..");
                prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), id);
            }
            Err(error) => {
                prop_assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
                prop_assert_eq!(script.requests(), 0);
            }
        }
    }

    #[test]
    fn number_is_sent_or_refused_by_documented_rule(number in "[A-Za-z0-9_/. -]{0,60}") {
        let fixture = "get-tracking-results-of-trackers-by-tracking-number/200_case_differs.json";
        let script = Script::new([Step::Reply(Reply::fixture(fixture))]);
        let client = script.client();

        let result = wait(client.get_tracking_results_of_trackers_by_tracking_number(&number));

        let climbs = number.split('/').any(|part| part == "." || part == "..");
        let is_allowed = (5..=50).contains(&number.len()) && !number.contains(' ') && !climbs;
        prop_assert_eq!(result.is_ok(), is_allowed, "{:?}", number);
        prop_assert_eq!(script.requests(), usize::from(is_allowed));
    }

    #[test]
    fn damaged_response_is_result_or_decode_error_with_its_body(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let fixture =
            "get-tracking-results-of-tracker-by-trackerId/200_two_legs_four_date_forms.json";
        let body = damaged(fixture_json(fixture), position, with);
        let script = Script::new([
            Step::Reply(Reply::json(200, &body)),
            Step::Reply(Reply::json(200, &body)),
        ]);
        let client = script.builder().with_retry(RetryPolicy::none()).without_rate_limits();
        let client = client.build().unwrap();

        let plain = wait(client.get_tracking_results_of_tracker_by_tracker_id("5d1b88c9-6e2b-d9f1-4031-83b1c7e04a31"));
        let unified = wait(client.track(TrackRequest::id("5d1b88c9-6e2b-d9f1-4031-83b1c7e04a31")));

        if let Err(error) = plain {
            prop_assert!(error.is_decode());
            prop_assert_eq!(error.body_text().unwrap(), body.to_string());
        }
        if let Err(error) = unified {
            // An id that is damaged is another one.
            prop_assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::WrongShipment));
        }
    }

    #[test]
    fn damaged_webhook_is_message_or_error(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let fixture = "receive-webhooks-tracking-results/several_trackings.json";
        let body = damaged(fixture_json(fixture), position, with).to_string();
        let builder = Script::new([]).builder().with_webhook_secret("whs_example");
        let client = builder.build().unwrap();
        let headers = [("authorization", "Bearer whs_example")];

        let message = WebhookMessage::parse_unverified(body.as_bytes());
        let delivery = client.webhook(WebhookRequest::from_pairs(body.as_bytes(), &headers));

        prop_assert_eq!(message.is_ok(), delivery.is_ok());
        if let Ok(message) = message {
            let sent: Value = serde_json::from_str(&body).unwrap();
            let sent = sent["trackings"].as_array().map_or(0, Vec::len);
            // What is no item is a problem of its place.
            let places: BTreeSet<&str> = message
                .problems
                .iter()
                .filter_map(|problem| problem.path.split(']').next())
                .collect();
            prop_assert!(message.items.len() <= sent);
            prop_assert!(message.items.len() + places.len() >= sent);
        }
    }

    #[test]
    fn any_bytes_are_a_message_or_an_error(body in prop::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(message) = WebhookMessage::parse_unverified(&body) {
            prop_assert!(message.items.is_empty());
        }
    }
}
