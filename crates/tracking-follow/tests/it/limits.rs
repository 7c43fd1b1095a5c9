//! Request limits over several processes, each of which is a store of its own here.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tracking_core::ErrorKind;
use tracking_follow::{Store, StoreLimiter};
use tracking_http::{LimitKey, Limiter as _, RateClass};

use crate::databases::{Database, on_both_engines};

on_both_engines!(
    several_processes_keep_one_rate,
    credentials_and_classes_have_rates_of_their_own,
    pause_holds_those_who_wait_already,
    bounded_caller_is_refused_at_once,
    pause_is_bounded,
    unlimited_class_waits_for_pauses_only,
);

const MILLISECOND: Duration = Duration::from_millis(1);

fn fifty_per_second() -> RateClass {
    RateClass::new("default", 50, Duration::from_secs(1))
}

async fn limiter(database: &Database) -> StoreLimiter {
    StoreLimiter::new(database.open().await).with_slack(Duration::ZERO)
}

async fn several_processes_keep_one_rate(database: &Database) {
    let mut callers = Vec::new();
    let limiters = [
        Arc::new(limiter(database).await),
        Arc::new(limiter(database).await),
        Arc::new(limiter(database).await),
    ];
    let begin = Instant::now();
    for place in 0..30 {
        let limiter = Arc::clone(&limiters[place % 3]);
        callers.push(tokio::spawn(async move {
            let class = fifty_per_second();
            limiter.acquire(LimitKey::new(7, &class)).await.unwrap();
            begin.elapsed()
        }));
    }
    let mut passages = Vec::new();
    for caller in callers {
        passages.push(caller.await.unwrap());
    }
    passages.sort();

    for (place, passage) in (0_u32..).zip(passages) {
        // SQLite's clock counts milliseconds.
        let earliest = (MILLISECOND * 20 * place).saturating_sub(MILLISECOND * 2);
        assert!(passage >= earliest, "{place}: {passage:?}");
    }
}

async fn credentials_and_classes_have_rates_of_their_own(database: &Database) {
    let limiter = limiter(database).await;
    let hour = Duration::from_secs(3600);
    let (one, other) = (
        RateClass::new("one", 1, hour),
        RateClass::new("other", 1, hour),
    );

    for (credential, class) in [(1, &one), (u64::MAX, &one), (1, &other)] {
        limiter
            .acquire(LimitKey::new(credential, class))
            .await
            .unwrap();
    }

    let key = LimitKey::new(u64::MAX, &one).with_max_wait(Some(MILLISECOND));
    let error = limiter.acquire(key).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
}

async fn pause_holds_those_who_wait_already(database: &Database) {
    let (limiter, other) = (limiter(database).await, limiter(database).await);
    let class = RateClass::new("default", 10, Duration::from_secs(1));
    let key = LimitKey::new(7, &class);
    limiter.acquire(key).await.unwrap();
    let begin = Instant::now();
    let mut waiting = std::pin::pin!(limiter.acquire(key));
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("it has to wait 100 ms"),
        () = other.pause(key, MILLISECOND * 300) => {}
    }

    waiting.await.unwrap();

    assert!(
        begin.elapsed() >= MILLISECOND * 298,
        "{:?}",
        begin.elapsed()
    );
}

async fn bounded_caller_is_refused_at_once(database: &Database) {
    let limiter = limiter(database).await;
    let class = RateClass::new("default", 1, Duration::from_secs(60));
    let key = LimitKey::new(7, &class);
    limiter.acquire(key).await.unwrap();

    for _ in 0..3 {
        let bounded = key.with_max_wait(Some(Duration::from_secs(30)));
        let error = limiter.acquire(bounded).await.unwrap_err();

        let wait = error.retry_after().unwrap();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        // What is refused takes no time from the others.
        assert!(wait <= Duration::from_secs(60), "{wait:?}");
        assert!(wait > Duration::from_secs(50), "{wait:?}");
    }
}

async fn pause_is_bounded(database: &Database) {
    let limiter = limiter(database).await.with_max_pause(MILLISECOND * 20);
    let class = fifty_per_second();
    let key = LimitKey::new(7, &class);
    limiter.pause(key, Duration::MAX).await;
    let begin = Instant::now();

    limiter.acquire(key).await.unwrap();

    assert!(begin.elapsed() < Duration::from_secs(60));
}

async fn unlimited_class_waits_for_pauses_only(database: &Database) {
    let limiter = limiter(database).await;
    let class = RateClass::unlimited("default");
    let bounded = LimitKey::new(7, &class).with_max_wait(Some(Duration::ZERO));
    for _ in 0..5 {
        limiter.acquire(bounded).await.unwrap();
    }

    limiter.pause(bounded, Duration::from_secs(60)).await;

    let error = limiter.acquire(bounded).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
}

#[tokio::test]
async fn nothing_is_sent_without_the_store() {
    let database = Database::sqlite();
    let store: Store = database.open().await;
    let limiter = StoreLimiter::new(store.clone());
    store.close().await;
    let class = fifty_per_second();
    let key = LimitKey::new(7, &class);

    let error = limiter.acquire(key).await.unwrap_err();
    limiter.pause(key, MILLISECOND).await;

    assert_eq!(error.kind(), ErrorKind::Connect);
}
