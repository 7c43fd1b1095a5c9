//! `cargo xtask ci`: every check of continuous integration but the tests, in one list.

pub(crate) mod cargo;
mod features;
mod front_pages;
mod layers;
mod layout;
mod readmes;
mod unused;
mod versions;

use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{codegen, lint};
use cargo::{cargo, cargo_with};

/// One check: its name, what it is for, and the check itself.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace) -> Result<()>,
}

/// The steps in their order: cheap ones first.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "every file is formatted",
        run: |workspace| cargo(workspace, &["fmt", "--all", "--", "--check"]),
    },
    Step {
        name: "lint-specs",
        about: "the specs have no construct that becomes wrong code",
        run: |workspace| lint::require_clean(&workspace.specs(None)?),
    },
    Step {
        name: "codegen",
        about: "the generated code is what the specs give",
        run: codegen::check,
    },
    Step {
        name: "layers",
        about: "dependencies point one way, only tracking-http names reqwest, no HTTP in the core",
        run: layers::check,
    },
    Step {
        name: "unused",
        about: "every dependency is used, and every rule of deny.toml is about a package that is there",
        run: unused::check,
    },
    Step {
        name: "layout",
        about: "every SDK and every part of the sandbox has the same modules for the same concepts",
        run: layout::check,
    },
    Step {
        name: "readmes",
        about: "Rust examples of every README compile as a reader sees them",
        run: readmes::check,
    },
    Step {
        name: "front-pages",
        about: "the README of every library links the public types that it names",
        run: front_pages::check,
    },
    Step {
        name: "rust-version",
        about: "every README names the minimum Rust version of its manifest",
        run: versions::check,
    },
    Step {
        name: "tls",
        about: "exactly one TLS stack for each choice of features",
        run: features::check_trees,
    },
    Step {
        name: "clippy",
        about: "no warnings",
        run: |workspace| {
            let scope = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--all-features",
                "--locked",
            ];
            cargo(
                workspace,
                &[scope.as_slice(), &["--", "-D", "warnings"]].concat(),
            )
        },
    },
    Step {
        name: "docs",
        about: "the documentation builds without warnings",
        run: |workspace| {
            let arguments = [
                "doc",
                "--workspace",
                "--no-deps",
                "--all-features",
                "--locked",
            ];
            cargo_with(workspace, &arguments, &[("RUSTDOCFLAGS", "-D warnings")])
        },
    },
    Step {
        name: "features",
        about: "the libraries build without default features and with each TLS choice",
        run: features::check_builds,
    },
    Step {
        name: "package",
        about: "every published crate packages",
        run: versions::package,
    },
];

/// Runs the steps whose name contains `only`, or lists them. All run, also after a failure.
///
/// # Errors
/// Names the steps that failed.
pub fn run(workspace: &Workspace, only: Option<&str>, list: bool) -> Result<()> {
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| only.is_none_or(|only| step.name.contains(only)))
        .collect();
    if steps.is_empty() {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        let name = only.unwrap_or_default();
        bail!(
            "no step is called {name}; known steps: {}",
            known.join(", ")
        );
    }
    let mut failed = Vec::new();
    for Step { name, about, run } in steps {
        if list {
            println!("{name:<14}{about}");
            continue;
        }
        println!("{name}: {about}");
        let start = Instant::now();
        match run(workspace) {
            Ok(()) => println!("{name}: ok ({:.1} s)\n", start.elapsed().as_secs_f32()),
            Err(error) => {
                println!("{name}: FAILED\n{error:#}\n");
                failed.push(*name);
            }
        }
    }
    if !failed.is_empty() {
        Err(anyhow::anyhow!(
            "run one again with `cargo xtask ci --only NAME`"
        ))
        .with_context(|| format!("{} step(s) failed: {}", failed.len(), failed.join(", ")))?;
    }
    Ok(())
}
