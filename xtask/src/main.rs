//! `cargo xtask`: the tasks of this repository.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::workspace::Workspace;
use xtask::{build_cost, ci, codegen, lint, provenance};

/// Tasks of this repository. Every task works from any folder of the workspace.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Writes the generated code of every SDK from its spec.
    ///
    /// Reads specs/<provider>.yaml and writes crates/<provider>-sdk/src/generated/. Nothing is written when any spec
    /// has a fault.
    Codegen {
        /// Compares only; fails with the command to run when the committed code is not what the specs give.
        #[arg(long)]
        check: bool,
    },
    /// Checks every spec for constructs that would become wrong or ugly code.
    LintSpecs,
    /// Prints how much of each spec is documented, observed or assumed, and every assumption.
    Provenance {
        /// Name of one spec, such as ship24; all of them without it.
        provider: Option<String>,
    },
    /// Runs every check of continuous integration but the tests.
    Ci {
        /// Runs only the steps whose name contains this.
        #[arg(long)]
        only: Option<String>,
        /// Lists the steps with their commands and runs none.
        #[arg(long)]
        list: bool,
    },
    /// Builds one SDK from nothing, and what calls written by hand would need, and compares time and packages.
    BuildCost {
        /// How often each is built; the medians count.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let workspace = Workspace::current();
    match task {
        Task::Codegen { check: true } => {
            codegen::check(&workspace)?;
            println!("The generated code is what the specs give.");
        }
        Task::Codegen { check: false } => {
            let changed = codegen::write(&workspace)?;
            for path in &changed {
                println!("{}", path.display());
            }
            println!("{} file(s) changed.", changed.len());
        }
        Task::LintSpecs => {
            let specs = workspace.specs(None)?;
            lint::require_clean(&specs)?;
            println!("{} spec(s) are clean.", specs.len());
        }
        Task::Provenance { provider } => {
            let mut report = String::new();
            for spec in workspace.specs(provider.as_deref())? {
                writeln!(
                    report,
                    "{}\n\n{}",
                    spec.provider(),
                    provenance::collect(&spec)
                )?;
            }
            print_report(&report)?;
        }
        Task::Ci { only, list } => ci::run(&workspace, only.as_deref(), list)?,
        Task::BuildCost { runs } => build_cost::run(&workspace, runs)?,
    }
    Ok(())
}

/// Prints a long report; a reader that has seen enough, such as `head`, is no failure.
fn print_report(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
