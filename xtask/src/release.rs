//! `cargo xtask release`: what a release changes in the repository, and what is prepared and not yet released.
//!
//! A crate is prepared when its changelog has a section for the version in its manifest, and released when the tag
//! `<crate>-v<version>` exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::ci::cargo;
use crate::workspace::Workspace;

const UNRELEASED: &str = "## [Unreleased]";

/// A published crate.
struct Crate {
    name: String,
    version: String,
    folder: PathBuf,
}

/// Prepares a release: its changelog gets a section, its manifest and those that depend on it the version. Returns the
/// published crates that depend on it.
///
/// `date` is written as `2026-09-30`.
///
/// # Errors
/// When there is no such published crate, the version is not above that of its last section, or nothing is unreleased.
pub fn prepare(
    workspace: &Workspace,
    name: &str,
    version: &str,
    date: &str,
) -> Result<Vec<String>> {
    let found = published(workspace, name)?;
    let path = found.folder.join("CHANGELOG.md");
    let changelog =
        fs::read_to_string(&path).with_context(|| format!("{name} has no changelog"))?;
    let changelog =
        with_section(&changelog, version, date).with_context(|| format!("changelog of {name}"))?;

    let manifest_path = found.folder.join("Cargo.toml");
    let manifest = fs::read_to_string(&manifest_path)?;
    let root_path = workspace.root().join("Cargo.toml");
    let root = fs::read_to_string(&root_path)?;
    let (old, new) = (
        format!("version = \"{}\"", found.version),
        format!("version = \"{version}\""),
    );
    ensure!(
        manifest.contains(&old),
        "the manifest of {name} has no line {old}"
    );

    // The first is that of the package.
    fs::write(&manifest_path, manifest.replacen(&old, &new, 1))?;
    let dependency = format!("{name} = {{ {old},");
    fs::write(
        &root_path,
        root.replace(&dependency, &format!("{name} = {{ {new},")),
    )?;
    fs::write(&path, changelog)?;
    // Writes the version to Cargo.lock.
    cargo::output(
        workspace,
        &["metadata", "--format-version", "1", "--offline"],
    )?;
    let dependents = cargo::packages(workspace)?
        .into_iter()
        .filter(|package| package.published && package.dependencies.contains(name));
    Ok(dependents.map(|package| package.name).collect())
}

/// The crates that are prepared and not released, as `name@version`.
///
/// # Errors
/// When git does not list the tags.
pub fn pending(workspace: &Workspace) -> Result<Vec<String>> {
    let tags = tags(workspace)?;
    let mut pending = Vec::new();
    for Crate {
        name,
        version,
        folder,
    } in crates(workspace)?
    {
        let changelog = fs::read_to_string(folder.join("CHANGELOG.md"))
            .with_context(|| format!("{name} has no changelog"))?;
        if section(&changelog, &version).is_some() && !tags.contains(&format!("{name}-v{version}"))
        {
            pending.push(format!("{name}@{version}"));
        }
    }
    Ok(pending)
}

/// The section of the changelog for the version in the manifest.
///
/// # Errors
/// When there is no such published crate, or it is not prepared.
pub fn notes(workspace: &Workspace, name: &str) -> Result<String> {
    let found = published(workspace, name)?;
    let changelog = fs::read_to_string(found.folder.join("CHANGELOG.md"))?;
    let version = found.version;
    let section = section(&changelog, &version);
    section.map(str::to_owned).with_context(|| {
        format!("the changelog of {name} has no section for {version}; run `cargo xtask release prepare {name} {version}`")
    })
}

fn crates(workspace: &Workspace) -> Result<Vec<Crate>> {
    let packages = cargo::packages(workspace)?.into_iter();
    let published = packages.filter(|package| package.published);
    Ok(published
        .map(|package| Crate {
            name: package.name,
            version: package.version,
            folder: package.folder,
        })
        .collect())
}

fn published(workspace: &Workspace, name: &str) -> Result<Crate> {
    let mut crates = crates(workspace)?;
    let names: Vec<&str> = crates.iter().map(|it| it.name.as_str()).collect();
    let Some(index) = names.iter().position(|it| *it == name) else {
        bail!(
            "there is no published crate {name}; there are: {}",
            names.join(", ")
        );
    };
    Ok(crates.swap_remove(index))
}

fn tags(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let mut command = Command::new("git");
    command.arg("tag").current_dir(workspace.root());
    let output = command.output().context("git does not start")?;
    ensure!(
        output.status.success(),
        "`git tag` failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    let tags = String::from_utf8_lossy(&output.stdout);
    Ok(tags.lines().map(str::to_owned).collect())
}

/// The changelog with what was unreleased under a version.
fn with_section(changelog: &str, version: &str, date: &str) -> Result<String> {
    let parts =
        numbers(version).with_context(|| format!("{version} is no version such as 1.2.3"))?;
    let (before, rest) = changelog
        .split_once(UNRELEASED)
        .with_context(|| format!("there is no line {UNRELEASED}"))?;
    let end = rest.find("\n## [").map_or(rest.len(), |end| end + 1);
    let (entries, older) = rest.split_at(end);
    ensure!(
        entries.lines().any(|line| line.starts_with("- ")),
        "nothing is unreleased"
    );
    if let Some(last) = older.strip_prefix("## [").and_then(|it| it.split_once(']')) {
        let last = numbers(last.0).with_context(|| format!("{} is no version", last.0))?;
        ensure!(parts > last, "{version} is not above the last version");
    }
    Ok(format!(
        "{before}{UNRELEASED}\n\n## [{version}] - {date}{entries}{older}"
    ))
}

/// The numbers of a version, and whether it is final: a version with a suffix comes before the one without.
fn numbers(version: &str) -> Option<(Vec<u64>, bool, &str)> {
    let (numbers, suffix) = match version.split_once('-') {
        Some((numbers, suffix)) => (numbers, Some(suffix).filter(|it| !it.is_empty())?),
        None => (version, ""),
    };
    let numbers: Vec<u64> = numbers
        .split('.')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    (numbers.len() == 3).then_some((numbers, suffix.is_empty(), suffix))
}

/// What is below the heading of a version, without blank lines around it.
fn section<'a>(changelog: &'a str, version: &str) -> Option<&'a str> {
    let heading = format!("\n## [{version}]");
    let (_, rest) = changelog.split_once(&heading)?;
    let (_, entries) = rest.split_once('\n').unwrap_or((rest, ""));
    let end = entries.find("\n## [").unwrap_or(entries.len());
    Some(entries[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- New.\n\n## [0.1.0] - 2026-01-02\n\n- First.\n";

    #[test]
    fn unreleased_entries_become_section_of_version() {
        let changelog = with_section(CHANGELOG, "0.2.0", "2026-03-04").unwrap();

        assert_eq!(
            changelog,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-03-04\n\n### Added\n\n- New.\n\n\
             ## [0.1.0] - 2026-01-02\n\n- First.\n"
        );
        assert_eq!(section(&changelog, "0.2.0"), Some("### Added\n\n- New."));
        assert_eq!(section(&changelog, "0.1.0"), Some("- First."));
        assert_eq!(section(&changelog, "0.3.0"), None);
    }

    #[test]
    fn release_without_entries_or_with_lower_version_is_refused() {
        let empty = "\n## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n\n- First.\n";
        let cases = [
            (empty, "0.2.0", "nothing is unreleased"),
            (CHANGELOG, "0.1.0", "is not above"),
            (CHANGELOG, "0.1.0-rc.1", "is not above"),
            (CHANGELOG, "0.2", "is no version such as 1.2.3"),
            (CHANGELOG, "v0.2.0", "is no version such as 1.2.3"),
            ("# Changelog\n", "0.2.0", "there is no line ## [Unreleased]"),
        ];

        for (changelog, version, expected) in cases {
            let error = with_section(changelog, version, "2026-03-04").unwrap_err();
            assert!(error.to_string().contains(expected), "{version}: {error}");
        }
    }
}
