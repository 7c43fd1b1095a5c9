//! Worker processes in trouble at any point: nothing is lost, and nothing is reported twice.
//!
//! The test holds the world, a server on loopback: each time that a parcel is looked up, it has one event more, up to
//! a last one. Workers are processes of this test binary. The world counts lookups, and makes trouble at lookups that
//! are drawn by lot: before the response, or after it, so that it comes while a worker merges, writes, or begins anew.

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, Notify};
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet, TrackRequest,
    UtcTime,
};
use tracking_follow::{ChangeRecord, NewParcel, ParcelId, Store, StoreError, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found};
use crate::server::Server;

on_both_engines!(
    killed_workers_lose_nothing_and_report_nothing_twice,
    suspended_worker_changes_nothing_after_its_lease,
    parcel_that_ends_the_process_delays_no_other,
);

/// Variables for the process of a worker.
const STORE: &str = "TRACKING_FOLLOW_TEST_STORE";
const WORLD: &str = "TRACKING_FOLLOW_TEST_WORLD";
/// By how many seconds its clock is ahead.
const SHIFT: &str = "TRACKING_FOLLOW_TEST_SHIFT";

const PARCELS: usize = 40;
const EVENTS: usize = 5;
const WORKERS: usize = 3;
/// How many parcels a worker takes at once.
const BATCH: usize = 5;

/// What happens to workers.
enum Trouble {
    /// A worker is killed with SIGKILL, and another one started.
    Kill,
    /// A worker is stopped with SIGSTOP while it has parcels, and another one started.
    Suspend,
    /// The database is ended at once and started again.
    Database(Server),
}

/// Starts the worker of this place.
type Start = dyn Fn(usize) -> Child + Send + Sync;

/// The events that each parcel has, and the trouble.
struct World {
    events: HashMap<String, usize>,
    lookups: usize,
    /// The lookups of each process.
    by_process: HashMap<u32, usize>,
    /// How far the clocks of the workers are ahead of that of this process, in seconds.
    clocks: Vec<i64>,
    trouble: Trouble,
    /// The numbers of the lookups at which it comes, the first one last.
    times: Vec<usize>,
    workers: Vec<Child>,
    suspended: Vec<Child>,
    start: Arc<Start>,
    progress: Arc<Notify>,
    store: Store,
    a_parcel: ParcelId,
}

impl World {
    /// Looks a parcel up, and returns how many events it has.
    fn look_up(&mut self, number: &str, process: u32, clock: i64) -> usize {
        let events = self.events.entry(number.to_owned()).or_insert(0);
        *events = (*events + 1).min(EVENTS);
        self.lookups += 1;
        *self.by_process.entry(process).or_default() += 1;
        self.clocks.push(clock - UtcTime::now().as_unix_seconds());
        self.progress.notify_one();
        *events
    }

    /// Makes trouble, if it is time.
    async fn strike(&mut self, process: u32) {
        if self.times.last().is_none_or(|at| *at > self.lookups) {
            return;
        }
        match &self.trouble {
            Trouble::Kill => {
                let victim = fastrand::usize(..WORKERS);
                let worker = &mut self.workers[victim];
                worker.kill().await.unwrap();
                *worker = (self.start)(victim);
            }
            Trouble::Suspend => {
                let is_it = |worker: &Child| worker.id() == Some(process);
                let Some(victim) = self.workers.iter().position(is_it) else {
                    return;
                };
                signal("STOP", process);
                // One that stopped within a transaction keeps the lock of a SQLite file: it goes on, and the next lookup is
                // tried.
                if self.store.look_now(self.a_parcel).await.is_err() {
                    signal("CONT", process);
                    return;
                }
                let other = (self.start)(victim);
                let worker = std::mem::replace(&mut self.workers[victim], other);
                self.suspended.push(worker);
            }
            Trouble::Database(server) => {
                server.stop();
                server.go_on();
            }
        }
        self.times.pop();
    }
}

fn signal(name: &str, process: u32) {
    let command = format!("kill -{name} {process}");
    let done = std::process::Command::new("sh")
        .args(["-c", &command])
        .status();
    assert!(done.unwrap().success(), "{command}");
}

async fn serve(stream: TcpStream, world: Arc<Mutex<World>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let parts: Vec<&str> = line.split(' ').collect();
        let [number, process, clock] = parts[..] else {
            panic!("{line}");
        };
        let process = process.parse().unwrap();
        let mut world = world.lock().await;
        // A worker that is suspended while it writes holds its locks until the server ends its session, after a minute.
        let is_early = matches!(world.trouble, Trouble::Suspend) || fastrand::bool();
        let events = world.look_up(number, process, clock.parse().unwrap());
        if is_early {
            world.strike(process).await;
        }
        // The worker may be dead.
        let _ = write.write_all(format!("{events}\n").as_bytes()).await;
        if !is_early {
            world.strike(process).await;
        }
    }
}

/// A number, a parcel, and the key of an event.
type Reported = (u64, ParcelId, String);

fn reported(record: &ChangeRecord) -> Reported {
    let event = record.change.event().unwrap().key.as_str().to_owned();
    (record.seq, record.parcel, event)
}

/// Workers, parcels and their world.
struct Scene {
    store: Store,
    ids: Vec<ParcelId>,
    world: Arc<Mutex<World>>,
    progress: Arc<Notify>,
    server: tokio::task::JoinHandle<()>,
    /// What a reader that runs all along has seen.
    seen: Vec<Reported>,
}

impl Scene {
    /// Begins with parcels without events, and trouble at so many lookups.
    async fn begin(
        address: &str,
        trouble: Trouble,
        times: usize,
        start: impl Fn(usize, Command) -> Child + Send + Sync + 'static,
    ) -> Self {
        let store = Store::open(address).await.unwrap();
        let parcels = (0..PARCELS)
            .map(|it| NewParcel::new("memory", TrackRequest::number(format!("N{it:03}"))))
            .collect();
        let added = store.add_all(parcels).await.unwrap();
        // The first sight of a parcel is no change, so all of them are seen before anything happens to them.
        let begin = Memory::new(|number| found(number, 0));
        Worker::new(store.clone(), begin.set())
            .once()
            .await
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let world_address = listener.local_addr().unwrap().to_string();
        let address = address.to_owned();
        let start: Arc<Start> =
            Arc::new(move |place| start(place, process(&address, &world_address)));
        let mut times: Vec<usize> = (0..times)
            .map(|_| fastrand::usize(1..PARCELS * EVENTS * 3 / 4))
            .collect();
        times.sort_unstable_by(|left, right| right.cmp(left));
        let progress = Arc::new(Notify::new());
        let world = Arc::new(Mutex::new(World {
            events: HashMap::new(),
            lookups: 0,
            by_process: HashMap::new(),
            clocks: Vec::new(),
            trouble,
            times,
            workers: (0..WORKERS).map(|place| start(place)).collect(),
            suspended: Vec::new(),
            start,
            progress: Arc::clone(&progress),
            store: store.clone(),
            a_parcel: added[0].id,
        }));
        let server = tokio::spawn({
            let world = Arc::clone(&world);
            async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    tokio::spawn(serve(stream, Arc::clone(&world)));
                }
            }
        });
        Self {
            store,
            ids: added.iter().map(|it| it.id).collect(),
            world,
            progress,
            server,
            seen: Vec::new(),
        }
    }

    /// Reads all along, and makes due what has not reached its last event.
    async fn play(&mut self) {
        while self.seen.len() < PARCELS * EVENTS {
            let position = self.seen.last().map_or(0, |last| last.0);
            let records = patiently(|| self.store.changes(position, 1000)).await;
            self.seen.extend(records.iter().map(reported));
            self.make_due().await;
            self.progress.notified().await;
        }
        let mut world = self.world.lock().await;
        assert!(world.times.is_empty(), "all of the trouble took place");
        for worker in &mut world.workers {
            assert_eq!(worker.try_wait().unwrap(), None, "it goes on");
            worker.kill().await.unwrap();
        }
    }

    async fn make_due(&self) {
        for id in &self.ids {
            patiently(|| self.store.look_now(*id)).await;
        }
    }

    /// Asserts that each event was reported once, in order, and returns the world.
    async fn end(self) -> Arc<Mutex<World>> {
        self.server.abort();
        let all = self.store.changes(0, 10_000).await.unwrap();
        let all: Vec<Reported> = all.iter().map(reported).collect();
        assert_eq!(
            self.seen, all,
            "a reader that ran all along saw what a new one sees"
        );
        let seqs: Vec<usize> = all
            .iter()
            .map(|it| usize::try_from(it.0).unwrap())
            .collect();
        assert_eq!(seqs, (1..=PARCELS * EVENTS).collect::<Vec<_>>());
        for id in self.ids {
            let of_parcel = all.iter().filter(|it| it.1 == id);
            let of_parcel: Vec<&str> = of_parcel.map(|it| it.2.as_str()).collect();
            assert_eq!(of_parcel, ["1", "2", "3", "4", "5"], "each once, in order");
        }
        self.world
    }
}

/// Tries again while the database is away.
async fn patiently<T, F: Future<Output = Result<T, StoreError>>>(mut call: impl FnMut() -> F) -> T {
    loop {
        match call().await {
            Ok(value) => return value,
            Err(error) => assert!(error.is_transient(), "{error:?}"),
        }
    }
}

async fn killed_workers_lose_nothing_and_report_nothing_twice(database: &Database) {
    let spawn = |_, mut command: Command| command.spawn().unwrap();
    let mut scene = Scene::begin(&database.address, Trouble::Kill, 12, spawn).await;

    scene.play().await;

    scene.end().await;
}

async fn suspended_worker_changes_nothing_after_its_lease(database: &Database) {
    let spawn = |_, mut command: Command| command.spawn().unwrap();
    let mut scene = Scene::begin(&database.address, Trouble::Suspend, 3, spawn).await;
    // Other workers have taken what the suspended ones had, or not all events would be reported.
    scene.play().await;
    let suspended: Vec<(u32, usize)> = {
        let world = scene.world.lock().await;
        let processes = world.suspended.iter().map(|it| it.id().unwrap());
        processes
            .map(|process| (process, world.by_process[&process]))
            .collect()
    };
    assert_eq!(suspended.len(), 3);
    for (process, _) in &suspended {
        signal("CONT", *process);
    }

    // Once they look up more than what they had, what they had is written, or dropped.
    let mut is_over = false;
    while !is_over {
        scene.make_due().await;
        scene.progress.notified().await;
        let world = scene.world.lock().await;
        is_over = suspended
            .iter()
            .all(|(process, before)| world.by_process[process] > before + BATCH);
    }

    let world = scene.end().await;
    for worker in &mut world.lock().await.suspended {
        assert_eq!(worker.try_wait().unwrap(), None, "it goes on");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_database_loses_nothing_and_reports_nothing_twice() {
    let Some(server) = Server::start() else {
        return;
    };
    let address = server.address();
    let spawn = |_, mut command: Command| command.spawn().unwrap();
    let mut scene = Scene::begin(&address, Trouble::Database(server), 4, spawn).await;

    scene.play().await;

    scene.end().await;
}

/// Adds to the time of day of its process.
const CLOCK: &str = r#"
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    const char *shift = getenv("TRACKING_FOLLOW_TEST_SHIFT");
    if (result == 0 && clock == CLOCK_REALTIME && shift) time->tv_sec += atol(shift);
    return result;
}
"#;

/// SQLite is for one machine, which has one clock.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn clocks_of_the_machines_need_not_agree() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (source, library) = (
        folder.path().join("clock.c"),
        folder.path().join("clock.so"),
    );
    std::fs::write(&source, CLOCK).unwrap();
    // The compiler that built SQLite.
    let mut compile = std::process::Command::new("cc");
    compile
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source);
    assert!(compile.status().unwrap().success());
    let spawn = move |place: usize, mut command: Command| {
        let shift = ["-300", "0", "300"][place];
        let command = command.env("LD_PRELOAD", &library).env(SHIFT, shift);
        command.spawn().unwrap()
    };
    let mut scene = Scene::begin(&database.address, Trouble::Kill, 6, spawn).await;

    scene.play().await;

    let world = scene.end().await;
    let clocks = world.lock().await.clocks.clone();
    let apart = clocks.iter().max().unwrap() - clocks.iter().min().unwrap();
    assert!((598..=602).contains(&apart), "{apart}");
    database.remove().await;
}

/// The number that ends each process that looks it up.
const POISON: &str = "POISON";

async fn parcel_that_ends_the_process_delays_no_other(database: &Database) {
    let store = database.open().await;
    let numbers = ["N1", POISON, "N2", "N3", "N4"];
    let parcels = numbers.map(|it| NewParcel::new("memory", TrackRequest::number(it)));
    let added = store.add_all(parcels.to_vec()).await.unwrap();
    // Nobody serves the world, so that the other numbers have failed when they were looked up.
    loop {
        let mut process = process(&database.address, "127.0.0.1:1").spawn().unwrap();
        let mut looked = 0;
        while process.try_wait().unwrap().is_none() {
            looked = 0;
            for parcel in &added {
                let parcel = store.parcel(parcel.id).await.unwrap().unwrap();
                looked += usize::from(parcel.failures > 0);
            }
            if looked == numbers.len() - 1 {
                break;
            }
        }
        if looked == numbers.len() - 1 {
            process.kill().await.unwrap();
            break;
        }
    }

    let poison = store.parcel(added[1].id).await.unwrap().unwrap();
    assert_eq!((poison.failures, poison.looked_at), (0, None));
    assert!(poison.attempts >= 3, "{}", poison.attempts);
}

/// A worker in a process of its own.
fn process(store: &str, world: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "killed::process_of_a_worker", "--ignored"])
        .env(STORE, store)
        .env(WORLD, world)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the other test kills"]
async fn process_of_a_worker() {
    let (Ok(store), Ok(world)) = (std::env::var(STORE), std::env::var(WORLD)) else {
        return;
    };
    let mut set = ProviderSet::new();
    set.add(Arc::new(Remote(world))).unwrap();
    // The database may be away, or busy, as it begins.
    let store = patiently(|| Store::open(&store)).await;
    let worker = Worker::new(store, set)
        .with_batch(BATCH)
        .with_lease(Duration::from_millis(500))
        .with_poll(Duration::from_millis(20));
    worker.run(std::future::pending()).await.unwrap();
}

/// Asks the world.
#[derive(Debug)]
struct Remote(String);

impl Provider for Remote {
    fn id(&self) -> ProviderId {
        MEMORY
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let number = request.target.as_str();
            if number == POISON {
                std::process::abort();
            }
            let ask = async {
                let mut stream = TcpStream::connect(&self.0).await?;
                let clock = UtcTime::now().as_unix_seconds();
                let line = format!("{number} {} {clock}\n", std::process::id());
                stream.write_all(line.as_bytes()).await?;
                let mut lines = BufReader::new(stream).lines();
                lines.next_line().await
            };
            let line: std::io::Result<Option<String>> = ask.await;
            let events = line.ok().flatten().and_then(|it| it.parse().ok());
            match events {
                Some(events) => found(number, events),
                None => Err(Error::new(ErrorKind::Connect, MEMORY, "no world")),
            }
        })
    }
}
