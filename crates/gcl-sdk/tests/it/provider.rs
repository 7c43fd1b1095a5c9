//! GCL through the unified model: what is asked, and what the responses become.

use gcl_sdk::{ClientBuilder, Descriptions};
use serde_json::json;
use tracking_core::merge::Update;
use tracking_core::webhook::{WebhookProof, WebhookRequest};
use tracking_core::{
    Capabilities, ErrorKind, ListRequest, Outcome, Provider as _, Registration, Shipment, Status,
    Target, TrackRequest,
};

use crate::server::{Reply, Server, fixture, fixture_json};

#[track_caller]
fn one(outcome: Outcome) -> Shipment {
    let mut shipments = outcome.into_shipments();
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

fn with_webhooks(server: &Server) -> ClientBuilder {
    server.builder().with_webhook_header("X-Shop-Token", "hush")
}

#[tokio::test]
async fn number_is_read_and_nothing_is_registered() {
    let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;
    let request = TrackRequest::number("QX4471902385").with_courier("dhl");

    let shipment = one(server.client().track(request).await.unwrap());

    assert_eq!(shipment.status.status, Status::Delivered);
    assert_eq!(shipment.provider.as_str(), "gcl");
    server
        .request()
        .assert_without_body("GET", "/v1/tracking/QX4471902385");
}

#[tokio::test]
async fn error_other_than_gcls_not_found_is_no_outcome() {
    for name in [
        "get-tracking/404_not_found.json",
        "get-tracking/200_not_found.json",
        "get-tracking/422_not_found_with_details.json",
    ] {
        let server = Server::replying(Reply::fixture(name)).await;

        let outcome = server
            .client()
            .track(TrackRequest::number("QX4471902385"))
            .await;

        assert_eq!(outcome.unwrap(), Outcome::NotFound, "{name}");
    }
    for nothing in [json!(null), json!([]), json!("")] {
        let mut body = fixture_json("get-tracking/404_not_found.json");
        body["shortUid"] = json!("");
        body["checkpoints"] = nothing;
        let server = Server::replying(Reply::json(200, &body)).await;

        let outcome = server
            .client()
            .track(TrackRequest::number("QX4471902385"))
            .await;

        assert_eq!(outcome.unwrap(), Outcome::NotFound, "{body}");
    }
    for body in [
        "<html>404 nginx</html>",
        "",
        "{}",
        r#"{"error":"Not Found"}"#,
    ] {
        let server = Server::replying(Reply::new(404, body)).await;

        let error = server
            .client()
            .track(TrackRequest::number("QX4471902385"))
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::NotFound, "{body}");
    }
}

#[tokio::test]
async fn parcel_without_checkpoints_is_found() {
    let server = Server::replying(Reply::fixture("get-tracking/200_no_checkpoints.json")).await;

    let outcome = server
        .client()
        .track(TrackRequest::number("QX4471902385"))
        .await;

    let shipment = one(outcome.unwrap());
    assert_eq!(shipment.status.status, Status::Pending);
}

#[tokio::test]
async fn response_without_number_gets_requested_number() {
    let body = json!({ "shortUid": "PTS-1", "checkpoints": [] });
    let server = Server::replying(Reply::json(200, &body)).await;

    let outcome = server
        .client()
        .track(TrackRequest::number("QX4471902385"))
        .await;

    assert_eq!(one(outcome.unwrap()).number, "QX4471902385");
}

#[tokio::test]
async fn keys_of_events_do_not_depend_on_whether_number_is_repeated() {
    let with = fixture_json("get-tracking/200_delivered.json");
    let number = with["trackingNumber"].as_str().unwrap();
    let mut without = with.clone();
    without["trackingNumber"] = json!("");
    let mut keys = Vec::new();

    for body in [&with, &without] {
        let server = Server::replying(Reply::json(200, body)).await;
        let outcome = server.client().track(TrackRequest::number(number)).await;
        let shipment = one(outcome.unwrap());
        assert_eq!(shipment.legs[0].number.as_deref(), Some(number));
        let events = shipment.events();
        keys.push(events.iter().map(|it| it.key.clone()).collect::<Vec<_>>());
    }

    assert_eq!(keys[0], keys[1]);
}

#[tokio::test]
async fn broken_checkpoint_does_not_lose_parcel() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    body["checkpoints"][1]["location"] = json!({ "city": "WIEN" });
    let server = Server::replying(Reply::json(200, &body)).await;

    let outcome = server
        .client()
        .track(TrackRequest::number("QX4471902385"))
        .await;

    let shipment = one(outcome.unwrap());
    assert_eq!(shipment.events().len(), 5);
    let [problem] = shipment.problems.as_slice() else {
        panic!("{:?}", shipment.problems)
    };
    assert_eq!(problem.path, "checkpoints[1].location");
    assert!(!problem.message.contains("WIEN"), "{problem:?}");
    assert!(problem.raw.as_ref().unwrap().get().contains("WIEN"));
}

#[tokio::test]
async fn errors_are_no_outcomes() {
    for (name, kind) in [
        ("401_lone_error.json", ErrorKind::Authentication),
        ("402_empty.json", ErrorKind::QuotaExhausted),
        ("403_lone_error.json", ErrorKind::Permission),
        ("429_plain.txt", ErrorKind::RateLimited),
        ("502_bad_gateway.html", ErrorKind::Server),
    ] {
        let server = Server::replying(Reply::fixture(&format!("errors/{name}"))).await;

        let error = server
            .client()
            .track(TrackRequest::number("QX4471902385"))
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.provider().as_str()),
            (kind, "gcl"),
            "{name}"
        );
    }
}

#[tokio::test]
async fn missing_features_are_announced_and_unsupported() {
    let server = Server::silent().await;
    let client = server.client();

    let errors = [
        client.track(TrackRequest::id("i")).await.unwrap_err(),
        client
            .track(TrackRequest::reference("r"))
            .await
            .unwrap_err(),
        client.register(Registration::new("QX1")).await.unwrap_err(),
        client
            .unregister(Target::Number("QX1".to_owned()))
            .await
            .unwrap_err(),
        client.list(ListRequest::new()).await.unwrap_err(),
        client.detect_couriers("QX1").await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    }
    let mut announced = Capabilities::none();
    announced.track_by_number = true;
    announced.events = true;
    announced.etas = true;
    assert_eq!(client.capabilities(), announced);
    announced.webhook = Some(WebhookProof::SharedSecret);
    let client = with_webhooks(&server).build().unwrap();
    assert_eq!(client.capabilities(), announced);
}

#[tokio::test]
async fn descriptions_are_switched_by_the_builder() {
    let fixture = "get-tracking/200_delivered.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let builder = server.builder().with_descriptions(Descriptions::Ignore);
    let client = builder.build().unwrap();

    let shipment = one(client
        .track(TrackRequest::number("QX4471902385"))
        .await
        .unwrap());

    assert_eq!(shipment.events()[0].status.status, Status::InTransit);
}

#[tokio::test]
async fn values_without_an_agreed_meaning_are_counted() {
    let fixture = "get-tracking/200_unknown_values.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let client = server.client();

    client
        .track(TrackRequest::number("QX4471902385"))
        .await
        .unwrap();

    let counted: Vec<(String, String)> = client
        .unmapped()
        .into_iter()
        .map(|count| (count.field, count.value))
        .collect();
    let pair = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    assert_eq!(
        counted,
        [
            pair("description", "Landing scan"),
            pair("statusUid", "on_the_moon")
        ]
    );
}

#[tokio::test]
async fn notification_is_hint_with_fields_of_template() {
    let server = Server::silent().await;
    let client = with_webhooks(&server).build().unwrap();
    let headers = [("x-shop-token", "hush")];

    for (name, events, status) in [
        ("tracking.json", 4, Status::OutForDelivery),
        ("one_step.json", 1, Status::OutForDelivery),
        ("number_only.json", 0, Status::Unknown),
    ] {
        let body = fixture(&format!("receive-notification/{name}"));
        let request = WebhookRequest::from_pairs(body.as_bytes(), &headers);

        let delivery = client.webhook(request).unwrap();

        assert_eq!(delivery.proof, WebhookProof::SharedSecret, "{name}");
        assert!(delivery.is_hint());
        let [item] = delivery.items.as_slice() else {
            panic!("{delivery:?}")
        };
        assert!(matches!(item.update, Update::Partial(_)), "{name}");
        let shipment = item.update.shipment();
        assert_eq!(shipment.number, "QX4471902385");
        assert_eq!(shipment.events().len(), events, "{name}");
        assert_eq!(shipment.status.status, status, "{name}");
    }
}

#[tokio::test]
async fn notification_that_names_no_parcel_is_decode_error() {
    let server = Server::silent().await;
    let client = with_webhooks(&server).build().unwrap();
    let headers = [("X-Shop-Token", "hush")];
    let failed_order = fixture("receive-notification/no_number.json");
    let xml = fixture("receive-notification/tracking.xml");

    for body in [
        failed_order.as_str(),
        xml.as_str(),
        "",
        "null",
        "[]",
        r#""QX1""#,
    ] {
        let request = WebhookRequest::from_pairs(body.as_bytes(), &headers);

        let error = client.webhook(request).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn notification_without_secret_is_refused_before_it_is_read() {
    let server = Server::silent().await;
    let client = with_webhooks(&server).build().unwrap();

    for headers in [
        [("X-Shop-Token", "wrong")],
        [("X-Other", "hush")],
        [("X-Shop-Token", "")],
    ] {
        let request = WebhookRequest::from_pairs(b"not json", &headers);

        let error = client.webhook(request).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Webhook, "{headers:?}");
    }
}

#[tokio::test]
async fn other_spelling_of_number_is_same_number() {
    let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;
    let request = TrackRequest::number("qx-4471902385");

    let outcome = server.client().track(request).await.unwrap();

    assert_eq!(outcome.shipments()[0].number, "QX4471902385");
}
