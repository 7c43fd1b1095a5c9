//! The stable `rustfmt` binary, so that generated code looks like all other code.

use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// What to do where the component is missing.
const MISSING: &str = "rustfmt is needed to write generated code and is not installed; run `rustup component add rustfmt`";

/// Returns true if rustfmt runs. The file alone proves little: rustup puts a proxy there even without the component.
pub(super) fn is_installed() -> bool {
    let version = Command::new("rustfmt")
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    version.is_ok_and(|status| status.success())
}

/// Formats the source with the settings of the workspace.
///
/// # Errors
/// When rustfmt is missing (the message says how to install it) or refuses the source.
pub(super) fn format(settings: &Path, name: &str, text: &str) -> Result<String> {
    let started = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--emit",
            "stdout",
            "--quiet",
            "--config-path",
        ])
        .arg(settings)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(MISSING),
        Err(error) => return Err(error).context("rustfmt does not start"),
    };
    // A proxy without the component ends before it reads; its exit status says more than the broken pipe.
    let written = child
        .stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    let output = child
        .wait_with_output()
        .context("rustfmt does not finish")?;
    if !output.status.success() {
        if !is_installed() {
            bail!(MISSING);
        }
        bail!(
            "rustfmt refuses the generated {name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    written.context("rustfmt does not read its input")?;
    String::from_utf8(output.stdout).with_context(|| format!("{name} is not UTF-8 after rustfmt"))
}
