//! Worker processes that are killed at any point: nothing is lost, and nothing is reported twice.
//!
//! The test holds the world, a server on loopback: each time that a parcel is looked up, it has one event more, up to
//! a last one. Workers are processes of this test binary. The world counts lookups, and kills a worker at
//! lookups that are drawn by lot: before the response, or after it, so that the worker dies while it merges, writes,
//! or begins anew.

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, Notify};
use tracking_core::{
    BoxFuture, Capabilities, Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet,
    TrackRequest,
};
use tracking_follow::{NewParcel, ParcelId, Store, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found};

on_both_engines!(
    killed_workers_lose_nothing_and_tell_nothing_twice,
    parcel_that_ends_the_process_delays_no_other,
);

/// Variables for the process of a worker.
const STORE: &str = "TRACKING_FOLLOW_TEST_STORE";
const WORLD: &str = "TRACKING_FOLLOW_TEST_WORLD";

const PARCELS: usize = 40;
const EVENTS: usize = 5;
const KILLS: usize = 12;

/// The events that each parcel has, and what kills the workers.
struct World {
    events: HashMap<String, usize>,
    lookups: usize,
    /// The numbers of the lookups at which a worker is killed.
    kills: Vec<usize>,
    workers: Vec<Child>,
    command: Arc<dyn Fn() -> Child + Send + Sync>,
    progress: Arc<Notify>,
}

impl World {
    /// Looks a parcel up, and returns how many events it has.
    fn look_up(&mut self, number: &str) -> usize {
        let events = self.events.entry(number.to_owned()).or_insert(0);
        *events = (*events + 1).min(EVENTS);
        self.lookups += 1;
        self.progress.notify_one();
        *events
    }

    /// Kills a worker with SIGKILL and starts another one, if it is time.
    async fn kill(&mut self) {
        if self.kills.last().is_some_and(|at| *at <= self.lookups) {
            self.kills.pop();
            let victim = fastrand::usize(..self.workers.len());
            let worker = &mut self.workers[victim];
            worker.kill().await.unwrap();
            *worker = (self.command)();
        }
    }
}

async fn serve(stream: TcpStream, world: Arc<Mutex<World>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Ok(Some(number)) = lines.next_line().await {
        let is_early = fastrand::bool();
        let mut world = world.lock().await;
        let events = world.look_up(&number);
        if is_early {
            world.kill().await;
        }
        // The worker may be dead.
        let _ = write.write_all(format!("{events}\n").as_bytes()).await;
        if !is_early {
            world.kill().await;
        }
    }
}

async fn killed_workers_lose_nothing_and_tell_nothing_twice(database: &Database) {
    let store = database.open().await;
    let parcels = (0..PARCELS)
        .map(|it| NewParcel::new("memory", TrackRequest::number(format!("N{it:03}"))))
        .collect();
    let added = store.add_all(parcels).await.unwrap();
    let ids: Vec<ParcelId> = added.iter().map(|it| it.id).collect();
    // The first sight of a parcel is no change, so all of them are seen before anything happens to them.
    let begin = Memory::new(|number| found(number, 0));
    Worker::new(store.clone(), begin.set())
        .once()
        .await
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let store_address = database.address.clone();
    let command = Arc::new(move || worker(&store_address, &address));
    let mut kills: Vec<usize> = (0..KILLS)
        .map(|_| fastrand::usize(1..PARCELS * EVENTS))
        .collect();
    kills.sort_unstable_by(|left, right| right.cmp(left));
    let progress = Arc::new(Notify::new());
    let world = Arc::new(Mutex::new(World {
        events: HashMap::new(),
        lookups: 0,
        kills,
        workers: (0..3).map(|_| command()).collect(),
        command,
        progress: Arc::clone(&progress),
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

    // A reader that runs all along, and makes due what has not reached its last event.
    let mut reported: Vec<(u64, ParcelId, String)> = Vec::new();
    while reported.len() < PARCELS * EVENTS {
        let position = reported.last().map_or(0, |last| last.0);
        for record in store.changes(position, 1000).await.unwrap() {
            let event = record.change.event().unwrap().key.as_str().to_owned();
            reported.push((record.seq, record.parcel, event));
        }
        for id in &ids {
            store.look_now(*id).await.unwrap();
        }
        progress.notified().await;
    }
    {
        let mut world = world.lock().await;
        assert!(world.kills.is_empty(), "every kill took place");
        for worker in &mut world.workers {
            worker.kill().await.unwrap();
        }
    }
    server.abort();

    let all = store.changes(0, 10_000).await.unwrap();
    let again: Vec<(u64, ParcelId, String)> = all
        .iter()
        .map(|it| {
            (
                it.seq,
                it.parcel,
                it.change.event().unwrap().key.as_str().to_owned(),
            )
        })
        .collect();
    assert_eq!(
        reported, again,
        "a reader that ran all along saw what a new one sees"
    );
    let seqs: Vec<usize> = reported
        .iter()
        .map(|it| usize::try_from(it.0).unwrap())
        .collect();
    assert_eq!(seqs, (1..=PARCELS * EVENTS).collect::<Vec<_>>());
    for id in ids {
        let of_parcel: Vec<&str> = reported
            .iter()
            .filter(|it| it.1 == id)
            .map(|it| it.2.as_str())
            .collect();
        assert_eq!(of_parcel, ["1", "2", "3", "4", "5"], "each once, in order");
    }
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
        let mut process = worker(&database.address, "127.0.0.1:1");
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

/// Starts a worker in a process of its own.
fn worker(store: &str, world: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::process_of_a_worker", "--ignored"])
        .env(STORE, store)
        .env(WORLD, world)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the other test kills"]
async fn process_of_a_worker() {
    let (Ok(store), Ok(world)) = (std::env::var(STORE), std::env::var(WORLD)) else {
        return;
    };
    let mut set = ProviderSet::new();
    set.add(Arc::new(Remote(world))).unwrap();
    let worker = Worker::new(Store::open(&store).await.unwrap(), set)
        .with_batch(5)
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
                stream.write_all(format!("{number}\n").as_bytes()).await?;
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
