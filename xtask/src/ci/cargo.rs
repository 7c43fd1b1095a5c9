//! Calls of cargo, and what it says about the packages of the workspace.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::workspace::Workspace;

/// Runs cargo; its output goes to the terminal.
pub(super) fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    cargo_with(workspace, arguments, &[])
}

/// Runs cargo with more environment variables.
pub(super) fn cargo_with(
    workspace: &Workspace,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<()> {
    let status = command(workspace.root(), arguments)
        .envs(variables.iter().copied())
        .status()
        .context("cargo does not start")?;
    if !status.success() {
        bail!("`cargo {}` failed", arguments.join(" "));
    }
    Ok(())
}

/// Runs cargo in the workspace and returns what it prints.
pub(crate) fn output(workspace: &Workspace, arguments: &[&str]) -> Result<String> {
    output_of(&mut command(workspace.root(), arguments))
}

/// Runs cargo and returns what it prints.
///
/// # Errors
///
/// What cargo prints about a failure.
pub(crate) fn output_of(command: &mut Command) -> Result<String> {
    let output = command.output().context("cargo does not start")?;
    if !output.status.success() {
        let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
        bail!(
            "`cargo {}` failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).context("the output of cargo is not UTF-8")
}

/// The cargo that runs this, in a folder.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(folder);
    command
}

/// A package of the workspace.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rust_version: Option<String>,
    pub(crate) published: bool,
    /// True if it has a binary and no library.
    pub(crate) is_program: bool,
    pub(crate) features: BTreeSet<String>,
    /// Names of the packages that it depends on; tests and build scripts do not count.
    pub(crate) dependencies: BTreeSet<String>,
    /// The same with those of tests and build scripts.
    pub(crate) all_dependencies: BTreeSet<String>,
    /// Folder of its manifest.
    pub(crate) folder: std::path::PathBuf,
}

/// The packages of the workspace.
pub(crate) fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let text = output(
        workspace,
        &["metadata", "--format-version", "1", "--no-deps", "--locked"],
    )?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata lists no packages")?;
    packages.iter().map(package).collect()
}

fn package(value: &Value) -> Result<Package> {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let manifest = text("manifest_path").context("a package without manifest")?;
    let dependencies = || value["dependencies"].as_array().into_iter().flatten();
    let name_of = |dependency: &Value| dependency["name"].as_str().map(str::to_owned);
    Ok(Package {
        name: text("name").context("a package without name")?,
        version: text("version").context("a package without version")?,
        rust_version: text("rust_version"),
        // `publish = false` is an empty list of registries.
        published: value["publish"]
            .as_array()
            .is_none_or(|registries| !registries.is_empty()),
        is_program: !has_target(value, "lib"),
        features: value["features"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect(),
        dependencies: dependencies()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(name_of)
            .collect(),
        all_dependencies: dependencies().filter_map(name_of).collect(),
        folder: std::path::Path::new(&manifest)
            .parent()
            .map(Into::into)
            .unwrap_or_default(),
    })
}

/// Returns true if a package has a target of this kind.
fn has_target(package: &Value, kind: &str) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    let mut kinds = targets.filter_map(|target| target["kind"].as_array());
    kinds.any(|kinds| kinds.iter().any(|it| it == kind))
}

/// Names of all packages that `package` pulls in with the given features.
pub(super) fn tree(
    workspace: &Workspace,
    package: &str,
    features: &[&str],
) -> Result<BTreeSet<String>> {
    let base = [
        "tree",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--locked",
    ];
    let text = output(workspace, &[base.as_slice(), features].concat())?;
    Ok(text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect())
}
