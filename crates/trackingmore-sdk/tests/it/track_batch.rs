//! `Provider::track_batch`: how many calls several lookups cost, and that each has its own result.

use serde_json::{Value, json};
use tracking_core::{Error, ErrorKind, Outcome, Provider as _, TrackRequest};

use crate::server::{Enveloped as _, Reply, Server};

pub(crate) const COURIER: &str = "sample-post";

pub(crate) fn tracking(number: &str, courier: &str) -> Value {
    json!({ "id": format!("{number}-{courier}"), "tracking_number": number, "carrier_code": courier,
            "status": "transit", "order_id": format!("order-{number}") })
}

pub(crate) fn list(items: &[Value]) -> Reply {
    let total = items.len().to_string();
    Reply::data(&json!({ "page": 1, "limit": 2000, "total": total, "items": items }))
}

/// A batch in which some were registered and others were refused with a code.
pub(crate) fn registered(created: &[&str], refused: &[(&str, i64)]) -> Reply {
    let created: Vec<Value> = created
        .iter()
        .map(|number| json!({ "id": number, "tracking_number": number, "carrier_code": COURIER, "status": "pending" }))
        .collect();
    let refused: Vec<Value> = refused
        .iter()
        .map(|(number, code)| json!({ "tracking_number": number, "carrier_code": COURIER, "code": code }))
        .collect();
    Reply::data(&json!({ "trackings": created, "errors": refused }))
}

fn at_courier(number: &str) -> TrackRequest {
    TrackRequest::number(number)
        .with_courier(COURIER)
        .with_register(true)
}

pub(crate) fn numbers<const N: usize>() -> [String; N] {
    std::array::from_fn(|place| format!("AB{place:03}XY"))
}

async fn track(
    server: &Server,
    requests: impl IntoIterator<Item = TrackRequest>,
) -> Vec<Result<Outcome, Error>> {
    let requests = requests.into_iter().collect();
    server.client().track_batch(requests).await
}

/// Method and path of each request so far; that of a list with its filter.
pub(crate) fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().map(|it| {
        let target = it.target.trim_start_matches("/v2/");
        format!("{} {}", it.method, target.replace("limit=2000&", ""))
    });
    lines.collect()
}

/// The ids of what was found, the name of another outcome, or the kind of an error.
fn shown(results: &[Result<Outcome, Error>]) -> Vec<String> {
    let shown = |result: &Result<Outcome, Error>| match result {
        Ok(Outcome::Found(found)) => {
            let ids = found.iter().map(|it| it.id.clone().unwrap_or_default());
            ids.collect::<Vec<_>>().join("+")
        }
        Ok(outcome) => outcome.as_str().to_owned(),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

#[tokio::test]
async fn forty_known_numbers_cost_one_list() {
    let numbers: [String; 40] = numbers();
    let mut items: Vec<Value> = numbers.iter().map(|it| tracking(it, COURIER)).collect();
    // The order of a list means nothing, and a number may be there under several couriers.
    items.reverse();
    items.push(tracking(&numbers[1], "ups"));
    let server = Server::replying(list(&items)).await;

    let results = track(&server, numbers.iter().map(TrackRequest::number)).await;

    let expected: Vec<String> = numbers
        .iter()
        .enumerate()
        .map(|(place, number)| match place {
            1 => format!("{number}-{COURIER}+{number}-ups"),
            _ => format!("{number}-{COURIER}"),
        })
        .collect();
    assert_eq!(shown(&results), expected);
    let target = format!(
        "/v2/trackings/get?limit=2000&numbers={}",
        numbers.join("%2C")
    );
    server.request().assert_without_body("GET", &target);
}

#[tokio::test]
async fn forty_unknown_numbers_cost_one_batch_and_no_detection() {
    let numbers: [String; 40] = numbers();
    let all: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let items: Vec<Value> = numbers[1..]
        .iter()
        .map(|it| tracking(it, COURIER))
        .collect();
    let server = Server::start([Reply::code(4031), registered(&all, &[]), list(&items)]).await;

    let results = track(&server, all.iter().map(|number| at_courier(number))).await;

    // The first is registered, and too new for the list.
    assert_eq!(shown(&results)[..2], ["AB000XY", "AB001XY-sample-post"]);
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap().is_found())
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let sent: Vec<Value> = all
        .iter()
        .map(|number| json!({ "tracking_number": number, "carrier_code": COURIER }))
        .collect();
    requests[1].assert_json("POST", "/v2/trackings/batch", &Value::from(sent));
    assert_eq!(requests[2].target, requests[0].target);
}

#[tokio::test]
async fn new_numbers_without_courier_are_listed_once() {
    let none = || Reply::code(4032);
    let server = Server::start([Reply::code(4031), none(), none()]).await;
    let requests = ["A10", "A20", "a-10"].map(|it| TrackRequest::number(it).with_register(true));

    let results = track(&server, requests).await;

    assert_eq!(shown(&results), ["no_courier"; 3]);
    assert_eq!(
        lines(&server),
        [
            "GET trackings/get?numbers=A10%2CA20%2Ca-10",
            "POST carriers/detect",
            "POST carriers/detect"
        ]
    );
}

#[tokio::test]
async fn used_up_quota_ends_the_detections() {
    let server = Server::start(
        [Reply::code(4031)]
            .into_iter()
            .chain(std::iter::repeat_n(4021, 8).map(Reply::code)),
    )
    .await;
    let requests = numbers::<12>().map(|it| TrackRequest::number(it).with_register(true));

    let results = track(&server, requests).await;

    assert_eq!(server.requests().len(), 9);
    let errors: Vec<&Error> = results.iter().map(|it| it.as_ref().unwrap_err()).collect();
    assert!(
        errors
            .iter()
            .all(|it| it.kind() == ErrorKind::QuotaExhausted)
    );
    assert!(!errors[7].is_not_asked() && errors[8..].iter().all(|it| it.is_not_asked()));
}

#[tokio::test]
async fn nothing_is_registered_unless_the_request_says_so() {
    let server = Server::replying(Reply::code(4031)).await;
    let requests = ["A1", "A2", "A3"].map(|it| at_courier(it).with_register(false));

    let results = track(&server, requests).await;

    assert_eq!(shown(&results), ["not_registered"; 3]);
    assert_eq!(lines(&server), ["GET trackings/get?numbers=A1%2CA2%2CA3"]);
}

#[tokio::test]
async fn unknown_number_without_courier_is_detected_at_once() {
    let server = Server::start([list(&[tracking("A1", "ups")]), Reply::code(4032)]).await;
    let requests = ["A1", "A2"].map(|it| TrackRequest::number(it).with_register(true));

    let results = track(&server, requests).await;

    assert_eq!(shown(&results), ["A1-ups", "no_courier"]);
    let expected = ["GET trackings/get?numbers=A1%2CA2", "POST carriers/detect"];
    assert_eq!(lines(&server), expected);
}

#[tokio::test]
async fn tracking_at_another_courier_is_not_the_requested_one() {
    let items = [
        tracking("A1", "ups"),
        tracking("A1", COURIER),
        tracking("A2", "ups"),
    ];
    let server = Server::replying(list(&items)).await;
    let requests = ["A1", "A2"].map(|it| at_courier(it).with_register(false));

    let results = track(&server, requests).await;

    assert_eq!(shown(&results), ["A1-sample-post", "not_registered"]);
}

#[tokio::test]
async fn unrequested_tracking_leaves_missing_ones_to_own_lookups() {
    let other = || tracking("ZZ9", COURIER);
    let server = Server::start([
        list(&[other(), tracking("A1", COURIER)]),
        // The server ignores the filter, so nothing is registered either.
        list(&[other()]),
    ])
    .await;
    let requests = ["A1", "A2"].map(|it| TrackRequest::number(it).with_register(true));

    let results = track(&server, requests).await;

    assert_eq!(shown(&results), ["A1-sample-post", "wrong_shipment"]);
    assert_eq!(lines(&server)[1], "GET trackings/get?numbers=A2");
}

#[tokio::test]
async fn cut_list_leaves_the_missing_ones_to_their_own_lookups() {
    let cut = json!({ "page": 1, "limit": 1, "total": "2", "items": [tracking("A1", COURIER)] });
    let server = Server::start([Reply::data(&cut), list(&[tracking("A2", COURIER)])]).await;

    let results = track(&server, ["A1", "A2"].map(TrackRequest::number)).await;

    assert_eq!(shown(&results), ["A1-sample-post", "A2-sample-post"]);
}

#[tokio::test]
async fn element_that_does_not_fit_costs_its_own_lookup() {
    let mut damaged = tracking("A1", COURIER);
    damaged["origin_info"] = json!({ "trackinfo": [7] });
    let server = Server::start([
        list(&[damaged, tracking("A2", COURIER), json!(7)]),
        list(&[json!(7)]),
    ])
    .await;

    let results = track(&server, ["A1", "A2", "A3"].map(TrackRequest::number)).await;

    assert_eq!(
        shown(&results),
        ["A1-sample-post", "A2-sample-post", "decode"]
    );
    let problems = |place: usize| {
        results[place].as_ref().unwrap().shipments()[0]
            .problems
            .len()
    };
    assert_eq!((problems(0), problems(1)), (1, 0));
}

#[tokio::test]
async fn failed_call_is_the_error_of_each_lookup() {
    for (code, kind) in [(4001, ErrorKind::Authentication), (503, ErrorKind::Server)] {
        let server = Server::replying(Reply::code(code)).await;

        let results = track(&server, ["A1", "A2", "A3"].map(TrackRequest::number)).await;

        assert_eq!(shown(&results), [kind.as_str(); 3]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn batch_that_failed_is_not_repeated() {
    for (reply, kind) in [
        (Reply::code(4021), ErrorKind::QuotaExhausted),
        (Reply::new(502, "bad gateway"), ErrorKind::Server),
    ] {
        let server = Server::start([Reply::code(4031), reply]).await;

        let results = track(&server, ["A1", "A2"].map(at_courier)).await;

        assert_eq!(shown(&results), [kind.as_str(); 2]);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn each_item_of_a_batch_has_its_own_result() {
    let refused = [
        ("A2", 4016),
        ("A3", 4015),
        ("A4", 4032),
        ("A5", 4021),
        ("A6", 4016),
    ];
    let server = Server::start([
        Reply::code(4031),
        registered(&["A1"], &refused),
        list(&[tracking("A1", COURIER), tracking("A2", COURIER)]),
    ])
    .await;

    let requests = ["A1", "A2", "A3", "A4", "A5", "A6", "A7"].map(at_courier);
    let results = track(&server, requests).await;

    let expected = [
        "A1-sample-post",
        "A2-sample-post",
        "invalid_request",
        "no_courier",
        "quota_exhausted",
        // It exists, and has nothing to show.
        "not_yet",
        // Nothing is known about it, and it is not registered again.
        "decode",
    ];
    assert_eq!(shown(&results), expected);
    assert_eq!(
        lines(&server)[2],
        "GET trackings/get?numbers=A1%2CA2%2CA6%2CA7"
    );
}

#[tokio::test]
async fn what_was_registered_is_reported_though_the_reading_fails() {
    let server = Server::start([
        Reply::code(4031),
        registered(&["A1"], &[("A2", 4016)]),
        Reply::code(503),
    ])
    .await;

    let results = track(&server, ["A1", "A2"].map(at_courier)).await;

    assert_eq!(shown(&results), ["A1", "server"]);
    let shipment = &results[0].as_ref().unwrap().shipments()[0];
    assert!(shipment.problems[0].request_failed);
    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    assert_eq!(raw["tracking_number"], "A1");
}

#[tokio::test]
async fn number_is_registered_once_however_often_it_is_requested() {
    let server = Server::start([
        Reply::code(4031),
        registered(&["AB-12"], &[]),
        list(&[tracking("AB12", COURIER)]),
    ])
    .await;

    let results = track(&server, ["AB-12", "ab12", "AB-12"].map(at_courier)).await;

    assert_eq!(shown(&results), ["AB12-sample-post"; 3]);
    let sent = server.requests()[1].json();
    assert_eq!(sent.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_share_a_list_is_looked_up_alone() {
    let item = json!({ "items": [tracking("A3", COURIER)] });
    let server = Server::start([
        list(&[tracking("A1", COURIER), tracking("A2", COURIER)]).to("numbers=A1%2CA2"),
        list(&[tracking("A1", COURIER)]).to("orders=order-A1%2Corder-A2"),
        Reply::data(&item).to("/realtime"),
        list(&[tracking("A4", COURIER)]).to("limit=2000&lang=cn&numbers=A4"),
    ])
    .await;

    let requests = [
        TrackRequest::number("A1"),
        TrackRequest::reference("order-A1"),
        TrackRequest::number("A3")
            .with_courier(COURIER)
            .with_realtime(true),
        TrackRequest::number("A4").with_language("CN"),
        TrackRequest::number(""),
        TrackRequest::id("1"),
        TrackRequest::number("A2"),
        TrackRequest::reference("order-A2"),
    ];
    let results = track(&server, requests).await;

    let expected = [
        "A1-sample-post",
        "A1-sample-post",
        "A3-sample-post",
        "A4-sample-post",
        "invalid_request",
        "unsupported",
        "A2-sample-post",
        "not_registered",
    ];
    assert_eq!(shown(&results), expected);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn one_request_costs_what_its_lookup_costs() {
    let server = Server::replying(Reply::data(&tracking("A1", COURIER))).await;

    let results = track(&server, [at_courier("A1")]).await;

    assert_eq!(shown(&results), ["A1-sample-post"]);
    assert_eq!(lines(&server), ["GET trackings/sample-post/A1"]);
    assert!(track(&server, []).await.is_empty());
}
