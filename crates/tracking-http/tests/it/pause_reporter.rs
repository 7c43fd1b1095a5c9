//! A pause is reported when it begins, once, and still holds the calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, advance};
use tracking_http::{
    ConfigureClient as _, LimitKey, Limiter, PauseReporter, RateClass, TokenBuckets,
};

use crate::support::{LIST_PARCELS, Script, builder, reply, reply_with};

const SECOND: Duration = Duration::from_secs(1);
const CLASS: RateClass = RateClass::unlimited("default");

type Waits = Arc<Mutex<Vec<u64>>>;

/// A reporter, and the seconds that it has reported.
fn reporter() -> (PauseReporter<TokenBuckets>, Waits) {
    let waits = Waits::default();
    let kept = Arc::clone(&waits);
    let limiter = PauseReporter::new(TokenBuckets::new(), move |wait| {
        kept.lock().unwrap().push(wait.as_secs());
    });
    (limiter, waits)
}

fn reported(waits: &Waits) -> Vec<u64> {
    waits.lock().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn response_that_asks_to_slow_down_is_reported_before_the_wait() {
    let (limiter, waits) = reporter();
    let slow_down = || reply_with(429, &[("retry-after", "5")], "");
    let steps = [
        slow_down(),
        reply(200, "[]"),
        reply(429, ""),
        reply(200, "[]"),
    ];
    let script = Script::new(steps);
    let client = builder("http://127.0.0.1:1/")
        .with_transport(script.clone())
        .with_limiter(Arc::new(limiter))
        .build()
        .unwrap();
    let start = Instant::now();

    let call = client.call(&LIST_PARCELS).send_bytes();
    tokio::select! {
        biased;
        _ = call => panic!("the call did not wait"),
        () = tokio::time::sleep(SECOND) => {}
    }
    assert_eq!(reported(&waits), [5]);
    client.call(&LIST_PARCELS).send_bytes().await.unwrap();
    assert_eq!(start.elapsed(), 5 * SECOND);
    client.call(&LIST_PARCELS).send_bytes().await.unwrap();

    // The provider named no time, so it is the usual one.
    assert_eq!(reported(&waits), [5, 7]);
}

#[tokio::test(start_paused = true)]
async fn pause_is_reported_once_for_each_credential_while_it_lasts() {
    let (limiter, waits) = reporter();
    let other = RateClass::unlimited("other");

    limiter.pause(LimitKey::new(1, &CLASS), 10 * SECOND).await;
    limiter.pause(LimitKey::new(1, &other), 10 * SECOND).await;
    limiter.pause(LimitKey::new(2, &CLASS), 20 * SECOND).await;
    advance(8 * SECOND).await;
    // It extends the pause.
    limiter.pause(LimitKey::new(1, &CLASS), 6 * SECOND).await;
    limiter.pause(LimitKey::new(1, &CLASS), SECOND).await;
    advance(5 * SECOND).await;
    limiter.pause(LimitKey::new(1, &CLASS), 3 * SECOND).await;
    assert_eq!(reported(&waits), [10, 20]);
    advance(3 * SECOND).await;
    limiter.pause(LimitKey::new(1, &CLASS), 4 * SECOND).await;

    assert_eq!(reported(&waits), [10, 20, 4]);
}

#[tokio::test(start_paused = true)]
async fn pause_of_years_is_reported_again_when_limiter_ended_it() {
    let (limiter, waits) = reporter();
    let key = LimitKey::new(1, &CLASS);

    limiter.pause(key, Duration::MAX).await;
    advance(SECOND).await;
    limiter.pause(key, Duration::MAX).await;
    limiter.acquire(key).await.unwrap();
    limiter.pause(key, 2 * SECOND).await;

    assert_eq!(reported(&waits), [u64::MAX, 2]);
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_no_pause() {
    let (limiter, waits) = reporter();

    limiter
        .pause(LimitKey::new(1, &CLASS), Duration::ZERO)
        .await;

    assert!(reported(&waits).is_empty());
}
