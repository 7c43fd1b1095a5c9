//! What is logged, down to the level TRACE and with what the database library logs, has no secret.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends with a panic when its preparation fails"
)]

use std::fmt::{Debug, Write as _};
use std::sync::Mutex;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracking_core::TrackRequest;
use tracking_follow::{NewParcel, Sender, Store, WebhookSecret, WebhookTarget};
use tracking_http::bytes::Bytes;
use tracking_http::http::{Request, Response};
use tracking_http::{BoxFuture, SendLimits, Transport, TransportError, TransportErrorKind};

#[allow(unused, reason = "the other tests use all of it")]
#[path = "it/databases.rs"]
mod databases;
#[allow(unused, reason = "the other tests use all of it")]
#[path = "it/server.rs"]
mod server;

use databases::Database;

static LOG: Mutex<String> = Mutex::new(String::new());

/// Writes everything down.
struct Everything;

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut LOG.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut LOG.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = LOG.lock().unwrap();
        let _ = write!(log, "\n{}", event.metadata().target());
        event.record(&mut Line(&mut log));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Receives nothing.
#[derive(Debug)]
struct Away;

impl Transport for Away {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect)) })
    }
}

async fn use_store(address: &str) {
    let store = Store::open(address).await.unwrap();
    let parcel = NewParcel::new("memory", TrackRequest::number("NUMBER-OF-A-PARCEL"));
    store.add(parcel).await.unwrap();
    let secret = WebhookSecret::parse("whsec_bWFya2VyLW9mLWEtc2VjcmV0LTAxMjM0NTY3ODk=").unwrap();
    let target = WebhookTarget::new("https://shop.example/?token=url-marker", secret).unwrap();
    store.add_webhook("shop", &target).await.unwrap();
    let sender = Sender::new(store.clone(), Away);
    sender.once().await.unwrap();
    store.consumers().await.unwrap();
    store.remove_consumer("shop").await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn log_has_no_secret() {
    tracing::subscriber::set_global_default(Everything).unwrap();
    let database = Database::sqlite();
    use_store(&database.address).await;
    if let Some(database) = Database::postgres().await {
        use_store(&format!("{}&password=password-marker", database.address)).await;
        database.remove().await;
    }
    let refused = Store::open("postgres://user:password-marker@127.0.0.1:1/none").await;
    let _ = write!(LOG.lock().unwrap(), "\n{:?}", refused.unwrap_err());

    let log = LOG.lock().unwrap();
    assert!(log.contains("sqlx::query"), "statements are logged: {log}");
    for hidden in [
        "bWFya2VyLW9m",
        "url-marker",
        "password-marker",
        "NUMBER-OF-A",
    ] {
        assert!(!log.contains(hidden), "{hidden}: {log}");
    }
}
