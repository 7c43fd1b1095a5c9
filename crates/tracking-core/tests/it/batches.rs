//! Several requests in one call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tracking_core::{
    BoxFuture, Capabilities, Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet,
    Shipment, Status, TrackRequest,
};

use crate::parcels::{at, report};

type Results = Vec<Result<Outcome, Error>>;

/// Finds each number but `error`, alone or in batches, and passes the results of a batch through
/// `change`.
#[derive(Debug)]
struct Batching {
    size: usize,
    change: fn(&mut Results),
    batches: Mutex<Vec<usize>>,
    singles: AtomicUsize,
}

const MEMORY: ProviderId = ProviderId::new("memory");

impl Batching {
    fn new(size: usize, change: fn(&mut Results)) -> Arc<Self> {
        Arc::new(Self {
            size,
            change,
            batches: Mutex::default(),
            singles: AtomicUsize::default(),
        })
    }

    fn batches(&self) -> Vec<usize> {
        self.batches.lock().unwrap().clone()
    }

    fn singles(&self) -> usize {
        self.singles.load(Ordering::Relaxed)
    }
}

fn found(request: &TrackRequest) -> Result<Outcome, Error> {
    match request.target.as_str() {
        "error" => Err(Error::new(ErrorKind::Server, MEMORY, "is down")),
        "refused" => Err(Error::new(ErrorKind::Authentication, MEMORY, "wrong key")),
        number => {
            let status = report(Status::InTransit);
            Ok(Outcome::Found(vec![Shipment::new(
                MEMORY,
                number,
                status,
                at(0),
            )]))
        }
    }
}

impl Provider for Batching {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.batch_size = self.size;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            self.singles.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            found(&request)
        })
    }

    fn track_batch(&self, requests: Vec<TrackRequest>) -> BoxFuture<'_, Results> {
        Box::pin(async move {
            self.batches.lock().unwrap().push(requests.len());
            let mut results = requests.iter().map(found).collect();
            (self.change)(&mut results);
            results
        })
    }
}

/// A provider without batches of its own.
#[derive(Debug)]
struct Single(Arc<Batching>);

impl Provider for Single {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        self.0.track(request)
    }
}

fn set_of(provider: Arc<dyn Provider>) -> ProviderSet {
    let mut set = ProviderSet::new();
    set.add(provider).unwrap();
    set
}

fn requests(count: usize) -> Vec<TrackRequest> {
    let numbers = (0..count).map(|number| format!("A{number}"));
    numbers.map(TrackRequest::number).collect()
}

/// The number that each request found, or the kind of its error.
fn shown(results: &Results) -> Vec<String> {
    let shown = |result: &Result<Outcome, Error>| match result {
        Ok(outcome) => outcome.shipments()[0].number.clone(),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

#[tokio::test]
async fn batch_is_sent_one_by_one_by_default() {
    let single = Batching::new(1, |_| ());
    let mut requests = requests(20);
    requests.insert(3, TrackRequest::number("error"));

    let results = Single(Arc::clone(&single))
        .track_batch(requests.clone())
        .await;

    assert_eq!(single.singles(), 21);
    let expected: Vec<String> = requests
        .iter()
        .map(|it| it.target.as_str().replace("error", "server"))
        .collect();
    assert_eq!(shown(&results), expected);
}

#[tokio::test]
async fn refused_key_ends_a_batch_that_is_sent_one_by_one() {
    let single = Batching::new(1, |_| ());
    let refused = std::iter::once(TrackRequest::number("refused"));

    let results = Single(Arc::clone(&single))
        .track_batch(refused.chain(requests(50)).collect())
        .await;

    assert_eq!(results.len(), 51);
    let is_not_asked = |it: &&Result<Outcome, Error>| it.as_ref().is_err_and(Error::is_not_asked);
    assert_eq!(
        results.iter().filter(is_not_asked).count() + single.singles(),
        51
    );
    assert!(single.singles() < 20, "{}", single.singles());
}

#[tokio::test]
async fn account_splits_requests_into_batches() {
    for (size, count, expected) in [
        (4, 10, vec![4, 4, 2]),
        (10, 10, vec![10]),
        (1, 3, vec![3]),
        (0, 3, vec![3]),
        (4, 0, vec![]),
    ] {
        let provider = Batching::new(size, |_| ());
        let set = set_of(Arc::clone(&provider) as Arc<dyn Provider>);

        let results = set
            .get("memory")
            .unwrap()
            .track_batch(requests(count))
            .await;

        assert_eq!(provider.batches(), expected, "{size} {count}");
        assert_eq!(results.len(), count);
        for (number, result) in results.iter().enumerate() {
            let shipment = &result.as_ref().unwrap().shipments()[0];
            assert_eq!(shipment.number, format!("A{number}"));
            assert_eq!(shipment.account.as_deref(), Some("memory"));
        }
    }
}

#[tokio::test]
async fn refused_key_ends_the_batches_of_an_account() {
    let provider = Batching::new(2, |_| ());
    let set = set_of(Arc::clone(&provider) as Arc<dyn Provider>);
    let mut requests = requests(9);
    requests.insert(2, TrackRequest::number("refused"));

    let results = set.get("memory").unwrap().track_batch(requests).await;

    assert_eq!(provider.batches(), [2, 2]);
    let not_asked: Vec<bool> = results
        .iter()
        .map(|it| it.as_ref().is_err_and(Error::is_not_asked))
        .collect();
    assert_eq!(not_asked[..4], [false; 4]);
    assert_eq!(not_asked[4..], [true; 6]);
}

#[tokio::test]
async fn wrong_number_of_results_is_an_error_of_each_request() {
    let too_few: fn(&mut Results) = |results| drop(results.remove(0));
    let too_many: fn(&mut Results) = |results| results.push(Ok(Outcome::NotFound));
    for (change, found) in [(too_few, 2), (too_many, 4)] {
        let set = set_of(Batching::new(3, change));

        let results = set.get("memory").unwrap().track_batch(requests(3)).await;

        assert_eq!(shown(&results), ["internal"; 3]);
        let error = results[0].as_ref().unwrap_err();
        assert_eq!(
            error.message(),
            format!(
                "the adapter returned {found} results for 3 requests; report this bug to its authors"
            )
        );
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn shipment_of_a_neighbour_is_never_returned() {
    let set = set_of(Batching::new(4, |results| results.swap(1, 2)));

    let results = set.get("memory").unwrap().track_batch(requests(4)).await;

    assert_eq!(shown(&results), ["A0", "internal", "internal", "A3"]);
}

#[test]
fn no_batches_are_the_default() {
    assert_eq!(Capabilities::default(), Capabilities::none());
    assert_eq!(Capabilities::none().batch_size, 1);
}
