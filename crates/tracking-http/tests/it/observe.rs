//! The span around a call: what it says, and what it must not say.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use crate::support::{GET_PARCEL, KEY, NUMBER, Script, builder, reply};

/// Writes every field of every span and event as `name=value`.
#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Visit for &Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .lock()
            .unwrap()
            .push(format!("{}={value:?}", field.name()));
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("tracking_http")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn span_has_outcome_without_request_data() {
    let notes = Notes::default();
    let script = Script::new([reply(503, "hush-body"), reply(404, "hush-body")]);
    let client = builder("https://api.example.com")
        .with_transport(script)
        .with_retry(RetryPolicy::default().without_jitter())
        .build()
        .unwrap();

    let call = client
        .call(&GET_PARCEL)
        .path("number", NUMBER)
        .query_pair("q", "hush-query");
    call.send_bytes()
        .with_subscriber(notes.clone())
        .await
        .unwrap_err();

    let notes = notes.0.lock().unwrap().join("\n");
    for part in [
        "provider=\"example\"",
        "operation=\"get-parcel\"",
        "method=\"GET\"",
        "path=\"/parcels/{number}\"",
        "attempts=2",
        "status=404",
        "outcome=\"not_found\"",
        "duration_ms=500",
        "delay_ms=500",
    ] {
        assert!(notes.contains(part), "{part} not in {notes}");
    }
    for secret in [KEY, NUMBER, "hush-query", "hush-body"] {
        assert!(!notes.contains(secret), "{secret} in {notes}");
    }
}
