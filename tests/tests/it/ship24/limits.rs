//! The client's own limits against the documented ones of the provider.

use std::time::Duration;

use futures_util::future::{join, join_all, join3};
use ship24_sdk::{
    ConfigureClient as _, CreateTracker, Error, ErrorKind, ListTrackersQuery, Response, RetryPolicy,
};
use tokio::time::Instant;

use super::paused_clock::PausedClock;

const SECOND: Duration = Duration::from_secs(1);

fn attempts<T>(results: &[Result<Response<T>, Error>]) -> Vec<u32> {
    results
        .iter()
        .map(|result| result.as_ref().unwrap().attempts())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn parallel_calls_stay_below_every_limit() {
    let paused = PausedClock::start().await;
    let client = paused.builder().build().unwrap();
    let query = ListTrackersQuery::new();
    let trackers = [CreateTracker::new("LIMITS-1")];

    // Ten, three and one a second.
    let (lists, bulks, couriers) = join3(
        join_all((0..45).map(|_| client.list_trackers(&query))),
        join_all((0..14).map(|_| client.bulk_create_trackers(&trackers))),
        join_all((0..5).map(|_| client.get_couriers())),
    )
    .await;

    assert_eq!(attempts(&lists), [1; 45]);
    assert_eq!(attempts(&bulks), [1; 14]);
    assert_eq!(attempts(&couriers), [1; 5]);
    let requests = paused.sandbox.requests();
    assert_eq!(requests.len(), 45 + 14 + 5);
    assert!(requests.iter().all(|request| request.status != Some(429)));
    // The sandbox did count.
    let state = lists[0].as_ref().unwrap().rate_limit().unwrap();
    assert_eq!(state.limit, Some(10));
}

#[tokio::test(start_paused = true)]
async fn way_of_first_request_takes_no_place_of_others() {
    let paused = PausedClock::start().await;
    let client = paused.builder().build().unwrap();
    let query = ListTrackersQuery::new();

    // The first request opens the connection, the others do not.
    paused.delay_next(Duration::from_millis(90));
    let couriers = join_all((0..3).map(|_| client.get_couriers())).await;
    paused.delay_next(Duration::from_millis(90));
    let lists = join_all((0..25).map(|_| client.list_trackers(&query))).await;

    assert_eq!(attempts(&couriers), [1; 3]);
    assert_eq!(attempts(&lists), [1; 25]);
}

#[tokio::test(start_paused = true)]
async fn clones_of_a_client_share_its_limits() {
    let paused = PausedClock::start().await;
    let client = paused.builder().build().unwrap();
    let clone = client.clone();

    let started = Instant::now();
    let (first, second) = join(client.get_couriers(), clone.get_couriers()).await;

    assert_eq!(
        (first.unwrap().attempts(), second.unwrap().attempts()),
        (1, 1)
    );
    assert_eq!(paused.statuses("get-couriers"), [200, 200]);
    assert!(started.elapsed() >= SECOND);
}

#[tokio::test(start_paused = true)]
async fn refused_calls_wait_as_long_as_provider_says() {
    let paused = PausedClock::start().await;
    let client = paused
        .builder()
        .without_rate_limits()
        .with_retry(RetryPolicy::default().with_max_attempts(8))
        .build()
        .unwrap();
    let query = ListTrackersQuery::new();

    let started = Instant::now();
    let results = join_all((0..25).map(|_| client.list_trackers(&query))).await;

    let attempts = attempts(&results);
    let repeated: u32 = attempts.iter().map(|attempts| attempts - 1).sum();
    let statuses = paused.statuses("list-trackers");
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert!(refused > 0);
    assert_eq!(repeated as usize, refused, "{attempts:?}");
    assert_eq!(statuses.len() - refused, 25);
    assert!(started.elapsed() >= SECOND);
}

#[tokio::test(start_paused = true)]
async fn refusal_closes_bucket_for_everybody_who_waits() {
    let paused = PausedClock::start().await;
    // The client believes in a plan that the account does not have.
    paused
        .sandbox
        .ship24()
        .configure(|settings| settings.per_second.set("list-trackers", 2))
        .unwrap();
    let client = paused
        .builder()
        .with_rate_limit("list-trackers", 1000, SECOND)
        .build()
        .unwrap();
    let query = ListTrackersQuery::new();

    let started = Instant::now();
    let results = join_all((0..6).map(|_| client.list_trackers(&query))).await;

    // Two pass, the third has to wait, and the others wait with it instead of asking too.
    let statuses = paused.statuses("list-trackers");
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert!((1..=2).contains(&refused), "{statuses:?}");
    assert!(results.iter().all(Result::is_ok));
    assert!(started.elapsed() >= SECOND);
}

#[tokio::test(start_paused = true)]
async fn closed_bucket_does_not_hold_up_another_endpoint() {
    let paused = PausedClock::start().await;
    paused
        .sandbox
        .ship24()
        .configure(|settings| settings.per_second.set("list-trackers", 0))
        .unwrap();
    let client = paused
        .builder()
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    let query = ListTrackersQuery::new();

    let refused = client.list_trackers(&query).await.unwrap_err();
    let started = Instant::now();
    let other = client.get_couriers().await;

    assert_eq!(refused.kind(), ErrorKind::RateLimited);
    assert_eq!(refused.retry_after(), Some(SECOND));
    assert!(other.is_ok());
    assert_eq!(started.elapsed(), Duration::ZERO);
    // The closed one is waited for, and then asked.
    assert!(client.list_trackers(&query).await.is_err());
    assert!(started.elapsed() >= SECOND);
}
