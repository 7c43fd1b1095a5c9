//! The command that is run for each change.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

use super::item::Item;
use crate::terminal::clean;

/// How long the command may take for one change.
const LONGEST: Duration = Duration::from_secs(60);

/// A command of the user, and what it must not see.
#[derive(Debug)]
pub(crate) struct Exec {
    command: String,
    /// Variables with keys and other settings of this program.
    hidden: Vec<&'static str>,
}

impl Exec {
    pub(crate) fn new(command: String, hidden: Vec<&'static str>) -> Self {
        Self { command, hidden }
    }

    /// Runs the command for a change: the line of JSON on its standard input, the most useful parts as
    /// variables. Nothing of the change is part of the command line, so that no shell reads it.
    ///
    /// # Errors
    ///
    /// What went wrong, in half a sentence.
    pub(crate) async fn run(&self, item: &Item) -> Result<(), String> {
        let mut command = shell(&self.command);
        for variable in &self.hidden {
            command.env_remove(variable);
        }
        for (name, value) in variables(item) {
            // Cleaned: a value with NUL could not be passed on.
            command.env(name, clean(&value).as_ref());
        }
        let mut child = command
            .stdin(Stdio::piped())
            // Standard output belongs to the changes.
            .stdout(std::io::stderr())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("the command cannot be started: {error}"))?;
        let stdin = child.stdin.take();
        let line = format!("{}\n", item.json());
        let work = async {
            if let Some(mut stdin) = stdin {
                // A command that does not read its input is no failure.
                let _ = stdin.write_all(line.as_bytes()).await;
            }
            child.wait().await
        };
        match timeout(LONGEST, work).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(format!("the command failed ({status})")),
            Ok(Err(error)) => Err(format!("the command failed: {error}")),
            Err(_) => Err(format!(
                "the command took longer than {} s",
                LONGEST.as_secs()
            )),
        }
    }
}

fn shell(command: &str) -> Command {
    let (program, option) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut shell = Command::new(program);
    shell.arg(option).arg(command);
    shell
}

fn variables(item: &Item) -> [(&'static str, String); 8] {
    [
        ("TRACKING_SEQ", item.seq.to_string()),
        ("TRACKING_PROVIDER", item.provider.clone()),
        ("TRACKING_ACCOUNT", item.account.clone()),
        ("TRACKING_NUMBER", item.number.clone()),
        ("TRACKING_STATUS", item.status.clone()),
        ("TRACKING_KIND", item.change.kind().as_str().to_owned()),
        ("TRACKING_TEXT", item.text()),
        (
            "TRACKING_HEADLINE",
            item.headline.clone().unwrap_or_default(),
        ),
    ]
}
