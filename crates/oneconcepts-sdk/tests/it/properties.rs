//! What holds for every input.

use oneconcepts_sdk::{
    ConfigureClient as _, ErrorKind, ListTrackingsQuery, RetryPolicy, tracking_url,
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::Value;
use tracking_core::{ListRequest, Provider as _, TrackRequest};
use tracking_testkit::json::{self, any_json, wait};

use crate::script::{Script, Step};
use crate::server::{Reply, fixture_json};

/// A fixture with one value replaced by another one.
fn damaged(path: &str, position: prop::sample::Index, with: Value) -> Reply {
    Reply::json(200, &json::damaged(fixture_json(path), position, with))
}

fn client(script: &std::sync::Arc<Script>) -> oneconcepts_sdk::Client {
    let builder = script.builder().with_retry(RetryPolicy::none());
    builder.without_rate_limits().build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn id_arrives_as_one_segment_or_is_not_sent(id in any::<String>()) {
        let step = Step::Reply(Reply::fixture("get-tracking/200_tracking.json"));
        let script = Script::new([step]);

        match wait(client(&script).get_tracking(&id)) {
            Ok(_) => {
                let uri = script.uris().remove(0);
                let segment = uri.path().strip_prefix("/v2/api/trackings/").unwrap();
                prop_assert!(!segment.contains('/') && segment != "." && segment != "..");
                prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), id);
            }
            Err(error) => {
                prop_assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
                prop_assert_eq!((script.requests(), script.logins()), (0, 0));
            }
        }
    }

    #[test]
    fn order_number_arrives_as_it_is_or_is_not_sent(number in any::<String>()) {
        let step = Step::Reply(Reply::fixture("list-trackings/200_empty.json"));
        let script = Script::new([step]);
        let query = ListTrackingsQuery::new().order_external_order_number(number.as_str());

        match wait(client(&script).list_trackings(&query)) {
            Ok(_) => {
                let uri = script.uris().remove(0);
                let sent = uri.query().unwrap().strip_prefix("order.externalOrderNumber=").unwrap();
                prop_assert!(!sent.contains(['&', '+', '#']));
                prop_assert_eq!(percent_decode_str(sent).decode_utf8().unwrap(), number);
            }
            Err(error) => {
                prop_assert_eq!(error.parameter(), Some("order.externalOrderNumber"));
                prop_assert_eq!((script.requests(), script.logins()), (0, 0));
            }
        }
    }

    #[test]
    fn link_leads_to_same_host_or_nowhere(
        link in prop_oneof![any::<String>(), "(https?:)?//?[a-z.@:/\\\\]{0,30}", "/[ -~]{0,30}"],
    ) {
        let first = serde_json::json!({
            "hydra:member": [{ "@id": "/t/1" }],
            "hydra:view": { "hydra:next": link },
        });
        let last = Reply::fixture("list-trackings/200_empty.json");
        let script = Script::new([Step::Reply(Reply::json(200, &first)), Step::Reply(last)]);
        let mut pages = client(&script).list_trackings_pages(&ListTrackingsQuery::new());

        prop_assert!(wait(pages.next()).unwrap().is_ok());
        let _ = wait(pages.next());

        for uri in script.uris() {
            prop_assert_eq!(uri.authority().unwrap().as_str(), "oneconcepts.invalid");
            prop_assert_eq!(uri.scheme_str(), Some("https"));
        }
    }

    #[test]
    fn time_is_sent_as_it_is_or_refused(text in "[0-9TZ:+. -]{0,26}") {
        let step = Step::Reply(Reply::fixture("list-trackings/200_empty.json"));
        let script = Script::new([step]);
        let query = ListTrackingsQuery::new().created_at_after(text.as_str());

        match wait(client(&script).list_trackings(&query)) {
            Ok(_) => {
                let uri = script.uris().remove(0);
                let sent = uri.query().unwrap().strip_prefix("createdAt%5Bafter%5D=").unwrap();
                prop_assert_eq!(percent_decode_str(sent).decode_utf8().unwrap(), text);
            }
            Err(error) => prop_assert_eq!(error.parameter(), Some("createdAt[after]")),
        }
    }

    #[test]
    fn damaged_list_is_result_or_decode_error_with_its_body(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let response = damaged("list-trackings/200_context_object.json", position, with);
        let script = Script::new([Step::Reply(response.clone()), Step::Reply(response.clone())]);
        let client = client(&script);

        let plain = wait(client.list_trackings(&ListTrackingsQuery::new()));
        let unified = wait(client.list(ListRequest::new()));

        if let Err(error) = plain {
            prop_assert!(error.is_decode());
            prop_assert_eq!(error.body().unwrap().as_ref(), response.body.as_slice());
        }
        if let Err(error) = unified {
            prop_assert_eq!(error.kind(), ErrorKind::Decode);
        }
    }

    #[test]
    fn damaged_order_is_outcome_or_error(
        position: prop::sample::Index,
        with in any_json(),
    ) {
        let response = damaged("list-orders/200_embedded.json", position, with);
        let script = Script::new(
            std::iter::once(Step::Reply(response))
                .chain((0..20).map(|_| Step::Reply(Reply::fixture("get-tracking/200_tracking.json")))),
        );

        let outcome = wait(client(&script).track(TrackRequest::reference("SHOP::58")));

        if let Err(error) = outcome {
            // A number that is damaged is another one.
            prop_assert!(matches!(error.kind(), ErrorKind::Decode | ErrorKind::WrongShipment));
        }
    }

    #[test]
    fn tracking_page_never_gets_another_host(courier in "[A-Za-z ]{0,8}", number in any::<String>()) {
        for courier in [courier.as_str(), "DHL", "Hermes"] {
            if let Some(page) = tracking_url(courier, &number) {
                let uri: http::Uri = page.parse().unwrap();
                prop_assert_eq!(uri.scheme_str(), Some("https"));
                prop_assert!(uri.host().is_some_and(|host| host.ends_with(".de") || host.ends_with(".com")));
            }
        }
    }
}
