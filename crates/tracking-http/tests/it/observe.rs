//! The span around a call: what it says, and what it must not say.

use tracking_http::{ConfigureClient as _, RetryPolicy};
use tracking_testkit::trace::Trace;

use crate::support::{GET_PARCEL, KEY, NUMBER, Script, builder, reply};

#[tokio::test(start_paused = true)]
async fn span_has_outcome_without_request_data() {
    let (trace, _guard) = Trace::start();
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
    call.send_bytes().await.unwrap_err();

    let notes = trace.text();
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
