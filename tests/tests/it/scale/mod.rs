//! Following at scale: worker processes with the real clients look at parcels of a sandbox, responses are broken and
//! processes killed at random. Afterwards the outbox is compared with what the sandbox shows of each parcel, read without
//! a store, without faults and one response at a time.
//!
//! As a test it is small. Variables make it as large as wanted, see [`Size`]; with 100,000 parcels build it with
//! `--release`, and read the figures with `--no-capture`.

mod database;
mod outbox;
mod processes;
mod size;
mod stage;

use std::sync::Arc;
use std::time::Instant;

use self::database::Database;
use self::outbox::Outbox;
use self::processes::Processes;
use self::size::Size;
use self::stage::{STAGES, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn killed_processes_report_the_world_once_on_postgres() {
    if let Some(database) = Database::postgres().await {
        run(&database, Size::of_environment(3)).await;
        database.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_process_reports_the_world_once_on_sqlite() {
    let database = Database::sqlite();
    run(&database, Size::of_environment(1)).await;
    database.remove().await;
}

async fn run(database: &Database, size: Size) {
    println!("{size:?}");
    let store = database.open().await;
    let stage = Arc::new(Stage::build(&size).await);
    let ids = stage.follow_all(&store).await;
    let outbox = Outbox::read(store.clone(), &stage, &ids);
    let mut processes = Processes::start(database, &stage.sandbox, &size);
    let begin = Instant::now();
    for (place, time) in STAGES.into_iter().enumerate() {
        stage.go_to(time);
        let waking = stage.wake_all(&store, &ids);
        let idle = processes.until_idle(&store, &stage);
        let ((), ()) = tokio::join!(waking, idle);
        // A parcel that was looked at before it was woken for this time is looked at again.
        processes.until_idle(&store, &stage).await;
        println!("{:?} stage {place}: {}", begin.elapsed(), processes.shown());
    }
    let took = begin.elapsed();
    let counts = store.counts().await.unwrap();
    let idle = (counts.due, counts.leased, counts.failing);
    assert_eq!(idle, (0, 0, 0), "nothing is overdue");
    processes.end().await;
    let changes = outbox.end(&store, counts.changes).await;
    stage.assert_limits(&size);
    println!(
        "{} parcels looked at {} times, {changes} changes in {took:?}; {}; {}",
        size.parcels,
        STAGES.len(),
        processes.shown(),
        stage.shown(),
    );
}
