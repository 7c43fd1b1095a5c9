//! The client's own limits against the documented ones of the provider.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::Instant;
use trackingmore_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy};

use super::sandboxed;
use crate::ship24::paused_clock::PausedClock;

#[tokio::test(start_paused = true)]
async fn parallel_calls_stay_below_the_limit() {
    let paused = PausedClock::start().await;
    let client = sandboxed::builder(&paused.sandbox)
        .with_transport(paused.transport())
        .build()
        .unwrap();

    let results = join_all((0..5).map(|_| client.get_user_info())).await;

    assert!(results.iter().all(Result::is_ok));
    assert_eq!(paused.statuses("get-user-info"), [200; 5]);
}

#[tokio::test(start_paused = true)]
async fn refusal_closes_client_for_two_minutes() {
    let paused = PausedClock::start().await;
    let client = sandboxed::builder(&paused.sandbox)
        .with_transport(paused.transport())
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    // Somebody else uses the same account, and every second request of it is one too many.
    paused.sandbox.trackingmore().configure(|settings| {
        settings.per_second = 0;
        settings.realtime_per_second = 0;
    });

    let refused = client.get_user_info().await.unwrap_err();
    paused
        .sandbox
        .trackingmore()
        .configure(|settings| settings.rate_limits = false);
    let started = Instant::now();
    let next = client.get_user_info().await;

    assert_eq!(refused.kind(), ErrorKind::RateLimited);
    assert!(refused.is_retryable());
    assert!(next.is_ok());
    assert!(
        started.elapsed() >= Duration::from_secs(119),
        "{:?}",
        started.elapsed()
    );
}
