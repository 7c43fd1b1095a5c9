//! What users of the unified model may rely on, whichever provider is behind it.

use std::sync::Arc;

use tracking_core::webhook::WebhookRequest;
use tracking_core::{Error, ErrorKind, Lookup, Outcome, Provider, ProviderSet, TrackRequest};
use tracking_sandbox::Fault;

use crate::conformance::{Candidate, PROVIDERS};

/// What happens on the way, and the kind of the error that it becomes.
fn failures() -> Vec<(Fault, ErrorKind)> {
    vec![
        (Fault::Reset, ErrorKind::Transport),
        (Fault::LostResponse, ErrorKind::Transport),
        (Fault::Truncate, ErrorKind::Transport),
        (Fault::HtmlError(500), ErrorKind::Server),
        (Fault::HtmlError(503), ErrorKind::Server),
        (Fault::EmptyError(504), ErrorKind::Server),
        (Fault::HtmlError(400), ErrorKind::InvalidRequest),
        (Fault::HtmlError(401), ErrorKind::Authentication),
        (Fault::EmptyError(402), ErrorKind::QuotaExhausted),
        // A proxy that knows no path says nothing about a parcel.
        (Fault::HtmlError(404), ErrorKind::NotFound),
        (Fault::EmptyError(409), ErrorKind::Conflict),
        (Fault::MalformedJson, ErrorKind::Decode),
        (Fault::EmptyBody, ErrorKind::Decode),
        (Fault::HugeBody(100_000_000), ErrorKind::BodyTooLarge),
        (Fault::SlowDown("3600".to_owned()), ErrorKind::RateLimited),
    ]
}

async fn candidates() -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (_, prepare) in PROVIDERS {
        candidates.push(prepare().await);
    }
    candidates
}

/// Something that the candidate finds when nothing goes wrong.
fn findable(candidate: &Candidate) -> TrackRequest {
    candidate.cases.found[0].clone()
}

#[track_caller]
fn assert_presentable(error: &Error, candidate: &Candidate, fault: &Fault) {
    assert_eq!(error.provider(), &candidate.provider.id(), "{fault}");
    assert_eq!(error.to_string().lines().count(), 1, "{fault}: {error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("http://"), "{fault}: {shown}");
    for secret in &candidate.cases.secrets {
        assert!(!shown.contains(secret), "{fault}: {shown}");
    }
}

#[tokio::test]
async fn each_failure_has_the_same_kind_at_every_provider() {
    for candidate in candidates().await {
        let provider = &candidate.provider;
        for (fault, kind) in failures() {
            // A token is there before, so that the failure meets the lookup itself.
            provider.track(findable(&candidate)).await.unwrap();
            candidate.sandbox.faults().always(fault.clone());
            let error = provider.track(findable(&candidate)).await.unwrap_err();
            candidate.sandbox.faults().clear();

            assert_eq!(error.kind(), kind, "{} {fault}: {error}", provider.id());
            assert_presentable(&error, &candidate, &fault);
            if kind == ErrorKind::RateLimited {
                assert!(error.retry_after().is_some(), "{} {fault}", provider.id());
            }
            if !kind.is_transient() {
                assert!(!error.is_retryable(), "{} {fault}", provider.id());
            }
        }
    }
}

#[tokio::test]
async fn set_looks_up_at_all_providers_despite_failure() {
    let candidates = candidates().await;
    let mut set = ProviderSet::new();
    let mut lookups = Vec::new();
    for candidate in &candidates {
        set.add(Arc::clone(&candidate.provider)).unwrap();
        lookups.push(Lookup::new(
            candidate.provider.id().as_str().to_owned(),
            findable(candidate),
        ));
    }
    let broken = &candidates[0];
    broken.sandbox.faults().always(Fault::HtmlError(502));

    let results = set.track_all(lookups).await;

    assert_eq!(results.len(), candidates.len());
    for (result, candidate) in results.iter().zip(&candidates) {
        let id = candidate.provider.id();
        if id == broken.provider.id() {
            assert_eq!(
                result.result.as_ref().unwrap_err().kind(),
                ErrorKind::Server
            );
        } else {
            assert!(
                matches!(result.result, Ok(Outcome::Found(_))),
                "{id}: {result:?}"
            );
        }
    }
}

#[tokio::test]
async fn hostile_webhooks_are_refused_without_a_panic() {
    let deep = "[".repeat(100_000);
    let long = format!(r#"{{"data":"{}"}}"#, "7".repeat(1_000_000));
    let bodies: [&[u8]; 6] = [
        b"",
        b"\xff\xfe{",
        deep.as_bytes(),
        long.as_bytes(),
        b"{\"data\":{\"data\":{\"data\":null}}}",
        b"[[],{},null,7]",
    ];

    for candidate in candidates().await {
        for body in bodies {
            let provider: &dyn Provider = &*candidate.provider;

            let result = provider.webhook(WebhookRequest::new(body, |_| None));

            let error = result.unwrap_err();
            let kinds = [
                ErrorKind::Webhook,
                ErrorKind::Decode,
                ErrorKind::Unsupported,
            ];
            assert!(kinds.contains(&error.kind()), "{}: {error}", provider.id());
        }
    }
}
