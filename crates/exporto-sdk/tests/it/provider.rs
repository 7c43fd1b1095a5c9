//! exporto as a provider: lookups by id and by number, and what an error means for them.

use serde_json::{Value, json};
use tracking_core::{
    ErrorKind, Outcome, Provider as _, Registration, Shipment, Status, Target, TrackRequest,
};

use crate::account::Account;
use crate::server::{Reply, Server, fixture_json};

#[track_caller]
fn one(outcome: Outcome) -> Shipment {
    let mut shipments = outcome.into_shipments();
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

#[tokio::test]
async fn id_reads_shipment() {
    let server = Server::replying(Reply::fixture("get-shipment/200_inbound.json")).await;

    let shipment = one(server
        .client()
        .track(TrackRequest::id("return-7201"))
        .await
        .unwrap());

    assert_eq!(shipment.id.as_deref(), Some("return-7201"));
    server
        .request()
        .assert_without_body("GET", "/v1/shipment/return-7201");
}

#[tokio::test]
async fn partly_readable_shipment_is_found_with_problem() {
    let mut body = fixture_json("get-shipment/200_outbound_under_way.json");
    body["orderId"] = json!(["?"]);
    let server = Server::replying(Reply::json(200, &body)).await;

    let shipment = one(server
        .client()
        .track(TrackRequest::id("parcel-11"))
        .await
        .unwrap());

    assert_eq!(shipment.status.status, Status::InTransit);
    assert_eq!(shipment.problems[0].path, "orderId");
}

#[tokio::test(start_paused = true)]
async fn number_is_searched_in_both_roles_and_read_by_its_id() {
    let hit = fixture_json("search-shipments/200_inbound_hit.json");
    let (client, account) = Account::default()
        .search("INB-5531", &json!([]), &hit)
        .stored("200_inbound.json")
        .client();

    let shipment = one(client
        .track(TrackRequest::number("INB-5531"))
        .await
        .unwrap());

    assert_eq!(shipment.number, "INB-5531");
    assert_eq!(shipment.events().len(), 4);
    let mut asked = account.asked();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            "/shipment/return-7201",
            "/shipment/search?foreignInboundTrackingId=INB-5531",
            "/shipment/search?foreignOutboundTrackingId=INB-5531",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn number_of_several_shipments_finds_all_of_them_once() {
    let hit = |id: &str| json!({ "shipmentId": id });
    let stored = |id: &str| json!({ "shipmentId": id, "foreignOutboundTrackingId": "N-1" });
    let (client, _) = Account::default()
        .search(
            "N-1",
            &json!([hit("a"), hit("b")]),
            &json!([hit("b"), hit("c")]),
        )
        .shipment_with("a", &stored("a"))
        .shipment_with("b", &stored("b"))
        .shipment_with("c", &stored("c"))
        .client();

    let outcome = client.track(TrackRequest::number("N-1")).await.unwrap();

    let ids: Vec<&str> = outcome
        .shipments()
        .iter()
        .filter_map(|it| it.id.as_deref())
        .collect();
    assert_eq!(ids, ["a", "b", "c"]);
}

#[tokio::test(start_paused = true)]
async fn unknown_number_is_outcome() {
    let (client, _) = Account::default()
        .search("N-1", &json!([]), &json!([]))
        .client();

    let outcome = client.track(TrackRequest::number("N-1")).await.unwrap();

    assert_eq!(outcome, Outcome::NotFound);
}

#[tokio::test(start_paused = true)]
async fn server_that_ignores_filter_is_detected() {
    let others: Vec<Value> = (0..60)
        .map(|number| json!({ "shipmentId": format!("p-{number}"), "foreignOutboundTrackingId": "X" }))
        .collect();
    let nameless: Vec<Value> = (0..60)
        .map(|number| json!({ "shipmentId": number }))
        .collect();
    let (ignoring, account) = Account::default()
        .search("N-1", &json!(others), &json!(others))
        .client();
    let (flooding, _) = Account::default()
        .search("N-1", &json!(nameless), &json!([]))
        .client();

    let ignored = ignoring
        .track(TrackRequest::number("N-1"))
        .await
        .unwrap_err();
    let flooded = flooding
        .track(TrackRequest::number("N-1"))
        .await
        .unwrap_err();

    // The number was not looked up, so it is not an unknown one.
    assert_eq!(account.asked().len(), 2);
    for error in [ignored, flooded] {
        assert_eq!(error.kind(), ErrorKind::WrongShipment);
        assert!(error.to_string().contains("seems to ignore it"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn hits_that_are_no_shipments_find_nothing() {
    for hits in [json!([7]), json!([{}, "N-1"]), json!([["N-1"]])] {
        let (client, _) = Account::default().search("N-1", &hits, &hits).client();

        let error = client.track(TrackRequest::number("N-1")).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{hits}");
    }
}

#[tokio::test(start_paused = true)]
async fn hit_with_unreadable_details_stays_with_problem() {
    let hits = json!([
        { "shipmentId": "gone", "foreignOutboundTrackingId": "N-1" },
        { "shipmentId": "broken", "foreignOutboundTrackingId": "N-1" },
        { "foreignOutboundTrackingId": "N-1" },
        { "shipmentId": ["odd"], "foreignOutboundTrackingId": "N-1" },
        { "shipmentId": "fine" },
    ]);
    let (client, _) = Account::default()
        .search("N-1", &hits, &json!([]))
        .with("/shipment/broken", 502, &json!({ "message": "No" }))
        .shipment("fine")
        .client();

    let outcome = client.track(TrackRequest::number("N-1")).await.unwrap();

    let found: Vec<(Option<&str>, &str, usize)> = outcome
        .shipments()
        .iter()
        .map(|it| (it.id.as_deref(), it.number.as_str(), it.problems.len()))
        .collect();
    assert_eq!(
        found,
        [
            (Some("gone"), "N-1", 1),
            (Some("broken"), "N-1", 1),
            (None, "N-1", 1),
            (None, "N-1", 2),
            (Some("fine"), "N-1", 0),
        ]
    );
    assert!(outcome.shipments()[0].raw.get().contains("gone"));
}

#[tokio::test]
async fn unknown_id_is_outcome() {
    let server = Server::replying(Reply::fixture("get-shipment/404_not_found.json")).await;

    let outcome = server
        .client()
        .track(TrackRequest::id("nobody"))
        .await
        .unwrap();

    assert_eq!(outcome, Outcome::NotFound);
}

#[tokio::test]
async fn foreign_404_is_no_outcome() {
    for body in [
        "<html>404 nginx</html>",
        "",
        "[]",
        "{}",
        r#"{"status":404}"#,
    ] {
        let server = Server::replying(Reply::new(404, body)).await;

        let error = server
            .client()
            .track(TrackRequest::id("p"))
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::NotFound, "{body}");
    }
}

#[tokio::test]
async fn status_404_of_token_request_is_no_outcome() {
    let response = Reply::fixture("get-shipment/404_not_found.json");
    let server = Server::with_logins([response], []).await;

    let error = server
        .client()
        .track(TrackRequest::id("p"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn unusable_token_is_reported() {
    let response = Reply::json(
        200,
        &json!({ "status": "processed", "shipmentId": "no token" }),
    );
    let server = Server::with_logins([response.clone(), response], []).await;
    let client = server.client();

    for request in [TrackRequest::id("p"), TrackRequest::number("N-1")] {
        let error = client.track(request).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("create-token"), "{error}");
    }
}

#[tokio::test]
async fn unreadable_response_is_error_of_call() {
    let server = Server::replying(Reply::json(200, &json!(["parcel-11"]))).await;

    let error = server
        .client()
        .track(TrackRequest::id("p"))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("get-shipment"), "{error}");
}

#[tokio::test]
async fn error_is_no_outcome() {
    for (name, kind) in [
        ("403_forbidden.json", ErrorKind::Permission),
        ("422_older_key.json", ErrorKind::InvalidRequest),
        ("502_bad_gateway.html", ErrorKind::Server),
    ] {
        let server = Server::replying(Reply::fixture(&format!("errors/{name}"))).await;

        let error = server
            .client()
            .track(TrackRequest::id("p"))
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.provider().as_str()),
            (kind, "exporto"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn missing_features_are_unsupported() {
    let server = Server::silent().await;
    let client = server.client();

    let errors = [
        client
            .track(TrackRequest::reference("SHOP-4471"))
            .await
            .unwrap_err(),
        client.register(Registration::new("N-1")).await.unwrap_err(),
        client.unregister(Target::Id("p".into())).await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    }
    let can = client.capabilities();
    assert!(can.track_by_number && can.track_by_id && can.list && can.events);
    assert!(!can.track_by_reference && !can.register && !can.etas);
    assert_eq!(can.webhook, None);
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn bad_numbers_and_ids_are_refused_before_any_request() {
    let server = Server::silent().await;
    let client = server.client();

    for target in [
        Target::Number(String::new()),
        Target::Number("../x".into()),
        Target::Id(" ".into()),
        Target::Id("search".into()),
    ] {
        let error = client.track(TrackRequest::new(target)).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    assert!(server.logins().is_empty());
}

#[tokio::test(start_paused = true)]
async fn hit_without_any_key_is_problem_and_no_shipment() {
    let hits = json!([{}, { "shipmentId": "p-1" }, ["p-2"]]);
    let (client, _) = Account::default()
        .search("OUT-5530", &hits, &json!([]))
        .shipment_with(
            "p-1",
            &json!({ "shipmentId": "p-1", "foreignOutboundTrackingId": "OUT-5530" }),
        )
        .client();

    let shipment = one(client
        .track(TrackRequest::number("OUT-5530"))
        .await
        .unwrap());

    assert_eq!(shipment.id.as_deref(), Some("p-1"));
    let mut paths: Vec<_> = shipment
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["[0]", "[2]"]);
}

#[tokio::test(start_paused = true)]
async fn failed_request_of_lookup_costs_its_own_part() {
    let hit = |id: &str| json!({ "shipmentId": id, "foreignOutboundTrackingId": "N-1" });
    let (client, _) = Account::default()
        .search("n-1", &json!([hit("a"), hit("b"), hit("c")]), &json!([]))
        .shipment_with("a", &hit("a"))
        // The details of another shipment.
        .shipment_with("b", &hit("x"))
        .client();

    let outcome = client.track(TrackRequest::number("n-1")).await.unwrap();

    let [whole, other, missing] = outcome.shipments() else {
        panic!("{outcome:?}")
    };
    assert!(whole.problems.is_empty() && !whole.is_incomplete());
    for (part, id) in [(other, "b"), (missing, "c")] {
        assert_eq!(
            (part.id.as_deref(), part.number.as_str()),
            (Some(id), "N-1")
        );
        assert!(part.is_incomplete());
        assert_eq!(part.problems[0].path, "details");
    }
}
