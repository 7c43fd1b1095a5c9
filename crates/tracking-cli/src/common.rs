//! The options of every command: they are set once, before a command runs.

use std::sync::OnceLock;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::calls;

/// Options of every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Common options")]
pub(crate) struct CommonArguments {
    /// Wait at most this long for the response to a request [default: 30, or what its operation needs]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,

    /// When to use colours; NO_COLOR and CLICOLOR_FORCE count with auto [default: auto]
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    color: Option<Color>,

    /// Print a line for each request on standard error: method, path without values, status, duration
    #[arg(short, long, global = true)]
    verbose: bool,

    /// Print nothing but the result and errors: no notes, hints, warnings or progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal
    Auto,
    /// Also in a file or a pipe
    Always,
    Never,
}

static COMMON: OnceLock<CommonArguments> = OnceLock::new();

impl CommonArguments {
    /// Lets the options count from now on.
    pub(crate) fn apply(&self) {
        match self.color {
            Some(Color::Always) => anstream::ColorChoice::Always.write_global(),
            Some(Color::Never) => anstream::ColorChoice::Never.write_global(),
            Some(Color::Auto) | None => {}
        }
        if self.verbose {
            calls::print();
        }
        // They are given once in a run.
        let _ = COMMON.set(self.clone());
    }
}

/// How long to wait for the response to a request; the default of the operation if there is none.
pub(crate) fn timeout() -> Option<Duration> {
    COMMON.get()?.timeout
}

/// Returns true if nothing but the result and errors is printed.
pub(crate) fn is_quiet() -> bool {
    COMMON.get().is_some_and(|common| common.quiet)
}

/// Returns true if progress may be drawn.
pub(crate) fn shows_progress() -> bool {
    COMMON
        .get()
        .is_none_or(|common| !common.quiet && !common.verbose)
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim().parse().ok();
    seconds
        .filter(|seconds| (0.001..=3600.0).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "give seconds, from 0.001 to 3600".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_a_number_in_range() {
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        assert_eq!(seconds("3600"), Ok(Duration::from_secs(3600)));
        for text in ["", "0", "-1", "3601", "NaN", "inf", "5s"] {
            assert!(seconds(text).is_err(), "{text:?}");
        }
    }
}
