//! Retries, time limits and pauses, on a paused clock: which requests are sent, and when.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use tokio::time::Instant;
use tracking_core::ErrorKind;
use tracking_http::{
    Client, ConfigureClient as _, FixedClock, RateClass, Response, RetryPolicy, TransportErrorKind,
};

use crate::support::{CREATE_PARCEL, LIST_PARCELS, Script, Step, builder, reply, reply_with};

const BASE: &str = "https://api.example.com";
const SECOND: Duration = Duration::from_secs(1);

#[derive(Debug, Deserialize)]
struct Parcel {
    id: String,
}

fn steady() -> RetryPolicy {
    RetryPolicy::default()
        .with_min_delay(SECOND)
        .without_jitter()
}

fn client(script: &Arc<Script>) -> Client {
    builder(BASE)
        .with_transport(script.clone())
        .with_retry(steady())
        .build()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn passing_failures_of_idempotent_operations_are_repeated() {
    for first in [
        reply(408, ""),
        reply(500, ""),
        reply(502, "<html>"),
        reply(503, ""),
        reply(504, ""),
        Step::Fail(TransportErrorKind::Timeout),
        Step::Fail(TransportErrorKind::Body),
        Step::Fail(TransportErrorKind::Other),
    ] {
        let script = Script::new([first, reply(200, "[]")]);

        let response = client(&script)
            .call(&LIST_PARCELS)
            .send_bytes()
            .await
            .unwrap();

        assert_eq!(response.attempts(), 2);
        assert_eq!(script.pauses(), [1000]);
    }
}

#[tokio::test(start_paused = true)]
async fn unsafe_operations_are_repeated_only_when_nothing_happened() {
    for (first, repeated) in [
        (reply(503, ""), false),
        (reply(409, r#"{"code":"busy"}"#), false),
        (Step::Fail(TransportErrorKind::Timeout), false),
        (Step::Fail(TransportErrorKind::Other), false),
        (Step::Fail(TransportErrorKind::Connect), true),
        (reply(429, ""), true),
    ] {
        let script = Script::new([first, reply(200, "{}")]);

        let result = client(&script).call(&CREATE_PARCEL).send_bytes().await;

        assert_eq!(script.requests(), 1 + usize::from(repeated));
        if let Err(error) = result {
            assert!(!repeated && !error.is_retryable() && error.attempts() == 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for status in [400, 401, 402, 403, 404, 409, 422, 501] {
        let script = Script::new([reply(status, "")]);

        let error = client(&script)
            .call(&LIST_PARCELS)
            .send_bytes()
            .await
            .unwrap_err();

        assert_eq!(error.status().unwrap(), status);
        assert!(!error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn provider_may_declare_a_refusal_to_be_passing() {
    let script = Script::new([reply(409, r#"{"code":"busy"}"#), reply(200, "[]")]);

    client(&script)
        .call(&LIST_PARCELS)
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(script.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn each_repeat_sends_the_same_request() {
    let script = Script::new([reply(503, ""), reply(503, ""), reply(200, "{}")]);

    client(&script)
        .call(&CREATE_PARCEL)
        .idempotent(true)
        .json(&[1])
        .header("x-note", "yes")
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(script.pauses(), [1000, 2000]);
    for index in 0..3 {
        script.request(index, |request| {
            assert_eq!(request.method(), "POST");
            assert_eq!(request.uri(), "https://api.example.com/parcels");
            assert_eq!(request.headers()["x-note"], "yes");
            assert_eq!(request.headers().len(), 5);
            assert_eq!(request.body(), "[1]");
        });
    }
}

#[tokio::test(start_paused = true)]
async fn last_failure_is_returned_with_its_attempts() {
    let script = Script::new([reply(503, ""), reply(502, ""), reply(500, "last")]);

    let error = client(&script)
        .call(&LIST_PARCELS)
        .send_bytes()
        .await
        .unwrap_err();

    assert_eq!(error.attempts(), 3);
    assert_eq!(error.body_text().unwrap(), "last");
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn retry_after_in_seconds_and_as_a_date_is_kept() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    for (value, pause) in [
        ("4", 4000),
        ("Sun, 06 Nov 1994 08:49:47 GMT", 10_000),
        ("0", 1000),
    ] {
        let script = Script::new([
            reply_with(503, &[("retry-after", value)], ""),
            reply(200, "[]"),
        ]);
        let client = builder(BASE)
            .with_transport(script.clone())
            .with_retry(steady())
            .with_clock(FixedClock::new(now))
            .build()
            .unwrap();

        client.call(&LIST_PARCELS).send_bytes().await.unwrap();

        assert_eq!(script.pauses(), [pause], "{value}");
    }
}

#[tokio::test(start_paused = true)]
async fn wait_beyond_the_time_left_is_returned_at_once() {
    let script = Script::new([reply_with(429, &[("retry-after", "3600")], "")]);
    let started = Instant::now();

    let error = client(&script)
        .call(&LIST_PARCELS)
        .send_bytes()
        .await
        .unwrap_err();

    assert_eq!(started.elapsed(), Duration::ZERO);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_without_wait_pauses_as_provider_documents() {
    let script = Script::new([reply(429, ""), reply(200, "[]")]);

    client(&script)
        .call(&LIST_PARCELS)
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(script.pauses(), [7000]);
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_pauses_the_other_calls_too() {
    let limited = reply_with(429, &[("retry-after", "5")], "");
    let script = Script::new([limited, reply(200, "[]")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();
    client
        .clone()
        .call(&LIST_PARCELS)
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(script.pauses(), [5000]);
}

#[tokio::test(start_paused = true)]
async fn documented_rate_is_kept_and_can_be_replaced_or_removed() {
    let limited = LIST_PARCELS.rate(RateClass::new("slow", 2, SECOND));
    // Each window of a second is stretched by the usual slack of 100 ms.
    for (options, pauses) in [
        (builder(BASE), [550, 550]),
        (
            builder(BASE).with_rate_limit("slow", 1, SECOND),
            [1100, 1100],
        ),
        (
            builder(BASE).with_rate_limit("other", 1, SECOND),
            [550, 550],
        ),
        (builder(BASE).without_rate_limits(), [0, 0]),
    ] {
        let script = Script::new([reply(200, ""), reply(200, ""), reply(200, "")]);
        let client = options.with_transport(script.clone()).build().unwrap();

        for _ in 0..3 {
            client.call(&limited).send_bytes().await.unwrap();
        }

        assert_eq!(script.pauses(), pauses);
    }
}

#[tokio::test(start_paused = true)]
async fn attempt_ends_after_its_time() {
    let slow = CREATE_PARCEL.timeout(Duration::from_secs(60));
    let short = Duration::from_secs(5);
    for (client, operation, seconds) in [
        (builder(BASE), &CREATE_PARCEL, 30),
        (builder(BASE), &slow, 60),
        (builder(BASE).with_timeout(short), &slow, 5),
        (builder(BASE).with_total_timeout(short), &slow, 5),
    ] {
        let client = client
            .with_transport(Script::new([Step::Hang]))
            .build()
            .unwrap();
        let started = Instant::now();

        let error = client.call(operation).send_bytes().await.unwrap_err();

        assert!(error.is_timeout(), "{error}");
        assert_eq!(started.elapsed().as_secs(), seconds);
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn time_of_one_call_wins() {
    let client = builder(BASE)
        .with_timeout(SECOND)
        .with_transport(Script::new([Step::Hang]))
        .build()
        .unwrap();
    let started = Instant::now();

    let call = client.call(&CREATE_PARCEL).timeout(2 * SECOND);
    let error = call.send_bytes().await.unwrap_err();

    assert!(error.to_string().contains("within 2 s"), "{error}");
    assert_eq!(started.elapsed(), 2 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn total_time_bounds_waiting_for_the_limits() {
    let limited = LIST_PARCELS.rate(RateClass::new("slow", 1, 100 * SECOND));
    let script = Script::new([reply(200, "[]")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .with_total_timeout(3 * SECOND)
        .build()
        .unwrap();
    client.call(&limited).send_bytes().await.unwrap();
    let started = Instant::now();

    let error = client.call(&limited).send_bytes().await.unwrap_err();

    assert!(
        matches!(error.kind(), ErrorKind::RateLimited | ErrorKind::Timeout),
        "{error}"
    );
    assert!(started.elapsed() <= 3 * SECOND);
    assert_eq!(error.attempts(), 0);
    assert_eq!(script.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn policy_of_one_call_wins() {
    let script = Script::new([reply(503, "")]);

    let call = client(&script)
        .call(&LIST_PARCELS)
        .retry(RetryPolicy::none())
        .send_bytes()
        .await;

    assert_eq!(call.unwrap_err().attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn escape_hatch_repeats_only_idempotent_methods() {
    for (method, requests) in [
        ("GET", 2),
        ("HEAD", 2),
        ("PUT", 2),
        ("DELETE", 2),
        ("POST", 1),
        ("PATCH", 1),
    ] {
        let script = Script::new([reply(503, ""), reply(200, "")]);

        let client = client(&script);
        let _ = client
            .request(method.parse().unwrap(), "/x")
            .send_bytes()
            .await;

        assert_eq!(script.requests(), requests, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn wait_beyond_all_clocks_is_returned_and_does_not_panic() {
    let script = Script::new([reply_with(
        429,
        &[("retry-after", "18446744073709551614")],
        "",
    )]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .with_retry(steady().with_max_elapsed(Duration::MAX))
        .with_total_timeout(10 * SECOND)
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!(error.retry_after(), Some(Duration::from_secs(u64::MAX - 1)));
    assert_eq!(script.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn time_in_queue_of_limits_is_not_taken_from_retries() {
    let slow = LIST_PARCELS.rate(RateClass::new("slow", 1, 100 * SECOND));
    let script = Script::new([reply(200, "[]"), reply(503, ""), reply(200, "[]")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .with_retry(steady().with_max_elapsed(50 * SECOND))
        .build()
        .unwrap();
    client.call(&slow).send_bytes().await.unwrap();

    let response = client.call(&slow).send_bytes().await.unwrap();

    assert_eq!(response.attempts(), 2);
    assert_eq!(script.requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn status_of_a_proxy_repeats_whatever_code_comes_with_it() {
    let code = r#"{"code":"gone"}"#;
    for status in [206, 421, 425, 520, 522, 524] {
        let script = Script::new([reply(status, code), reply(200, "[]")]);

        let call = client(&script).call(&LIST_PARCELS).send_bytes().await;

        assert_eq!(call.unwrap().attempts(), 2, "{status}");

        let script = Script::new([reply(status, code)]);
        let call = client(&script).call(&CREATE_PARCEL).send_bytes().await;
        let error = call.unwrap_err();
        let kind = if status == 206 {
            ErrorKind::Transport
        } else {
            ErrorKind::Server
        };
        assert_eq!((error.kind(), error.provider_code()), (kind, Some("gone")));
    }
}

#[tokio::test(start_paused = true)]
async fn success_that_breaks_off_repeats_reads_alone() {
    for body in ["", " ", r#"{"id":"1""#, r#"{"id":1,"name":"#] {
        let create = CREATE_PARCEL.idempotent();
        let list_by_post = create.clone().reads();
        let billed = CREATE_PARCEL.reads();
        for (operation, attempts) in [
            (&LIST_PARCELS, 3),
            (&list_by_post, 3),
            (&CREATE_PARCEL, 1),
            (&create, 1),
            (&billed, 1),
        ] {
            let script = Script::new((0..attempts).map(|_| reply(200, body)));

            let client = client(&script);
            let error = client.call(operation).send::<Parcel>().await.unwrap_err();

            assert!(error.is_decode(), "{error}");
            assert_eq!(error.attempts(), attempts, "{body}");
            assert!(!error.is_retryable(), "{body}");
            assert_eq!(error.body_text().unwrap(), body);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn success_that_breaks_off_once_is_one_result() {
    let script = Script::new([
        reply(200, r#"{"id":"#),
        reply(503, ""),
        reply(200, r#"{"id":"1"}"#),
    ]);

    let client = client(&script);
    let parcel: Response<Parcel> = client.call(&LIST_PARCELS).send().await.unwrap();

    assert_eq!(parcel.id, "1");
    assert_eq!((parcel.attempts(), script.requests()), (3, 3));
    assert_eq!(script.pauses().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn success_that_does_not_fit_is_not_repeated() {
    for (status, body) in [
        (204, ""),
        (200, r#"{"id":1}"#),
        (200, "<html>"),
        (200, "{}}"),
    ] {
        let script = Script::new([reply(status, body)]);

        let client = client(&script);
        let error = client
            .call(&LIST_PARCELS)
            .send::<Parcel>()
            .await
            .unwrap_err();

        assert_eq!(error.attempts(), 1, "{body}");
        assert!(!error.is_retryable(), "{body}");
    }
}

#[tokio::test]
async fn repeated_key_costs_its_other_values() {
    let body = r#"{"id":"1","id":"2","more":{"a":1}}"#;
    let script = Script::new([reply(201, body)]);

    let client = client(&script);
    let parcel: Response<Parcel> = client.call(&CREATE_PARCEL).send().await.unwrap();

    assert_eq!(parcel.id, "2");
    let [problem] = parcel.problems() else {
        panic!("{:?}", parcel.problems());
    };
    assert_eq!(problem.path, "id");
    assert_eq!(problem.raw.as_ref().unwrap().get(), r#""1""#);
}

#[tokio::test]
async fn deep_value_of_an_unknown_key_costs_nothing() {
    let deep = format!(
        r#"{{"deep":{}{},"id":"1"}}"#,
        "[".repeat(300),
        "]".repeat(300)
    );
    let script = Script::new([reply(201, deep.leak())]);

    let client = client(&script);
    let parcel: Response<Parcel> = client.call(&CREATE_PARCEL).send().await.unwrap();

    assert_eq!(parcel.id, "1");
}
