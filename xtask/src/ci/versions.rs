//! What the world sees of a release: the minimum Rust version and the package itself.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Result, bail};

use super::cargo::{cargo, output, packages};
use crate::workspace::Workspace;

/// Compares the minimum Rust version of every README with the manifest beside it.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let packages = packages(workspace)?;
    let mut readmes: Vec<_> = packages
        .iter()
        .filter(|package| package.published)
        .map(|package| {
            (
                package.name.as_str(),
                package.folder.join("README.md"),
                &package.rust_version,
            )
        })
        .collect();
    if let Some(first) = packages.iter().find(|package| package.published) {
        readmes.push((
            "the workspace",
            workspace.root().join("README.md"),
            &first.rust_version,
        ));
    }

    let mut faults = String::new();
    for (name, path, version) in readmes {
        let Some(version) = version else {
            writeln!(faults, "{name} declares no rust-version")?;
            continue;
        };
        let text = fs::read_to_string(&path).unwrap_or_default();
        let named = rust_versions(&text);
        if named.is_empty() {
            writeln!(faults, "the README of {name} does not name Rust {version}")?;
        }
        for other in named.iter().filter(|named| *named != version) {
            writeln!(
                faults,
                "the README of {name} says Rust {other}, the manifest {version}"
            )?;
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// Every version that follows "Rust" or "Rust version".
fn rust_versions(text: &str) -> Vec<&str> {
    text.split("Rust ")
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.strip_prefix("version").unwrap_or(rest);
            let rest = rest.trim_start_matches([':', ' ', '\r', '\n']);
            let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
            let version = rest[..end.unwrap_or(rest.len())].trim_end_matches('.');
            version.contains('.').then_some(version)
        })
        .collect()
}

/// Packages every published crate, with what each of them must carry.
pub(super) fn package(workspace: &Workspace) -> Result<()> {
    const CARRIED: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
    let packages = packages(workspace)?;
    let mut arguments = vec![
        "package",
        "--no-verify",
        "--allow-dirty",
        "--locked",
        "--quiet",
    ];
    let mut faults = String::new();
    for package in packages.iter().filter(|package| package.published) {
        if package.version == "0.0.0" {
            writeln!(
                faults,
                "{} is published but has the version 0.0.0",
                package.name
            )?;
        }
        let list = [
            "package",
            "--list",
            "--allow-dirty",
            "--locked",
            "--package",
        ];
        let files = output(
            workspace,
            &[list.as_slice(), &[package.name.as_str()]].concat(),
        )?;
        for file_name in CARRIED
            .iter()
            .filter(|file_name| !files.lines().any(|file| file == **file_name))
        {
            writeln!(faults, "the package of {} has no {file_name}", package.name)?;
        }
        arguments.extend(["--package", package.name.as_str()]);
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    cargo(workspace, &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_prose() {
        let text = "Needs Rust 1.88. The Rust 2024 edition came with Rust 1.85.0; Rust is fine. \
                    Minimum Rust version: 1.88.\n## Minimum Rust version\n\n1.87, checked.";

        assert_eq!(rust_versions(text), ["1.88", "1.85.0", "1.88", "1.87"]);
    }
}
