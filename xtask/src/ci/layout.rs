//! Every SDK and every part of the sandbox has the same files for the same concepts, as ARCHITECTURE.md lists them.

use std::fmt::Write as _;
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
const SANDBOX: [&str; 9] = [
    "account",
    "auth",
    "bodies",
    "endpoints",
    "errors",
    "handlers",
    "provider",
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
