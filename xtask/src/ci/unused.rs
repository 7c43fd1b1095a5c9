//! Dependencies that nobody uses, and rules about packages that are not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::cargo::{Package, output, packages};
use crate::workspace::Workspace;

/// Compares the list of dependencies of the workspace, the manifests and the sources, and `deny.toml` with
/// the packages of the lock file.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let read = |name: &str| {
        let path = workspace.root().join(name);
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        toml::from_str::<Table>(&text).with_context(|| format!("{name} is no TOML"))
    };
    let packages = packages(workspace)?;
    let mut faults = unused(&read("Cargo.toml")?, &packages);
    for package in &packages {
        for name in unnamed(package)? {
            faults.push(format!(
                "{} depends on {name} and does not name it",
                package.name
            ));
        }
    }
    faults.extend(stale(&read("deny.toml")?, &locked(workspace)?));
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// Dependencies of the workspace that no package has.
fn unused(manifest: &Table, packages: &[Package]) -> Vec<String> {
    let used: BTreeSet<&str> = packages
        .iter()
        .flat_map(|package| &package.all_dependencies)
        .map(String::as_str)
        .collect();
    let listed = manifest
        .get("workspace")
        .and_then(|it| it.get("dependencies"));
    let listed = listed.and_then(Value::as_table).into_iter().flatten();
    listed
        .filter(|(name, _)| !used.contains(name.as_str()))
        .map(|(name, _)| format!("Cargo.toml lists {name}, which no package uses"))
        .collect()
}

/// Rules of `deny.toml` that are about nothing that is there.
fn stale(deny: &Table, locked: &[Locked]) -> Vec<String> {
    let mut faults = Vec::new();
    let strings = |value: Option<&Value>| -> Vec<String> {
        let items = value.and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let of = |table: &str, key: &str| deny.get(table).and_then(|it| it.get(key));
    for licence in strings(of("licenses", "allow")) {
        if !locked.iter().any(|it| it.has_licence(&licence)) {
            faults.push(format!(
                "deny.toml allows {licence}, which no package has as its licence"
            ));
        }
    }
    for (table, key) in [
        ("licenses", "exceptions"),
        ("licenses", "clarify"),
        ("bans", "deny"),
        ("bans", "allow"),
        ("bans", "skip"),
        ("bans", "skip-tree"),
        ("bans", "features"),
    ] {
        for rule in of(table, key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let named = ["crate", "name"].iter().find_map(|it| rule.get(it));
            let Some(name) = named.unwrap_or(rule).as_str() else {
                faults.push(format!(
                    "deny.toml has a rule in {table}.{key} without a crate"
                ));
                continue;
            };
            // It may name a version too.
            let name = name.split(['@', ':', '=']).next().unwrap_or_default();
            if !locked.iter().any(|it| it.name == name) {
                faults.push(format!(
                    "deny.toml has a rule about {name}, which is not in Cargo.lock"
                ));
            }
            for wrapper in strings(rule.get("wrappers")) {
                let wraps = |it: &Locked| it.name == wrapper && it.dependencies.contains(name);
                if !locked.iter().any(wraps) {
                    faults.push(format!(
                        "deny.toml lets {wrapper} depend on {name}, which it does not"
                    ));
                }
            }
        }
    }
    // Which advisories there are is not known here, so none is ignored without a look at this check.
    for ignored in of("advisories", "ignore")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let why = ignored.get("reason").and_then(Value::as_str);
        if why.is_none_or(str::is_empty) {
            faults.push(format!(
                "deny.toml ignores an advisory without a reason: {ignored:?}"
            ));
        }
    }
    faults
}

/// A package of the lock file.
#[derive(Debug, Default)]
struct Locked {
    name: String,
    licence: String,
    dependencies: BTreeSet<String>,
}

impl Locked {
    /// Returns true if the expression of its licence names one; its operators and exceptions are of SPDX, or slashes.
    fn has_licence(&self, licence: &str) -> bool {
        let spaced = self.licence.replace(['(', ')'], " ").replace('/', " OR ");
        let alternatives = spaced.split(" OR ");
        let mut parts = alternatives.flat_map(|it| it.split(" AND "));
        parts.any(|it| it.trim() == licence)
    }
}

fn locked(workspace: &Workspace) -> Result<Vec<Locked>> {
    let arguments = [
        "metadata",
        "--format-version",
        "1",
        "--all-features",
        "--locked",
    ];
    let text = output(workspace, &arguments)?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let string = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(packages
        .map(|package| Locked {
            name: string(&package["name"]),
            licence: string(&package["license"]),
            dependencies: package["dependencies"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|dependency| string(&dependency["name"]))
                .collect(),
        })
        .collect())
}

/// Dependencies whose name is in no source file of the package: its features are turned on by them at most. What is not
/// only for tests has to be in the sources of the package itself.
fn unnamed(package: &Package) -> Result<Vec<&str>> {
    let read = |folders: &[&str]| -> Result<String> {
        let mut sources = String::new();
        for folder in folders {
            gather(&package.folder.join(folder), &mut sources)?;
        }
        Ok(sources)
    };
    let own = read(&["src"])?;
    let all = own.clone() + &read(&["tests", "benches", "examples", "build.rs"])?;
    let names = package.all_dependencies.iter().map(String::as_str);
    Ok(names
        .filter(|name| {
            let is_own = package.dependencies.contains(*name);
            !names_crate(if is_own { &own } else { &all }, &name.replace('-', "_"))
        })
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
        let source = fs::read_to_string(path)?;
        for module in elsewhere(&source) {
            let module = path.with_file_name(module);
            // With the modules below it, which are beside it.
            let is_whole = module.file_name().is_some_and(|it| it == "mod.rs");
            gather(
                module.parent().filter(|_| is_whole).unwrap_or(&module),
                sources,
            )?;
        }
        sources.push_str(&source);
    }
    Ok(())
}

/// The files of other packages that are modules of this one.
fn elsewhere(source: &str) -> impl Iterator<Item = &str> {
    let lines = source.lines().map(str::trim_start);
    let paths = lines.filter_map(|line| line.strip_prefix("#[path = \""));
    paths
        .filter_map(|rest| rest.strip_suffix("\"]"))
        .filter(|path| path.starts_with("../"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn unused_dependency_of_workspace_is_found() {
        let manifest = table(
            "[workspace.dependencies]\na-b = \"1\"\nc=\"2\"\n[workspace.dependencies.d]\nversion = \"3\"\n",
        );

        let faults = unused(&manifest, &[]);

        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(faults[2].contains("lists d,"), "{faults:?}");
    }

    #[test]
    fn stale_rules_are_found() {
        let locked = [
            Locked {
                name: "used".into(),
                licence: "MIT-0 OR (Zlib AND Apache-2.0 WITH LLVM-exception)".into(),
                ..Locked::default()
            },
            Locked {
                name: "wrapper".into(),
                licence: "MIT/ISC".into(),
                dependencies: ["used".to_owned()].into(),
            },
        ];
        let sound = table(
            "licenses.allow = [\"MIT-0\", \"Zlib\", \"Apache-2.0 WITH LLVM-exception\", \"ISC\"]\n\
             bans.deny = [{ crate = \"used\", wrappers = [\"wrapper\"] }]\nbans.skip = [\"used@1.2\"]\n\
             advisories.ignore = [{ id = \"A-1\", reason = \"not reached\" }]\n",
        );
        assert_eq!(stale(&sound, &locked), Vec::<String>::new());

        for (rule, fault) in [
            ("licenses.allow = [\"Apache-2.0\"]", "allows Apache-2.0"),
            ("licenses.exceptions = [{ crate = \"x\" }]", "about x,"),
            ("bans.deny = [{ name = \"use\" }]", "about use,"),
            ("bans.skip = [\"x@1\"]", "about x,"),
            ("bans.skip-tree = [{ crate = \"x:1\" }]", "about x,"),
            ("bans.deny = [{ wrappers = [] }]", "without a crate"),
            (
                "bans.deny = [{ crate = \"used\", wrappers = [\"used\"] }]",
                "lets used depend on used",
            ),
            ("advisories.ignore = [\"A-1\"]", "without a reason"),
        ] {
            let faults = stale(&table(rule), &locked);
            assert_eq!(faults.len(), 1, "{rule}: {faults:?}");
            assert!(faults[0].contains(fault), "{rule}: {faults:?}");
        }
    }

    #[test]
    fn module_of_another_package_is_found() {
        let source = "#[path = \"own.rs\"]\nmod own;\n#[path = \"../../a/src/b.rs\"]\nmod b;\n";

        assert_eq!(elsewhere(source).collect::<Vec<_>>(), ["../../a/src/b.rs"]);
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
