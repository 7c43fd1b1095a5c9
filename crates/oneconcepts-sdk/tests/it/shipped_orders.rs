//! Shipped, trackings, complete: nothing is completed that was not accepted, and nothing is skipped.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http::{Method, Request, Response};
use oneconcepts_sdk::tracking_http::{SendLimits, Transport, TransportError};
use oneconcepts_sdk::{Client, ConfigureClient as _, ErrorKind, RetryPolicy};
use serde_json::{Value, json};
use tracking_core::kit::BoxFuture;

use crate::server::{EMAIL, PASSWORD, Reply, Server, TOKEN};

const FIRST_PAGE: &str = "/v2/api/orders?status=shipped&itemsPerPage=200";

fn order(id: u32, trackings: &Value) -> Value {
    json!({
        "@id": format!("/v2/api/orders/{id}"),
        "status": "shipped",
        "externalOrderNumber": format!("SHOP::{id}"),
        "trackings": trackings,
    })
}

fn list(orders: &[Value]) -> Reply {
    Reply::json(200, &json!({ "hydra:member": orders }))
}

fn tracking(id: u32) -> Reply {
    let iri = format!("/v2/api/trackings/{id}");
    Reply::json(
        200,
        &json!({ "@id": iri, "id": id, "courier": "DHL", "trackingId": id.to_string() }),
    )
    .to(iri)
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| format!("{} {}", request.method, request.target))
        .collect()
}

#[tokio::test]
async fn order_is_yielded_with_trackings_and_completed_on_accept() {
    let server = Server::start([
        list(&[order(
            58,
            &json!(["/v2/api/trackings/31", "/v2/api/trackings/32"]),
        )]),
        tracking(31),
        tracking(32),
        Reply::new(204, ""),
        list(&[]),
    ])
    .await;
    let mut orders = server.client().shipped_orders();

    let order = orders.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 3);
    order.complete().await.unwrap();
    let end = orders.next().await;

    assert!(end.is_none());
    let numbers: BTreeSet<_> = order
        .trackings
        .iter()
        .map(|it| it.number().unwrap())
        .collect();
    assert_eq!(numbers, BTreeSet::from(["31", "32"]));
    let targets = targets(&server);
    assert_eq!(targets[0], format!("GET {FIRST_PAGE}"));
    assert_eq!(
        targets[3],
        "PATCH /v2/api/orders?externalOrderNumber=SHOP%3A%3A58"
    );
    assert_eq!(targets[4], format!("GET {FIRST_PAGE}"));
}

#[tokio::test]
async fn dropping_an_order_or_the_stream_completes_nothing() {
    let server = Server::start([
        list(&[
            order(1, &json!(["/v2/api/trackings/1"])),
            order(2, &json!(["/v2/api/trackings/2"])),
        ]),
        tracking(1),
        tracking(2),
    ])
    .await;
    let mut orders = server.client().shipped_orders();

    drop(orders.next().await.unwrap().unwrap());
    let second = orders.next().await.unwrap().unwrap();
    let copy = second.clone();
    drop((second, copy));
    assert!(orders.next().await.is_none());
    drop(orders);

    assert!(
        targets(&server)
            .iter()
            .all(|target| target.starts_with("GET "))
    );
}

#[tokio::test]
async fn order_without_trackings_is_not_completed_unless_forced() {
    let server = Server::start([
        list(&[order(1, &json!(null))]),
        Reply::new(204, ""),
        list(&[]),
    ])
    .await;
    let mut orders = server.client().shipped_orders();
    let order = orders.next().await.unwrap().unwrap();

    let error = order.complete().await.unwrap_err();
    assert!(!order.is_complete());
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    assert!(error.to_string().contains("no trackings yet"), "{error}");
    assert_eq!(server.requests().len(), 1);

    order.complete_anyway().await.unwrap();
    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn unreadable_tracking_is_problem_and_keeps_order_open() {
    let elsewhere = Server::silent().await;
    let foreign = format!("{}/api/trackings/9", elsewhere.base_url());
    let cases = [
        (
            json!(["/v2/api/trackings/1", "/v2/api/trackings/9"]),
            Some(Reply::fixture("errors/404_hydra.json")),
        ),
        (
            json!(["/v2/api/trackings/1", "/v2/api/trackings/9"]),
            Some(Reply::new(200, "<html>")),
        ),
        (json!(["/v2/api/trackings/1", foreign]), None),
    ];
    for (links, response) in cases {
        let mut responses = vec![list(&[order(58, &links)]), tracking(1)];
        responses.extend(response);
        let server = Server::start(responses).await;
        let mut orders = server.client().shipped_orders();

        let order = orders.next().await.unwrap().unwrap();
        let error = order.complete().await.unwrap_err();

        assert_eq!(
            (order.trackings.len(), order.problems.len()),
            (1, 1),
            "{:?}",
            order.problems
        );
        assert_eq!(order.problems[0].path, "trackings[1]");
        assert!(error.to_string().contains("could not be read"), "{error}");
    }
    assert!(elsewhere.requests().is_empty() && elsewhere.logins().is_empty());
}

#[tokio::test]
async fn unreadable_link_is_problem_and_loses_no_other() {
    let links = json!([7, "/v2/api/trackings/1"]);
    let server = Server::start([list(&[order(58, &links)]), tracking(1)]).await;

    let order = server
        .client()
        .shipped_orders()
        .next()
        .await
        .unwrap()
        .unwrap();

    assert_eq!(order.problems[0].path, "trackings[0]");
    assert_eq!(order.trackings[0].number(), Some("1"));
    assert!(order.complete().await.is_err());
}

#[tokio::test]
async fn misfit_tracking_keeps_its_rest_and_keeps_order_open() {
    let odd = json!({ "@id": "/v2/api/trackings/1", "courier": "DHL", "trackingId": { "a": 1 } });
    let links = json!(["/v2/api/trackings/1"]);
    let server = Server::start([list(&[order(58, &links)]), Reply::json(200, &odd)]).await;

    let order = server
        .client()
        .shipped_orders()
        .next()
        .await
        .unwrap()
        .unwrap();

    assert_eq!(order.trackings[0].courier.as_ref().unwrap().as_str(), "DHL");
    assert_eq!(order.problems[0].path, "trackingId");
    assert!(!order.is_complete() && order.complete().await.is_err());
}

#[tokio::test]
async fn misfit_order_keeps_its_rest_and_loses_no_other() {
    let embedded = json!([{ "@id": "/t/1", "trackingId": "A" }]);
    let mut odd = order(1, &embedded);
    odd["status"] = json!({ "code": "shipped" });
    let server = Server::start([list(&[odd, json!("junk"), order(2, &embedded)])]).await;

    let orders: Vec<_> = server
        .client()
        .shipped_orders()
        .into_stream()
        .try_collect()
        .await
        .unwrap();

    let [odd, good, junk] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(odd.problems[0].path, "hydra:member[0].status");
    assert_eq!(odd.trackings[0].number(), Some("A"));
    assert_eq!(odd.order.external_order_number.as_deref(), Some("SHOP::1"));
    assert_eq!(junk.problems[0].path, "hydra:member[1]");
    assert!(!odd.is_complete() && !junk.is_complete() && good.is_complete());
}

#[tokio::test]
async fn excess_trackings_are_left_out_and_reported() {
    let links: Vec<Value> = (0..600)
        .map(|id| json!({ "@id": format!("/t/{id}"), "trackingId": "A" }))
        .collect();
    let server = Server::start([list(&[order(58, &json!(links))])]).await;

    let order = server
        .client()
        .shipped_orders()
        .next()
        .await
        .unwrap()
        .unwrap();

    assert_eq!((order.trackings.len(), order.problems.len()), (500, 1));
    assert!(!order.is_complete());
}

#[tokio::test]
async fn embedded_trackings_cost_no_request() {
    let embedded = json!([{ "@id": "/v2/api/trackings/31", "trackingId": "A", "courier": "DHL" }]);
    let server = Server::start([list(&[order(58, &embedded)])]).await;

    let order = server
        .client()
        .shipped_orders()
        .next()
        .await
        .unwrap()
        .unwrap();

    assert_eq!(order.trackings[0].number(), Some("A"));
    assert!(order.is_complete());
}

#[tokio::test]
async fn stream_ends_at_error_and_resumes_at_same_order() {
    let server = Server::start([
        list(&[
            order(1, &json!(["/v2/api/trackings/1"])),
            order(2, &json!(["/v2/api/trackings/2"])),
        ]),
        tracking(1),
        Reply::fixture("errors/500_hydra.json"),
        tracking(2),
    ])
    .await;
    let mut orders = server.client().shipped_orders();
    orders.next().await.unwrap().unwrap();

    let error = orders.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Server);
    orders.resume();
    let second = orders.next().await.unwrap().unwrap();

    assert_eq!(
        second.order.external_order_number.as_deref(),
        Some("SHOP::2")
    );
    assert!(orders.next().await.is_none());
    orders.resume();
    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn page_that_failed_is_read_again_after_resuming() {
    let mut first = json!({ "hydra:member": [order(1, &json!([]))] });
    first["hydra:view"] = json!({ "hydra:next": "/v2/api/orders?page=2" });
    let server = Server::start([
        Reply::json(200, &first),
        Reply::fixture("errors/502_gateway.html"),
        list(&[order(2, &json!([]))]),
    ])
    .await;
    let mut orders = server.client().shipped_orders();
    orders.next().await.unwrap().unwrap();

    assert!(orders.next().await.unwrap().is_err());
    assert!(orders.next().await.is_none());
    orders.resume();
    let second = orders.next().await.unwrap().unwrap();

    assert_eq!(second.order.iri, Some("/v2/api/orders/2".into()));
    assert_eq!(targets(&server)[2], "GET /v2/api/orders?page=2");
    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn failed_update_leaves_order_to_be_tried_again() {
    let server = Server::start([
        list(&[order(1, &json!([{ "@id": "/t/1", "trackingId": "A" }]))]),
        Reply::fixture("errors/500_hydra.json"),
        Reply::new(204, ""),
    ])
    .await;
    let order = server
        .client()
        .shipped_orders()
        .next()
        .await
        .unwrap()
        .unwrap();

    assert!(order.complete().await.is_err());
    assert!(order.complete().await.is_ok());
}

#[tokio::test]
async fn orders_of_another_status_are_left_out_when_filter_is_ignored() {
    let mut complete = order(2, &json!([]));
    complete["status"] = json!("complete");
    let mut silent = order(3, &json!([]));
    silent["status"] = json!(null);
    let server = Server::start([list(&[order(1, &json!([])), complete, silent])]).await;

    let orders: Vec<_> = server
        .client()
        .shipped_orders()
        .into_stream()
        .try_collect()
        .await
        .unwrap();

    let ids: Vec<_> = orders
        .iter()
        .map(|it| it.order.iri.as_ref().unwrap().id().unwrap())
        .collect();
    assert_eq!(ids, ["1", "3"]);
}

/// A shop whose shipped orders leave the list when they are completed, so that pages shift.
#[derive(Debug)]
struct Shop {
    shipped: Mutex<BTreeSet<usize>>,
    reads: Mutex<usize>,
}

const PAGE: usize = 3;

impl Shop {
    fn new(orders: usize) -> Arc<Self> {
        Arc::new(Self {
            shipped: Mutex::new((1..=orders).collect()),
            reads: Mutex::new(0),
        })
    }

    fn client(self: &Arc<Self>) -> Client {
        Client::builder(EMAIL, PASSWORD)
            .with_base_url("https://oneconcepts.invalid/v2")
            .with_transport(Arc::clone(self))
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap()
    }

    fn response(&self, request: &Request<Bytes>) -> Value {
        let uri = request.uri();
        if uri.path().ends_with("/create-token") {
            return json!({ "token": TOKEN });
        }
        let mut shipped = self.shipped.lock().unwrap();
        let number = |key: &str| {
            let pairs = uri.query().unwrap_or_default().split('&');
            pairs
                .filter_map(|pair| pair.strip_prefix(key)?.parse().ok())
                .next()
        };
        if request.method() == Method::PATCH {
            shipped.remove(&number("externalOrderNumber=").unwrap());
            return json!({ "status": "complete" });
        }
        *self.reads.lock().unwrap() += 1;
        let page = number("page=").unwrap_or(1);
        let members: Vec<Value> = shipped
            .iter()
            .skip((page - 1) * PAGE)
            .take(PAGE)
            .map(|id| {
                json!({
                    "@id": format!("/v2/api/orders/{id}"),
                    "status": "shipped",
                    "externalOrderNumber": id.to_string(),
                    "trackings": [{ "@id": format!("/v2/api/trackings/{id}"), "trackingId": "A" }],
                })
            })
            .collect();
        let mut body = json!({ "hydra:member": members });
        if page * PAGE < shipped.len() {
            body["hydra:view"] =
                json!({ "hydra:next": format!("/v2/api/orders?page={}", page + 1) });
        }
        body
    }
}

impl Transport for Shop {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let response = self.response(&request).to_string();
        Box::pin(async move { Ok(Response::new(response.into())) })
    }
}

/// Accepts the orders for which `accepts` says so, after each has been `held` back for as many others.
async fn run(shop: &Arc<Shop>, held: usize, accepts: fn(usize) -> bool) -> Vec<usize> {
    let mut orders = shop.client().shipped_orders();
    let mut seen = Vec::new();
    let mut waiting = Vec::new();
    while let Some(order) = orders.next().await {
        let order = order.unwrap();
        let id = order
            .order
            .external_order_number
            .as_ref()
            .unwrap()
            .parse()
            .unwrap();
        seen.push(id);
        if accepts(id) {
            waiting.push(order);
        }
        while waiting.len() > held {
            waiting.remove(0).complete().await.unwrap();
        }
    }
    for order in waiting {
        order.complete().await.unwrap();
    }
    seen
}

#[tokio::test]
async fn completing_while_reading_skips_no_order_and_repeats_none() {
    for held in [0, 1, 2, 5, 50] {
        let shop = Shop::new(20);

        let mut seen = run(&shop, held, |_| true).await;

        seen.sort_unstable();
        assert_eq!(seen, (1..=20).collect::<Vec<_>>(), "held back {held}");
        assert!(shop.shipped.lock().unwrap().is_empty(), "held back {held}");
    }
}

#[tokio::test]
async fn unaccepted_orders_stay_shipped_until_next_run() {
    let shop = Shop::new(20);

    let mut first = run(&shop, 1, |id| id % 3 == 0).await;
    let second = run(&shop, 0, |_| false).await;

    first.sort_unstable();
    assert_eq!(first, (1..=20).collect::<Vec<_>>());
    assert_eq!(
        second,
        (1..=20).filter(|id| id % 3 != 0).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn reading_alone_takes_one_request_per_page() {
    let shop = Shop::new(7);

    run(&shop, 0, |_| false).await;

    assert_eq!(*shop.reads.lock().unwrap(), 3);
}

#[tokio::test]
async fn update_without_effect_does_not_bring_order_again() {
    let embedded = || json!([{ "@id": "/t/1", "trackingId": "A" }]);
    let page = || list(&[order(1, &embedded())]);
    let server = Server::start([page(), Reply::new(204, ""), page()]).await;
    let mut orders = server.client().shipped_orders();

    orders
        .next()
        .await
        .unwrap()
        .unwrap()
        .complete()
        .await
        .unwrap();

    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn order_without_identity_is_yielded_once() {
    let nameless =
        json!({ "status": "shipped", "trackings": [{ "@id": "/t/1", "trackingId": "A" }] });
    let page = || list(std::slice::from_ref(&nameless));
    let server = Server::start([page(), page()]).await;
    let mut orders = server.client().shipped_orders();

    let order = orders.next().await.unwrap().unwrap();
    assert!(order.complete().await.is_err());

    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn order_listed_twice_on_page_is_yielded_once() {
    let one = order(1, &json!([{ "@id": "/t/1", "trackingId": "A" }]));
    let server = Server::start([list(&[one.clone(), one])]).await;
    let mut orders = server.client().shipped_orders();

    assert!(orders.next().await.unwrap().is_ok());
    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn order_that_keeps_failing_can_be_left_out() {
    let broken = || Reply::fixture("errors/500_hydra.json");
    let server = Server::start([
        list(&[
            order(1, &json!(["/v2/api/trackings/1"])),
            order(2, &json!(["/v2/api/trackings/2"])),
        ]),
        broken(),
        broken(),
        tracking(2),
    ])
    .await;
    let mut orders = server.client().shipped_orders();

    assert!(orders.next().await.unwrap().is_err());
    orders.resume();
    assert!(orders.next().await.unwrap().is_err());
    orders.skip_order();
    let second = orders.next().await.unwrap().unwrap();

    assert_eq!(second.order.iri, Some("/v2/api/orders/2".into()));
    assert!(orders.next().await.is_none());
    // Without an order that failed there is nothing to leave out.
    orders.skip_order();
    assert!(orders.next().await.is_none());
}

#[tokio::test]
async fn remaining_orders_do_not_cause_rereading_of_pages() {
    const ORDERS: usize = 300;
    let shop = Shop::new(ORDERS);

    let seen = run(&shop, 0, |id| id % PAGE == 0).await;

    assert_eq!(seen.len(), ORDERS);
    let reads = *shop.reads.lock().unwrap();
    assert!(reads < 4 * ORDERS / PAGE, "{reads}");
}
