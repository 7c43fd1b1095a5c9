//! Streams of lookups: one result each, in constant memory, whatever fails.

use std::collections::{BTreeMap, HashMap};
use std::future;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, Stream, StreamExt};
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Error, ErrorKind, Lookup, LookupResult, Outcome, Provider, ProviderId,
    ProviderSet, TrackRequest,
};

/// A provider in memory, whose numbers say what comes of them.
///
/// `…ms` waits so long, `panic` and `late-panic` panic, `error` fails, `never` waits for ever.
#[derive(Debug)]
struct InMemory {
    id: ProviderId,
    calls: AtomicUsize,
    running: AtomicUsize,
    most: AtomicUsize,
    asked: Mutex<Vec<TrackRequest>>,
    batch_size: usize,
}

/// One less is under way when it is dropped.
struct Running<'a>(&'a AtomicUsize);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl InMemory {
    fn new(id: &'static str) -> Arc<Self> {
        Self::with_batches(id, 1)
    }

    fn with_batches(id: &'static str, batch_size: usize) -> Arc<Self> {
        Arc::new(Self {
            id: ProviderId::new(id),
            calls: AtomicUsize::default(),
            running: AtomicUsize::default(),
            most: AtomicUsize::default(),
            asked: Mutex::default(),
            batch_size,
        })
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    fn running(&self) -> usize {
        self.running.load(Ordering::Relaxed)
    }

    fn numbers(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .map(|it| it.target.as_str().to_owned())
            .collect()
    }
}

impl Provider for InMemory {
    fn id(&self) -> ProviderId {
        self.id.clone()
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.batch_size = self.batch_size;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        assert!(request.target.as_str() != "panic", "asked to panic");
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::Relaxed);
            let running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
            let _running = Running(&self.running);
            self.most.fetch_max(running, Ordering::Relaxed);
            let number = request.target.as_str().to_owned();
            self.asked.lock().unwrap().push(request);
            if let Some(wait) = number.strip_suffix("ms") {
                tokio::time::sleep(Duration::from_millis(wait.parse().unwrap())).await;
            }
            match number.as_str() {
                "never" => std::future::pending().await,
                "late-panic" => {
                    tokio::task::yield_now().await;
                    panic!("asked to panic");
                }
                "error" => Err(Error::new(ErrorKind::Server, self.id(), "is down")),
                _ => Ok(Outcome::NotFound),
            }
        })
    }

    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        Box::pin(async move {
            self.calls.fetch_add(1, Ordering::Relaxed);
            vec![Ok(Outcome::NotFound); requests.len()]
        })
    }
}

fn set_of(providers: &[&Arc<InMemory>]) -> ProviderSet {
    let mut set = ProviderSet::new();
    for provider in providers {
        set.add(Arc::clone(provider) as Arc<dyn Provider>).unwrap();
    }
    set
}

fn lookup(account: &str, number: impl Into<String>) -> Lookup {
    Lookup::new(account, TrackRequest::number(number))
}

fn requests<const N: usize>(numbers: [&'static str; N]) -> BoxStream<'static, TrackRequest> {
    stream::iter(numbers).map(TrackRequest::number).boxed()
}

fn kind(result: &LookupResult) -> Option<ErrorKind> {
    result.result.as_ref().err().map(Error::kind)
}

fn indices(results: &[LookupResult]) -> Vec<usize> {
    results.iter().map(|it| it.index).collect()
}

/// Counts what is read of a stream.
fn counted<'a, S: Stream + 'a>(
    stream: S,
    read: &'a AtomicUsize,
) -> impl Stream<Item = S::Item> + 'a {
    stream.inspect(move |_| {
        read.fetch_add(1, Ordering::Relaxed);
    })
}

#[tokio::test]
async fn adapter_that_panics_is_the_error_of_its_own_lookup() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let numbers = ["A1", "panic", "A2", "late-panic", "error", "A3"];
    let lookups = stream::iter(numbers).map(|number| lookup("memory", number));

    let results: Vec<LookupResult> = set.track_stream(lookups).in_order().collect().await;

    let kinds: Vec<Option<ErrorKind>> = results.iter().map(kind).collect();
    let internal = Some(ErrorKind::Internal);
    let server = Some(ErrorKind::Server);
    assert_eq!(kinds, [None, internal, None, internal, server, None]);
    let error = results[1].result.as_ref().unwrap_err();
    assert!(error.message().contains("the adapter panicked"), "{error}");
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn order_of_completion_is_default_and_order_of_input_option() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let lookups = || stream::iter(["30ms", "10ms", "20ms"]).map(|it| lookup("memory", it));

    let completed: Vec<LookupResult> = set.track_stream(lookups()).collect().await;
    let ordered: Vec<LookupResult> = set.track_stream(lookups()).in_order().collect().await;

    assert_eq!(indices(&completed), [1, 2, 0]);
    assert_eq!(indices(&ordered), [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn reading_stops_while_results_of_slow_lookup_are_awaited() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]).with_concurrency(2).with_read_ahead(10);
    let read = AtomicUsize::new(0);
    let quick = (0..1000).map(|number| lookup("memory", format!("A{number}")));
    let lookups = std::iter::once(lookup("memory", "50ms")).chain(quick);
    let mut results = set
        .track_stream(counted(stream::iter(lookups), &read))
        .in_order();

    let early = tokio::time::timeout(Duration::from_millis(40), results.next()).await;
    assert!(early.is_err(), "{early:?}");
    let read_early = read.load(Ordering::Relaxed);
    let rest: Vec<LookupResult> = results.collect().await;

    assert!(read_early <= 13, "{read_early}");
    assert_eq!(indices(&rest), (0..1001).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn dropped_next_loses_nothing_and_dropped_stream_drops_calls() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let numbers = (1..=9).map(|it| lookup("memory", format!("{it}0ms")));
    let last = std::iter::once(lookup("memory", "never"));
    let mut results = set.track_each(numbers.chain(last));
    let mut found = Vec::new();

    // Each wait is given up many times before there is a result.
    while found.len() < 9 {
        let next = tokio::time::timeout(Duration::from_millis(1), results.next());
        found.extend(next.await.ok().flatten());
    }

    assert_eq!(indices(&found), (0..9).collect::<Vec<_>>());
    assert_eq!(provider.calls(), 10);
    assert_eq!(provider.running(), 1);
    drop(results);
    assert_eq!(provider.running(), 0);
}

#[tokio::test]
async fn nothing_is_sent_or_read_before_the_stream_is_polled() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let read = AtomicUsize::new(0);
    let lookups = stream::iter([lookup("memory", "A1")]);

    drop(set.track_stream(counted(lookups, &read)));

    assert_eq!((read.load(Ordering::Relaxed), provider.calls()), (0, 0));
}

#[tokio::test]
async fn million_lookups_hold_no_more_than_the_read_ahead() {
    // Batches keep the test quick.
    let quick = InMemory::with_batches("quick", 50);
    let set = set_of(&[&quick]).with_concurrency(4).with_read_ahead(50);
    let read = AtomicUsize::new(0);
    let request = |number: usize| TrackRequest::id(number.to_string());
    let lookups = (0..1_000_000).map(|number| Lookup::new("quick", request(number)));
    let mut results = set.track_stream(counted(stream::iter(lookups), &read));
    let (mut count, mut most, mut sum) = (0, 0, 0);

    while let Some(found) = results.next().await {
        most = most.max(read.load(Ordering::Relaxed) - count);
        count += 1;
        sum += found.index;
    }

    assert_eq!(count, 1_000_000);
    assert_eq!(sum, 1_000_000 * 999_999 / 2);
    assert!(most <= 50 + 4 * 50, "{most}");
    assert_eq!(quick.calls(), 1_000_000 / 50);
}

#[tokio::test(start_paused = true)]
async fn slow_account_with_many_lookups_holds_up_no_other() {
    let (slow, quick) = (InMemory::new("slow"), InMemory::new("quick"));
    let set = set_of(&[&slow, &quick])
        .with_concurrency(2)
        .with_read_ahead(5);
    let (of_slow, of_quick) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let never = stream::iter(0..100_000).map(|_| TrackRequest::number("never"));
    let numbers = stream::iter(0..10_000).map(|it| TrackRequest::number(format!("A{it}")));
    let sources = [
        ("slow", counted(never, &of_slow).boxed()),
        ("quick", counted(numbers, &of_quick).boxed()),
    ];

    let results: Vec<LookupResult> = set.track_streams(sources).take(10_000).collect().await;

    assert!(
        results
            .iter()
            .all(|it| it.account == "quick" && it.source == 1)
    );
    assert_eq!(of_quick.load(Ordering::Relaxed), 10_000);
    // Equal lookups share a call, so that some more are read.
    assert!(of_slow.load(Ordering::Relaxed) <= 7);
}

#[tokio::test]
async fn sources_may_end_be_empty_repeat_an_account_or_name_none() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let sources = [
        ("memory", requests(["A1", "A2"])),
        ("memory", requests([])),
        ("nobody", requests(["A1", "A2", "A3"])),
        ("Memory", requests(["B1"])),
    ];

    let results: Vec<LookupResult> = set.track_streams(sources).in_order().collect().await;

    let mut by_source: BTreeMap<usize, Vec<(usize, Option<ErrorKind>)>> = BTreeMap::new();
    for result in &results {
        let of_source = by_source.entry(result.source).or_default();
        of_source.push((result.index, kind(result)));
    }
    let unknown = Some(ErrorKind::Configuration);
    let expected = BTreeMap::from([
        (0, vec![(0, None), (1, None)]),
        (2, vec![(0, unknown), (1, unknown), (2, unknown)]),
        (3, vec![(0, None)]),
    ]);
    assert_eq!(by_source, expected);
    assert_eq!(
        set.track_streams::<String, stream::Empty<_>>([])
            .count()
            .await,
        0
    );
    assert_eq!(
        ProviderSet::new()
            .track_each([lookup("x", "A1")])
            .count()
            .await,
        1
    );
}

#[tokio::test]
async fn source_that_panics_ends_and_panic_follows_other_results() {
    let (broken, whole) = (InMemory::new("broken"), InMemory::new("whole"));
    let set = set_of(&[&broken, &whole]);
    let panicking = stream::iter(["A1", "A2"]).map(|number| {
        assert!(number != "A2", "the source is broken");
        TrackRequest::number(number)
    });
    let sources = [
        ("broken", panicking.boxed()),
        ("whole", requests(["B1", "B2", "B3"])),
    ];
    let mut results = set.track_streams(sources);
    let mut found = Vec::new();

    let panic = loop {
        match AssertUnwindSafe(results.next()).catch_unwind().await {
            Ok(Some(result)) => found.push(result.account),
            Ok(None) => panic!("the panic was lost"),
            Err(panic) => break panic,
        }
    };

    assert_eq!(panic.downcast_ref(), Some(&"the source is broken"));
    found.sort();
    assert_eq!(found, ["broken", "whole", "whole", "whole"]);
    assert!(results.next().await.is_none());
}

#[tokio::test]
async fn slow_source_delays_no_result_of_another() {
    let (idle, busy) = (InMemory::new("idle"), InMemory::new("busy"));
    let set = set_of(&[&idle, &busy]);
    let silent = stream::poll_fn(|_| Poll::<Option<TrackRequest>>::Pending);
    let sources = [("idle", silent.boxed()), ("busy", requests(["B1", "B2"]))];

    let results: Vec<LookupResult> = set.track_streams(sources).take(2).collect().await;

    assert!(results.iter().all(|it| it.account == "busy"));
}

#[tokio::test(start_paused = true)]
async fn equal_lookups_are_sent_once_and_each_has_the_result() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]);
    let number = || TrackRequest::number("20ms");
    let lookups = [
        lookup("memory", "20ms"),
        lookup("memory", "20-MS"),
        Lookup::new("memory", number().with_courier("ups")),
        Lookup::new("memory", number().with_register(true)),
        Lookup::new("memory", TrackRequest::id("20ms")),
        lookup("MEMORY", " 20 ms"),
        lookup("memory", "late-panic"),
        lookup("memory", "Late Panic"),
        lookup("memory", "-"),
        lookup("memory", " "),
    ];

    let results = set.track_all(lookups.clone()).await;

    let mut asked = provider.numbers();
    asked.sort();
    assert_eq!(
        asked,
        [" ", "-", "20ms", "20ms", "20ms", "20ms", "late-panic"]
    );
    for (place, (result, lookup)) in results.iter().zip(&lookups).enumerate() {
        assert_eq!(&result.lookup, lookup);
        let has_panicked = place == 6 || place == 7;
        let expected = has_panicked.then_some(ErrorKind::Internal);
        assert_eq!(kind(result), expected, "{place}");
    }
}

#[tokio::test]
async fn lookup_is_sent_again_when_an_equal_one_is_over() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]).with_concurrency(1);
    let lookups = ["A1", "B1", "A1"].map(|number| lookup("memory", number));
    let mut results = set.track_stream(
        stream::iter(lookups)
            .then(|lookup| async move {
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
                lookup
            })
            .boxed(),
    );

    while results.next().await.is_some() {}

    assert_eq!(provider.numbers(), ["A1", "B1", "A1"]);
}

#[tokio::test(start_paused = true)]
async fn copies_of_one_lookup_are_read_within_bounds() {
    let provider = InMemory::new("memory");
    let set = set_of(&[&provider]).with_read_ahead(20);
    let read = AtomicUsize::new(0);
    let copies = stream::iter(0..10_000).map(|_| lookup("memory", "10ms"));
    let mut results = set.track_stream(counted(copies, &read));
    let (mut count, mut most) = (0, 0);

    while results.next().await.is_some() {
        most = most.max(read.load(Ordering::Relaxed) - count);
        count += 1;
    }

    assert_eq!(count, 10_000);
    assert!(most <= 21, "{most}");
    assert!(provider.calls() <= 10_000 / 20, "{}", provider.calls());
}

#[tokio::test]
async fn other_tasks_have_their_turn_while_results_are_handed_out() {
    let set = set_of(&[&InMemory::new("memory")]);
    let lookups = (0..10_000).map(|_| lookup("nobody", "A1"));
    let mut count = std::pin::pin!(set.track_each(lookups).count());
    let mut turns = 0;

    let count = loop {
        let poll = future::poll_fn(|context| Poll::Ready(count.as_mut().poll(context)));
        match poll.await {
            Poll::Ready(count) => break count,
            Poll::Pending => turns += 1,
        }
    };

    assert_eq!(count, 10_000);
    assert!((20..100).contains(&turns), "{turns}");
}

#[tokio::test]
async fn results_by_account_are_complete_for_any_mixture() {
    let providers = ["a", "b", "c"].map(InMemory::new);
    let set = set_of(&providers.each_ref())
        .with_read_ahead(3)
        .with_concurrency(2);
    let names = ["a", "b", "c", "nobody"];
    let lookups = (0..2000_usize).map(|it| {
        let number = ["error", "panic", "A", "B"][it * it % 4].to_owned();
        lookup(
            names[it * 7 % 11 % 4],
            format!("{number}{}", if it % 4 < 2 { "" } else { "1" }),
        )
    });

    let results = set.track_each(lookups.clone());
    let by_index: HashMap<usize, Lookup> = results.map(|it| (it.index, it.lookup)).collect().await;

    assert_eq!(by_index.len(), 2000);
    for (index, lookup) in lookups.enumerate() {
        assert_eq!(by_index[&index], lookup);
    }
}

#[tokio::test]
async fn stream_names_what_is_under_way() {
    let memory = InMemory::new("memory");
    let set = set_of(&[&memory]).with_concurrency(1);
    let numbers = |results: Vec<&Lookup>| {
        let targets = results.into_iter().map(|it| &it.request.target);
        let numbers: Vec<String> = targets.map(|it| it.as_str().to_owned()).collect();
        numbers
    };
    let lookups = |numbers: &'static [&'static str]| {
        stream::iter(numbers).map(|number| lookup("memory", *number))
    };

    let mut results = set.track_stream(lookups(&["A1", "never", "B2", "never"]));
    assert_eq!(results.under_way().count(), 0);
    assert!(results.next().await.unwrap().result.is_ok());
    assert!(results.next().now_or_never().is_none());

    // The equal one shares its call, and the other one waits.
    assert_eq!(numbers(results.under_way().collect()), ["never"]);
    drop(results);

    // What is there and waits for an earlier one was sent too.
    let set = set_of(&[&memory]).with_concurrency(2);
    let mut results = set
        .track_stream(lookups(&["never", "A1", "never"]))
        .in_order();
    assert!(results.next().now_or_never().is_none());
    assert_eq!(numbers(results.under_way().collect()), ["never", "A1"]);
}
