//! What is repeated by itself, and what never is. The clock is paused.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tracking_http::{ConfigureClient as _, Error, ErrorKind, RetryPolicy, TransportErrorKind};

use crate::spec::operations;
use crate::{Reply, Script, Sdk, Step};

/// What a client has by default.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Calls an operation at most twice, each time with this outcome, and returns the error.
async fn failure<S: Sdk>(
    operation: &str,
    outcome: impl Fn() -> Step<S>,
) -> (Error, Arc<Script<S>>) {
    // Two attempts keep the tables readable; the pauses between them are another matter.
    let policy = RetryPolicy::default()
        .with_max_attempts(2)
        .with_max_elapsed(Duration::from_secs(300))
        .without_jitter();
    let script = Script::new([outcome(), outcome()]);
    let builder = S::prepare(script.builder().with_retry(policy), operation);
    let called = S::call(&S::build(builder), operation).await;
    let error = called.expect_err(&format!("{}: {operation} failed", S::PROVIDER));
    (error, script)
}

/// How many requests a failure makes whose outcome is unknown.
fn requests(idempotent: bool) -> usize {
    if idempotent { 2 } else { 1 }
}

/// A failure of the server is repeated where that does no harm, as the spec says.
pub async fn server_failures_repeat_idempotent_operations<S: Sdk>() {
    for status in [500, 502, 503, 504] {
        for it in operations::<S>() {
            let broken = || Step::Reply(Reply::new(status, "<html></html>"));

            let (error, script) = failure::<S>(&it.id, broken).await;

            assert_eq!(error.kind(), ErrorKind::Server, "{it:?}");
            assert_eq!(
                script.requests(),
                requests(it.idempotent),
                "{status} {it:?}"
            );
            assert_eq!(error.is_retryable(), it.idempotent, "{it:?}");
            assert_eq!(error.operation(), Some(it.id.as_str()));
            assert_eq!(error.provider(), Some(S::PROVIDER), "{it:?}");
        }
    }
}

/// A request that may have arrived is repeated where that does no harm, with the same token.
pub async fn lost_responses_repeat_idempotent_operations<S: Sdk>() {
    for it in operations::<S>() {
        for lost in [|| Step::Hang, || Step::Fail(TransportErrorKind::Body)] {
            let (error, script) = failure::<S>(&it.id, lost).await;

            assert_eq!(script.requests(), requests(it.idempotent), "{it:?} {error}");
            let logins = usize::from(S::login().is_some());
            assert_eq!(script.logins(), logins, "{it:?}");
        }
    }
}

/// An attempt ends after the time that the spec gives it, or the default.
pub async fn timeouts_are_those_of_the_spec<S: Sdk>() {
    for it in operations::<S>() {
        let script = Script::<S>::new([Step::Hang]);
        let builder = script.builder().with_retry(RetryPolicy::none());
        let client = S::build(S::prepare(builder, &it.id));
        let start = Instant::now();

        let error = S::call(&client, &it.id).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Timeout, "{it:?}");
        let timeout = it.timeout.unwrap_or(DEFAULT_TIMEOUT);
        assert_eq!(start.elapsed().as_secs(), timeout.as_secs(), "{it:?}");
    }
}

/// What never arrived is repeated, whatever it was.
pub async fn refused_connections_repeat_every_operation<S: Sdk>() {
    for it in operations::<S>() {
        let refused = || Step::Fail(TransportErrorKind::Connect);

        let (error, script) = failure::<S>(&it.id, refused).await;

        assert!(error.is_connect() && error.is_retryable(), "{it:?}");
        assert_eq!(error.status(), None, "{it:?}");
        assert_eq!(script.requests(), 2, "{it:?}");
    }
}

/// What was refused for now is repeated after the pause that the provider asks for.
pub async fn too_many_requests_repeat_after_the_pause<S: Sdk>() {
    for it in operations::<S>() {
        let (response, wanted) = S::too_many_requests();

        let (error, script) = failure::<S>(&it.id, || Step::Reply(response.clone())).await;

        assert!(error.is_rate_limited(), "{it:?}");
        let [pause] = script.pauses()[..] else {
            panic!("{it:?}: {:?}", script.pauses())
        };
        let wanted = wanted.as_millis();
        let latest = wanted + 100.max(wanted / 100);
        assert!((wanted..latest).contains(&pause), "{it:?}: {pause} ms");
    }
}

/// Where there are tokens, a refused one is renewed once; a key is not tried again.
pub async fn unauthorized_renews_a_token_once<S: Sdk>() {
    let tries = if S::login().is_some() { 2 } else { 1 };
    for it in operations::<S>() {
        let refused = || Step::Reply(Reply::new(401, "{}"));

        let (error, script) = failure::<S>(&it.id, refused).await;

        assert!(error.is_authentication(), "{it:?}");
        assert_eq!(script.requests(), tries, "{it:?}");
        let logins = if S::login().is_some() { 2 } else { 0 };
        assert_eq!(script.logins(), logins, "{it:?}");
    }
}

/// No operation repeats what was refused for good.
pub async fn refusals_are_final_for_every_operation<S: Sdk>() {
    let mut statuses = vec![400, 402, 403, 404, 405, 406, 409, 410, 415, 422];
    statuses.retain(|status| !S::PASSING.contains(status));
    for status in statuses {
        for it in operations::<S>() {
            let refused = || Step::Reply(Reply::new(status, "{}"));

            let (error, script) = failure::<S>(&it.id, refused).await;

            assert_eq!(error.attempts(), 1, "{status} {it:?}");
            assert_eq!(script.requests(), 1, "{status} {it:?}");
            assert!(!error.is_retryable(), "{status} {it:?}");
        }
    }
}

/// The provider's own refusals are final too.
pub async fn documented_refusals_are_final<S: Sdk>() {
    for fixture in S::REFUSALS {
        let refused = || Step::Reply(Reply::fixture(fixture));

        let (error, script) = failure::<S>(S::LOOKUP, refused).await;

        assert_eq!(error.attempts(), 1, "{} {fixture}", S::PROVIDER);
        assert_eq!(script.requests(), 1, "{} {fixture}", S::PROVIDER);
        assert!(!error.is_retryable(), "{} {fixture}", S::PROVIDER);
    }
}

/// Without other settings a call has three attempts.
pub async fn third_attempt_is_the_last_by_default<S: Sdk>() {
    let broken = || Step::Reply(Reply::new(503, ""));
    let script = Script::<S>::new([broken(), broken(), broken()]);

    let error = S::call(&script.client(), S::LOOKUP).await.unwrap_err();

    assert_eq!((error.attempts(), script.requests()), (3, 3));
}

/// A success says after how many attempts it came.
pub async fn success_after_a_repeat_counts_attempts<S: Sdk>() {
    let script = Script::<S>::new([
        Step::Reply(Reply::new(502, "")),
        Step::Reply(S::success(S::LOOKUP)),
    ]);

    let called = S::call(&script.client(), S::LOOKUP).await.unwrap();

    assert_eq!((called.attempts, script.requests()), (2, 2));
}
