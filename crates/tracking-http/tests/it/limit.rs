//! Token buckets: the rate is kept, a pause holds all calls, and no call is overtaken.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use http::Method;
use proptest::prelude::*;
use tokio::time::{Instant, advance, sleep};
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ConfigureClient as _, Credentials, Dialect, Error, LimitKey, Limiter,
    Operation, RateClass, RetryPolicy, TokenBuckets,
};

use crate::support::{Example, LIST_PARCELS, Script, builder, reply, reply_with};

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// Buckets that space requests by the rate alone.
fn exact() -> TokenBuckets {
    TokenBuckets::new().with_slack(Duration::ZERO)
}

const fn class(requests: u32, per: Duration) -> RateClass {
    RateClass::new("tested", requests, per)
}

/// Runs with a paused clock: each wait advances it at once.
fn on_paused_clock<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(future)
}

/// Asks once after each of the gaps, without waiting for the response, and returns when each passed.
async fn passages(limiter: TokenBuckets, class: RateClass, gaps: &[Duration]) -> Vec<Duration> {
    let limiter = Arc::new(limiter);
    let start = Instant::now();
    let mut waiting = Vec::new();
    for gap in gaps {
        sleep(*gap).await;
        let limiter = Arc::clone(&limiter);
        waiting.push(tokio::spawn(async move {
            limiter.acquire(LimitKey::new(1, &class)).await.unwrap();
            start.elapsed()
        }));
    }
    let mut passages = Vec::new();
    for passage in waiting {
        passages.push(passage.await.unwrap());
    }
    passages
}

/// The most passages that any window `[t, t + per)` sees.
fn fullest_window(passages: &[Duration], per: Duration) -> usize {
    passages
        .iter()
        .enumerate()
        .map(|(index, start)| {
            passages
                .iter()
                .skip(index)
                .take_while(|passage| **passage < *start + per)
                .count()
        })
        .max()
        .unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rate_is_never_exceeded(
        requests in 1_u32..40,
        per_ms in 100_u64..5_000,
        gaps in prop::collection::vec(prop_oneof![Just(0_u64), 0_u64..700], 1..60),
    ) {
        let per = Duration::from_millis(per_ms);
        let gaps: Vec<_> = gaps.into_iter().map(Duration::from_millis).collect();
        let limiter = TokenBuckets::new().with_slack(Duration::ZERO);

        let passages = on_paused_clock(passages(limiter, class(requests, per), &gaps));

        prop_assert!(
            fullest_window(&passages, per) <= requests as usize,
            "{requests} per {per:?}: {passages:?}"
        );
        prop_assert!(passages.is_sorted(), "overtaken: {passages:?}");
    }

    #[test]
    fn calls_wait_no_longer_than_rate_demands(
        requests in 1_u32..40,
        count in 1_usize..60,
    ) {
        let gaps = vec![Duration::ZERO; count];

        let passages =
            on_paused_clock(passages(exact(), class(requests, SECOND), &gaps));

        // Tokio's timers have a resolution of one millisecond.
        let waits = u32::try_from(count - 1).unwrap();
        let longest = (SECOND / requests + 2 * MILLISECOND) * waits;
        prop_assert!(passages.iter().all(|passage| *passage <= longest), "{passages:?}");
    }
}

#[test]
fn requests_are_spaced_evenly() {
    let passages = on_paused_clock(passages(exact(), class(10, SECOND), &[Duration::ZERO; 4]));

    assert_eq!(passages, [0, 100, 200, 300].map(Duration::from_millis));
}

#[test]
fn plain_buckets_have_the_slack_of_a_client() {
    let passages = on_paused_clock(passages(
        TokenBuckets::new(),
        class(10, SECOND),
        &[Duration::ZERO; 4],
    ));

    assert_eq!(passages, [0, 110, 220, 330].map(Duration::from_millis));
}

#[test]
fn slack_stretches_the_window() {
    let limiter = TokenBuckets::new().with_slack(Duration::from_millis(500));

    let passages = on_paused_clock(passages(limiter, class(3, SECOND), &[Duration::ZERO; 4]));

    assert_eq!(passages, [0, 500, 1000, 1500].map(Duration::from_millis));
}

#[tokio::test(start_paused = true)]
async fn newcomer_does_not_overtake_one_who_waits() {
    let limiter = exact();
    let class = class(1, SECOND);
    let key = LimitKey::new(1, &class);
    limiter.acquire(key).await.unwrap();

    let mut waiting = limiter.acquire(key);
    assert!(!is_ready(&mut waiting).await);
    advance(SECOND).await;
    // The place is free, but the one who waits was not woken yet.
    let mut newcomer = limiter.acquire(key);
    assert!(!is_ready(&mut newcomer).await);
    assert!(is_ready(&mut waiting).await);
}

/// Returns true if polling once completes it.
async fn is_ready(passage: &mut BoxFuture<'_, Result<(), Error>>) -> bool {
    poll_fn(|context| Poll::Ready(passage.as_mut().poll(context).is_ready())).await
}

#[test]
fn thirds_of_seconds_do_not_admit_fourth_request() {
    let passages = on_paused_clock(passages(exact(), class(3, SECOND), &[Duration::ZERO; 12]));

    assert_eq!(fullest_window(&passages, SECOND), 3, "{passages:?}");
}

#[tokio::test(start_paused = true)]
async fn credentials_and_classes_have_buckets_of_their_own() {
    let limiter = exact();
    let slow = RateClass::new("slow", 1, SECOND);
    let other = RateClass::new("other", 1, SECOND);
    let start = Instant::now();

    limiter.acquire(LimitKey::new(1, &slow)).await.unwrap();
    limiter.acquire(LimitKey::new(2, &slow)).await.unwrap();
    limiter.acquire(LimitKey::new(1, &other)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);

    limiter.acquire(LimitKey::new(1, &slow)).await.unwrap();
    assert_eq!(start.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn pause_holds_the_whole_bucket_and_lets_it_out_at_its_rate() {
    let limiter = exact();
    let class = class(10, SECOND);
    let key = LimitKey::new(1, &class);
    let start = Instant::now();
    limiter.acquire(key).await.unwrap();

    limiter.pause(key, 120 * SECOND).await;
    let passed = Mutex::new(Vec::new());
    let pass = || async {
        limiter.acquire(key).await.unwrap();
        passed.lock().unwrap().push(start.elapsed());
    };
    tokio::join!(pass(), pass(), pass());

    let passed = passed.into_inner().unwrap();
    assert_eq!(
        passed,
        [120_000, 120_100, 120_200].map(Duration::from_millis)
    );
}

#[tokio::test(start_paused = true)]
async fn pause_reaches_a_request_that_waits_already() {
    let limiter = exact();
    let class = class(1, SECOND);
    let key = LimitKey::new(1, &class);
    let start = Instant::now();
    limiter.acquire(key).await.unwrap();

    let (outcome, ()) = tokio::join!(limiter.acquire(key), async {
        sleep(Duration::from_millis(500)).await;
        limiter.pause(key, 10 * SECOND).await;
    });

    outcome.unwrap();
    assert_eq!(start.elapsed(), Duration::from_millis(10_500));
}

#[tokio::test(start_paused = true)]
async fn shorter_pause_does_not_cut_a_longer_one() {
    let limiter = exact();
    let class = class(10, SECOND);
    let key = LimitKey::new(1, &class);
    let start = Instant::now();

    limiter.pause(key, 10 * SECOND).await;
    limiter.pause(key, SECOND).await;
    limiter.acquire(key).await.unwrap();

    assert_eq!(start.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn class_without_a_limit_only_keeps_pauses() {
    let limiter = exact();
    let class = RateClass::unlimited("free");
    let key = LimitKey::new(1, &class);
    let start = Instant::now();

    for _ in 0..100 {
        limiter.acquire(key).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);

    limiter.pause(key, SECOND).await;
    limiter.acquire(key).await.unwrap();
    assert_eq!(start.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn pause_that_outlasts_the_caller_fails_at_once() {
    let limiter = exact();
    let class = class(10, SECOND);
    let key = LimitKey::new(1, &class);
    let start = Instant::now();
    limiter.pause(key, 120 * SECOND).await;

    let error = limiter
        .acquire(key.with_max_wait(Some(30 * SECOND)))
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(120 * SECOND));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn long_pause_fails_later_calls_at_once_instead_of_hanging_them() {
    let script = Script::new([reply_with(429, &[("retry-after", "3600")], "")]);
    let client = builder("https://api.example.com")
        .with_transport(script.clone())
        .build()
        .unwrap();
    let start = Instant::now();

    let first = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();
    let second = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!(
        (first.kind(), first.attempts()),
        (ErrorKind::RateLimited, 1)
    );
    assert_eq!(
        (second.kind(), second.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert_eq!(second.retry_after(), Some(3600 * SECOND));
    assert_eq!((script.requests(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn caller_that_gives_up_leaves_its_place() {
    let limiter = exact();
    let class = class(1, SECOND);
    let key = LimitKey::new(1, &class);
    let start = Instant::now();
    limiter.acquire(key).await.unwrap();

    let given_up = tokio::time::timeout(SECOND / 2, limiter.acquire(key)).await;
    limiter.acquire(key).await.unwrap();

    assert!(given_up.is_err());
    assert_eq!(start.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn absurd_rates_neither_panic_nor_divide_by_zero() {
    let limiter = exact();
    for (credential, class) in [
        class(0, Duration::ZERO),
        class(1, Duration::ZERO),
        class(u32::MAX, MILLISECOND),
        class(1, Duration::MAX),
        class(u32::MAX, Duration::MAX),
    ]
    .iter()
    .enumerate()
    {
        let key = LimitKey::new(credential as u64, class);

        limiter.acquire(key).await.unwrap();
        limiter.pause(key, Duration::MAX).await;
    }
}

#[tokio::test(start_paused = true)]
async fn idle_buckets_are_forgotten_and_busy_ones_kept() {
    let limiter = exact();
    let class = class(1, SECOND);
    let busy = LimitKey::new(0, &class);
    limiter.pause(busy, 3600 * SECOND).await;

    for credential in 1..2_000 {
        limiter
            .acquire(LimitKey::new(credential, &class))
            .await
            .unwrap();
        advance(Duration::from_millis(100)).await;
    }

    let printed = format!("{limiter:?}");
    assert!(printed.matches("last_used").count() < 600);
    let refused = limiter.acquire(busy.with_max_wait(Some(SECOND))).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::RateLimited);
}

#[tokio::test(start_paused = true)]
async fn header_closes_bucket_for_minutes_and_not_for_years() {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    let class = RateClass::unlimited("tested");
    let key = LimitKey::new(1, &class);
    for (limiter, seconds) in [
        (exact(), 900),
        (exact().with_max_pause(5 * SECOND), 5),
        (exact().with_max_pause(Duration::ZERO), 0),
    ] {
        let start = Instant::now();

        limiter.pause(key, YEAR).await;
        let refused = limiter.acquire(key.with_max_wait(Some(SECOND))).await;
        limiter.acquire(key).await.unwrap();

        assert_eq!(start.elapsed(), seconds * SECOND);
        if seconds > 0 {
            assert_eq!(refused.unwrap_err().retry_after(), Some(YEAR));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn ended_pause_does_not_lengthen_what_later_one_reports() {
    let limiter = exact().with_max_pause(60 * SECOND);
    let class = RateClass::unlimited("tested");
    let key = LimitKey::new(1, &class).with_max_wait(Some(SECOND));
    limiter.pause(key, 3600 * SECOND).await;
    sleep(60 * SECOND).await;

    limiter.pause(key, 5 * SECOND).await;
    let error = limiter.acquire(key).await.unwrap_err();

    assert_eq!(error.retry_after(), Some(5 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn resuming_a_class_wakes_those_who_wait() {
    let limiter = Arc::new(exact());
    let paused = RateClass::new("paused", 1, SECOND);
    let other = RateClass::new("other", 1, SECOND);
    for class in [&paused, &other] {
        limiter.pause(LimitKey::new(1, class), 600 * SECOND).await;
    }
    let start = Instant::now();
    let waiting: Vec<_> = (0..2)
        .map(|_| {
            let limiter = Arc::clone(&limiter);
            tokio::spawn(async move {
                limiter.acquire(LimitKey::new(1, &paused)).await.unwrap();
                start.elapsed()
            })
        })
        .collect();
    sleep(10 * SECOND).await;

    limiter.resume("paused");
    let mut passed = Vec::new();
    for waiting in waiting {
        passed.push(waiting.await.unwrap());
    }
    let key = LimitKey::new(1, &other).with_max_wait(Some(SECOND));
    let still_paused = limiter.acquire(key).await;

    assert_eq!(passed, [10 * SECOND, 11 * SECOND]);
    assert_eq!(still_paused.unwrap_err().retry_after(), Some(589 * SECOND));
}

/// A provider that closes the whole account.
#[derive(Debug)]
struct Strict;

impl Dialect for Strict {
    fn provider(&self) -> &'static str {
        "strict"
    }

    fn pauses_account(&self) -> bool {
        true
    }
}

const FAST: Operation =
    Operation::new("fast", Method::GET, "/fast").rate(RateClass::unlimited("fast"));
const SLOW: Operation =
    Operation::new("slow", Method::GET, "/slow").rate(RateClass::unlimited("slow"));
const BOTH: &[&Operation] = &[&FAST, &SLOW];

#[tokio::test(start_paused = true)]
async fn refusal_of_account_closes_every_class() {
    for (closes_all, pause) in [(true, 9 * SECOND), (false, Duration::ZERO)] {
        let script = Script::new([
            reply_with(429, &[("retry-after", "9")], ""),
            reply_with(200, &[], "{}"),
        ]);
        let base_url = BaseUrl::parse("https://api.example").unwrap();
        let credentials = Credentials::none();
        let builder = if closes_all {
            Client::builder(Strict, base_url, credentials)
        } else {
            Client::builder(Example, base_url, credentials)
        };
        let client = builder
            .with_operations(BOTH)
            .with_transport(Arc::<Script>::clone(&script))
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap();

        let refused = client.call(&SLOW).send_bytes().await.unwrap_err();
        let since = Instant::now();
        client.call(&FAST).send_bytes().await.unwrap();

        assert_eq!(refused.kind(), ErrorKind::RateLimited);
        assert_eq!(since.elapsed(), pause, "{closes_all}");
    }
}

const ONE_A_SECOND: Operation = LIST_PARCELS.rate(class(1, SECOND));
const ANOTHER_A_SECOND: Operation = LIST_PARCELS.rate(RateClass::new("other", 1, SECOND));

#[tokio::test(start_paused = true)]
async fn calls_that_wait_while_the_key_is_refused_are_not_sent() {
    for (status, body, kind) in [
        (401, "", ErrorKind::Authentication),
        (200, r#"{"failed": true}"#, ErrorKind::QuotaExhausted),
    ] {
        let script = Script::new([reply(200, "{}"), reply(status, body), reply(200, "{}")]);
        let client = builder("https://api.example.com")
            .with_transport(script.clone())
            .with_limiter(exact())
            .build()
            .unwrap();
        let call = || client.call(&ONE_A_SECOND).send_bytes();

        call().await.unwrap();
        let (first, second, third) = tokio::join!(call(), call(), call());
        // The account was put in order.
        let later = call().await;

        let mut sent = 0;
        for result in [first, second, third] {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), kind);
            let is_sent = error.attempts() == 1;
            sent += usize::from(is_sent);
            let unified = tracking_core::Error::from(error);
            assert_eq!(unified.is_not_asked(), !is_sent, "{unified}");
        }
        assert_eq!(sent, 1);
        assert!(later.is_ok());
        assert_eq!(script.requests(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_of_another_bucket_or_after_a_passing_failure_are_sent() {
    let script = Script::new([
        reply(200, "{}"),
        reply(200, "{}"),
        reply(401, ""),
        reply(200, "{}"),
        reply(404, ""),
        reply(200, "{}"),
    ]);
    let client = builder("https://api.example.com")
        .with_transport(script.clone())
        .with_limiter(exact())
        .build()
        .unwrap();
    let one = || client.call(&ONE_A_SECOND).send_bytes();
    let other = || client.call(&ANOTHER_A_SECOND).send_bytes();

    one().await.unwrap();
    other().await.unwrap();
    let (left, right) = tokio::join!(one(), other());
    let refused = [left, right].into_iter().find_map(Result::err);
    let (left, right) = tokio::join!(one(), one());
    let missing = [left, right].into_iter().find_map(Result::err);

    assert!(refused.unwrap().is_authentication());
    assert!(missing.unwrap().is_not_found());
    assert_eq!(script.requests(), 6);
}
