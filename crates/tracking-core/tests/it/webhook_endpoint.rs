//! One entry point for webhooks: which account, which reply, and what is handled once.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tracking_core::kit::BoxFuture;
use tracking_core::merge::Update;
use tracking_core::webhook::{
    DedupeKey, DedupeStore, MemoryDedupe, Received, ReceivedUpdate, Seen, WebhookDelivery,
    WebhookEndpoint, WebhookOutcome, WebhookProof, WebhookReply, WebhookRequest, WebhookUpdate,
};
use tracking_core::{
    Capabilities, Error, ErrorKind, Outcome, Problem, Provider, ProviderId, ProviderSet, Shipment,
    Status, Target, TrackRequest,
};

use crate::parcels::{PROVIDER, event, parcel};

const SECRET: &str = "secret-that-nobody-sees";

/// A provider that sends webhooks about what is scripted.
#[derive(Debug)]
struct Sender {
    proof: WebhookProof,
    items: Vec<WebhookUpdate>,
    error: Option<ErrorKind>,
    response: Outcome,
    asked: Mutex<Vec<TrackRequest>>,
}

impl Default for Sender {
    fn default() -> Self {
        Self {
            proof: WebhookProof::SharedSecret,
            items: Vec::new(),
            error: None,
            response: Outcome::NotFound,
            asked: Mutex::default(),
        }
    }
}

impl Sender {
    fn of(items: impl Into<Vec<WebhookUpdate>>) -> Self {
        Self {
            items: items.into(),
            ..Self::default()
        }
    }
}

impl Provider for Sender {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        let can = [ErrorKind::Unsupported, ErrorKind::Configuration].map(Some);
        if !can.contains(&self.error) {
            capabilities.webhook = Some(self.proof);
        }
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        self.asked.lock().unwrap().push(request);
        Box::pin(async { Ok(self.response.clone()) })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        if request.header("x-secret") != Some(SECRET.as_bytes()) {
            return Err(Error::new(ErrorKind::Webhook, PROVIDER, "wrong secret"));
        }
        if let Some(kind) = self.error {
            return Err(Error::new(kind, PROVIDER, "scripted"));
        }
        let mut delivery = WebhookDelivery::new(self.proof);
        delivery.items = self.items.clone();
        delivery.problems = vec![Problem::new("items[9]", "not readable")];
        Ok(delivery)
    }

    fn webhook_reply(&self) -> WebhookReply {
        WebhookReply::new(202).with_text("OK")
    }
}

/// One update about a parcel, whose only event has this id.
fn update(event_id: &str) -> WebhookUpdate {
    let event = event(
        event_id,
        "2026-03-01T10:00:00Z",
        Status::InTransit,
        "Sorted",
    );
    WebhookUpdate::new(Update::Partial(parcel(Status::InTransit, 0, vec![event])))
}

fn message(id: &str) -> WebhookUpdate {
    update("e1").with_message_id(id.to_owned())
}

fn endpoint(sender: Sender) -> WebhookEndpoint {
    endpoint_of(&Arc::new(sender))
}

fn endpoint_of(sender: &Arc<Sender>) -> WebhookEndpoint {
    let mut providers = ProviderSet::new();
    let sender: Arc<dyn Provider> = sender.clone();
    providers.add(sender).unwrap();
    WebhookEndpoint::new(providers)
}

/// Sends a genuine message with a method to a path.
async fn send(endpoint: &WebhookEndpoint, method: &str, path: &str) -> Received {
    let headers = [("X-Secret", SECRET)];
    let request = WebhookRequest::from_pairs(b"{}", &headers).with_target(method, path);
    endpoint
        .receive(request, |_| async { Ok::<(), Infallible>(()) })
        .await
}

async fn post(endpoint: &WebhookEndpoint) -> Received {
    send(endpoint, "POST", "/webhooks/testpost").await
}

/// Sends a genuine message whose handling fails for some of its updates, by their position.
async fn post_failing(endpoint: &WebhookEndpoint, failing: &[usize]) -> Received {
    let headers = [("X-Secret", SECRET)];
    let request =
        WebhookRequest::from_pairs(b"{}", &headers).with_target("POST", "/webhooks/testpost");
    let mut position = 0;
    let handler = |_: ReceivedUpdate| {
        let fails = failing.contains(&position);
        position += 1;
        async move {
            if fails {
                Err("the database is down")
            } else {
                Ok(())
            }
        }
    };
    endpoint.receive(request, handler).await
}

#[tokio::test]
async fn path_names_account() {
    let endpoint = endpoint(Sender::default());
    for (path, found) in [
        ("/webhooks/testpost", true),
        ("/webhooks/TestPost/", true),
        ("/webhooks/testpost?from=dashboard", true),
        ("/webhooks/testpost#part", true),
        ("/webhooks/other", false),
        ("/webhooks/testpost/more", false),
        ("/webhooks//testpost", false),
        ("/webhooks/", false),
        ("/webhooks", false),
        ("/webhookstestpost", false),
        ("/testpost", false),
        ("testpost", false),
        ("/", false),
        ("", false),
        ("/webhooks/%74estpost", false),
        ("/other?/webhooks/testpost", false),
    ] {
        let received = send(&endpoint, "POST", path).await;

        assert_eq!(
            received.outcome != WebhookOutcome::UnknownPath,
            found,
            "{path}"
        );
        assert_eq!(
            received.account.as_deref(),
            found.then_some("testpost"),
            "{path}"
        );
        assert_eq!(
            received.reply.status(),
            if found { 202 } else { 404 },
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_account_has_own_path_and_own_repeats() {
    let mut providers = ProviderSet::new();
    for name in ["post-de", "post-fr"] {
        let sender: Arc<dyn Provider> = Arc::new(Sender::of([message("m1")]));
        providers.add_account(name, sender).unwrap();
    }
    let endpoint = WebhookEndpoint::new(providers);

    for (name, account) in [("post-de", "post-de"), ("POST-FR", "post-fr")] {
        let received = send(&endpoint, "POST", &endpoint.path_of(name)).await;

        assert_eq!(received.account.as_deref(), Some(account));
        assert_eq!((received.handled, received.repeats), (1, 0));
        assert_eq!(received.reply.body(), "OK");
    }
    // The provider has several accounts, so its own name is that of none.
    assert_eq!(post(&endpoint).await.outcome, WebhookOutcome::UnknownPath);
}

#[tokio::test]
async fn endpoint_can_be_at_another_path() {
    for (path, address) in [
        ("/in/hooks/", "/in/hooks/testpost"),
        ("hooks", "/hooks/testpost"),
        ("/", "/testpost"),
        ("", "/testpost"),
    ] {
        let endpoint = endpoint(Sender::default()).with_path(path);

        assert_eq!(endpoint.path_of("testpost"), address);
        let received = send(&endpoint, "POST", address).await;
        assert_eq!(received.outcome, WebhookOutcome::Accepted, "{path}");
        for (method, is_empty) in [("POST", false), ("HEAD", true)] {
            let elsewhere = send(&endpoint, method, "/webhooks/testpost").await;
            assert_eq!(elsewhere.reply.status(), 404, "{path}");
            assert_eq!(elsewhere.reply.body().is_empty(), is_empty, "{path}");
        }
    }
}

#[tokio::test]
async fn method_decides_between_message_and_probe() {
    let endpoint = endpoint(Sender::of([message("m1")]));
    for (method, outcome, status, body) in [
        ("HEAD", WebhookOutcome::Probe, 200, ""),
        (
            "GET",
            WebhookOutcome::Probe,
            200,
            "This address receives webhooks.",
        ),
        ("POST", WebhookOutcome::Accepted, 202, "OK"),
        ("PUT", WebhookOutcome::Accepted, 202, "OK"),
        (
            "DELETE",
            WebhookOutcome::MethodNotAllowed,
            405,
            "Webhooks come by POST.",
        ),
        (
            "post",
            WebhookOutcome::MethodNotAllowed,
            405,
            "Webhooks come by POST.",
        ),
        (
            "",
            WebhookOutcome::MethodNotAllowed,
            405,
            "Webhooks come by POST.",
        ),
    ] {
        let received = send(&endpoint, method, "/webhooks/testpost").await;

        assert_eq!(received.outcome, outcome, "{method}");
        assert_eq!(
            (received.reply.status(), received.reply.body()),
            (status, body),
            "{method}"
        );
        let is_refused = received.outcome == WebhookOutcome::MethodNotAllowed;
        let allow = ("allow", "GET, HEAD, POST, PUT");
        assert_eq!(
            received.reply.headers().contains(&allow),
            is_refused,
            "{method}"
        );
    }
}

#[tokio::test]
async fn error_of_provider_decides_outcome() {
    for (kind, outcome, status, proof) in [
        (
            ErrorKind::Decode,
            WebhookOutcome::Unreadable,
            202,
            Some(WebhookProof::SharedSecret),
        ),
        (ErrorKind::Webhook, WebhookOutcome::Forged, 401, None),
        (
            ErrorKind::Configuration,
            WebhookOutcome::NotConfigured,
            503,
            None,
        ),
        (
            ErrorKind::Unsupported,
            WebhookOutcome::UnknownPath,
            404,
            None,
        ),
    ] {
        let endpoint = endpoint(Sender {
            error: Some(kind),
            ..Sender::default()
        });

        let received = post(&endpoint).await;

        assert_eq!(
            (received.outcome, received.proof),
            (outcome, proof),
            "{kind}"
        );
        assert_eq!(received.reply.status(), status, "{kind}");
        assert_eq!(received.error.map(|error| error.kind()), Some(kind));
    }
}

#[tokio::test]
async fn probe_of_account_without_webhooks_fails_as_message() {
    for (kind, status) in [
        (ErrorKind::Unsupported, 404),
        (ErrorKind::Configuration, 503),
    ] {
        let endpoint = endpoint(Sender {
            error: Some(kind),
            ..Sender::default()
        });

        for method in ["HEAD", "GET"] {
            let received = send(&endpoint, method, "/webhooks/testpost").await;

            assert_eq!(received.reply.status(), status, "{method} {kind}");
            assert_eq!(
                received.reply.body().is_empty(),
                method == "HEAD",
                "{method} {kind}"
            );
        }
    }
}

#[tokio::test]
async fn large_body_is_refused_before_it_is_read() {
    let endpoint = endpoint(Sender::of([message("m1")])).with_max_body(10);
    for (length, status) in [(10, 202), (11, 413)] {
        let body = vec![b' '; length];
        let headers = [("x-secret", SECRET)];
        let request =
            WebhookRequest::from_pairs(&body, &headers).with_target("POST", "/webhooks/testpost");

        let received = endpoint
            .receive(request, |_| async { Ok::<(), Infallible>(()) })
            .await;

        assert_eq!(received.reply.status(), status);
    }
}

#[tokio::test]
async fn message_is_handled_once_by_its_id() {
    let items = [message("m1"), message("m2"), message("m1")];
    let endpoint = endpoint(Sender::of(items));

    let first = post(&endpoint).await;
    let again = post(&endpoint).await;

    assert_eq!((first.handled, first.repeats), (2, 1));
    assert_eq!((again.handled, again.repeats), (0, 3));
    assert_eq!(again.outcome, WebhookOutcome::Accepted);
    assert_eq!(again.reply, first.reply);
    assert_eq!(first.problems.len(), 1);
}

#[tokio::test]
async fn message_without_id_is_handled_once_by_its_content() {
    let with_raw = |raw: &str, mut update: WebhookUpdate| {
        if let Update::Partial(shipment) = &mut update.update {
            shipment.raw = tracking_core::RawJson::from_string(raw);
        }
        update
    };
    let items = [
        with_raw(r#"{"n":1}"#, update("e1")),
        with_raw(r#"{"n":2}"#, update("e1")),
        with_raw(r#"{"n":1}"#, update("e1")),
    ];
    let endpoint = endpoint(Sender::of(items));

    let received = post(&endpoint).await;

    assert_eq!((received.handled, received.repeats), (2, 1));
}

#[tokio::test]
async fn same_content_without_time_is_no_repeat() {
    let undated = WebhookUpdate::new(Update::Partial(parcel(Status::InTransit, 0, Vec::new())));
    let endpoint = endpoint(Sender::of([undated.clone(), undated]));

    let received = post(&endpoint).await;

    assert_eq!((received.handled, received.repeats), (2, 0));
}

#[tokio::test]
async fn failed_update_is_handled_when_it_comes_again() {
    let endpoint = endpoint(Sender::of([message("m1"), message("m2"), message("m3")]));

    let first = post_failing(&endpoint, &[1]).await;
    let again = post(&endpoint).await;

    assert_eq!(
        (first.outcome, first.reply.status()),
        (WebhookOutcome::Failed, 503)
    );
    assert_eq!((first.handled, first.failures.len()), (2, 1));
    assert_eq!(first.failures[0].to_string(), "the database is down");
    assert_eq!((again.handled, again.repeats), (1, 2));
    assert_eq!(again.reply.status(), 202);
}

#[tokio::test]
async fn panic_of_handler_is_failure_of_its_update() {
    let endpoint = endpoint(Sender::of([message("m1"), message("m2")]));
    let headers = [("x-secret", SECRET)];
    let request =
        WebhookRequest::from_pairs(b"{}", &headers).with_target("POST", "/webhooks/testpost");

    let first = endpoint
        .receive(request, |update| async move {
            assert_ne!(update.message_id.as_deref(), Some("m1"));
            Ok::<(), Infallible>(())
        })
        .await;
    let again = post(&endpoint).await;

    assert_eq!((first.handled, first.reply.status()), (1, 503));
    assert_eq!(first.failures[0].to_string(), "the handler panicked");
    assert_eq!((again.handled, again.repeats), (1, 1));
}

/// A store that cannot be reached now and then.
#[derive(Debug, Default)]
struct Flaky {
    store: MemoryDedupe,
    is_down: AtomicBool,
}

impl Flaky {
    fn check(&self) -> Result<(), Error> {
        if self.is_down.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Connect, PROVIDER, "no store"));
        }
        Ok(())
    }
}

impl DedupeStore for Flaky {
    fn remember<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<Seen, Error>> {
        Box::pin(async move { self.check().map(|()| self.store.remember_now(key)) })
    }

    fn forget<'a>(&'a self, key: &'a DedupeKey) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.check().map(|()| self.store.forget_now(key)) })
    }
}

#[tokio::test]
async fn store_that_is_down_costs_no_message() {
    let store = Arc::new(Flaky::default());
    let endpoint = endpoint(Sender::of([message("m1")])).with_store(store.clone());
    store.is_down.store(true, Ordering::Relaxed);

    let received = post(&endpoint).await;
    let failed = post_failing(&endpoint, &[0]).await;

    assert_eq!((received.handled, received.store_errors.len()), (1, 1));
    assert_eq!(received.reply.status(), 202);
    assert_eq!((failed.handled, failed.store_errors.len()), (0, 2));
    assert!(store.store.is_empty());
}

#[tokio::test]
async fn debug_shows_neither_secret_nor_body() {
    let endpoint = endpoint(Sender::of([message("m1")]));
    let headers = [("x-secret", "secret-of-somebody")];
    let body = b"Ann Example";
    let request = WebhookRequest::from_pairs(body, &headers)
        .with_target("POST", "/webhooks/testpost?token=secret-of-somebody");
    let shown = format!("{request:?}");

    let received = endpoint
        .receive(request, |_| async { Ok::<(), Infallible>(()) })
        .await;

    assert_eq!(received.outcome, WebhookOutcome::Forged);
    for shown in [shown, format!("{received:?} {endpoint:?}")] {
        assert!(!shown.contains("secret-of-somebody"), "{shown}");
        assert!(!shown.contains("Ann"), "{shown}");
    }
}

#[test]
fn names_of_outcomes_differ() {
    let names: std::collections::BTreeSet<&str> =
        WebhookOutcome::ALL.iter().map(|it| it.as_str()).collect();

    assert_eq!(names.len(), WebhookOutcome::ALL.len());
}

/// Receives the only update of a sender.
async fn received_update(sender: &Arc<Sender>) -> ReceivedUpdate {
    let updates = Mutex::new(Vec::new());
    let headers = [("x-secret", SECRET)];
    let request =
        WebhookRequest::from_pairs(b"{}", &headers).with_target("POST", "/webhooks/testpost");
    endpoint_of(sender)
        .receive(request, |update| {
            updates.lock().unwrap().push(update);
            async { Ok::<(), Infallible>(()) }
        })
        .await;
    updates.into_inner().unwrap().remove(0)
}

fn status_of(merged: &Option<tracking_core::merge::Merged>) -> Option<&Status> {
    merged.as_ref().map(|merged| &merged.shipment.status.status)
}

#[tokio::test]
async fn proven_update_is_merged_without_a_request() {
    let sender = Arc::new(Sender {
        proof: WebhookProof::BodyMac,
        ..Sender::of([message("m1")])
    });
    let known = parcel(Status::InfoReceived, -60, Vec::new());

    let update = received_update(&sender).await;
    assert!(!update.is_hint());
    let merged = update.merge_into(Some(known)).await.unwrap();

    assert_eq!(status_of(&merged), Some(&Status::InTransit));
    assert!(!merged.unwrap().is_first);
    assert!(sender.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn hint_is_merged_as_provider_has_it() {
    let delivered = event("e2", "2026-03-02T10:00:00Z", Status::Delivered, "Delivered");
    let mut latest = parcel(Status::Delivered, 60, vec![delivered]);
    latest.id = Some("other".to_owned());
    let mut other = latest.clone();
    other.number = "OTHER".to_owned();
    latest.id = None;
    let sender = Arc::new(Sender {
        response: Outcome::Found(vec![other, latest]),
        ..Sender::of([message("m1")])
    });
    let known = parcel(Status::InfoReceived, -60, Vec::new());

    let update = received_update(&sender).await;
    assert!(update.is_hint());
    let first = update.clone().merge_into(None).await.unwrap();
    let next = update.merge_into(Some(known)).await.unwrap();

    // The event of the message itself is anybody's.
    let events = |merged: &Option<tracking_core::merge::Merged>| {
        let merged = merged.as_ref().unwrap();
        merged
            .shipment
            .events()
            .iter()
            .map(|it| it.key.to_string())
            .collect::<Vec<_>>()
    };
    for merged in [&first, &next] {
        assert_eq!(status_of(merged), Some(&Status::Delivered));
        assert_eq!(events(merged), ["e2"]);
    }
    assert!(first.unwrap().is_first && !next.unwrap().is_first);
    let asked = sender.asked.lock().unwrap();
    assert_eq!(asked.len(), 2);
    for request in &*asked {
        assert_eq!(request.target, Target::Number("TP0001".to_owned()));
        assert!(!request.register && !request.realtime);
    }
}

#[tokio::test]
async fn hint_asks_by_what_is_known() {
    let mut known = parcel(Status::InfoReceived, -60, Vec::new());
    known.id = Some("t-1".to_owned());
    known.can_ask_by_id = true;
    let mut stranger = known.clone();
    stranger.number = "OTHER".to_owned();
    let sender = Arc::new(Sender::of([message("m1")]));

    let update = received_update(&sender).await;
    update.clone().merge_into(Some(known)).await.unwrap();
    update.merge_into(Some(stranger)).await.unwrap();

    let asked = sender.asked.lock().unwrap();
    let targets: Vec<&Target> = asked.iter().map(|request| &request.target).collect();
    let [id, number] = [
        Target::Id("t-1".to_owned()),
        Target::Number("TP0001".to_owned()),
    ];
    assert_eq!(targets, [&id, &number]);
}

#[tokio::test]
async fn hint_that_provider_does_not_confirm_merges_nothing() {
    let mut other = parcel(Status::Delivered, 60, Vec::new());
    other.number = "OTHER".to_owned();
    for response in [
        Outcome::NotFound,
        Outcome::NotRegistered,
        Outcome::Found(vec![other]),
    ] {
        let sender = Arc::new(Sender {
            response,
            ..Sender::of([message("m1")])
        });

        let update = received_update(&sender).await;
        let merged = update.merge_into(None::<Shipment>).await.unwrap();

        assert_eq!(merged, None);
    }
}

#[test]
fn reading_leaves_updates_and_repeats_to_the_caller() {
    let endpoint = endpoint(Sender::of([message("m1"), update("e1")]));
    let headers = [("X-Secret", SECRET)];
    let request =
        || WebhookRequest::from_pairs(b"{}", &headers).with_target("POST", "/webhooks/testpost");

    let (mut received, updates) = endpoint.read(request());
    let (_, again) = endpoint.read(request());

    assert_eq!(
        (received.outcome, received.reply.status()),
        (WebhookOutcome::Accepted, 202)
    );
    let keys = |updates: &[ReceivedUpdate]| -> Vec<Option<DedupeKey>> {
        updates.iter().map(|it| it.dedupe_key.clone()).collect()
    };
    assert_eq!(
        keys(&updates)[0],
        Some(DedupeKey::message("testpost", "m1"))
    );
    assert!(keys(&updates)[1].is_some());
    assert_eq!(keys(&updates), keys(&again));
    received.fail("the queue is full");
    assert_eq!(
        (received.outcome, received.reply.status()),
        (WebhookOutcome::Failed, 503)
    );
    assert_eq!(received.failures[0].to_string(), "the queue is full");

    let (received, updates) = endpoint.read(WebhookRequest::from_pairs(b"{}", &headers));
    assert_eq!(
        (received.outcome, updates.len()),
        (WebhookOutcome::UnknownPath, 0)
    );
}
