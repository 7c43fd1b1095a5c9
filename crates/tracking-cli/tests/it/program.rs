//! Running the program without anything from the environment of the test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The number that the sandbox knows from the start.
pub(crate) const DEMO_NUMBER: &str = tracking_sandbox::Sandbox::DEMO_NUMBER;

/// The end of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The one document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program with an empty environment and no configuration file.
pub(crate) fn tracking() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tracking"));
    command
        .env_clear()
        .env("HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home"))
        // Limits of a run must not reach a test whose sandbox gets the same port.
        .env("XDG_STATE_HOME", state_folder())
        .stdin(Stdio::null());
    command
}

/// Where the programs of one test process remember something.
fn state_folder() -> PathBuf {
    let name = format!("state-{}", std::process::id());
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Runs it with these arguments.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_with(&[], arguments)
}

/// Runs it with these variables and arguments.
pub(crate) fn run_with(variables: &[(&str, &str)], arguments: &[&str]) -> Run {
    tracking()
        .envs(variables.iter().copied())
        .args(arguments)
        .output()
        .unwrap()
        .into()
}
