//! Several requests in one call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::stream::{self, StreamExt};
use tokio::sync::mpsc;
use tracking_core::kit::{Batch, BoxFuture};
use tracking_core::{
    Capabilities, Error, ErrorKind, Lookup, Outcome, Provider, ProviderId, ProviderSet, Shipment,
    Status, TrackRequest,
};

use crate::parcels::{at, report};

type Results = Vec<Result<Outcome, Error>>;
type Change = fn(&mut Results);

/// Finds each number but `error`, alone or in batches, and passes the results of a batch through
/// `change`.
#[derive(Debug)]
struct Batching {
    size: usize,
    change: Change,
    batches: Mutex<Vec<usize>>,
    singles: AtomicUsize,
    running: AtomicUsize,
    /// How many batches were under way at once at most.
    most: AtomicUsize,
}

const MEMORY: ProviderId = ProviderId::new("memory");

impl Batching {
    fn new(size: usize, change: Change) -> Arc<Self> {
        Arc::new(Self {
            size,
            change,
            batches: Mutex::default(),
            singles: AtomicUsize::default(),
            running: AtomicUsize::default(),
            most: AtomicUsize::default(),
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
            let running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(running, Ordering::Relaxed);
            tokio::task::yield_now().await;
            self.running.fetch_sub(1, Ordering::Relaxed);
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
    let too_few: Change = |results| drop(results.remove(0));
    let too_many: Change = |results| results.push(Ok(Outcome::NotFound));
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

/// Looks numbers up in a set, one call at a time.
async fn looked_up(provider: &Arc<Batching>, numbers: &[&str]) -> Results {
    let set = set_of(Arc::clone(provider) as Arc<dyn Provider>).with_concurrency(1);
    let lookups = numbers
        .iter()
        .map(|number| Lookup::new("memory", TrackRequest::number(*number)));
    let results = set.track_all(lookups).await;
    results.into_iter().map(|it| it.result).collect()
}

#[tokio::test]
async fn set_fills_batches_from_what_waits() {
    let provider = Batching::new(3, |_| ());
    let numbers = ["A0", "A1", "A2", "A3", "A4", "A5", "A6"];

    let results = looked_up(&provider, &numbers).await;

    assert_eq!(shown(&results), numbers);
    assert_eq!((provider.batches(), provider.singles()), (vec![3, 3], 1));
}

#[tokio::test]
async fn set_never_waits_for_a_full_batch() {
    let provider = Batching::new(3, |_| ());
    let set = set_of(Arc::clone(&provider) as Arc<dyn Provider>);
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let numbers = stream::poll_fn(move |context| receiver.poll_recv(context));
    let lookups = numbers.map(|number: &str| Lookup::new("memory", TrackRequest::number(number)));
    let mut results = set.track_stream(lookups);

    for sent in [&["A0", "A1"][..], &["A2"]] {
        for number in sent {
            sender.send(*number).unwrap();
        }
        for _ in sent {
            assert!(results.next().await.unwrap().result.is_ok());
        }
    }

    assert_eq!((provider.batches(), provider.singles()), (vec![2], 1));
}

#[tokio::test]
async fn set_counts_calls_as_concurrency() {
    let provider = Batching::new(5, |_| ());
    let set = set_of(Arc::clone(&provider) as Arc<dyn Provider>).with_concurrency(2);
    let lookups = requests(40).into_iter().map(|it| Lookup::new("memory", it));

    let results = set.track_all(lookups).await;

    assert_eq!(results.len(), 40);
    assert_eq!(provider.batches(), [5; 8]);
    assert_eq!(provider.most.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn equal_lookups_take_one_place_of_a_batch() {
    let provider = Batching::new(3, |_| ());

    let results = looked_up(&provider, &["A0", "a-0", "A1", "A 0", "A2", "A3"]).await;

    assert_eq!(shown(&results), ["A0", "A0", "A1", "A0", "A2", "A3"]);
    assert_eq!((provider.batches(), provider.singles()), (vec![3], 1));
}

#[tokio::test]
async fn failed_call_is_the_error_of_each_lookup_in_it() {
    let down = |results: &mut Results| {
        if shown(results).contains(&"server".to_owned()) {
            results.fill_with(|| Err(Error::new(ErrorKind::Timeout, MEMORY, "no response")));
        }
    };
    let too_few = |results: &mut Results| {
        if shown(results).contains(&"server".to_owned()) {
            results.truncate(1);
        }
    };
    let panics = |results: &mut Results| {
        assert!(!shown(results).contains(&"server".to_owned()), "a bug");
    };
    let cases: [(Change, &str); 3] = [
        (down, "timeout"),
        (too_few, "internal"),
        (panics, "internal"),
    ];
    for (change, kind) in cases {
        let provider = Batching::new(2, change);

        let results = looked_up(&provider, &["A0", "A1", "error", "A3", "A4", "A5"]).await;

        let expected = ["A0", "A1", kind, kind, "A4", "A5"];
        assert_eq!(shown(&results), expected);
    }
}

#[tokio::test]
async fn refused_key_in_a_batch_ends_the_lookups_of_the_account() {
    let provider = Batching::new(3, |_| ());

    let results = looked_up(&provider, &["A0", "A1", "refused", "A3", "A4", "A5", "A6"]).await;

    let is_not_asked = |it: &Result<Outcome, Error>| it.as_ref().is_err_and(Error::is_not_asked);
    let not_asked: Vec<bool> = results.iter().map(is_not_asked).collect();
    assert_eq!(not_asked, [false, false, false, true, true, true, true]);
    assert_eq!((provider.batches(), provider.singles()), (vec![3], 0));
}

#[tokio::test]
async fn missing_right_for_one_shipment_of_a_batch_ends_nothing() {
    let provider = Batching::new(3, |results| {
        results[0] = Err(Error::new(ErrorKind::Permission, MEMORY, "not this one"));
    });

    let results = looked_up(&provider, &["A0", "A1", "A2", "A3", "A4", "A5"]).await;

    let expected = ["permission", "A1", "A2", "permission", "A4", "A5"];
    assert_eq!(shown(&results), expected);
}

#[test]
fn no_batches_are_the_default() {
    assert_eq!(Capabilities::default(), Capabilities::none());
    assert_eq!(Capabilities::none().batch_size, 1);
}

#[tokio::test]
async fn what_a_call_does_not_settle_is_looked_up_alone_and_once() {
    let memory = Batching::new(10, |_| ());
    let requests = ["A1", "B2", "a-1", "C3", "A1"].map(TrackRequest::number);
    let mut batch = Batch::new(requests.to_vec());
    let failed = || Err(Error::new(ErrorKind::Server, MEMORY, "is down"));

    batch.settle(1, failed());
    // There is no such place.
    batch.settle(5, failed());
    let open: Vec<usize> = batch.open().map(|(place, _)| place).collect();
    let results = batch.finish(&*memory).await;

    assert_eq!(open, [0, 2, 3, 4]);
    assert_eq!(shown(&results), ["A1", "server", "A1", "C3", "A1"]);
    assert_eq!(memory.singles(), 2);
}

#[tokio::test]
async fn refused_key_in_a_settled_result_ends_the_batch() {
    let memory = Batching::new(10, |_| ());
    let mut batch = Batch::new(requests(2));
    let refused = Error::new(ErrorKind::Authentication, MEMORY, "wrong key");

    batch.settle(0, Err(refused));
    let results = batch.finish(&*memory).await;

    assert_eq!(shown(&results), ["authentication"; 2]);
    assert!(results[1].as_ref().unwrap_err().is_not_asked());
    assert_eq!(memory.singles(), 0);
}
