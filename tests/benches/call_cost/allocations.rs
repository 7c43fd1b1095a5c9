//! Requests for memory per unit of work; exact, without noise.

use anyhow::Result;

use crate::memory;
use crate::table::Table;
use crate::workload::{Runner, Workload, comparisons};

const WARM_UP: u32 = 20;
const TIMES: u32 = 500;

pub(crate) fn measure(base_url: &str, table: &mut Table) -> Result<()> {
    let runner = Runner::new(base_url)?;
    let per_unit = |workload: Workload| -> Result<f64> {
        runner.run(workload, WARM_UP)?;
        let before = memory::requests();
        runner.run(workload, TIMES)?;
        Ok((memory::requests() - before) as f64 / f64::from(TIMES))
    };
    for comparison in comparisons() {
        let yardstick = per_unit(comparison.yardstick)?;
        let measured = per_unit(comparison.measured)?;
        let budget = comparison.budget_of_allocations;
        table.compare(
            &comparison.title,
            "allocations",
            yardstick,
            measured,
            budget,
        );
    }
    Ok(())
}
