//! Dependencies that nobody uses, and rules about packages that are not there.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::cargo::{Package, packages};
use crate::workspace::Workspace;

/// Compares the list of dependencies of the workspace, the manifests and the sources, and `deny.toml` with
/// the packages of the lock file.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let read = |name: &str| {
        let path = workspace.root().join(name);
        fs::read_to_string(path).with_context(|| format!("cannot read {name}"))
    };
    let (manifest, lock, deny) = (read("Cargo.toml")?, read("Cargo.lock")?, read("deny.toml")?);
    let packages = packages(workspace)?;
    let mut faults = String::new();

    let used: BTreeSet<&str> = packages
        .iter()
        .flat_map(|package| &package.all_dependencies)
        .map(String::as_str)
        .collect();
    for name in listed(&manifest).filter(|name| !used.contains(name)) {
        writeln!(faults, "Cargo.toml lists {name}, which no package uses")?;
    }
    for package in &packages {
        for name in unnamed(package)? {
            writeln!(
                faults,
                "{} depends on {name} and does not name it",
                package.name
            )?;
        }
    }
    for name in ruled(&deny).filter(|name| !is_locked(&lock, name)) {
        writeln!(
            faults,
            "deny.toml has a rule about {name}, which is not in Cargo.lock"
        )?;
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// The names in the table `[workspace.dependencies]`.
fn listed(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with('#'))
}

/// The names in the rules about packages: `crate = "…"` and the list of `wrappers`.
fn ruled(deny: &str) -> impl Iterator<Item = &str> {
    let rules = deny
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    rules
        .filter_map(|line| line.split_once("crate = "))
        .flat_map(|(_, rule)| rule.split('"').skip(1).step_by(2))
}

fn is_locked(lock: &str, name: &str) -> bool {
    lock.lines().any(|line| {
        let locked = line.strip_prefix("name = \"");
        locked.and_then(|rest| rest.strip_suffix('"')) == Some(name)
    })
}

/// Dependencies whose name is in no source file of the package: its features are turned on by them at most.
fn unnamed(package: &Package) -> Result<Vec<&str>> {
    let mut sources = String::new();
    for folder in ["src", "tests", "benches", "examples", "build.rs"] {
        gather(&package.folder.join(folder), &mut sources)?;
    }
    let names = package.all_dependencies.iter().map(String::as_str);
    Ok(names
        .filter(|name| !names_crate(&sources, &name.replace('-', "_")))
        .collect())
}

/// Returns true if a path or an import in source text begins with an identifier. The identifier alone is not enough, since
/// methods and fields may have the name of a crate.
fn names_crate(sources: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    sources.match_indices(name).any(|(start, found)| {
        let before = sources[..start].chars().next_back();
        let after = &sources[start + found.len()..];
        let begins_path = ["::", ";", " as "].iter().any(|it| after.starts_with(it));
        !before.is_some_and(is_part) && begins_path
    })
}

fn gather(path: &Path, sources: &mut String) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), sources)?;
        }
    } else if path.extension().is_some_and(|it| it == "rs") && path.is_file() {
        sources.push_str(&fs::read_to_string(path)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_of_the_workspace_are_listed() {
        let manifest = "[workspace]\nresolver = \"3\"\n\n[workspace.dependencies]\n# a = b\na-b = \"1\"\n\
                        c = { version = \"2\" }\n\n[profile.dev]\nd = 1\n";

        assert_eq!(listed(manifest).collect::<Vec<_>>(), ["a-b", "c"]);
    }

    #[test]
    fn rules_name_crates_and_wrappers() {
        let deny = "allow = [\"MIT\"]\n# crate = \"old\"\ncrate = \"a\"\n    \
                    { crate = \"b\", wrappers = [\"c\", \"d\"] },\n";

        assert_eq!(ruled(deny).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn locked_package_has_the_whole_name() {
        let lock = "[[package]]\nname = \"serde_json\"\n";

        assert!(is_locked(lock, "serde_json"));
        assert!(!is_locked(lock, "serde"));
    }

    #[test]
    fn crate_is_named_by_a_whole_identifier() {
        assert!(names_crate("use serde::Serialize;", "serde"));
        assert!(!names_crate("use serde_json::Value;", "serde"));
        assert!(!names_crate("my_serde::Value", "serde"));
        assert!(!names_crate("body.bytes() and \"http://a\"", "bytes"));
        assert!(!names_crate("body.bytes() and \"http://a\"", "http"));
        assert!(names_crate("use tracking_http::http as web;", "http"));
    }
}
