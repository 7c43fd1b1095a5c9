//! What is repeated by itself, and what never is. The clock is paused.

use std::pin::Pin;

use oneconcepts_sdk::tracking_http::TransportErrorKind;
use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, Client, ConfigureClient as _, CreateOrder, Error,
    ErrorKind, ListCategoryTreeQuery, ListOrdersQuery, ListProductsQuery, ListTrackingsQuery,
    OrderStatus, ProductSelection, RetryPolicy,
};

use crate::script::{Script, Step};
use crate::server::Answer;

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Every operation that needs a token, by its name, and whether a repeat does no harm.
const OPERATIONS: [(&str, bool); 8] = [
    ("list-trackings", true),
    ("get-tracking", true),
    ("list-orders", true),
    ("create-order", false),
    ("update-order-status", false),
    ("list-category-tree", true),
    ("list-products", true),
    ("check-availability", true),
];

/// Calls an operation, whatever it returns.
fn call<'a>(client: &'a Client, operation: &'a str) -> Outcome<'a> {
    Box::pin(async move {
        match operation {
            "list-trackings" => client
                .list_trackings(&ListTrackingsQuery::new())
                .await
                .map(drop),
            "get-tracking" => client.get_tracking("1").await.map(drop),
            "list-orders" => client.list_orders(&ListOrdersQuery::new()).await.map(drop),
            "create-order" => client
                .create_order(&CreateOrder::new("v2/api/partners/4", "A"))
                .await
                .map(drop),
            "update-order-status" => client
                .update_order_status("A", OrderStatus::Complete)
                .await
                .map(drop),
            "list-category-tree" => client
                .list_category_tree(&ListCategoryTreeQuery::new())
                .await
                .map(drop),
            "list-products" => {
                let all = ProductSelection::all();
                client
                    .list_products(&all, &ListProductsQuery::new())
                    .await
                    .map(drop)
            }
            "check-availability" => {
                let query = CheckAvailabilityQuery::new();
                client
                    .check_availability(&CheckAvailability::new([1]), &query)
                    .await
                    .map(drop)
            }
            other => panic!("no such operation: {other}"),
        }
    })
}

fn client(script: &std::sync::Arc<Script>) -> Client {
    // Two attempts keep the tables readable; the pauses between them are not the subject.
    let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
    script.builder().with_retry(policy).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn server_failures_are_repeated_where_that_does_no_harm() {
    for status in [500, 502, 503, 504] {
        for (operation, repeated) in OPERATIONS {
            let broken = || Step::Answer(Answer::new(status, "<html></html>"));
            let script = Script::new([broken(), broken()]);

            let error = call(&client(&script), operation).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation}");
            assert_eq!(
                script.requests(),
                1 + usize::from(repeated),
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

            assert_eq!(
                script.requests(),
                1 + usize::from(repeated),
                "{operation} {error}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refused_connections_and_429_are_repeated_for_every_operation() {
    for (operation, _) in OPERATIONS {
        for step in [
            || Step::Fail(TransportErrorKind::Connect),
            || Step::Answer(Answer::new(429, "").header("retry-after", "3")),
        ] {
            let script = Script::new([step(), step()]);

            call(&client(&script), operation).await.unwrap_err();

            assert_eq!(script.requests(), 2, "{operation}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for name in [
        "400_hydra.json",
        "403_hydra.json",
        "404_hydra.json",
        "422_violations.json",
    ] {
        let script = Script::new([Step::Answer(Answer::fixture(&format!("errors/{name}")))]);

        let error = call(&client(&script), "list-trackings").await.unwrap_err();

        assert_eq!(
            (error.attempts(), error.is_retryable()),
            (1, false),
            "{name}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_whose_response_never_came_is_not_sent_again() {
    let script = Script::new([Step::Hang]);

    let error = call(&client(&script), "update-order-status")
        .await
        .unwrap_err();

    assert!(error.is_timeout());
    assert_eq!((script.requests(), script.logins()), (1, 1));
}
