//! What the SDKs cost, against code written by hand (`by_hand`), as ratios measured in one run.
//!
//! ```text
//! cargo bench -p tracking-tests --bench call_cost                 # everything
//! cargo bench -p tracking-tests --bench call_cost -- instructions # one part
//! ```
//!
//! Parts: `allocations` (exact), `instructions` (repeatable; needs valgrind), `time` (median of
//! pairs; only a ratio means anything), `paging`, `merging` and `lookups`. Nothing here fails because of a figure: the
//! table names the budget beside it.

mod allocations;
mod by_hand;
mod instructions;
mod lookups;
mod memory;
mod merging;
mod paging;
mod pairs;
mod providers;
mod response;
mod server;
mod subject;
mod table;
mod workload;

use std::alloc::System;
use std::env;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use crate::lookups::Way;
use crate::merging::Merging;
use crate::server::Server;
use crate::table::Table;
use crate::workload::{Runner, Workload};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Starts this program as the loopback server.
const SERVE: &str = "--serve";

/// Starts this program as the sandbox of all providers.
const SANDBOX: &str = "--sandbox";

/// Starts this program to repeat one workload: its name, a count, and what the server printed.
const REPEAT: &str = "--repeat";

const PARTS: [&str; 6] = [
    "allocations",
    "instructions",
    "time",
    "paging",
    "merging",
    "lookups",
];

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        [SERVE] => server::serve(),
        [SANDBOX] => lookups::serve(),
        [REPEAT, name, count, server] => repeat(name, count, server),
        parts => measure(parts),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn repeat(name: &str, count: &str, server: &str) -> Result<()> {
    if let Some(way) = Way::named(name) {
        return lookups::repeat(way, count.parse()?, server);
    }
    if let Some(merging) = Merging::named(name) {
        merging.run(count.parse()?);
        return Ok(());
    }
    let workload = Workload::named(name).with_context(|| format!("no workload `{name}`"))?;
    Runner::for_workload(workload, server)?.run(workload, count.parse()?)
}

fn measure(parts: &[&str]) -> Result<()> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(part)) {
        bail!(
            "there is no part `{unknown}`; there are {}",
            PARTS.join(", ")
        );
    }
    let wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let server = Server::start(SERVE)?;
    let mut table = Table::new();
    if wanted("allocations") {
        allocations::measure(server.first_line(), &mut table)?;
    }
    if wanted("instructions") {
        instructions::measure(server.first_line(), &mut table)?;
    }
    if wanted("time") {
        pairs::measure(server.first_line(), &mut table)?;
    }
    if wanted("paging") {
        paging::measure(&mut table)?;
    }
    if wanted("merging") {
        merging::measure(&mut table)?;
    }
    if wanted("lookups") {
        lookups::measure(&mut table)?;
    }
    println!("\n{table}");
    Ok(())
}
