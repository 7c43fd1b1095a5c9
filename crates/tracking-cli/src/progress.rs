//! A bar while several parcels are looked up. It is drawn on a terminal only, and on standard
//! error, so that it never mixes with the result.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::common;
use crate::select::Account;

const BAR: &str = "{spinner} {bar:30} {pos}/{len} {msg}";
const SPINNER: &str = "{spinner} {msg}";

/// How often the spinner turns.
const TICK: Duration = Duration::from_millis(100);

/// The bar that is drawn now.
static CURRENT: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Hides the bar that is drawn now, if there is one, while something is printed.
pub(crate) fn suspend(print: impl FnOnce()) {
    let current = current().clone();
    match current {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

fn current() -> std::sync::MutexGuard<'static, Option<ProgressBar>> {
    CURRENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The bar of one run.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar for this many lookups; for one, a spinner, because a first lookup may take a
    /// provider up to a minute.
    pub(crate) fn start(lookups: usize, accounts: &[Account]) -> Self {
        let template = if lookups > 1 { BAR } else { SPINNER };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(u64::try_from(lookups).unwrap_or(u64::MAX)).with_style(style);
        if !common::shows_progress() {
            return Self(ProgressBar::hidden());
        }

        let titles: Vec<&str> = accounts.iter().map(Account::title).collect();
        bar.set_message(format!("asking {}", titles.join(", ")));
        bar.enable_steady_tick(TICK);
        *current() = Some(bar.clone());
        Self(bar)
    }

    /// Hides the bar while something else is printed.
    pub(crate) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    /// One lookup has ended.
    pub(crate) fn advance(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *current() = None;
        self.0.finish_and_clear();
    }
}
