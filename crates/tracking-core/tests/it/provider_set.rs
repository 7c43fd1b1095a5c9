//! Several providers used as one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, CourierCandidate, Error, ErrorKind, Lookup, Outcome, Provider, ProviderId,
    ProviderSet, Status, TrackRequest,
};

use crate::parcels::parcel;
use crate::scripted::{Flaw, Scripted};

const FIRST: ProviderId = ProviderId::new("first");
const SECOND: ProviderId = ProviderId::new("second");

fn two_providers() -> ProviderSet {
    let known = vec![parcel(Status::InTransit, 0, Vec::new())];
    let failing = Scripted::new(SECOND, Vec::new()).with_flaw(Flaw::UnknownIsError);
    let mut providers = ProviderSet::new();
    providers
        .add(Arc::new(Scripted::new(FIRST, known)))
        .unwrap();
    providers.add(Arc::new(failing)).unwrap();
    providers
}

/// Waits as many milliseconds as its number says, and counts how many wait at once.
#[derive(Debug)]
struct Slow {
    id: ProviderId,
    waiting: AtomicUsize,
    most: AtomicUsize,
}

impl Default for Slow {
    fn default() -> Self {
        Self {
            id: ProviderId::new("slow"),
            waiting: AtomicUsize::default(),
            most: AtomicUsize::default(),
        }
    }
}

impl Provider for Slow {
    fn id(&self) -> ProviderId {
        self.id.clone()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let waiting = self.waiting.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(waiting, Ordering::Relaxed);
            let wait = request.target.as_str().parse().unwrap();
            tokio::time::sleep(Duration::from_millis(wait)).await;
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            Ok(Outcome::NotFound)
        })
    }
}

/// Lookups that wait so long each; the courier distinguishes them, since equal ones are sent once.
fn waits(account: &str, milliseconds: &[u64]) -> Vec<Lookup> {
    let lookup = |(place, wait): (usize, &u64)| {
        let request = TrackRequest::number(wait.to_string()).with_courier(place.to_string());
        Lookup::new(account, request)
    };
    milliseconds.iter().enumerate().map(lookup).collect()
}

#[tokio::test]
async fn failure_loses_no_result_and_order_is_kept() {
    let lookups = [
        ("first", "TP0001"),
        ("second", "TP0001"),
        ("third", "TP0001"),
        ("first", ""),
    ];
    let lookups = lookups.map(|(name, number)| Lookup::new(name, TrackRequest::number(number)));

    let results = two_providers().track_all(lookups.clone()).await;

    let asked: Vec<Lookup> = results.iter().map(|result| result.lookup.clone()).collect();
    assert_eq!(asked, lookups);
    let kinds: Vec<Option<ErrorKind>> = results
        .iter()
        .map(|result| result.result.as_ref().err().map(Error::kind))
        .collect();
    assert_eq!(
        kinds,
        [
            None,
            Some(ErrorKind::NotFound),
            Some(ErrorKind::Configuration),
            Some(ErrorKind::InvalidRequest),
        ]
    );
    assert!(results[0].result.as_ref().unwrap().is_found());
}

#[test]
fn unknown_name_lists_known_ones() {
    let error = two_providers().get("shp24").unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(
        error.message(),
        "unknown account `shp24`; known are: first, second"
    );
}

#[test]
fn set_without_providers_says_so() {
    let error = ProviderSet::new().get("first").unwrap_err();

    assert!(error.message().contains("no provider is set up"), "{error}");
}

#[test]
fn names_are_the_same_in_upper_and_lower_case() {
    assert_eq!(two_providers().get(" First ").unwrap().id(), FIRST);
}

#[test]
fn provider_is_added_once_only() {
    let mut providers = two_providers();

    let error = providers
        .add(Arc::new(Scripted::new(FIRST, Vec::new())))
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(providers.names(), ["first", "second"]);
}

#[tokio::test(start_paused = true)]
async fn lookups_run_within_limit() {
    let slow = Arc::new(Slow::default());
    let mut providers = ProviderSet::new().with_concurrency(3);
    providers
        .add(Arc::clone(&slow) as Arc<dyn Provider>)
        .unwrap();

    let results = providers
        .track_all(waits("slow", &[50, 10, 40, 20, 30, 10, 10]))
        .await;

    assert_eq!(results.len(), 7);
    assert_eq!(slow.most.load(Ordering::Relaxed), 3);
}

#[tokio::test(start_paused = true)]
async fn slow_lookup_does_not_delay_others() {
    let mut providers = ProviderSet::new().with_concurrency(2);
    providers.add(Arc::new(Slow::default())).unwrap();
    let start = tokio::time::Instant::now();

    let results = providers
        .track_all(waits("slow", &[100, 10, 10, 10, 10, 10, 10]))
        .await;

    let order: Vec<usize> = results.iter().map(|result| result.index).collect();
    assert_eq!(order, [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(start.elapsed().as_millis(), 100);
}

#[tokio::test(start_paused = true)]
async fn slow_provider_does_not_delay_others() {
    let quick = Arc::new(Slow {
        id: ProviderId::new("quick"),
        ..Slow::default()
    });
    let mut providers = ProviderSet::new().with_concurrency(2);
    providers.add(Arc::new(Slow::default())).unwrap();
    providers
        .add(Arc::clone(&quick) as Arc<dyn Provider>)
        .unwrap();
    let mut lookups = waits("slow", &[100; 20]);
    lookups.extend(waits("quick", &[1; 5000]));

    let results = providers.track_each(lookups).take(40);

    let names: Vec<String> = results.map(|result| result.account).collect().await;
    assert!(names.iter().all(|name| name == "quick"), "{names:?}");
    assert_eq!(quick.most.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn results_can_be_had_as_they_come() {
    let mut providers = ProviderSet::new();
    providers.add(Arc::new(Slow::default())).unwrap();

    let results = providers.track_each(waits("slow", &[30, 10, 20]));

    let order: Vec<usize> = results.map(|result| result.index).collect().await;
    assert_eq!(order, [1, 2, 0]);
}

#[tokio::test]
async fn limit_of_zero_still_runs() {
    let providers = two_providers().with_concurrency(0);

    let results = providers
        .track_everywhere(&TrackRequest::number("TP0001"))
        .await;

    let names: Vec<&str> = results
        .iter()
        .map(|result| result.account.as_str())
        .collect();
    assert_eq!(names, ["first", "second"]);
}

#[tokio::test]
async fn lookups_can_run_on_another_task() {
    let lookups = [Lookup::new("first", TrackRequest::number("TP0001"))];

    let task = tokio::spawn(async move {
        let providers = two_providers();
        let each = providers.track_each(lookups.clone()).count().await;
        let requests = stream::iter([TrackRequest::number("TP0001")]);
        let streams = providers.track_streams([("first", requests)]).count().await;
        (each, streams, providers.track_all(lookups).await.len())
    });

    assert_eq!(task.await.unwrap(), (1, 1, 1));
}

#[tokio::test]
async fn courier_questions_each_get_one_result() {
    let providers = two_providers();
    let pairs = [
        ("first", "TP0001"),
        ("third", "TP0001"),
        ("second", "TP0002"),
    ]
    .map(|(name, number)| (name.to_owned(), number.to_owned()));

    let mut results: Vec<_> = providers.detect_each(pairs).collect().await;

    results.sort_unstable_by_key(|(index, _)| *index);
    let outcomes: Vec<(usize, Result<usize, ErrorKind>)> = results
        .into_iter()
        .map(|(index, result)| {
            (
                index,
                result.map(|found| found.len()).map_err(|it| it.kind()),
            )
        })
        .collect();
    assert_eq!(
        outcomes,
        [(0, Ok(1)), (1, Err(ErrorKind::Configuration)), (2, Ok(1)),]
    );
}

/// Refuses every lookup but the first ones.
#[derive(Debug)]
struct Refusing {
    kind: ErrorKind,
    /// How many lookups succeed before the refusals.
    first: usize,
    asked: AtomicUsize,
}

impl Refusing {
    fn after(first: usize, kind: ErrorKind) -> Arc<Self> {
        let asked = AtomicUsize::new(0);
        Arc::new(Self { kind, first, asked })
    }

    fn respond<T>(&self, success: T) -> Result<T, Error> {
        if self.asked.fetch_add(1, Ordering::Relaxed) < self.first {
            return Ok(success);
        }
        Err(Error::new(self.kind, FIRST, "refused"))
    }
}

impl Provider for Refusing {
    fn id(&self) -> ProviderId {
        FIRST
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, _request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.respond(Outcome::NotFound)
        })
    }

    fn detect_couriers<'a>(
        &'a self,
        _number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        Box::pin(async move { self.respond(Vec::new()) })
    }
}

/// Looks 50 numbers up, two at a time, and returns how many were asked, and how many results say that
/// theirs was not.
async fn asked_of_fifty(provider: &Arc<Refusing>) -> (usize, usize) {
    let mut providers = ProviderSet::new().with_concurrency(2);
    providers
        .add(Arc::clone(provider) as Arc<dyn Provider>)
        .unwrap();
    let lookups = (0..50).map(|it| Lookup::new("first", TrackRequest::number(it.to_string())));

    let results = providers.track_all(lookups).await;

    assert_eq!(results.len(), 50);
    for (place, result) in results.iter().enumerate() {
        assert_eq!(result.lookup.request.target.as_str(), place.to_string());
    }
    let errors = results.iter().filter_map(|it| it.result.as_ref().err());
    let not_asked = errors.filter(|error| {
        assert_eq!(error.kind(), provider.kind);
        error.is_not_asked()
    });
    (provider.asked.load(Ordering::Relaxed), not_asked.count())
}

#[tokio::test]
async fn refused_key_or_used_up_quota_ends_the_lookups_of_a_provider() {
    for (first, kind) in [
        (0, ErrorKind::Authentication),
        (5, ErrorKind::Authentication),
        (0, ErrorKind::QuotaExhausted),
        (7, ErrorKind::QuotaExhausted),
        (0, ErrorKind::Permission),
    ] {
        let (asked, not_asked) = asked_of_fifty(&Refusing::after(first, kind)).await;

        // The refused one, and the one that was under way beside it.
        assert!(asked <= first + 2, "{kind}: {asked}");
        assert_eq!(not_asked, 50 - asked, "{kind}");
    }
}

#[tokio::test]
async fn refusal_of_one_lookup_ends_no_other() {
    for (first, kind) in [
        (1, ErrorKind::Permission),
        (0, ErrorKind::NotFound),
        (0, ErrorKind::RateLimited),
        (0, ErrorKind::Server),
        (0, ErrorKind::InvalidRequest),
    ] {
        let found = asked_of_fifty(&Refusing::after(first, kind)).await;

        assert_eq!(found, (50, 0), "{kind}");
    }
}

#[tokio::test]
async fn refusal_at_one_provider_leaves_the_others() {
    let refusing = Refusing::after(0, ErrorKind::QuotaExhausted);
    let mut providers = ProviderSet::new().with_concurrency(1);
    providers.add(refusing.clone()).unwrap();
    providers
        .add(Arc::new(Scripted::new(SECOND, Vec::new())))
        .unwrap();
    let lookups = (0..20).map(|it| {
        let name = ["first", "second"][it % 2];
        Lookup::new(name, TrackRequest::number("TP0001"))
    });

    let results = providers.track_all(lookups).await;

    assert_eq!(refusing.asked.load(Ordering::Relaxed), 1);
    let second = results.iter().filter(|it| it.account == "second");
    assert!(second.into_iter().all(|it| it.result.is_ok()));
}

#[tokio::test]
async fn refused_key_ends_the_detection_of_couriers() {
    let refusing = Refusing::after(2, ErrorKind::Authentication);
    let mut providers = ProviderSet::new().with_concurrency(1);
    providers.add(refusing.clone()).unwrap();
    let numbers = (0..9).map(|it| ("first".to_owned(), it.to_string()));

    let results: Vec<_> = providers.detect_each(numbers).collect().await;

    assert_eq!(refusing.asked.load(Ordering::Relaxed), 3);
    let not_asked = results
        .iter()
        .filter(|(_, result)| result.as_ref().is_err_and(Error::is_not_asked));
    assert_eq!(not_asked.count(), 6);
}
