use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gcl_sdk::ConfigureClient;
use tempfile::TempDir;
use tokio::sync::Notify;
use tracking_core::cadence::Cadence;
use tracking_core::kit::BoxFuture;
use tracking_core::{Lookup, ProviderSet, Shipment, TrackRequest, UtcTime};
use tracking_follow::NotDelivered;
use tracking_sandbox::{SampleJourney, Sandbox};

use super::item::{Attempts, Item, Waits};
use super::named;
use super::rounds::{Ending, Watch};
use super::store::{State, StateFile};
use super::world::World;
use crate::problem::Problem;
use crate::providers;

const NUMBER: &str = "1Z12345E0291980793";

/// A sandbox, a state file, and everything that came out of all runs.
struct Scene {
    sandbox: Sandbox,
    set: ProviderSet,
    folder: TempDir,
    out: Out,
}

/// What somebody was given, in order.
#[derive(Default)]
struct Out {
    printed: Mutex<Vec<(u64, String)>>,
    executed: Mutex<Vec<u64>>,
    sent: Mutex<Vec<(String, u64)>>,
    first: Mutex<Vec<String>>,
    troubles: Mutex<Vec<String>>,
    /// Deliveries that fail, before one succeeds.
    failing: AtomicU32,
}

/// The world of one run, which ends the program at a step.
struct Scripted<'a> {
    scene: &'a Scene,
    file: StateFile,
    kill_at: usize,
    steps: AtomicUsize,
    killed: Notify,
}

impl Scene {
    async fn new() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        sandbox
            .ship24()
            .configure(|settings| settings.rate_limits = false);
        let entry = providers::ALL
            .iter()
            .find(|it| it.name == "ship24")
            .unwrap();
        let settings = (entry.sandbox)(&sandbox);
        let builder = ship24_sdk::ClientBuilder::from_settings(settings.lookup()).unwrap();
        let client = builder.without_rate_limits().build().unwrap();
        let mut set = ProviderSet::new();
        set.add(Arc::new(client)).unwrap();
        Self {
            sandbox,
            set,
            folder: tempfile::tempdir().unwrap(),
            out: Out::default(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("watch.json")
    }

    /// Runs until all parcels rest or the program is ended at a step; returns how it ended and the
    /// number of steps.
    async fn run(&self, kill_at: usize) -> (Option<Ending>, usize) {
        self.run_as(kill_at, false).await
    }

    async fn run_as(&self, kill_at: usize, once: bool) -> (Option<Ending>, usize) {
        let (file, mut state) = StateFile::open(self.path()).unwrap();
        let world = Scripted {
            scene: self,
            file,
            kill_at,
            steps: AtomicUsize::new(0),
            killed: Notify::new(),
        };
        let request = TrackRequest::number(NUMBER).with_register(true);
        let lookups = [Lookup::new("ship24", request)];
        let watched = named(&lookups, &mut state, world.now());
        let mut cadence = Cadence::default();
        // Fewer looks, so that the test is short.
        cadence.at_least = Duration::from_secs(12 * 3600);
        let watch = Watch {
            providers: &self.set,
            problem: &|_, _, _| None,
            watched,
            cadence,
            waits: Waits {
                print: true,
                exec: true,
                webhook: Some(Attempts::default()),
            },
            world: &world,
        };
        let ending = tokio::select! {
            biased;
            () = world.killed.notified() => None,
            ending = async {
                if once {
                    watch.once(&mut state).await
                } else {
                    watch.run(&mut state).await
                }
            } => Some(ending.unwrap()),
        };
        (ending, world.steps.load(Ordering::Relaxed))
    }

    /// The changes that were printed, each once.
    fn changes(&self) -> BTreeMap<u64, String> {
        let mut changes = BTreeMap::new();
        for (seq, text) in self.out.printed.lock().unwrap().iter() {
            let before = changes.insert(*seq, text.clone());
            assert!(
                before.is_none_or(|before| before == *text),
                "{seq} is another change"
            );
        }
        changes
    }

    fn state(&self) -> State {
        StateFile::open(self.path()).unwrap().1
    }
}

impl Scripted<'_> {
    /// A point between two effects, at which the program may end.
    async fn step(&self) {
        let step = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        if step == self.kill_at {
            self.killed.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

impl World for Scripted<'_> {
    fn now(&self) -> UtcTime {
        UtcTime::try_from(self.scene.sandbox.clock().now()).unwrap()
    }

    fn sleep_until(&self, time: UtcTime) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.step().await;
            let wait = time.since(self.now()).unwrap_or_default();
            self.scene
                .sandbox
                .clock()
                .advance(wait + Duration::from_millis(1));
        })
    }

    fn save<'a>(&'a self, state: &'a State) -> BoxFuture<'a, std::io::Result<()>> {
        Box::pin(async move {
            self.step().await;
            self.file.save(state)?;
            self.step().await;
            Ok(())
        })
    }

    fn print<'a>(&'a self, items: &'a [&'a Item]) -> BoxFuture<'a, std::io::Result<()>> {
        Box::pin(async move {
            self.step().await;
            let lines = items.iter().map(|item| (item.seq, item.text()));
            self.scene.out.printed.lock().unwrap().extend(lines);
            self.step().await;
            Ok(())
        })
    }

    fn exec<'a>(&'a self, item: &'a Item) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            self.step().await;
            self.scene.out.executed.lock().unwrap().push(item.seq);
            self.step().await;
            Ok(())
        })
    }

    fn send<'a>(&'a self, id: &'a str, item: &'a Item) -> BoxFuture<'a, Result<(), NotDelivered>> {
        Box::pin(async move {
            self.step().await;
            let failing = &self.scene.out.failing;
            let less = |left: u32| left.checked_sub(1);
            if failing
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
                .is_ok()
            {
                return Err(NotDelivered::new("the receiver responded with 503"));
            }
            let message = (id.to_owned(), item.seq);
            self.scene.out.sent.lock().unwrap().push(message);
            self.step().await;
            Ok(())
        })
    }

    fn first(&self, account: &str, shipment: &Shipment) {
        let line = format!("{account} {}", shipment.status.status);
        self.scene.out.first.lock().unwrap().push(line);
    }

    fn unmapped(&self, _: &ProviderSet) {}

    fn trouble(&self, problem: &Problem) {
        self.scene
            .out
            .troubles
            .lock()
            .unwrap()
            .push(problem.message.clone());
    }
}

/// Every number from 1 on, each at least once.
fn assert_complete(what: &str, seqs: impl IntoIterator<Item = u64>, last: u64) {
    let mut seqs: Vec<u64> = seqs.into_iter().collect();
    seqs.sort_unstable();
    seqs.dedup();
    assert_eq!(seqs, (1..=last).collect::<Vec<_>>(), "{what}");
}

#[tokio::test]
async fn watch_reports_a_journey_and_comes_to_rest() {
    let scene = Scene::new().await;
    scene.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();

    let (ending, _) = scene.run(usize::MAX).await;

    assert_eq!(ending, Some(Ending::Done));
    let changes: Vec<String> = scene.changes().into_values().collect();
    assert!(
        changes.iter().any(|it| it.starts_with("status: Delivered")),
        "{changes:?}"
    );
    let seqs: Vec<u64> = scene
        .out
        .printed
        .lock()
        .unwrap()
        .iter()
        .map(|it| it.0)
        .collect();
    assert!(seqs.is_sorted_by(|one, other| one < other), "{seqs:?}");
    assert_eq!(*scene.out.executed.lock().unwrap(), seqs);
    assert_eq!(scene.out.first.lock().unwrap().len(), 1);
    let state = scene.state();
    assert!(state.parcels.get(0).unwrap().rests());
    assert_eq!(state.items, []);
    assert_eq!(state.seq, *seqs.last().unwrap());

    let requests = scene.sandbox.requests().len();
    assert_eq!(scene.run(usize::MAX).await.0, Some(Ending::Done));
    assert_eq!(
        scene.sandbox.requests().len(),
        requests,
        "it is not asked for again"
    );
}

#[tokio::test]
async fn end_at_any_step_loses_nothing_and_repeats_only_that_step() {
    let whole = Scene::new().await;
    whole.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();
    let (_, steps) = whole.run(usize::MAX).await;
    let expected = whole.changes();
    let last = *expected.keys().last().unwrap();
    assert!(steps > 40, "{steps}");

    for kill_at in 1..=steps {
        let scene = Scene::new().await;
        scene.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();

        let (ending, _) = scene.run(kill_at).await;
        assert_eq!(ending, None, "{kill_at}");
        let at_end = scene.out.printed.lock().unwrap().len();
        let (ending, _) = scene.run(usize::MAX).await;

        assert_eq!(ending, Some(Ending::Done));
        assert_eq!(scene.changes(), expected, "{kill_at}");
        let executed = scene.out.executed.lock().unwrap().clone();
        let sent = scene.out.sent.lock().unwrap().clone();
        assert_complete("executed", executed.iter().copied(), last);
        assert_complete("sent", sent.iter().map(|it| it.1), last);
        // One step was under way at most.
        let printed = scene.out.printed.lock().unwrap();
        let repeated = printed.len() - expected.len();
        let once_more = printed[at_end..]
            .iter()
            .take_while(|it| printed[..at_end].contains(it));
        assert_eq!(repeated, once_more.count(), "{kill_at}");
        assert!(executed.len() as u64 - last <= 1, "{kill_at}");
        assert!(sent.len() as u64 - last <= 1, "{kill_at}");
        let others = [
            repeated > 0,
            executed.len() as u64 > last,
            sent.len() as u64 > last,
        ];
        assert!(others.iter().filter(|it| **it).count() <= 1, "{kill_at}");
        for (id, seq) in &sent {
            assert!(id.ends_with(&format!("_{seq}")), "{id}");
            assert!(sent.iter().filter(|it| it.1 == *seq).all(|it| it.0 == *id));
        }
    }
}

#[tokio::test]
async fn number_that_appears_later_is_news() {
    let scene = Scene::new().await;
    assert_eq!(scene.run_as(usize::MAX, true).await.0, Some(Ending::Done));
    assert_eq!(scene.changes().len(), 0);
    scene.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();
    scene
        .sandbox
        .clock()
        .advance(Duration::from_secs(24 * 3600));

    scene.run_as(usize::MAX, true).await;

    let changes: Vec<String> = scene.changes().into_values().collect();
    assert!(
        changes.iter().any(|it| it.starts_with("new: ")),
        "{changes:?}"
    );
    assert!(
        changes.iter().any(|it| it.starts_with("status: ")),
        "{changes:?}"
    );
}

#[tokio::test]
async fn once_looks_only_at_what_is_due() {
    let scene = Scene::new().await;
    scene.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();
    scene.run_as(usize::MAX, true).await;
    let requests = scene.sandbox.requests().len();

    scene.run_as(usize::MAX, true).await;

    assert_eq!(scene.sandbox.requests().len(), requests);
}

#[tokio::test]
async fn webhook_is_retried_with_its_id_then_given_up() {
    let scene = Scene::new().await;
    scene.sandbox.play(SampleJourney::Happy, NUMBER).unwrap();
    scene.run_as(usize::MAX, true).await;
    // Nothing happens after that.
    let clock = scene.sandbox.clock();
    clock.advance(SampleJourney::Happy.duration());
    // Of the first change all eight attempts fail.
    scene.out.failing.store(1, Ordering::Relaxed);
    assert_eq!(
        scene.run_as(usize::MAX, true).await.0,
        Some(Ending::SomeFailed)
    );
    let waiting: Vec<u64> = scene.state().items.iter().map(|it| it.seq).collect();
    assert_eq!(waiting, [1]);
    assert_eq!(scene.out.troubles.lock().unwrap().len(), 1);

    scene.out.failing.store(7, Ordering::Relaxed);
    scene.run(usize::MAX).await;

    assert_eq!(scene.state().items, []);
    let troubles = scene.out.troubles.lock().unwrap();
    assert_eq!(troubles.len(), 2);
    assert!(troubles[1].ends_with("given up"), "{troubles:?}");
    assert!(scene.out.sent.lock().unwrap().iter().all(|it| it.1 != 1));
}

#[test]
fn spellings_of_a_number_are_one_parcel() {
    let now = UtcTime::from_unix_seconds(1_772_442_000).unwrap();
    let lookup = |account: &str, number: &str| Lookup::new(account, TrackRequest::number(number));
    let mut state = State::new("a".to_owned());

    let first = [lookup("ship24", NUMBER), lookup("gcl", NUMBER)];
    assert_eq!(named(&first, &mut state, now), [0, 1]);
    let again = [
        lookup("Ship24", &NUMBER.to_lowercase()),
        lookup("ship24", NUMBER),
    ];
    assert_eq!(named(&again, &mut state, now), [0]);
    let other = [Lookup::new("ship24", TrackRequest::id(NUMBER))];
    assert_eq!(named(&other, &mut state, now), [2]);
}
