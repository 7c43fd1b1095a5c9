//! Every SDK and every part of the sandbox has the same files for the same concepts, as ARCHITECTURE.md lists them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// Modules of every SDK.
const SDK: [&str; 9] = [
    "builder",
    "client",
    "error",
    "generated",
    "mapping",
    "number",
    "partial",
    "provider",
    "status_table",
];
/// Modules of every provider's part of the sandbox.
const SANDBOX: [&str; 10] = [
    "account",
    "auth",
    "bodies",
    "endpoints",
    "errors",
    "handlers",
    "provider",
    "requests",
    "settings",
    "state",
];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut faults = String::new();
    for spec in workspace.specs(None)? {
        let provider = spec.provider();
        let parts = [
            (format!("crates/{provider}-sdk/src"), SDK.as_slice()),
            (
                format!("crates/tracking-sandbox/src/{provider}"),
                SANDBOX.as_slice(),
            ),
        ];
        for (folder, modules) in parts {
            for module in missing(&workspace.root().join(&folder), modules) {
                writeln!(faults, "{folder} has no module `{module}`")?;
            }
        }
        let part = format!("crates/tracking-sandbox/src/{provider}");
        for handler in misnamed_handlers(&workspace.root().join(&part))? {
            writeln!(
                faults,
                "{part}/handlers/{handler}.rs begins the name of no operation, and is not shared by several"
            )?;
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// The modules that are neither a file nor a folder.
fn missing<'a>(folder: &Path, modules: &[&'a str]) -> Vec<&'a str> {
    let exists = |module: &str| {
        folder.join(format!("{module}.rs")).is_file()
            || folder.join(module).join("mod.rs").is_file()
    };
    modules
        .iter()
        .copied()
        .filter(|module| !exists(module))
        .collect()
}

/// The handlers' files that are neither named for their operation (`create_order` for `create-order-status`)
/// nor hold several operations of one resource.
fn misnamed_handlers(part: &Path) -> Result<Vec<String>> {
    let endpoints = fs::read_to_string(part.join("endpoints.rs"))?;
    let mut misnamed = Vec::new();
    for entry in fs::read_dir(part.join("handlers"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_operation = endpoints.contains(&format!("\"{}", name.replace('_', "-")));
        let module = format!("{name}::");
        let functions: BTreeSet<&str> = endpoints
            .split(&module)
            .skip(1)
            .filter_map(|rest| rest.split([',', ')']).next())
            .collect();
        if name != "mod" && !is_operation && functions.len() < 2 {
            misnamed.push(name.into_owned());
        }
    }
    misnamed.sort_unstable();
    Ok(misnamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misnamed_handlers_are_named() {
        let part = tempfile::tempdir().unwrap();
        fs::create_dir(part.path().join("handlers")).unwrap();
        for file in ["mod", "create_order", "orders", "search"] {
            fs::write(part.path().join(format!("handlers/{file}.rs")), "").unwrap();
        }
        let endpoints = r#"
            Endpoint::post("create-order-status", "/orders", create_order::create),
            Endpoint::get("list-orders", "/orders", orders::list),
            Endpoint::get("get-order", "/orders/{id}", orders::get),
            Endpoint::get("find-order", "/search", search::search),
            Endpoint::get("find-order", "/find", search::search),
        "#;
        fs::write(part.path().join("endpoints.rs"), endpoints).unwrap();

        assert_eq!(misnamed_handlers(part.path()).unwrap(), ["search"]);
    }

    #[test]
    fn missing_modules_are_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("client.rs"), "").unwrap();
        fs::create_dir_all(folder.path().join("webhook")).unwrap();
        fs::create_dir_all(folder.path().join("auth")).unwrap();
        fs::write(folder.path().join("auth/mod.rs"), "").unwrap();

        let found = missing(folder.path(), &["auth", "client", "error", "webhook"]);

        assert_eq!(found, ["error", "webhook"]);
    }
}
