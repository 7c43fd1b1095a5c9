//! Every operation of every provider is recorded at the sandbox, and replayed without it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use ship24_sdk::{Client, ConfigureClient as _, CreateTracker, ErrorKind};
use tracking_http::cassette::{Cassette, Recorder, Replay};
use tracking_http::{BoxFuture, ReqwestTransport, SendLimits, Transport, TransportError};
use tracking_sandbox::{Fault, Sandbox};
use tracking_testkit::spec::Spec;

use crate::caller::Caller;
use crate::ship24::sandboxed::swift_retries;
use crate::{exporto, gcl, oneconcepts, ship24, trackingmore};

/// What each operation returned, in their order.
async fn results<C: Caller>(caller: &C) -> Vec<String> {
    let mut results = Vec::new();
    for operation in C::OPERATIONS {
        caller.prepare(operation.id).await;
        let called = caller.call(operation.id).await;
        let called = called.unwrap_or_else(|error| panic!("{}: {error:?}", operation.id));
        results.push(comparable(&format!("{called:?}")));
    }
    results
}

/// Without what a replay may show in another way: the size of a body from which something was removed, the telephone of a
/// courier, GCL's name of who signed, which is that of a service, the post code of a remote area, and an address in JSON
/// without a type.
fn comparable(printed: &str) -> String {
    [
        "body_bytes: ",
        "phone: ",
        "signed_by: ",
        "postcode: ",
        "customer_email",
    ]
    .iter()
    .fold(printed.to_owned(), |printed, field| {
        let mut parts = printed.split(field);
        let begin = parts.next().unwrap_or_default().to_owned();
        parts.fold(begin, |shown, part| {
            let (_, rest) = part.split_once(',').unwrap_or_default();
            shown + rest
        })
    })
}

/// Records all operations with one account and replays them with another, whose sandbox sees no request.
async fn assert_replays<C: Caller>(mut recording: C, mut replaying: C, private: &[&str]) {
    let recorder = recorder();
    recording.send_through(Arc::clone(&recorder) as Arc<dyn Transport>);
    let recorded = results(&recording).await;
    let file = recorder.cassette().to_json();
    let cassette = Cassette::from_json(file.as_bytes()).unwrap();
    assert!(cassette.len() >= C::OPERATIONS.len());
    replaying.sandbox().clear_requests();

    let replay = Arc::new(Replay::new(cassette));
    replaying.send_through(Arc::clone(&replay) as Arc<dyn Transport>);
    let replayed = results(&replaying).await;

    replay.finish().unwrap();
    for (replayed, recorded) in replayed.iter().zip(&recorded) {
        assert_eq!(replayed, recorded);
    }
    assert!(replaying.sandbox().requests().is_empty());
    let small = file.to_lowercase();
    for text in private {
        assert!(!small.contains(&text.to_lowercase()), "{text}: {file}");
    }
}

#[tokio::test]
async fn exporto_replays_without_secrets_and_personal_data() {
    let account = exporto::operations::Account::open().await;
    let sandbox = account.sandbox().exporto();
    let (user, password) = (sandbox.username(), sandbox.password());
    let private = [
        user,
        password,
        "Sample Person",
        "Sample Street",
        "Sampletown",
    ];

    let replaying = exporto::operations::Account::open().await;
    assert_replays(account, replaying, &private).await;
}

#[tokio::test]
async fn gcl_replays_without_secrets_and_personal_data() {
    let account = gcl::operations::Account::open().await;
    let key = account.sandbox().gcl().api_key();
    let private = [key, "Muster", "Ana", "Voorbeeldkade", "0000 AA"];

    let replaying = gcl::operations::Account::open().await;
    assert_replays(account, replaying, &private).await;
}

#[tokio::test]
async fn oneconcepts_replays_without_secrets_and_personal_data() {
    let account = oneconcepts::operations::Account::open().await;
    let sandbox = account.sandbox().oneconcepts();
    let (email, password) = (sandbox.email(), sandbox.password());
    let private = [&*email, &password, "Beispiel", "Musterweg", "50667"];

    let replaying = oneconcepts::operations::Account::open().await;
    assert_replays(account, replaying, &private).await;
}

#[tokio::test]
async fn ship24_replays_without_secrets_and_personal_data() {
    let account = ship24::operations::Account::open().await;
    let key = account.sandbox().ship24().api_key();
    let secret = account.sandbox().ship24().webhook_secret();

    let replaying = ship24::operations::Account::open().await;
    assert_replays(account, replaying, &[key, secret]).await;
}

#[tokio::test]
async fn trackingmore_replays_without_secrets_and_personal_data() {
    let account = trackingmore::operations::Account::open().await;
    let key = account.sandbox().trackingmore().api_key();
    let email = account.sandbox().trackingmore().settings().email;
    let private = [key, &*email, "recipient@shop.example"];

    let replaying = trackingmore::operations::Account::open().await;
    assert_replays(account, replaying, &private).await;
}

/// A client of Ship24 that sends through a transport.
fn ship24_through(sandbox: &Sandbox, transport: Arc<dyn Transport>) -> Client {
    let builder = ship24::sandboxed::builder(sandbox)
        .without_rate_limits()
        .with_retry(swift_retries());
    builder.with_transport(transport).build().unwrap()
}

fn recorder() -> Arc<Recorder<ReqwestTransport>> {
    let transport = ReqwestTransport::without_proxy(Duration::from_secs(5)).unwrap();
    Arc::new(Recorder::new(transport))
}

#[tokio::test]
async fn retries_and_failures_are_replayed() {
    for fault in [Fault::HtmlError(503), Fault::Reset, Fault::Truncate] {
        let sandbox = ship24::sandboxed::sandbox().await;
        let recorder = recorder();
        let client = ship24_through(&sandbox, Arc::clone(&recorder) as Arc<dyn Transport>);
        sandbox.faults().next(fault.clone());
        let recorded = client.get_couriers().await.unwrap();
        sandbox.faults().always(fault.clone());
        let failed = client.get_couriers().await.unwrap_err();

        let replay = Arc::new(Replay::new(recorder.cassette()));
        let client = ship24_through(&sandbox, Arc::clone(&replay) as Arc<dyn Transport>);
        let replayed = client.get_couriers().await.unwrap();
        let error = client.get_couriers().await.unwrap_err();

        assert_eq!(replayed.attempts(), 2, "{fault}");
        assert_eq!(*replayed, *recorded, "{fault}");
        assert_eq!(error.kind(), failed.kind(), "{fault}");
        assert_eq!(error.attempts(), failed.attempts(), "{fault}");
        replay.finish().unwrap();
    }
}

#[tokio::test]
async fn request_that_was_not_recorded_names_nearest_exchange() {
    let sandbox = ship24::sandboxed::sandbox().await;
    let recorder = recorder();
    let client = ship24_through(&sandbox, Arc::clone(&recorder) as Arc<dyn Transport>);
    client.get_couriers().await.unwrap();
    let recorded = CreateTracker::new("CASSETTE-1");
    client.create_tracker(&recorded).await.unwrap();

    let replay = Arc::new(Replay::new(recorder.cassette()));
    let client = ship24_through(&sandbox, Arc::clone(&replay) as Arc<dyn Transport>);
    let unknown = client
        .create_tracker(&CreateTracker::new("CASSETTE-2"))
        .await;
    let unknown = unknown.unwrap_err();
    client.create_tracker(&recorded).await.unwrap();
    let again = client.create_tracker(&recorded).await;
    let again = again.unwrap_err();
    let unused = replay.finish().unwrap_err();

    assert_eq!(unknown.kind(), ErrorKind::Configuration);
    assert_eq!((unknown.attempts(), unknown.is_retryable()), (1, false));
    let nearest =
        "exchange 2, `POST /ship24/public/v1/trackers`: its body differs at `trackingNumber`";
    assert!(format!("{unknown:?}").contains(nearest), "{unknown:?}");
    let fewer = "recorded fewer times than it is sent: exchange 2 was the last";
    assert!(format!("{again:?}").contains(fewer), "{again:?}");
    let first = "not replayed: 1 `GET /ship24/public/v1/couriers`";
    assert!(unused.to_string().contains(first), "{unused}");
}

/// Sends back what it gets.
#[derive(Debug)]
struct Echo;

impl Transport for Echo {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(Response::new(request.into_body())) })
    }
}

/// What the specs call personal and a cassette keeps, with the reason.
const KEPT: &[(&str, &str)] = &[
    // Personal because of who signed; these are dates and a kind of service.
    ("Delivery", "estimatedDeliveryDate"),
    ("Delivery", "courierEstimatedDeliveryDate"),
    ("Delivery", "aiPredictiveDeliveryDate"),
    ("Delivery", "service"),
    // A media type.
    ("ProofOfDeliveryContent", "type"),
    // Messages, in which the fields are found.
    ("WebhookHistoryEntry", "status"),
    ("WebhookHistoryEntry", "pushTimestamp"),
    ("WebhookHistoryEntry", "requestBody"),
    ("WebhookHistoryEntry", "responseBody"),
    ("WebhookHistoryEntry", "responseHeaders"),
    ("WebhookHistoryEntry", "responseStatusCode"),
    // Their shape is not known, so that `Debug` shows nothing of them.
    ("ErrorResponse", "data"),
    ("DeleteTrackingResponse", "data"),
    ("UpdateMoreResponse", "data"),
    ("Tracking", "packageStatus"),
    ("Tracking", "last_mile_tracking_supported"),
    ("RemoteData", "other"),
];

fn is_personal(schema: &Value) -> bool {
    schema["x-personal"] == json!(true)
}

/// The names of the schemas that are named somewhere in this one.
fn references(schema: &Value) -> Vec<&str> {
    match schema {
        Value::Object(map) => map.values().flat_map(references).collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::String(text) => text
            .strip_prefix("#/components/schemas/")
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The paths of the fields that a spec calls personal: a field, or a field below that which holds its object.
fn personal_paths(schemas: &Value) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (name, schema) in schemas.as_object().unwrap() {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        for (field, property) in properties {
            if KEPT.contains(&(name, field)) {
                continue;
            }
            if is_personal(property) {
                paths.push(vec![field.clone()]);
            }
            for inner in references(property) {
                let inner_schema = &schemas[inner];
                if is_personal(inner_schema) {
                    let fields = inner_schema["properties"].as_object().unwrap().keys();
                    let fields = fields.filter(|it| !KEPT.contains(&(inner, it)));
                    paths.extend(fields.map(|it| vec![field.clone(), it.clone()]));
                }
            }
        }
    }
    paths
}

#[tokio::test]
async fn personal_fields_of_specs_are_removed() {
    const MARKER: &str = "Xaver-Marker";
    for provider in ["exporto", "gcl", "oneconcepts", "ship24", "trackingmore"] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/kit");
        let document = serde_json::to_value(Spec::of(folder, provider).document).unwrap();
        let paths = personal_paths(&document["components"]["schemas"]);
        assert!(paths.len() >= 2, "{provider}: {paths:?}");
        for path in paths {
            let body = path
                .iter()
                .rev()
                .fold(json!(MARKER), |inner, name| json!({ name: inner }));
            let recorder = Recorder::new(Echo);
            let request = Request::new(Bytes::from(body.to_string()));
            recorder.send(request, SendLimits::new(1000)).await.unwrap();

            let file = recorder.cassette().to_json();

            assert!(!file.contains(MARKER), "{provider} {path:?}: {file}");
        }
    }
}
