//! Lists of orders on the wire, and new ones.

use oneconcepts_sdk::{
    CreateOrder, ListOrdersQuery, NetCost, OrderLine, OrderStatus, TrackingLink, violations,
};
use serde_json::json;

use crate::server::{Reply, Server, fixture_json};

fn empty() -> Reply {
    Reply::fixture("list-orders/200_empty.json")
}

#[tokio::test]
async fn orders_are_filtered_by_status_and_number() {
    let server = Server::start([empty(), empty()]).await;
    let client = server.client();

    let shipped = ListOrdersQuery::new()
        .status(OrderStatus::Shipped)
        .items_per_page(50)
        .page(2);
    client.list_orders(&shipped).await.unwrap();
    let one = ListOrdersQuery::new().external_order_number("SHOP::77");
    client.list_orders(&one).await.unwrap();

    let requests = server.requests();
    requests[0].assert_without_body(
        "GET",
        "/v2/api/orders?status=shipped&itemsPerPage=50&page=2",
    );
    requests[1].assert_without_body("GET", "/v2/api/orders?externalOrderNumber=SHOP%3A%3A77");
}

#[tokio::test]
async fn several_numbers_are_sent_in_brackets_and_one_without() {
    let server = Server::start([empty(), empty()]).await;
    let client = server.client();
    let query = ListOrdersQuery::new().status(OrderStatus::Shipped);

    let many = ["A::1", "B 2", "C/3"];
    client
        .list_orders_by_external_order_numbers(many, &query)
        .next()
        .await
        .unwrap()
        .unwrap();
    let one = ["A::1"];
    client
        .list_orders_by_external_order_numbers(one, &query)
        .next()
        .await
        .unwrap()
        .unwrap();

    let requests = server.requests();
    requests[0].assert_without_body(
        "GET",
        "/v2/api/orders?status=shipped&externalOrderNumber%5B%5D=A%3A%3A1\
         &externalOrderNumber%5B%5D=B%202&externalOrderNumber%5B%5D=C%2F3",
    );
    requests[1].assert_without_body(
        "GET",
        "/v2/api/orders?status=shipped&externalOrderNumber=A%3A%3A1",
    );
}

#[tokio::test]
async fn order_has_links_empty_list_or_no_list() {
    let server = Server::replying(Reply::fixture("list-orders/200_links.json")).await;

    let list = server
        .client()
        .list_orders(&ListOrdersQuery::new())
        .await
        .unwrap();

    let counts: Vec<usize> = list
        .members
        .iter()
        .map(|order| order.tracking_links().len())
        .collect();
    assert_eq!(counts, [2, 0, 0]);
    assert_eq!(list.members[0].status, Some(OrderStatus::Shipped));
    assert_eq!(
        list.members[0].external_order_number.as_deref(),
        Some("SHOP::58")
    );
}

#[tokio::test]
async fn embedded_tracking_is_link_too() {
    let server = Server::replying(Reply::fixture("list-orders/200_embedded.json")).await;

    let list = server
        .client()
        .list_orders(&ListOrdersQuery::new())
        .await
        .unwrap();

    let [Ok(TrackingLink::Embedded(tracking))] = &list.members[0].tracking_links()[..] else {
        panic!("{list:?}")
    };
    assert_eq!(tracking.id, Some("31".into()));
}

#[tokio::test]
async fn unknown_keys_are_kept_and_an_empty_house_number_is_not_null() {
    let server = Server::replying(Reply::fixture("list-orders/200_recipient.json")).await;

    let list = server
        .client()
        .list_orders(&ListOrdersQuery::new())
        .await
        .unwrap();

    let order = &list.members[0];
    assert_eq!(order.extra["priority"]["level"], 2);
    assert_eq!(order.recipient_house_number.as_deref(), Some(""));
    assert_eq!(order.recipient_annex, None);
    assert_eq!(order.partner, Some("/v2/api/partners/4".into()));
}

#[tokio::test]
async fn new_order_is_sent_as_far_as_its_form_is_published() {
    let server = Server::replying(Reply::fixture("create-order/201_created.json")).await;
    let line = OrderLine::new(40_017, NetCost::priced_by_provider()).with("quantity", 2);
    let order = CreateOrder::new("v2/api/partners/4", "SHOP::61")
        .external_user_number("customer-9")
        .recipient_name("Sample")
        .recipient_first_name("Recipient")
        .recipient_street("Sample street 7")
        .recipient_house_number("")
        .recipient_zip("00000")
        .with_lines("positions", [&line]);

    let created = server.client().create_order(&order).await.unwrap();

    assert_eq!(created.id, Some("61".into()));
    assert_eq!(created.status.as_ref().unwrap().as_str(), "new");
    let request = server.request();
    request.assert_json(
        "POST",
        "/v2/api/orders",
        &fixture_json("create-order/request.json"),
    );
    assert!(String::from_utf8_lossy(&request.body).contains(r#""netCost":null"#));
}

#[tokio::test]
async fn invalid_order_is_refused_with_violations() {
    for fixture in ["errors/400_violations.json", "errors/422_violations.json"] {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let error = server
            .client()
            .create_order(&CreateOrder::new("v2/api/partners/4", "A"))
            .await;

        let error = error.unwrap_err();
        let violations = violations(&error);
        assert_eq!(
            violations[0].property_path.as_deref(),
            Some("recipientZip"),
            "{fixture}"
        );
        assert_eq!(
            server.request().json(),
            json!({ "partner": "v2/api/partners/4", "externalOrderNumber": "A" })
        );
    }
}

#[tokio::test]
async fn filter_that_was_ignored_is_detected() {
    let response = || {
        let order =
            json!({ "@id": "/o/1", "status": "complete", "externalOrderNumber": "SHOP::9" });
        Reply::json(200, &json!({ "hydra:member": [order] }))
    };
    let server = Server::start([response(), response(), response(), response()]).await;
    let client = server.client();
    let shipped = ListOrdersQuery::new().status(OrderStatus::Shipped);
    let other = ListOrdersQuery::new().external_order_number("SHOP::77");

    let errors = [
        client.list_orders(&shipped).await.unwrap_err(),
        client.list_orders(&other).await.unwrap_err(),
        client
            .list_orders_pages(&shipped)
            .next()
            .await
            .unwrap()
            .unwrap_err(),
        client
            .list_orders_by_external_order_numbers(["A", "B"], &ListOrdersQuery::new())
            .next()
            .await
            .unwrap()
            .unwrap_err(),
    ];

    for error in errors {
        assert!(error.is_decode());
        assert!(error.to_string().contains("ignored"), "{error}");
        assert!(!error.to_string().contains("SHOP"), "{error}");
    }
}

#[tokio::test]
async fn orders_that_may_fit_a_filter_pass() {
    let list = json!({ "hydra:member": [
        { "@id": "/o/1", "status": "Shipped", "externalOrderNumber": "shop::771" },
        { "@id": "/o/2" },
    ]});
    let server = Server::start([Reply::json(200, &list), Reply::json(200, &list)]).await;
    let client = server.client();
    let query = ListOrdersQuery::new().status(OrderStatus::Shipped);

    let one = query.clone().external_order_number(" SHOP::77");
    assert_eq!(client.list_orders(&one).await.unwrap().members.len(), 2);
    let mut several = client.list_orders_by_external_order_numbers(["A", "SHOP::771"], &query);
    assert_eq!(several.next().await.unwrap().unwrap().items.len(), 2);
}

#[tokio::test]
async fn success_without_order_in_it_is_error() {
    for body in [
        json!({}),
        json!({ "@id": "/e/1", "@type": "hydra:Error", "hydra:description": "No." }),
        json!({ "code": 500, "message": "No." }),
    ] {
        let server = Server::replying(Reply::json(201, &body)).await;
        let order = CreateOrder::new("v2/api/partners/4", "A");

        let error = server.client().create_order(&order).await.unwrap_err();

        assert!(error.is_decode(), "{body}");
        assert_eq!(error.status().unwrap().as_u16(), 201);
    }
}

#[tokio::test]
async fn key_is_not_sent_twice() {
    let server = Server::silent().await;
    let line = OrderLine::new(40_017, NetCost::priced_by_provider());
    let order = CreateOrder::new("v2/api/partners/4", "A").with_lines("partner", [&line]);

    let error = server.client().create_order(&order).await.unwrap_err();

    assert_eq!(error.parameter(), Some("partner"));
    assert!(error.to_string().contains("twice"), "{error}");
}
