//! Says when a provider makes the program wait.

use std::sync::Arc;
use std::time::Duration;

use gcl_sdk::tracking_http::{Limiter, PauseReporter, TokenBuckets};

use crate::providers::Limits;
use crate::select::Account;
use crate::{problem, progress};

/// The shortest pause that is worth a line: people notice no shorter one.
const WORTH_A_LINE: Duration = Duration::from_secs(2);

/// The limits of an account, with a line for people when a pause begins.
pub(crate) fn reported(account: &Account, limits: &Limits) -> Arc<dyn Limiter> {
    let title = account.title().to_owned();
    let report = move |wait: Duration| {
        if wait >= WORTH_A_LINE {
            let note = note(&title, wait);
            progress::suspend(|| problem::report_note(&note));
        }
    };
    match limits {
        Some(limits) => Arc::new(PauseReporter::new(Arc::clone(limits), report)),
        None => Arc::new(PauseReporter::new(TokenBuckets::new(), report)),
    }
}

fn note(title: &str, wait: Duration) -> String {
    const HOUR: u64 = 3600;
    let wait = match wait.as_secs() {
        seconds if seconds > 24 * HOUR => "more than a day".to_owned(),
        seconds => format!("{seconds} s"),
    };
    format!("{title} asks to wait {wait} before the next request")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_names_account_and_wait() {
        let seconds = note("ship24-de", Duration::from_secs(120));

        assert_eq!(
            seconds,
            "ship24-de asks to wait 120 s before the next request"
        );
        assert!(note("Ship24", Duration::MAX).contains("more than a day"));
    }
}
