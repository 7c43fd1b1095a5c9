//! Responses whose body did not arrive completely: the head decides as far as it can.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::Instant;
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    ConfigureClient as _, RetryPolicy, SendLimits, Transport, TransportError, TransportErrorKind,
};

use crate::support::{CREATE_PARCEL, LIST_PARCELS, Script, Step, builder, reply};

const BASE: &str = "https://api.example.com";

/// Each way in which a body can end too early.
const WAYS: [TransportErrorKind; 3] = [
    TransportErrorKind::Body,
    TransportErrorKind::Timeout,
    TransportErrorKind::BodyTooLarge,
];

fn part(status: u16, headers: &[(&str, &str)], body: &'static str) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

#[tokio::test(start_paused = true)]
async fn cut_429_waits_as_long_as_its_header_says() {
    for way in WAYS {
        for operation in [&LIST_PARCELS, &CREATE_PARCEL] {
            let cut = part(429, &[("retry-after", "5")], "Too many");
            let script = Script::new([Step::Cut(way, cut), reply(200, "[]")]);
            let client = builder(BASE)
                .with_transport(script.clone())
                .with_retry(RetryPolicy::default().without_jitter())
                .build()
                .unwrap();

            client.call(operation).send_bytes().await.unwrap();

            assert_eq!(script.pauses(), [5000], "{way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn cut_429_pauses_the_other_calls() {
    let cut = part(429, &[("retry-after", "5")], "");
    let script = Script::new([Step::Cut(TransportErrorKind::Body, cut), reply(200, "[]")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();
    let patient = client.call(&LIST_PARCELS).retry(RetryPolicy::default());
    patient.send_bytes().await.unwrap();

    assert!(error.is_rate_limited());
    assert_eq!(script.pauses(), [5000]);
}

#[tokio::test(start_paused = true)]
async fn cut_401_is_an_authentication_error() {
    for way in WAYS {
        let cut = part(401, &[], r#"{"code":"ba"#);
        let script = Script::new([Step::Cut(way, cut)]);
        let client = builder(BASE).with_transport(script).build().unwrap();

        let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

        assert!(error.is_authentication(), "{way:?}");
        assert_eq!(error.body_text().unwrap(), r#"{"code":"ba"#);
        assert!(
            std::error::Error::source(&error).is_some(),
            "the cause is kept"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn cut_201_to_a_create_keeps_its_part_and_is_not_repeated() {
    for (way, kind) in WAYS.into_iter().zip([
        ErrorKind::Transport,
        ErrorKind::Timeout,
        ErrorKind::BodyTooLarge,
    ]) {
        let cut = part(201, &[("x-request-id", "r-1")], r#"{"id":"p-1","#);
        let script = Script::new([Step::Cut(way, cut)]);
        let client = builder(BASE)
            .with_transport(script.clone())
            .build()
            .unwrap();

        let error = client.call(&CREATE_PARCEL).send_bytes().await.unwrap_err();

        assert_eq!(error.kind(), kind);
        assert_eq!(error.status().unwrap(), 201);
        assert_eq!(error.body_text().unwrap(), r#"{"id":"p-1","#);
        assert_eq!(script.requests(), 1);
        assert!(!error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn cut_503_is_repeated_for_safe_operations_only() {
    for (operation, requests) in [(&LIST_PARCELS, 2), (&CREATE_PARCEL, 1)] {
        let cut = || Step::Cut(TransportErrorKind::Body, part(503, &[], "<html>"));
        let script = Script::new([cut(), cut()]);
        let client = builder(BASE)
            .with_transport(script.clone())
            .with_retry(RetryPolicy::default().with_max_attempts(2))
            .build()
            .unwrap();

        let error = client.call(operation).send_bytes().await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Server);
        assert_eq!(script.requests(), requests);
    }
}

/// Has a part of a response when its time is over, and notices that only when it is asked.
#[derive(Debug)]
struct Late;

impl Transport for Late {
    fn send<'a>(
        &'a self,
        _: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let end = Instant::from_std(limits.deadline.unwrap());
        Box::pin(poll_fn(move |_| {
            if Instant::now() < end {
                return Poll::Pending;
            }
            let error = TransportError::new(TransportErrorKind::Timeout);
            Poll::Ready(Err(error.with_response(part(201, &[], "{\"id\":"))))
        }))
    }
}

#[tokio::test(start_paused = true)]
async fn part_is_kept_when_the_timer_of_the_client_fires_first() {
    let client = builder(BASE)
        .with_transport(Late)
        .with_timeout(Duration::from_secs(5))
        .build()
        .unwrap();

    let error = client.call(&CREATE_PARCEL).send_bytes().await.unwrap_err();

    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.body_text().unwrap(), "{\"id\":");
}
