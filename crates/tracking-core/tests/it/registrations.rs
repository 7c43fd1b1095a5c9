//! Several registrations in one call.

use std::sync::{Arc, Mutex};

use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet, Registered,
    Registration, TrackRequest,
};

type Results = Vec<Result<Registered, Error>>;
type Change = fn(&mut Results);

const MEMORY: ProviderId = ProviderId::new("memory");

/// Registers each number but `refused`, and passes the results of a batch through `change`.
#[derive(Debug)]
struct Registering {
    size: usize,
    change: Change,
    /// How many numbers each call had.
    calls: Mutex<Vec<usize>>,
}

impl Registering {
    fn new(size: usize, change: Change) -> Arc<Self> {
        let calls = Mutex::default();
        Arc::new(Self {
            size,
            change,
            calls,
        })
    }

    fn calls(&self) -> Vec<usize> {
        self.calls.lock().unwrap().clone()
    }

    fn registered(registration: &Registration) -> Result<Registered, Error> {
        match registration.number.as_str() {
            "refused" => Err(Error::new(ErrorKind::Authentication, MEMORY, "wrong key")),
            number => Ok(Registered::new(MEMORY, number)),
        }
    }
}

impl Provider for Registering {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.register = true;
        capabilities.register_batch_size = self.size;
        capabilities
    }

    fn track(&self, _: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(std::future::ready(Ok(Outcome::NotFound)))
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        self.calls.lock().unwrap().push(1);
        Box::pin(async move {
            tokio::task::yield_now().await;
            Self::registered(&registration)
        })
    }

    fn register_batch(&self, registrations: Vec<Registration>) -> BoxFuture<'_, Results> {
        self.calls.lock().unwrap().push(registrations.len());
        let mut results = registrations.iter().map(Self::registered).collect();
        (self.change)(&mut results);
        Box::pin(std::future::ready(results))
    }
}

/// A provider that registers one by one.
#[derive(Debug)]
struct Single(Arc<Registering>);

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

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        self.0.register(registration)
    }
}

async fn register(provider: Arc<dyn Provider>, registrations: Vec<Registration>) -> Results {
    let mut set = ProviderSet::new();
    set.add(provider).unwrap();
    let account = set.get("memory").unwrap();
    account.register_batch(registrations).await
}

fn registrations(count: usize) -> Vec<Registration> {
    let numbers = (0..count).map(|number| format!("A{number}"));
    numbers.map(Registration::new).collect()
}

/// The number that each registration has, or the kind of its error.
fn shown(results: &Results) -> Vec<String> {
    let shown = |result: &Result<Registered, Error>| match result {
        Ok(registered) => registered.number.clone(),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

#[tokio::test]
async fn numbers_are_registered_one_by_one_by_default() {
    let single = Registering::new(1, |_| ());

    let results = register(Arc::new(Single(Arc::clone(&single))), registrations(12)).await;

    assert_eq!(single.calls(), [1; 12]);
    let numbers: Vec<String> = registrations(12).into_iter().map(|it| it.number).collect();
    assert_eq!(shown(&results), numbers);
}

#[tokio::test]
async fn refused_key_ends_registrations_one_by_one() {
    let single = Registering::new(1, |_| ());
    let mut all = registrations(50);
    all.insert(0, Registration::new("refused"));

    let results = register(Arc::new(Single(Arc::clone(&single))), all).await;

    let is_not_asked =
        |it: &&Result<Registered, Error>| it.as_ref().is_err_and(Error::is_not_asked);
    let not_asked = results.iter().filter(is_not_asked).count();
    assert_eq!(not_asked + single.calls().len(), 51);
    assert!(single.calls().len() < 20, "{:?}", single.calls());
}

#[tokio::test]
async fn account_splits_registrations_into_batches() {
    for (size, count, expected) in [
        (100, 250, vec![100, 100, 50]),
        (4, 4, vec![4]),
        (0, 3, vec![3]),
        (4, 0, vec![]),
    ] {
        let provider = Registering::new(size, |_| ());
        let account = Arc::clone(&provider) as Arc<dyn Provider>;

        let results = register(account, registrations(count)).await;

        assert_eq!(provider.calls(), expected, "{size} {count}");
        assert_eq!(results.len(), count);
    }
}

#[tokio::test]
async fn refused_key_ends_the_batches_of_registrations() {
    let provider = Registering::new(2, |_| ());
    let mut all = registrations(6);
    all.insert(2, Registration::new("refused"));

    let results = register(Arc::clone(&provider) as Arc<dyn Provider>, all).await;

    assert_eq!(provider.calls(), [2, 2]);
    let not_asked = results
        .iter()
        .map(|it| it.as_ref().is_err_and(Error::is_not_asked));
    let not_asked: Vec<bool> = not_asked.collect();
    assert_eq!(not_asked, [false, false, false, false, true, true, true]);
}

#[tokio::test]
async fn results_of_another_number_are_never_returned() {
    let table: [(Change, [&str; 3]); 3] = [
        (|results| results.swap(1, 2), ["A0", "internal", "internal"]),
        (|results| drop(results.pop()), ["internal"; 3]),
        (
            // Providers spell numbers in their own way.
            |results| results[1] = Ok(Registered::new(MEMORY, "a-1")),
            ["A0", "a-1", "A2"],
        ),
    ];
    for (change, expected) in table {
        let results = register(Registering::new(3, change), registrations(3)).await;

        assert_eq!(shown(&results), expected);
    }
}
