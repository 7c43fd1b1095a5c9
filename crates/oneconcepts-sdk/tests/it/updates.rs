//! Updates of orders: the assumed form, the others, and what a response proves.

use oneconcepts_sdk::{Client, ErrorKind, Order, OrderRef, OrderStatus, OrderUpdateForm, Response};
use serde_json::{Value, json};

use crate::server::{LD_JSON, Reply, Server, fixture_json};

fn order() -> Order {
    serde_json::from_value(json!({ "@id": "/v2/api/orders/58", "externalOrderNumber": "SHOP::58" }))
        .unwrap()
}

async fn complete(client: &Client) -> Result<Response<Option<Order>>, oneconcepts_sdk::Error> {
    client
        .update_order_status(&order(), OrderStatus::Complete)
        .await
}

#[tokio::test]
async fn number_is_sent_in_collection_query_by_default() {
    let server = Server::replying(Reply::fixture("update-order-status/200_complete.json")).await;

    let changed = server
        .client()
        .update_order_status("SHOP::58", OrderStatus::Complete)
        .await;

    let changed = changed.unwrap().into_inner().unwrap();
    assert_eq!(changed.status, Some(OrderStatus::Complete));
    server.request().assert_json(
        "PATCH",
        "/v2/api/orders?externalOrderNumber=SHOP%3A%3A58",
        &fixture_json("update-order-status/request.json"),
    );
}

#[tokio::test]
async fn form_and_media_type_are_chosen_apart() {
    let in_body = json!({ "externalOrderNumber": "SHOP::58", "status": "complete" });
    let plain = json!({ "status": "complete" });
    let cases: [(OrderUpdateForm, &str, &Value); 3] = [
        (
            OrderUpdateForm::NumberInQuery,
            "/v2/api/orders?externalOrderNumber=SHOP%3A%3A58",
            &plain,
        ),
        (OrderUpdateForm::NumberInBody, "/v2/api/orders", &in_body),
        (OrderUpdateForm::ItemPath, "/v2/api/orders/58", &plain),
    ];
    for (form, target, body) in cases {
        for media_type in [LD_JSON, "application/merge-patch+json"] {
            let server = Server::replying(Reply::new(204, "")).await;
            let builder = server.builder().with_order_update_form(form);
            let client = builder
                .with_order_update_content_type(media_type)
                .build()
                .unwrap();

            assert_eq!(complete(&client).await.unwrap().into_inner(), None);

            let request = server.request();
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                ("PATCH", target)
            );
            assert_eq!(request.header("content-type"), Some(media_type));
            assert_eq!(request.header("accept"), Some(LD_JSON));
            assert_eq!(&request.json(), body);
        }
    }
}

#[tokio::test]
async fn empty_response_is_success() {
    for (status, body) in [(200, ""), (202, "\n"), (204, ""), (200, "null")] {
        let server = Server::replying(Reply::new(status, body)).await;

        assert_eq!(
            complete(&server.client()).await.unwrap().into_inner(),
            None,
            "{status}"
        );
    }
}

#[tokio::test]
async fn order_that_comes_back_unchanged_was_not_updated() {
    let server = Server::replying(Reply::fixture("update-order-status/200_unchanged.json")).await;

    let error = complete(&server.client()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(
        error.to_string().contains("with_order_update_form"),
        "{error}"
    );
    assert!(error.to_string().contains("had no effect"), "{error}");
    assert!(error.body_text().unwrap().contains("shipped"));
}

#[tokio::test]
async fn response_without_status_is_believed_and_page_of_proxy_is_not() {
    let server = Server::start([
        Reply::json(200, &json!({ "@id": "/v2/api/orders/58" })),
        Reply::new(200, "<html></html>"),
    ])
    .await;
    let client = server.client();

    assert!(complete(&client).await.is_ok());
    assert!(complete(&client).await.unwrap_err().is_decode());
}

#[tokio::test]
async fn wrong_form_names_settings_to_try() {
    for (fixture, status) in [
        ("errors/404_hydra.json", 404),
        ("errors/405_hydra.json", 405),
        ("errors/502_gateway.html", 415),
    ] {
        let mut response = Reply::fixture(fixture);
        response.status = status;
        let server = Server::replying(response).await;

        let error = complete(&server.client()).await.unwrap_err();

        assert_eq!(error.status().unwrap().as_u16(), status);
        for setting in ["with_order_update_form", "with_order_update_content_type"] {
            assert!(error.to_string().contains(setting), "{error}");
        }
    }
}

#[tokio::test]
async fn other_errors_do_not_blame_the_form() {
    let server = Server::replying(Reply::fixture("errors/403_hydra.json")).await;

    let error = complete(&server.client()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Permission);
    assert!(!error.to_string().contains("with_order_update"), "{error}");
}

#[tokio::test]
async fn order_that_is_not_named_as_form_needs_it_is_refused() {
    let server = Server::silent().await;
    let by_number = server.client();
    let by_id = server
        .builder()
        .with_order_update_form(OrderUpdateForm::ItemPath)
        .build()
        .unwrap();
    let complete = OrderStatus::Complete;

    let cases = [
        (
            by_number
                .update_order_status(OrderRef::id("58"), complete.clone())
                .await,
            "externalOrderNumber",
        ),
        (
            by_number
                .update_order_status(&Order::default(), complete.clone())
                .await,
            "externalOrderNumber",
        ),
        (
            by_number.update_order_status(" ", complete.clone()).await,
            "externalOrderNumber",
        ),
        (
            by_number
                .update_order_status("a\nb", complete.clone())
                .await,
            "externalOrderNumber",
        ),
        (
            by_id
                .update_order_status("SHOP::58", complete.clone())
                .await,
            "id",
        ),
        (
            by_id
                .update_order_status(OrderRef::id(".."), complete)
                .await,
            "id",
        ),
    ];

    for (outcome, parameter) in cases {
        let error = outcome.unwrap_err();

        assert_eq!(
            (error.kind(), error.parameter()),
            (ErrorKind::InvalidRequest, Some(parameter))
        );
        assert_eq!(error.attempts(), 0);
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn response_about_another_order_is_conflict() {
    for other in [
        json!({ "@id": "/v2/api/orders/59", "status": "complete" }),
        json!({ "externalOrderNumber": "SHOP::78", "status": "complete" }),
    ] {
        let server = Server::replying(Reply::json(200, &other)).await;

        let error = complete(&server.client()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Conflict, "{other}");
        assert!(error.to_string().contains("another order"), "{error}");
        assert!(!error.to_string().contains("SHOP"), "{error}");
    }
}

#[tokio::test]
async fn error_with_success_status_is_no_success() {
    for body in [
        json!({ "@type": "hydra:Error", "hydra:description": "No." }),
        json!({ "@type": "ConstraintViolationList", "violations": [] }),
    ] {
        let server = Server::replying(Reply::json(200, &body)).await;

        let error = complete(&server.client()).await.unwrap_err();

        assert!(error.is_decode(), "{body}");
    }
}

#[tokio::test]
async fn order_without_address_is_named_by_its_id() {
    let server = Server::replying(Reply::new(204, "")).await;
    let form = OrderUpdateForm::ItemPath;
    let client = server
        .builder()
        .with_order_update_form(form)
        .build()
        .unwrap();
    let order: Order = serde_json::from_value(json!({ "id": 58 })).unwrap();

    let outcome = client
        .update_order_status(&order, OrderStatus::Complete)
        .await;

    outcome.unwrap();
    assert_eq!(server.request().target, "/v2/api/orders/58");
}
