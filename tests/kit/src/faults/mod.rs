//! What can go wrong between a client and a provider, played for every operation, and what a call makes of it.
//!
//! What a response says is played [in process](scripted) with a paused clock, what happens to a connection over
//! a [socket](wire). Each fault has its [rules](rule), which hold for all providers; what each operation makes of
//! it is a [table](table) that is kept beside the SDK.

mod class;
mod json;
mod lookups;
mod play;
mod rule;
mod scripted;
mod table;
mod wire;

use std::env;
use std::fs;

use tokio::runtime::Builder;
use tracking_core::Provider;

use crate::Sdk;
use crate::faults::play::Played;

/// Writes the table instead of comparing it, when it is set.
const RENEW: &str = "RENEW_FAULTS";

/// Plays every fault for every operation, checks the rules, and compares the table with the one that is kept.
pub(crate) fn run<S: Sdk<Client: Provider>>() {
    let paused = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let mut played: Vec<Played> = paused.block_on(scripted::play_all::<S>());
    let lookups = paused.block_on(lookups::play_all::<S>());
    let real = Builder::new_current_thread().enable_all().build().unwrap();
    played.extend(real.block_on(wire::play_all::<S>()));

    let broken: Vec<String> = played.iter().filter_map(Played::broken_rule).collect();
    assert!(broken.is_empty(), "{}: {broken:#?}", S::PROVIDER);

    let path = S::FIXTURES.package().join("FAULTS.md");
    // What a client asks for by its features is no row of the table, which says what comes of it.
    played.retain(|it| it.fault != wire::GZIP_BOMB);
    let table = table::of(S::PROVIDER, &played) + &lookups::part_of(&lookups);
    if env::var_os(RENEW).is_some() {
        assert!(
            !S::COMPRESSED,
            "{RENEW} needs all rows: leave the feature `gzip` off"
        );
        fs::write(&path, table).unwrap();
        return;
    }
    let mut kept = fs::read_to_string(&path).unwrap_or_default();
    if S::COMPRESSED {
        // Not played by a client that reads compressed responses.
        kept = without_row(&kept, wire::UNREQUESTED_GZIP);
    }
    let differing = table
        .lines()
        .find(|line| !kept.lines().any(|it| it == *line));
    assert!(
        kept == table,
        "{} is stale, first at {differing:?}: {RENEW}=1 cargo test -p {}-sdk faults",
        path.display(),
        S::PROVIDER
    );
}

fn without_row(table: &str, fault: &str) -> String {
    table
        .split_inclusive('\n')
        .filter(|line| !line.starts_with(&format!("| {fault} |")))
        .collect()
}
