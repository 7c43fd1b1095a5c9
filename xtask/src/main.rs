//! `cargo xtask`: the tasks of this repository.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use xtask::spec::Spec;
use xtask::workspace::Workspace;
use xtask::{build_cost, ci, codegen, drift, lint, provenance, release};

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
    /// Compares the description that a provider publishes with ours, and lists what was added, removed and changed.
    ///
    /// Exits with 0 when nothing differs, with 1 when something does, and with 2 when one cannot be read.
    Drift {
        /// Name of our spec, such as ship24.
        provider: String,
        /// The provider's description: OpenAPI 2.0, 3.0 or 3.1 in one file, YAML or JSON.
        file: PathBuf,
        /// Lists also what ours states on purpose: shapes that it accepts beyond the description, and what was
        /// observed or assumed.
        #[arg(long)]
        strict: bool,
        /// Prints a list of JSON objects.
        #[arg(long)]
        json: bool,
    },
    /// Prepares a release, and says what is prepared.
    Release {
        #[command(subcommand)]
        step: ReleaseStep,
    },
    /// Builds each SDK from nothing, and what calls written by hand would need, and compares time and packages.
    BuildCost {
        /// How often each is built; the medians count.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
    },
}

#[derive(Debug, Subcommand)]
enum ReleaseStep {
    /// Writes the version of a crate and the section of its changelog, to be committed.
    Prepare {
        /// A published crate, such as ship24-sdk.
        name: String,
        /// The new version, such as 0.2.0.
        version: String,
    },
    /// Lists the crates that are prepared and have no tag yet, as name@version.
    Pending,
    /// Prints the section of a crate's changelog for the version in its manifest.
    Notes {
        /// A published crate, such as ship24-sdk.
        name: String,
    },
}

fn main() -> ExitCode {
    let task = Arguments::parse().task;
    let failure = match &task {
        // As `diff` does it: 1 says that something differs.
        Task::Drift { .. } => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    };
    match run(task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            failure
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
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
        Task::Drift {
            provider,
            file,
            strict,
            json,
        } => return drift(&workspace, &provider, &file, strict, json),
        Task::Release { step } => match step {
            ReleaseStep::Prepare { name, version } => {
                let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
                let dependents = release::prepare(&workspace, &name, &version, &today)?;
                println!("{name} {version} is prepared: read the difference and commit it.");
                if !dependents.is_empty() {
                    let list = dependents.join(", ");
                    println!(
                        "What is published of these still takes the old versions that they name: {list}"
                    );
                }
            }
            ReleaseStep::Pending => {
                for name in release::pending(&workspace)? {
                    println!("{name}");
                }
            }
            ReleaseStep::Notes { name } => {
                print_report(&format!("{}\n", release::notes(&workspace, &name)?))?;
            }
        },
        Task::BuildCost { runs } => build_cost::run(&workspace, runs)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn drift(
    workspace: &Workspace,
    provider: &str,
    file: &Path,
    strict: bool,
    json: bool,
) -> Result<ExitCode> {
    let shown = file.display().to_string();
    let source = fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let theirs = Spec::parse_foreign(provider, &shown, &source)?;
    let specs = workspace.specs(Some(provider))?;
    let ours = specs.first().context("a provider has one spec")?;
    let found = drift::compare(ours, &theirs)?;

    let mut report = String::new();
    if json {
        writeln!(report, "{:#}", found.to_json(strict))?;
    } else {
        for difference in found.differences(strict) {
            writeln!(report, "{difference}")?;
        }
    }
    print_report(&report)?;
    if !strict && found.tolerated() > 0 {
        eprintln!(
            "{} more differences are what {} states on purpose: it accepts more than they describe, or states what was \
             observed. --strict lists them.",
            found.tolerated(),
            ours.file()
        );
    }
    let differs = found.differences(strict).next().is_some();
    Ok(ExitCode::from(u8::from(differs)))
}

/// Prints a long report; a reader that has seen enough, such as `head`, is no failure.
fn print_report(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
