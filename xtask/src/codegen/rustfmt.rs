//! The stable `rustfmt` binary, so that generated code looks like all other code.

use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Formats the text with the settings of the workspace.
///
/// # Errors
/// When rustfmt is missing (the message says how to install it) or refuses the text.
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
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("rustfmt is not installed; run `rustup component add rustfmt`")
        }
        Err(error) => return Err(error).context("rustfmt does not start"),
    };
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(text.as_bytes())
            .context("rustfmt does not read its input")?;
    }
    let output = child
        .wait_with_output()
        .context("rustfmt does not finish")?;
    if !output.status.success() {
        bail!(
            "rustfmt refuses the generated {name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{name} is not UTF-8 after rustfmt"))
}
