//! Which crate may depend on which: the arrows of ARCHITECTURE.md, read from cargo's metadata.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::cargo::{Package, packages, tree};
use crate::workspace::Workspace;

/// The crates that build on each other, lowest first.
const CORE: &str = "tracking-core";
const HTTP: &str = "tracking-http";
const SANDBOX: &str = "tracking-sandbox";
const CLI: &str = "tracking-cli";

/// Packages that mean HTTP or an async runtime.
const HTTP_PACKAGES: [&str; 7] = [
    "http",
    "http-body",
    "hyper",
    "reqwest",
    "h2",
    "tokio",
    "tower",
];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let packages = packages(workspace)?;
    let mut faults = String::new();
    for package in packages.iter().filter(|package| package.published) {
        for name in refused(package, &packages) {
            writeln!(faults, "{} must not depend on {name}", package.name)?;
        }
    }
    let core = tree(workspace, CORE, &["--all-features"])?;
    for name in HTTP_PACKAGES.iter().filter(|name| core.contains(**name)) {
        writeln!(
            faults,
            "{CORE} pulls in {name}; the core must stay free of HTTP"
        )?;
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// Dependencies against the arrows.
fn refused<'a>(package: &'a Package, all: &[Package]) -> Vec<&'a str> {
    let own = |name: &str| all.iter().any(|package| package.name == name);
    let allowed = |name: &str| match package.name.as_str() {
        CORE => !own(name),
        HTTP => !own(name) || name == CORE,
        SANDBOX => (!own(name) || name == CORE) && name != "reqwest",
        CLI => name != "reqwest",
        _ => (!own(name) || name == CORE || name == HTTP) && name != "reqwest",
    };
    package
        .dependencies
        .iter()
        .map(String::as_str)
        .filter(|name| !allowed(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        Package {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            rust_version: None,
            published: true,
            is_program: false,
            features: Default::default(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
            all_dependencies: Default::default(),
            folder: Default::default(),
        }
    }

    #[test]
    fn arrows_in_the_wrong_direction_are_refused() {
        let all = [
            package("tracking-core", &["serde", "tracking-http"]),
            package("tracking-http", &["tracking-core", "reqwest"]),
            package("a-sdk", &["tracking-http", "b-sdk", "reqwest"]),
            package("b-sdk", &["tracking-core", "tracking-http"]),
            package("tracking-sandbox", &["tracking-core", "a-sdk"]),
            package("tracking-cli", &["a-sdk", "tracking-sandbox"]),
        ];

        let found: Vec<Vec<&str>> = all.iter().map(|package| refused(package, &all)).collect();

        let expected: [&[&str]; 6] = [
            &["tracking-http"],
            &[],
            &["b-sdk", "reqwest"],
            &[],
            &["a-sdk"],
            &[],
        ];
        assert_eq!(found, expected);
    }
}
