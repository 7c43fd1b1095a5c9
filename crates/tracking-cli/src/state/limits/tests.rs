use gcl_sdk::tracking_http::RateClass;
use tempfile::TempDir;
use tokio::time::Instant;

use super::*;

const CLASS: RateClass = RateClass::new("account", 1, Duration::from_secs(1));

/// The wall clock that belongs to the runtime's clock, which a test pauses.
#[derive(Debug)]
struct Paused(Instant);

impl Clock for Paused {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.0.elapsed()
    }
}

struct Machine {
    folder: TempDir,
    started: Instant,
}

impl Machine {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            started: Instant::now(),
        }
    }

    /// A run of the program.
    fn run(&self) -> SavedLimits {
        let folder = self.folder.path().join("limits");
        SavedLimits::with_clock(folder, Arc::new(Paused(self.started)))
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("limits/000000000000002a.json")
    }
}

fn key(max_wait: Option<Duration>) -> LimitKey<'static> {
    LimitKey::new(42, &CLASS).with_max_wait(max_wait)
}

#[tokio::test(start_paused = true)]
async fn runs_in_a_row_keep_the_limit_together() {
    let machine = Machine::new();

    for _ in 0..3 {
        machine.run().acquire(key(None)).await.unwrap();
    }

    // Three requests have two spaces of 1.1 s between them.
    let elapsed = machine.started.elapsed();
    assert!(elapsed >= Duration::from_millis(2198), "{elapsed:?}");
    assert!(elapsed <= Duration::from_millis(2210), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn runs_at_the_same_time_keep_the_limit_together() {
    let machine = Machine::new();
    let (one, other) = (machine.run(), machine.run());

    let calls = (0..4).flat_map(|_| [&one, &other]);
    let results = futures_util::future::join_all(calls.map(|it| it.acquire(key(None)))).await;

    assert!(results.iter().all(Result::is_ok));
    let elapsed = machine.started.elapsed();
    assert!(
        elapsed >= Duration::from_millis(7 * 1100 - 8),
        "{elapsed:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn accounts_and_classes_do_not_wait_for_each_other() {
    const OTHER: RateClass = RateClass::new("realtime", 1, Duration::from_secs(1));
    let machine = Machine::new();
    machine.run().acquire(key(None)).await.unwrap();

    let run = machine.run();
    run.acquire(LimitKey::new(43, &CLASS)).await.unwrap();
    run.acquire(LimitKey::new(42, &OTHER)).await.unwrap();

    assert!(machine.started.elapsed() < Duration::from_millis(100));
}

#[tokio::test(start_paused = true)]
async fn pause_outlasts_the_run() {
    let machine = Machine::new();
    machine
        .run()
        .pause(key(None), Duration::from_secs(3600))
        .await;

    let run = machine.run();
    let error = run.acquire(key(Some(Duration::from_secs(30)))).await;
    let error = error.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    let asked = error.retry_after().unwrap();
    assert!(asked > Duration::from_secs(3599), "{asked:?}");
    assert!(asked <= Duration::from_secs(3600), "{asked:?}");

    // The pause itself is bounded, as in memory.
    machine.run().acquire(key(None)).await.unwrap();
    let elapsed = machine.started.elapsed();
    assert!(elapsed >= TokenBuckets::USUAL_MAX_PAUSE, "{elapsed:?}");
    assert!(elapsed < TokenBuckets::USUAL_MAX_PAUSE + Duration::from_secs(3));
}

#[tokio::test(start_paused = true)]
async fn damaged_file_begins_anew() {
    let machine = Machine::new();
    machine.run().acquire(key(None)).await.unwrap();
    std::fs::write(machine.file(), "{\"classes\": [").unwrap();

    let run = machine.run();
    run.acquire(key(None)).await.unwrap();

    assert!(machine.started.elapsed() < Duration::from_millis(500));
    assert!(run.has_warned.load(Ordering::Relaxed));
    let (account, is_damaged) = read(&machine.file()).unwrap();
    assert!(!is_damaged);
    assert_eq!(account.classes.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn limits_hold_in_memory_where_nothing_can_be_saved() {
    let machine = Machine::new();
    std::fs::write(machine.folder.path().join("limits"), "no folder").unwrap();
    let run = machine.run();

    for _ in 0..2 {
        run.acquire(key(None)).await.unwrap();
    }

    assert!(machine.started.elapsed() >= Duration::from_millis(1100));
    assert!(run.has_warned.load(Ordering::Relaxed));
}

#[tokio::test(start_paused = true)]
async fn lock_that_is_never_released_stops_nobody() {
    let machine = Machine::new();
    let folder = machine.folder.path().join("limits");
    files::make_folder(&folder).unwrap();
    let _lock = Lock::take(&folder.join("000000000000002a.lock")).unwrap();
    let run = machine.run();

    run.acquire(key(None)).await.unwrap();

    assert!(run.is_broken.load(Ordering::Relaxed));
}

#[tokio::test(start_paused = true)]
async fn requests_of_one_run_queue_for_the_lock() {
    let machine = Machine::new();
    let run = machine.run();

    let updates = (0..100).map(|_| run.update(key(None), |_| ()));
    let updates = futures_util::future::join_all(updates).await;

    assert!(updates.iter().all(Option::is_some));
    // Whoever finds the file locked sleeps.
    assert_eq!(machine.started.elapsed(), Duration::ZERO);
}
