//! `Provider::register_batch`: which item of the response is about which number.

use serde_json::{Value, json};
use tracking_core::{Error, Provider as _, Registered, Registration};

use crate::server::{Reply, Server};

fn item(status: &str, number: &str) -> Value {
    json!({ "itemStatus": status, "inputData": { "trackingNumber": number },
            "tracker": { "trackerId": format!("t-{number}"), "trackingNumber": number } })
}

fn refused(number: &str, errors: &Value) -> Value {
    json!({ "itemStatus": "error", "inputData": { "trackingNumber": number }, "errors": errors })
}

/// Id and whether it was created, or the kind of an error.
fn shown(results: &[Result<Registered, Error>]) -> Vec<String> {
    let shown = |result: &Result<Registered, Error>| match result {
        Ok(it) => format!("{} {:?}", it.id.as_deref().unwrap_or("-"), it.created),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

#[tokio::test]
async fn each_response_gives_each_number_its_own_result() {
    const CREATED: &str = "t-PTS-0001 Some(true)";
    let first = || item("created", "PTS-0001");
    let cases = [
        (
            json!([first(), item("existing", "PTS-0002")]),
            [CREATED, "t-PTS-0002 Some(false)"],
        ),
        // In another order.
        (
            json!([item("existing", "PTS-0002"), first()]),
            [CREATED, "t-PTS-0002 Some(false)"],
        ),
        // Only the tracker names the number.
        (
            json!([{ "itemStatus": "created",
                     "tracker": { "trackerId": "t-2", "trackingNumber": "PTS-0002" } }, first()]),
            [CREATED, "t-2 Some(true)"],
        ),
        // Nothing of the second.
        (json!([first()]), [CREATED, "decode"]),
        // Items that name no number, or one that was not sent.
        (
            json!([{ "itemStatus": "created" }, item("created", "PTS-0009")]),
            ["decode", "decode"],
        ),
        // Two that may be the first, and none at its place.
        (
            json!([
                item("created", "PTS-0009"),
                first(),
                item("existing", "PTS-0001")
            ]),
            ["decode", "decode"],
        ),
        (
            json!([
                first(),
                refused("PTS-0002", &json!([{ "code": "quota_limit_reached" }]))
            ]),
            [CREATED, "quota_exhausted"],
        ),
        (
            json!([
                first(),
                refused("PTS-0002", &json!([{ "code": "new_reason" }]))
            ]),
            [CREATED, "invalid_request"],
        ),
        (
            json!([first(), refused("PTS-0002", &json!([]))]),
            [CREATED, "decode"],
        ),
    ];
    for (items, expected) in cases {
        let body = json!({ "status": "partial", "data": items });
        let server = Server::replying(Reply::json(207, &body)).await;
        let registrations = ["PTS-0001", "PTS-0002"].map(Registration::new).to_vec();

        let results = server.client().register_batch(registrations).await;

        assert_eq!(shown(&results), expected, "{items}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn refused_call_is_the_error_of_each_number() {
    let errors = json!([{ "code": "quota_limit_reached", "message": "refused" }]);
    let refused = Reply::json(403, &json!({ "errors": errors, "data": null }));
    let server = Server::replying(refused).await;
    let registrations = ["PTS-0001", "PTS-0002"].map(Registration::new).to_vec();

    let results = server.client().register_batch(registrations).await;

    assert_eq!(shown(&results), ["quota_exhausted"; 2]);
    assert_eq!(server.requests().len(), 1);
}
