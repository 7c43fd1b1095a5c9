//! Instructions per unit of work, counted by callgrind.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::process::{self, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::REPEAT;
use crate::table::Table;
use crate::workload::comparisons;

/// Two counts: their difference is free of start, connection and warm-up.
const FEW: u32 = 40;
const MANY: u32 = 240;

pub(crate) fn measure(base_url: &str, table: &mut Table) -> Result<()> {
    if !valgrind_is_installed() {
        println!("Instructions were not counted: valgrind is not installed.");
        return Ok(());
    }
    let mut counted = HashMap::new();
    let mut of = |name: String| -> Result<f64> {
        if let Some(count) = counted.get(&name) {
            return Ok(*count);
        }
        let count = per_unit(&name, (FEW, MANY), base_url)?;
        counted.insert(name, count);
        Ok(count)
    };
    for comparison in comparisons() {
        let yardstick = of(comparison.yardstick.name())?;
        let measured = of(comparison.measured.name())?;
        let budget = comparison.budget;
        table.compare(
            &comparison.title,
            "instructions",
            yardstick,
            measured,
            budget,
        );
    }
    Ok(())
}

/// Instructions of one unit of work, between two counts of it; `None` without valgrind.
pub(crate) fn of_one(name: &str, counts: (u32, u32), server: &str) -> Result<Option<f64>> {
    if !valgrind_is_installed() {
        return Ok(None);
    }
    per_unit(name, counts, server).map(Some)
}

fn per_unit(name: &str, (few, many): (u32, u32), base_url: &str) -> Result<f64> {
    let at_few = count(name, few, base_url)?;
    let at_many = count(name, many, base_url)?;
    Ok((at_many - at_few) / f64::from(many - few))
}

/// Runs this program under callgrind and returns all instructions of the run.
fn count(name: &str, times: u32, base_url: &str) -> Result<f64> {
    let file = env::temp_dir().join(format!("call-cost-{}.callgrind", process::id()));
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(env::current_exe()?)
        .args([REPEAT, name, &times.to_string(), base_url])
        .output()?;
    if !output.status.success() {
        bail!(
            "{} failed under valgrind:\n{}",
            name,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let profile = fs::read_to_string(&file).context("callgrind wrote no profile")?;
    fs::remove_file(&file)?;
    let total = profile
        .lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .context("the profile of callgrind has no totals")?;
    Ok(total.trim().parse()?)
}

fn valgrind_is_installed() -> bool {
    Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
