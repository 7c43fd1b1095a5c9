//! How large a run is.

use std::time::Duration;

/// The size of a run. Each figure is that of a variable, or small.
#[derive(Debug, Clone)]
pub(super) struct Size {
    /// `TRACKING_SCALE_PARCELS`: how many parcels are followed.
    pub(super) parcels: usize,
    /// `TRACKING_SCALE_PROCESSES`: how many worker processes there are at any time.
    pub(super) processes: usize,
    /// `TRACKING_SCALE_KILLS`: how many of them are killed in all.
    pub(super) kills: usize,
    /// `TRACKING_SCALE_FAULTS`: how many of 1,000 responses are broken.
    pub(super) faults: usize,
    /// `TRACKING_SCALE_RATE`: the requests a second of each limit of a client and of the sandbox. Documented are 1 for
    /// TrackingMore, 10 for Ship24 and 100 for GCL.
    pub(super) rate: u32,
    /// `TRACKING_SCALE_SLACK`: by how many milliseconds clients stretch the second of a limit.
    pub(super) slack: Duration,
    /// `TRACKING_SCALE_LEASE`: for how many milliseconds a process takes parcels.
    pub(super) lease: Duration,
    /// `TRACKING_SCALE_SEED`: what is drawn by lot; another one for each run unless set.
    pub(super) seed: u64,
}

impl Size {
    pub(super) fn of_environment(processes: usize) -> Self {
        let millis = |name, default: u64| Duration::from_millis(variable(name, default));
        Self {
            parcels: variable("PARCELS", 110),
            processes: variable("PROCESSES", processes),
            kills: variable("KILLS", 4),
            faults: variable("FAULTS", 50),
            rate: variable("RATE", 60),
            // The sandbox counts requests when it reads them, which a busy machine does late and then all at once.
            slack: millis("SLACK", 600),
            lease: millis("LEASE", 3000),
            seed: variable("SEED", fastrand::u64(..)),
        }
    }
}

fn variable<T: std::str::FromStr>(name: &str, default: T) -> T {
    let name = format!("TRACKING_SCALE_{name}");
    match std::env::var(&name) {
        Err(_) => default,
        Ok(value) => match value.parse() {
            Ok(value) => value,
            Err(_) => panic!("{name} is no number: {value}"),
        },
    }
}
