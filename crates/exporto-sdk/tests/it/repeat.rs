//! What is repeated by itself, and what never is. The clock is paused.

use std::pin::Pin;
use std::sync::Arc;

use exporto_sdk::tracking_http::TransportErrorKind;
use exporto_sdk::{
    Client, ConfigureClient as _, CreateLabel, CreateTour, Error, ErrorKind, LabelAddress,
    LabelFormat, LabelOrder, LabelPackage, LabelProduct, ListToursQuery, RetryPolicy,
    ReturnShipment, SearchShipmentsQuery,
};

use crate::script::{Script, Step};
use crate::server::Answer;

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Every operation by its name, and whether a repeat does no harm. That of the token is in `token`.
const OPERATIONS: [(&str, bool); 8] = [
    ("get-shipment", true),
    ("search-shipments", true),
    ("list-tours", true),
    ("create-tour", false),
    ("list-tour-shipments", true),
    ("list-label-methods", true),
    ("create-label", false),
    ("register-return-shipment", false),
];

/// Calls an operation, whatever it returns.
fn call<'a>(client: &'a Client, operation: &'a str) -> Outcome<'a> {
    Box::pin(async move {
        match operation {
            "get-shipment" => client.get_shipment("parcel-11").await.map(drop),
            "search-shipments" => {
                let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id("OUT-6611");
                client.search_shipments(&query).await.map(drop)
            }
            "list-tours" => client.list_tours(&ListToursQuery::new()).await.map(drop),
            "create-tour" => {
                let tour = CreateTour::new().shipment_ids(["parcel-11"]);
                client.create_tour(&tour).await.map(drop)
            }
            "list-tour-shipments" => client.list_tour_shipments("tour-318").await.map(drop),
            "list-label-methods" => client.list_label_methods().await.map(drop),
            "create-label" => {
                let label = CreateLabel::new(
                    LabelOrder::new("SHOP-4471"),
                    LabelProduct::new(41, LabelFormat::Pdf),
                    LabelPackage::new(850, "R1"),
                    LabelAddress::new("Sample Person", "Street 5", "Sampletown", "0101", "NO"),
                );
                client.create_label(&label).await.map(drop)
            }
            "register-return-shipment" => {
                let shipment = ReturnShipment::new("return-7201", "INB-5531").order_id("o");
                client.register_return_shipment(&shipment).await.map(drop)
            }
            other => panic!("no such operation: {other}"),
        }
    })
}

fn client(script: &Arc<Script>) -> Client {
    // Two attempts keep the tables readable; the pauses between them are not the subject.
    let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
    script.builder().with_retry(policy).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn server_failures_are_repeated_where_that_does_no_harm() {
    for status in [500, 502, 503, 504] {
        for (operation, repeated) in OPERATIONS {
            let broken = || Step::Answer(Answer::new(status, r#"{"message":"No"}"#));
            let script = Script::new([broken(), broken()]);

            let error = call(&client(&script), operation).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation}");
            assert_eq!(
                script.requests(),
                if repeated { 2 } else { 1 },
                "{operation} {status}"
            );
            assert_eq!(error.is_retryable(), repeated, "{operation}");
            assert_eq!(error.operation(), Some(operation));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_and_broken_responses_repeat_only_reads() {
    for (operation, repeated) in OPERATIONS {
        for step in [|| Step::Hang, || Step::Fail(TransportErrorKind::Body)] {
            let script = Script::new([step(), step()]);

            let error = call(&client(&script), operation).await.unwrap_err();

            let requests = if repeated { 2 } else { 1 };
            assert_eq!(script.requests(), requests, "{operation} {error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refused_connections_are_repeated_for_every_operation() {
    for (operation, _) in OPERATIONS {
        let refused = || Step::Fail(TransportErrorKind::Connect);
        let script = Script::new([refused(), refused()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_connect(), "{operation}");
        assert_eq!(script.requests(), 2, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_are_repeated_for_every_operation_after_the_wait() {
    for (operation, _) in OPERATIONS {
        let slow_down = || {
            let response = Answer::fixture("errors/429_too_many_requests.json");
            Step::Answer(response.header("retry-after", "3"))
        };
        let script = Script::new([slow_down(), slow_down()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_rate_limited(), "{operation}");
        let [pause] = script.pauses()[..] else {
            panic!("{operation}: {:?}", script.pauses())
        };
        assert!((3000..3100).contains(&pause), "{operation}: {pause} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_for_every_operation() {
    for (operation, _) in OPERATIONS {
        let refused = || Step::Answer(Answer::fixture("errors/401_unauthorized.json"));
        let script = Script::new([refused(), refused()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_authentication(), "{operation}");
        assert_eq!((script.requests(), script.logins()), (2, 2), "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for status in [400, 402, 403, 404, 405, 406, 409, 415, 422] {
        for (operation, _) in OPERATIONS {
            let script = Script::new([Step::Answer(Answer::new(status, r#"{"message":"No"}"#))]);

            let error = call(&client(&script), operation).await.unwrap_err();

            assert_eq!(error.attempts(), 1, "{operation} {status}");
            assert!(!error.is_retryable(), "{operation} {status}");
        }
    }
}
