//! Worker processes: this test binary again, with clients as `tracking follow run` makes them.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use ship24_sdk::{ConfigureClient, RetryPolicy};
use tokio::process::{Child, Command};
use tokio::time::interval;
use tracking_core::ProviderSet;
use tracking_core::cadence::Cadence;
use tracking_follow::{Store, StoreLimiter, Worker};
use tracking_http::Operation;
use tracking_sandbox::Sandbox;

use super::database::Database;
use super::size::Size;
use super::stage::Stage;

/// The variable with the store; without it, the test that is a process does nothing.
const STORE: &str = "TRACKING_SCALE_STORE";

/// How often it is checked what the processes do, which they do not say by themselves.
const TICK: Duration = Duration::from_millis(40);

pub(super) struct Processes {
    start: Box<dyn Fn() -> Child + Send>,
    running: Vec<Child>,
    rng: Rng,
    /// The numbers of requests at which one is killed, the first one last; drawn once it is known how many there are.
    kills: Option<Vec<u64>>,
    size: Size,
    killed: usize,
    /// The most memory of each process, in kilobytes, and the time that it ran on processors.
    used: BTreeMap<u32, (u64, Duration)>,
}

impl Processes {
    pub(super) fn start(database: &Database, sandbox: &Sandbox, size: &Size) -> Self {
        let mut variables = vec![(STORE, database.address.clone())];
        variables.extend(settings(sandbox));
        variables.extend([
            ("TRACKING_SCALE_RATE", size.rate.to_string()),
            ("TRACKING_SCALE_SLACK", size.slack.as_millis().to_string()),
            ("TRACKING_SCALE_LEASE", size.lease.as_millis().to_string()),
        ]);
        let start = move || {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command
                .args([
                    "--exact",
                    "scale::processes::process_of_a_worker",
                    "--ignored",
                ])
                .envs(variables.iter().cloned())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::inherit())
                .kill_on_drop(true);
            command.spawn().unwrap()
        };
        Self {
            running: (0..size.processes).map(|_| start()).collect(),
            start: Box::new(start),
            rng: Rng::with_seed(size.seed),
            kills: None,
            size: size.clone(),
            killed: 0,
            used: BTreeMap::new(),
        }
    }

    /// Waits until nothing is due, leased or failing. Meanwhile it breaks responses and kills processes.
    pub(super) async fn until_idle(&mut self, store: &Store, stage: &Stage) {
        let mut tick = interval(TICK);
        for count in 0_u32.. {
            tick.tick().await;
            stage.prepare_faults();
            self.kill_some(stage).await;
            self.measure();
            // It reads a row of each parcel.
            let wait = u32::try_from(self.size.parcels / 10_000 + 1).unwrap();
            if count % wait == wait - 1 {
                let counts = store.counts().await.unwrap();
                if (counts.due, counts.leased, counts.failing) == (0, 0, 0) {
                    return;
                }
            }
        }
    }

    async fn kill_some(&mut self, stage: &Stage) {
        let rng = &mut self.rng;
        let kills = self.kills.get_or_insert_with(|| {
            let fewest = stage.fewest_requests();
            let kills = (0..self.size.kills).map(|_| rng.u64(1..fewest));
            let mut kills: Vec<u64> = kills.collect();
            kills.sort_unstable_by(|left, right| right.cmp(left));
            kills
        });
        let requests = stage.requests();
        while kills.pop_if(|at| *at <= requests).is_some() {
            let victim = rng.usize(..self.running.len());
            let process = &mut self.running[victim];
            assert_eq!(process.try_wait().unwrap(), None, "it goes on");
            process.kill().await.unwrap();
            *process = (self.start)();
            self.killed += 1;
        }
    }

    pub(super) async fn end(&mut self) {
        self.measure();
        assert_eq!(self.killed, self.size.kills);
        for process in &mut self.running {
            assert_eq!(process.try_wait().unwrap(), None, "it goes on");
            process.kill().await.unwrap();
        }
    }

    /// Reads what the processes use, where the system shows it.
    fn measure(&mut self) {
        for process in &self.running {
            let Some(id) = process.id() else { continue };
            if let Some(used) = used(id) {
                self.used.insert(id, used);
            }
        }
    }

    pub(super) fn shown(&self) -> String {
        let most = self.used.values().map(|it| it.0).max().unwrap_or_default();
        let time: Duration = self.used.values().map(|it| it.1).sum();
        let own = used(std::process::id()).unwrap_or_default();
        format!(
            "{} killed, at most {most} kB each, {time:?} of processors; the sandbox and the test {} kB, {:?}",
            self.killed, own.0, own.1
        )
    }
}

/// The most memory of a process in kilobytes, and its time on processors, from Linux.
fn used(id: u32) -> Option<(u64, Duration)> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let most = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let most = most.trim().strip_suffix(" kB")?.parse().ok()?;
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields = stat.rsplit(')').next()?.split_whitespace().skip(11).take(2);
    let ticks: u64 = fields.filter_map(|it| it.parse::<u64>().ok()).sum();
    // Linux shows hundredths of a second on every machine.
    Some((most, Duration::from_millis(ticks * 10)))
}

/// What the clients are configured with, as in the environment of the program.
fn settings(sandbox: &Sandbox) -> [(&'static str, String); 12] {
    let (ship24, trackingmore, gcl) = (sandbox.ship24(), sandbox.trackingmore(), sandbox.gcl());
    let (exporto, oneconcepts) = (sandbox.exporto(), sandbox.oneconcepts());
    [
        ("SHIP24_API_KEY", ship24.api_key().to_owned()),
        ("SHIP24_BASE_URL", sandbox.base_url("ship24")),
        ("TRACKINGMORE_API_KEY", trackingmore.api_key().to_owned()),
        ("TRACKINGMORE_BASE_URL", sandbox.base_url("trackingmore")),
        ("GCL_API_KEY", gcl.api_key().to_owned()),
        ("GCL_BASE_URL", sandbox.base_url("gcl")),
        ("EXPORTO_USERNAME", exporto.username().to_owned()),
        ("EXPORTO_PASSWORD", exporto.password().to_owned()),
        ("EXPORTO_BASE_URL", sandbox.base_url("exporto")),
        ("ONECONCEPTS_EMAIL", oneconcepts.email()),
        ("ONECONCEPTS_PASSWORD", oneconcepts.password()),
        ("ONECONCEPTS_BASE_URL", sandbox.base_url("oneconcepts")),
    ]
}

#[tokio::test]
#[ignore = "the process that the other tests start"]
async fn process_of_a_worker() {
    let Ok(address) = std::env::var(STORE) else {
        return;
    };
    let size = Size::of_environment(1);
    let store = Store::open(&address).await.unwrap();
    let worker = Worker::new(store.clone(), providers(&store, &size))
        .with_cadence(cadence())
        .with_lease(size.lease)
        .with_poll(size.lease / 20);
    worker.run(std::future::pending()).await.unwrap();
}

/// Nothing comes due by itself within hours, except for what has failed.
fn cadence() -> Cadence {
    let mut cadence = Cadence::default();
    cadence.failed = Duration::from_secs(1);
    cadence.failed_longest = Duration::from_secs(1);
    cadence
}

fn providers(store: &Store, size: &Size) -> ProviderSet {
    let limiter = Arc::new(StoreLimiter::new(store.clone()).with_slack(size.slack));
    let mut set = ProviderSet::new();
    macro_rules! add {
        ($($sdk:ident),+) => {$(
            let builder = $sdk::ClientBuilder::from_env().unwrap();
            let builder = configured(builder, $sdk::operations::ALL, &limiter, size);
            set.add(Arc::new(builder.build().unwrap())).unwrap();
        )+};
    }
    add!(
        ship24_sdk,
        trackingmore_sdk,
        gcl_sdk,
        exporto_sdk,
        oneconcepts_sdk
    );
    set
}

/// With the limits of the store at the rate of this run, and little patience: a lease is short.
fn configured<B: ConfigureClient>(
    mut builder: B,
    operations: &[&Operation],
    limiter: &Arc<StoreLimiter>,
    size: &Size,
) -> B {
    let limits = operations
        .iter()
        .map(|it| &it.rate)
        .filter(|it| it.requests > 0);
    let limits: BTreeMap<&str, Duration> = limits.map(|it| (it.name, it.per)).collect();
    for (name, per) in limits {
        builder = builder.with_rate_limit(name, size.rate, per);
    }
    let retry = RetryPolicy::default()
        .with_min_delay(Duration::from_millis(5))
        .with_max_delay(Duration::from_millis(20));
    builder
        .with_limiter(Arc::clone(limiter))
        .with_timeout(size.lease / 4)
        .with_retry(retry)
}
