//! What each choice of features pulls in, and that each of them builds.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::cargo::{cargo, packages, tree};
use crate::workspace::Workspace;

const WITHOUT_DEFAULT: &str = "--no-default-features";
/// Packages of each TLS stack.
const RUSTLS: &str = "rustls";
const NO_PROVIDER: &str = "rustls-no-provider";
const NATIVE: [&str; 3] = ["native-tls", "openssl", "openssl-sys"];

/// Reads the dependency trees.
pub(super) fn check_trees(workspace: &Workspace) -> Result<()> {
    let mut faults = String::new();
    for package in packages(workspace)? {
        if !package.features.contains("native-tls") {
            continue;
        }
        let name = package.name.as_str();
        let trees = [
            ("default features", tree(workspace, name, &[])?, true, false),
            (
                "native-tls",
                tree(
                    workspace,
                    name,
                    &[WITHOUT_DEFAULT, "--features", "native-tls"],
                )?,
                false,
                true,
            ),
            (
                "no features",
                tree(workspace, name, &[WITHOUT_DEFAULT])?,
                false,
                false,
            ),
        ];
        for (choice, found, rustls, native) in trees {
            let has_native = NATIVE.iter().any(|name| found.contains(*name));
            expect(
                &mut faults,
                name,
                choice,
                "rustls",
                found.contains(RUSTLS),
                rustls,
            )?;
            expect(&mut faults, name, choice, "native-tls", has_native, native)?;
        }
        // A program has nobody who installs a crypto provider for it.
        if package.features.contains(NO_PROVIDER) == package.is_program {
            writeln!(
                faults,
                "{name}: {NO_PROVIDER} is a feature of every library and of no program"
            )?;
        } else if !package.is_program {
            let own = tree(
                workspace,
                name,
                &[WITHOUT_DEFAULT, "--features", NO_PROVIDER],
            )?;
            provider(&mut faults, name, &own)?;
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

fn expect(
    faults: &mut String,
    package: &str,
    choice: &str,
    stack: &str,
    found: bool,
    expected: bool,
) -> Result<()> {
    match (found, expected) {
        (true, false) => writeln!(faults, "{package} with {choice} pulls in {stack}")?,
        (false, true) => writeln!(faults, "{package} with {choice} lacks {stack}")?,
        _ => {}
    }
    Ok(())
}

/// With `rustls-no-provider` the application chooses the crypto, so none may come along.
fn provider(faults: &mut String, package: &str, found: &BTreeSet<String>) -> Result<()> {
    if !found.contains(RUSTLS) {
        writeln!(faults, "{package} with rustls-no-provider lacks rustls")?;
    }
    for name in ["aws-lc-rs", "ring"]
        .iter()
        .filter(|name| found.contains(**name))
    {
        writeln!(faults, "{package} with rustls-no-provider pulls in {name}")?;
    }
    Ok(())
}

/// Builds the libraries with each choice.
pub(super) fn check_builds(workspace: &Workspace) -> Result<()> {
    let mut faults = String::new();
    for package in packages(workspace)?
        .iter()
        .filter(|package| package.published)
    {
        let tls = [NO_PROVIDER, "native-tls"];
        let choices = tls
            .into_iter()
            .filter(|feature| package.features.contains(*feature));
        let mut sets = vec![vec![WITHOUT_DEFAULT]];
        sets.extend(choices.map(|feature| vec![WITHOUT_DEFAULT, "--features", feature]));
        for set in sets {
            let base = [
                "check",
                "--quiet",
                "--locked",
                "--package",
                package.name.as_str(),
            ];
            if let Err(error) = cargo(workspace, &[base.as_slice(), &set].concat()) {
                writeln!(faults, "{error:#}")?;
            }
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}
