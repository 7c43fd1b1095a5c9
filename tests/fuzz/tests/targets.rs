//! Every target with its seeds, and with some thousand changes of them: the same ones in each run.
//!
//! `FUZZ_INPUTS` asks for another number of changes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::env;

use tracking_fuzz::{Mutations, Target, all};

/// Changes for each target, and how long they are together: what takes a few seconds without optimisation.
const INPUTS: usize = 1_500;
const BYTES: usize = 4_000_000;

fn run(name: &str) {
    let target = *all().iter().find(|target| target.name() == name).unwrap();
    let seeds = target.seeds();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        check(target, seed);
    }
    let asked = env::var("FUZZ_INPUTS").ok();
    let asked = asked.map(|inputs| inputs.parse().unwrap());
    let mut bytes = asked.map_or(BYTES, |_| usize::MAX);
    for input in Mutations::of(seeds).take(asked.unwrap_or(INPUTS)) {
        check(target, &input);
        let Some(rest) = bytes.checked_sub(input.len()) else {
            break;
        };
        bytes = rest;
    }
}

/// Names the input that failed.
struct Failing<'a>(&'static str, &'a [u8]);

impl Drop for Failing<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{} with {}", self.0, self.1.escape_ascii());
        }
    }
}

fn check(target: Target, input: &[u8]) {
    let failing = Failing(target.name(), input);
    target.check(input);
    drop(failing);
}

macro_rules! tests {
    ($($name:ident,)+) => {
        $(
            #[test]
            fn $name() {
                run(stringify!($name));
            }
        )+

        #[test]
        fn every_target_is_a_test() {
            let names: Vec<&str> = all().iter().map(Target::name).collect();
            assert_eq!(names, [$(stringify!($name)),+]);
        }
    };
}

tests! {
    exporto_responses,
    gcl_responses,
    oneconcepts_responses,
    ship24_responses,
    trackingmore_responses,
    exporto_tokens,
    oneconcepts_tokens,
    exporto_types,
    gcl_types,
    oneconcepts_types,
    ship24_types,
    trackingmore_types,
    exporto_shipments,
    gcl_shipments,
    oneconcepts_shipments,
    ship24_shipments,
    trackingmore_shipments,
    merges,
    messages,
    stored,
    gcl_webhooks,
    ship24_webhooks,
    trackingmore_webhooks,
    times,
    numbers,
    waits,
    addresses,
    masking,
    json,
    inputs,
}
