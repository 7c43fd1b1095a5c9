//! Wall and processor time, as the median of paired runs.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::table::Table;
use crate::workload::{Runner, Workload, comparisons};

const PAIRS: usize = 40;

/// Long enough for the clock, short enough that both halves of a pair meet the same conditions.
const HALF_OF_A_PAIR: Duration = Duration::from_millis(40);

#[derive(Clone, Copy)]
struct Spent {
    wall: f64,
    processor: Option<f64>,
}

pub(crate) fn measure(base_url: &str, table: &mut Table) -> Result<()> {
    let runner = Runner::new(base_url)?;
    for comparison in comparisons() {
        let times = times_in_half_a_pair(&runner, comparison.yardstick)?;
        spend(&runner, comparison.measured, times)?;
        let mut pairs = Vec::with_capacity(PAIRS);
        for pair in 0..PAIRS {
            // Whoever comes second finds warm caches, so they take turns.
            pairs.push(if pair % 2 == 0 {
                let yardstick = spend(&runner, comparison.yardstick, times)?;
                (yardstick, spend(&runner, comparison.measured, times)?)
            } else {
                let measured = spend(&runner, comparison.measured, times)?;
                (spend(&runner, comparison.yardstick, times)?, measured)
            });
        }
        let wall = pairs.iter().map(|(left, right)| right.wall / left.wall);
        table.ratio(&comparison.title, "wall time", median(wall));
        let processor = pairs
            .iter()
            .filter_map(|(left, right)| Some(right.processor? / left.processor?));
        table.ratio(&comparison.title, "processor time", median(processor));
    }
    Ok(())
}

fn times_in_half_a_pair(runner: &Runner, workload: Workload) -> Result<u32> {
    let mut times = 1;
    while spend(runner, workload, times)?.wall < HALF_OF_A_PAIR.as_secs_f64() {
        times *= 2;
    }
    Ok(times)
}

fn spend(runner: &Runner, workload: Workload, times: u32) -> Result<Spent> {
    let processor = processor_time();
    let start = Instant::now();
    runner.run(workload, times)?;
    let wall = start.elapsed().as_secs_f64();
    let processor = processor.zip(processor_time()).map(|(from, to)| to - from);
    Ok(Spent { wall, processor })
}

/// Nanoseconds that this thread has run; Linux only.
pub(crate) fn processor_time() -> Option<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

fn median(ratios: impl Iterator<Item = f64>) -> Option<f64> {
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied()
}
