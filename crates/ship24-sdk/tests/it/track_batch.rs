//! `Provider::track_batch`: one call registers, and each number has its own results.

use serde_json::{Value, json};
use tracking_core::{Error, ErrorKind, Outcome, Provider as _, TrackRequest};

use crate::server::{Reply, Server};

const BULK: &str = "/public/v1/trackers/bulk";
const TRACK: &str = "/public/v1/trackers/track";

fn results(number: &str) -> Reply {
    let tracker = json!({ "trackerId": format!("t-{number}"), "trackingNumber": number });
    let shipment = json!({ "statusMilestone": "in_transit" });
    let tracking = json!({ "tracker": tracker, "shipment": shipment, "events": [] });
    Reply::json(201, &json!({ "data": { "trackings": [tracking] } }))
}

fn error(status: u16, code: &str) -> Reply {
    let errors = json!([{ "code": code, "message": "refused" }]);
    Reply::json(status, &json!({ "errors": errors, "data": null }))
}

/// A bulk response with the status of each item.
fn bulk(items: &[&str]) -> Reply {
    let items: Vec<Value> = items
        .iter()
        .map(|status| json!({ "itemStatus": status }))
        .collect();
    Reply::json(207, &json!({ "status": "partial", "data": items })).to("/bulk")
}

fn registering(number: &str) -> TrackRequest {
    TrackRequest::number(number).with_register(true)
}

async fn track(
    server: &Server,
    requests: impl IntoIterator<Item = TrackRequest>,
) -> Vec<Result<Outcome, Error>> {
    let requests = requests.into_iter().collect();
    server.client().track_batch(requests).await
}

/// The ids of what was found, the name of another outcome, or the kind of an error.
fn shown(results: &[Result<Outcome, Error>]) -> Vec<String> {
    let shown = |result: &Result<Outcome, Error>| match result {
        Ok(Outcome::Found(found)) => found[0].id.clone().unwrap_or_default(),
        Ok(outcome) => outcome.as_str().to_owned(),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

/// A server that has the results of each number in the order of the requests.
async fn server_for(first: Reply, numbers: &[String]) -> Server {
    let others = numbers.iter().map(|number| results(number));
    Server::start([first].into_iter().chain(others)).await
}

#[tokio::test]
async fn numbers_are_registered_in_one_call_and_read_in_one_each() {
    let numbers = ["PTS-0001", "PTS-0002"].map(str::to_owned);
    let server = server_for(bulk(&["created", "existing"]), &numbers).await;
    let requests = numbers
        .iter()
        .map(|it| registering(it).with_courier("sample-post-no"));

    let found = track(&server, requests).await;

    assert!(
        found
            .iter()
            .all(|result| result.as_ref().unwrap().is_found())
    );
    let requests = server.requests();
    let targets: Vec<&str> = requests.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(targets, [BULK, TRACK, TRACK]);
    let sent =
        |number: &String| json!({ "trackingNumber": number, "courierCode": ["sample-post-no"] });
    let sent: Vec<Value> = numbers.iter().map(sent).collect();
    requests[0].assert_json("POST", BULK, &Value::from(sent.clone()));
    // The same options find the tracker that was just created.
    for request in &requests[1..] {
        assert!(sent.contains(&request.json()), "{request:?}");
    }
}

#[tokio::test]
async fn bulk_call_holds_at_most_a_hundred() {
    let numbers: Vec<String> = (0..101).map(|it| format!("PTS-{it:04}")).collect();
    let server = server_for(bulk(&["created"; 100]), &numbers).await;

    let found = track(&server, numbers.iter().map(|it| registering(it))).await;

    assert_eq!(found.len(), 101);
    let requests = server.requests();
    // The last one is alone in its call, and its lookup registers it.
    assert_eq!(requests.len(), 1 + 101);
    assert_eq!(requests[0].json().as_array().unwrap().len(), 100);
}

#[tokio::test]
async fn nothing_is_registered_unless_the_request_says_so() {
    let server = Server::start([
        results("PTS-0001").to("/PTS-0001/results"),
        error(404, "tracker_not_found").to("/PTS-0002/results"),
        results("PTS-0003").to("/track"),
    ])
    .await;

    let requests = [
        TrackRequest::number("PTS-0001"),
        TrackRequest::number("PTS-0002"),
        registering("PTS-0003"),
    ];
    let found = track(&server, requests).await;

    assert_eq!(
        shown(&found),
        ["t-PTS-0001", "not_registered", "t-PTS-0003"]
    );
}

#[tokio::test]
async fn failed_bulk_call_is_the_error_of_each_and_not_repeated() {
    let other = results("PTS-0003").to("/PTS-0003/results");
    for (replies, kind, others) in [
        (
            vec![Reply::new(502, "bad gateway"), other],
            ErrorKind::Server,
            "t-PTS-0003",
        ),
        // Nothing is sent when the quota is used up.
        (
            vec![error(403, "quota_limit_reached")],
            ErrorKind::QuotaExhausted,
            "quota_exhausted",
        ),
    ] {
        let server = Server::start(replies).await;

        let requests = [
            registering("PTS-0001"),
            TrackRequest::number("PTS-0003"),
            registering("PTS-0002"),
        ];
        let found = track(&server, requests).await;

        assert_eq!(shown(&found), [kind.as_str(), others, kind.as_str()]);
    }
}

#[tokio::test]
async fn refused_item_is_explained_by_its_own_lookup() {
    let server = Server::start([
        bulk(&["created", "error"]),
        results("PTS-0001"),
        error(400, "tracker_conflict"),
    ])
    .await;

    let found = track(&server, ["PTS-0001", "PTS-0002"].map(registering)).await;

    let mut shown = shown(&found);
    shown.sort();
    assert_eq!(shown, ["conflict", "t-PTS-0001"]);
}

#[tokio::test]
async fn number_that_cannot_be_sent_costs_no_other() {
    let numbers = ["PTS-0001", "PTS-0002"].map(str::to_owned);
    let server = server_for(bulk(&["created", "created"]), &numbers).await;

    let found = track(
        &server,
        ["PTS-0001", "no number", "PTS-0002"].map(registering),
    )
    .await;

    assert_eq!(shown(&found)[1], "invalid_request");
    assert_eq!(server.requests()[0].json().as_array().unwrap().len(), 2);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn equal_requests_are_read_once() {
    let numbers = ["PTS-0001".to_owned()];
    let server = server_for(bulk(&["created", "existing"]), &numbers).await;

    let found = track(&server, ["PTS-0001", "pts-0001"].map(registering)).await;

    assert_eq!(shown(&found), ["t-PTS-0001"; 2]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn results_of_another_number_are_refused() {
    let server = Server::start([
        results("PTS-0001").to("/PTS-0001/results"),
        results("PTS-0001").to("/PTS-0002/results"),
    ])
    .await;

    let found = track(&server, ["PTS-0001", "PTS-0002"].map(TrackRequest::number)).await;

    assert_eq!(shown(&found), ["t-PTS-0001", "wrong_shipment"]);
}
