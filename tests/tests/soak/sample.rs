//! What the process uses.

use std::fs;

/// What the process uses at one time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// Resident memory in kB; 0 where the system does not show it.
    pub(crate) memory: u64,
    /// Open files, sockets among them; 0 where the system does not show it.
    pub(crate) files: u64,
    /// Tasks of the runtime.
    pub(crate) tasks: u64,
}

impl Sample {
    pub(crate) fn take() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let memory = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let tasks = tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks();
        Self {
            memory: memory.map_or(0, |memory| memory.parse().unwrap()),
            files: fs::read_dir("/proc/self/fd").map_or(0, |files| files.count() as u64),
            tasks: tasks as u64,
        }
    }
}
