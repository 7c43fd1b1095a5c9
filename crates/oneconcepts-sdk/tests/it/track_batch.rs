//! `Provider::track_batch`: one list of orders, and each of their trackings.

use serde_json::{Value, json};
use tracking_core::{Error, Outcome, Provider as _, TrackRequest};

use crate::server::{Reply, Server};

fn order(number: &str, trackings: &[&str]) -> Value {
    let links = trackings.iter().map(|id| format!("/v2/api/trackings/{id}"));
    let links: Vec<String> = links.collect();
    json!({ "@id": format!("/v2/api/orders/{number}"), "externalOrderNumber": number, "trackings": links })
}

fn orders(orders: &[Value]) -> Reply {
    Reply::json(200, &json!({ "hydra:member": orders }))
}

fn tracking(id: &str) -> Reply {
    let address = format!("/v2/api/trackings/{id}");
    let record =
        json!({ "@id": address, "id": id, "courier": "DHL", "trackingId": format!("JD{id}") });
    Reply::json(200, &record).to(address)
}

async fn track(
    server: &Server,
    requests: impl IntoIterator<Item = TrackRequest>,
) -> Vec<Result<Outcome, Error>> {
    let requests = requests.into_iter().collect();
    server.client().track_batch(requests).await
}

/// The numbers of what was found, the name of another outcome, or the kind of an error.
fn shown(results: &[Result<Outcome, Error>]) -> Vec<String> {
    let shown = |result: &Result<Outcome, Error>| match result {
        Ok(Outcome::Found(found)) => {
            let numbers = found.iter().map(|it| it.number.clone());
            numbers.collect::<Vec<_>>().join("+")
        }
        Ok(outcome) => outcome.as_str().to_owned(),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests.into_iter().map(|it| it.target).collect()
}

#[tokio::test]
async fn many_orders_cost_one_list_and_a_call_for_each_tracking() {
    let numbers: Vec<String> = (10..60).map(|it| format!("S::{it}")).collect();
    let all = numbers.iter().map(|it| order(it, &[])).rev();
    let mut all: Vec<Value> = all.collect();
    all[0] = order("S::59", &["1", "2"]);
    let server = Server::start([orders(&all), tracking("1"), tracking("2")]).await;

    let results = track(&server, numbers.iter().map(TrackRequest::reference)).await;

    let shown = shown(&results);
    assert_eq!(shown[..49], vec!["not_yet"; 49]);
    assert_eq!(shown[49], "JD1+JD2");
    let found = results[49].as_ref().unwrap().shipments();
    assert!(
        found
            .iter()
            .all(|it| it.reference.as_deref() == Some("S::59"))
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let filter: String = numbers
        .iter()
        .map(|it| format!("&externalOrderNumber%5B%5D={}", it.replace(':', "%3A")))
        .collect();
    let target = format!("/v2/api/orders?itemsPerPage=200{filter}");
    requests[0].assert_without_body("GET", &target);
}

#[tokio::test]
async fn missing_order_is_not_found() {
    let server = Server::start([orders(&[order("A", &["1"])]), tracking("1")]).await;

    let results = track(&server, ["A", "B", "A"].map(TrackRequest::reference)).await;

    assert_eq!(shown(&results), ["JD1", "not_found", "JD1"]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn unrequested_order_leaves_missing_ones_to_own_lookups() {
    let stray = || order("Z", &["9"]);
    let server = Server::start([
        orders(&[stray(), order("A", &["1"])]),
        tracking("1"),
        orders(&[stray()]),
    ])
    .await;

    let results = track(&server, ["A", "B"].map(TrackRequest::reference)).await;

    assert_eq!(shown(&results), ["JD1", "wrong_shipment"]);
    assert!(targets(&server)[2].contains("externalOrderNumber=B"));
}

#[tokio::test]
async fn order_without_number_or_on_a_next_page_is_not_missing() {
    let nameless = json!({ "@id": "/v2/api/orders/7", "trackings": [] });
    let next = json!({ "hydra:next": "/v2/api/orders?page=2" });
    let cut = json!({ "hydra:member": [order("A", &[])], "hydra:view": next });
    for first in [orders(&[order("A", &[]), nameless]), Reply::json(200, &cut)] {
        let server = Server::start([first, orders(&[order("B", &[])])]).await;

        let results = track(&server, ["A", "B"].map(TrackRequest::reference)).await;

        assert_eq!(shown(&results), ["not_yet", "not_yet"]);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn element_that_does_not_fit_costs_its_own_lookup() {
    let server = Server::start([
        orders(&[json!(7), order("A", &["1"])]),
        tracking("1"),
        orders(&[json!(7)]).to("externalOrderNumber=B&itemsPerPage=200"),
    ])
    .await;

    let results = track(&server, ["A", "B"].map(TrackRequest::reference)).await;

    assert_eq!(shown(&results), ["JD1", "decode"]);
    assert!(
        results[0].as_ref().unwrap().shipments()[0]
            .problems
            .is_empty()
    );
}

#[tokio::test]
async fn failed_list_is_the_error_of_each_lookup() {
    let server = Server::replying(Reply::new(502, "bad gateway")).await;

    let results = track(&server, ["A", "B"].map(TrackRequest::reference)).await;

    assert_eq!(shown(&results), ["server"; 2]);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn failed_tracking_costs_its_own_order() {
    let failed = Reply::new(502, "bad gateway").to("/trackings/2");
    let server = Server::start([
        orders(&[order("A", &["1"]), order("B", &["2"])]),
        tracking("1"),
        failed,
    ])
    .await;

    let results = track(&server, ["A", "B"].map(TrackRequest::reference)).await;

    assert_eq!(shown(&results), ["JD1", "server"]);
}

#[tokio::test]
async fn what_cannot_share_a_list_is_looked_up_alone() {
    let long = "L".repeat(61);
    let server = Server::start([
        orders(&[order("A", &[]), order("B", &[])]).to("=A&externalOrderNumber%5B%5D=B"),
        tracking("31"),
        orders(&[order(&long, &[])]).to(format!("externalOrderNumber={long}&itemsPerPage=200")),
    ])
    .await;

    let requests = [
        TrackRequest::reference("A"),
        TrackRequest::id("31"),
        TrackRequest::number("AB123456789DE"),
        TrackRequest::reference(""),
        TrackRequest::reference(long.as_str()),
        TrackRequest::reference("B"),
    ];
    let results = track(&server, requests).await;

    let expected = [
        "not_yet",
        "JD31",
        "unsupported",
        "invalid_request",
        "not_yet",
        "not_yet",
    ];
    assert_eq!(shown(&results), expected);
    assert_eq!(server.requests().len(), 3);
}
